"""What is kept for good, found, given out, or forgotten."""
