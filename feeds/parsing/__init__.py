"""A body in, posts out, in a worker process."""
