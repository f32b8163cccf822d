"""The weekly message, its thread, and its page."""
