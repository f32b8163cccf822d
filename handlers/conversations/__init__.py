"""What people do with a card."""
