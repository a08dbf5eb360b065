"""The people store: conversations, leads, notes and accounts, with every query on them."""
