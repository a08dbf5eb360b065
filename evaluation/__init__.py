"""How we know that it is good."""
