"""The names of communities, and of people in them, as they are compared."""


def network_of(community: str) -> str:
    """Return the community that `community` is a part of: Reddit for a subreddit, itself for any other."""
    return "Reddit" if is_subreddit(community) else community


def is_subreddit(community: str) -> bool:
    """Say whether a community is a part of Reddit, as in "r/selfhosted"."""
    return community.startswith("r/")


def bare_handle(handle: str) -> str:
    """Return a handle without the sign of its community and its capitals: @Acme, u/acme and /u/acme are acme."""
    return handle.strip().casefold().removeprefix("/").removeprefix("u/").removeprefix("@")
