"""Drafts, and the form that they are written in."""
