"""Whether a message is read as it was meant."""
