"""What makes a post the same post, and where it stands."""
