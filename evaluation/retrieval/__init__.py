"""Whether the right record is found."""
