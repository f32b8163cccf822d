"""Watches, sources, their health, and all that a poll brings."""
