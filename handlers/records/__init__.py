"""Giving out what is kept, and forgetting a person."""
