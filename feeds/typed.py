"""What somebody types or pastes, as the web address that it means."""

import re
from typing import Final

from feeds.links import LONGEST_LINK, is_web

HIGHEST_PORT: Final = 65_535

# `javascript:` and `file:///` are none.
_TYPED = re.compile(
    r"""
    (?P<feed>feed:(?://)?)? (?:(?P<scheme>https?)://)?
    (?P<rest>
      (?P<user>[^\s/@?#]+@)?
      (?P<host>[^\s/:@?#<>|\[\]]+ | \[[0-9a-f:.]+\])
      (?::(?P<port>[0-9]{1,5}))?
      (?:[/?#]\S*)?
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def as_address(text: str) -> str:
    """Return what somebody typed as a web address, empty if it can be none; https where they left it out.

    Without a scheme, a single word is no host, and what has an @ is a mail address.
    """
    found = _TYPED.fullmatch(text.strip()) if len(text) <= LONGEST_LINK else None
    if found is None or not (found["feed"] or found["scheme"] or _is_host(found)):
        return ""
    url = f"{(found['scheme'] or 'https').lower()}://{found['rest']}"
    is_port = found["port"] is None or 0 < int(found["port"]) <= HIGHEST_PORT
    return url if is_port and is_web(url) else ""


def _is_host(found: re.Match[str]) -> bool:
    return not found["user"] and bool(found["port"] or "." in found["host"] or ":" in found["host"])
