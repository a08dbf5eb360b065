"""From a visitor's question to a cited answer, from facts to routes, from a visitor to a lead."""
