"""A visitor who wants to talk to a person: which loket, and mail that is never lost."""
