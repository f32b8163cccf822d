"""Set-up, watches and places, where people choose them."""
