"""The editor: pages on which people who do not code keep routes, money, rules and words right."""
