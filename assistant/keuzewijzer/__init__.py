"""The keuzewijzer: a document for a school board, made of the same records that answer visitors."""
