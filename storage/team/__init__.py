"""Who we are, who is here, and how we call others."""
