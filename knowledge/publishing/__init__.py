"""Drafts, review and publishing of what we know."""
