"""Charts as numbers: where things stand, so that a template has only to draw."""
