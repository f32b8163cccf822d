"""Posts to read: of what somebody wrote there is only what the test names."""

import builders


def a_post(text="", **facts):
    """A post with these words, and without a title unless one is given: what is read, the test has written."""
    return builders.a_post(**({"title": "", "text": text, "community": "r/selfhosted"} | facts))
