"""Queries, and what the bot asks about."""
