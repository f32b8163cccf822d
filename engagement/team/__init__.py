"""Who we are, and how we call others."""
