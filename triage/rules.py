"""Which rules read a post."""

RULES_VERSION = 2
"""Grows with every change that reads the same post differently, so that stored readings say which rules made them."""
