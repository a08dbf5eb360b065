"""The pages of an adviser."""
