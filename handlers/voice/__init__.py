"""Drafts, their approval, and the guide."""
