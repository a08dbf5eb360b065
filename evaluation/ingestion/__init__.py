"""How fast outside information comes in."""
