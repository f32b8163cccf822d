"""What a mention says, what it matters, and what the team teaches about it."""
