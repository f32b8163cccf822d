"""Who waits for us, who answered, and which threads are to be looked at."""
