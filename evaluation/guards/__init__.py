"""Whether what must not be answered is caught, and nothing else is."""
