"""What happens to one question: screen, understand, consult, compose, verify."""
