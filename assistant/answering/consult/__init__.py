"""Asks the catalogue, the rules and the index: one file a kind of question."""
