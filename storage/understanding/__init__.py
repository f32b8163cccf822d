"""What the team teaches, and what is read anew."""
