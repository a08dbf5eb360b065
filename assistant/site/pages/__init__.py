"""What each public page shows: frozen dataclasses made of words, a topic a file."""
