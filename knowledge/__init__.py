"""What Loketgids knows, and who says so: records, rules, the published catalogue and the search index."""
