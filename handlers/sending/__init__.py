"""The outbox at work, and all that leaves the bot by itself."""
