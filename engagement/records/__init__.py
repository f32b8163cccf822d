"""What is kept for good, given out, or forgotten."""
