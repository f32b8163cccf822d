"""The slash command, and what its words are answered with."""
