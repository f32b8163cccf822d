"""What the bot asks about, and reading history anew."""
