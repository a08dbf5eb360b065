"""The zelftest: the question that decides most, and the routes with their reasons."""
