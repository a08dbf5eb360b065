"""How the choice among records is learnt from the editors' phrasings, and how well it does."""
