"""From the assistant to a person and back: one table of states and events, and what everybody is told meanwhile."""
