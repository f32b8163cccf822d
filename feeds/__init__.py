"""LISTEN: a URL in, posts out.

`wire` asks a host, `parsing` has the body read in a worker process, by `xml` or an adapter, `identity` says which post
each entry is and where it stands, and `places` knows where to listen at all.
"""
