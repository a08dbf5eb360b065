"""What an edit changes in answers and outcomes, before it is published."""
