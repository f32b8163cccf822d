"""Improvements and themes, where people press."""
