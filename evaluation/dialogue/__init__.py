"""How a conversation goes, turn by turn: what it knows, forgets, asks and answers."""
