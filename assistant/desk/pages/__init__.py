"""What each page of the desk shows: frozen dataclasses made of words alone, a module a page."""
