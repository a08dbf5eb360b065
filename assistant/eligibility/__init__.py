"""What a visitor told, and what that means for each route: pure functions over records, no web and no database."""
