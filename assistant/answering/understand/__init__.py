"""From words to a typed question: language, intent, facts, names of things, negation, corrections, follow-ups."""
