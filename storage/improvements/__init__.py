"""Improvements and themes, and who asked for what."""
