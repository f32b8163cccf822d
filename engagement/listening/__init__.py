"""Where we listen: how often a place is asked, and how well it is heard."""
