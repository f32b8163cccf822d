"""The posts of a feed, for tests that ask for nothing else about it."""

from feeds.identity.posts import identified


def posts_from(parsed, source_url, source_community="", *, now=None):
    return identified(parsed, source_url, source_community, now=now).posts
