"""Improvements, themes, and their forms."""
