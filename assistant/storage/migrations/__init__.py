"""The steps that bring a people store of any age up to date."""
