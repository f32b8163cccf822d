"""Addresses as they may be shown: without the secrets that people paste in them."""

import re
from urllib.parse import unquote_plus, urlsplit, urlunsplit

from feeds.links import is_reddit, is_web

# What the private feeds of GitHub, GitLab, Jira, Patreon, Feedbin, Amazon's stores and others call it.
_NAMES_A_SECRET = re.compile(
    r"(.*[_.-])?(auth|pass|passwd|password|passphrase|pwd|secret|sig|signature|token|jwt|credentials?|sessid)"
    r"|((api|auth|access|private|feed|rss|atom|user|secret|share|session|member|reader|license)[_-]?)?(key|token)"
    r"|authorization|(j|php)?sess(ion)?[_-]?id",
    re.IGNORECASE,
)
# Of host and path alone, as most addresses are: no place for a secret, and nothing to take apart (15 us).
_HOST_AND_PATH = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(?::\d{1,5})?(?:/[!-\"$->@-~]*)?", re.ASCII)


def without_secrets(url: str) -> str:
    """Return `url` as it may be shown, logged and exported: without user, password, and what its query keeps secret.

    What is left is spelled as before, and leads to the same place for somebody who is not known there. Empty for what
    is no web address. A token that is a part of the path looks like any other path and stays.
    """
    if _HOST_AND_PATH.fullmatch(url):
        return url
    if not is_web(url := url.strip()):
        return ""
    parts = urlsplit(url)
    netloc = parts.netloc.rpartition("@")[2]
    at_reddit = is_reddit(parts.hostname or "")
    query = _without_secret_pairs(parts.query, at_reddit=at_reddit)
    fragment = _without_secret_pairs(parts.fragment, at_reddit=at_reddit)
    return urlunsplit((parts.scheme, netloc, parts.path, query, fragment))


def _without_secret_pairs(query: str, *, at_reddit: bool) -> str:
    """Leave out whole pairs, so that nothing is re-encoded; both separators that servers take are kept."""
    kept = ""
    for separator, pair in re.findall(r"(^|[&;])([^&;]*)", query):
        name = unquote_plus(pair.partition("=")[0]).strip()
        if not (_NAMES_A_SECRET.fullmatch(name) or (at_reddit and name in ("feed", "user"))):
            kept += f"{separator if kept else ''}{pair}"
    return kept
