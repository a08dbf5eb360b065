"""How outside information comes in, from source to index."""
