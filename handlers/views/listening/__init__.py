"""Set-up, watches, places, and how well we hear them."""
