"""A conversation, its card, and what people do with it."""
