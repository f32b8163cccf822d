"""LISTEN: a URL in, posts out."""
