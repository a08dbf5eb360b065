"""How fast, and how big."""
