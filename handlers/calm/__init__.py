"""What keeps a channel calm, where people choose it."""
