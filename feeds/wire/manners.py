"""Whom we ask, and how often they let themselves be asked: the hosts that requests are paced by."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

from engagement.dataclass import dataclass
from feeds.links import is_literal
from feeds.wire.guard import is_public

BUNDLED: Final = Path(__file__).with_name("manners.toml")
# Under it are names of home networks (RFC 8375) and of addresses, none of websites.
NO_SITES: Final = ".arpa"
# The host of nearly every address, at a tenth of the cost of taking the whole apart.
_USUAL_HOST = re.compile(r"https?://([a-z0-9][a-z0-9.-]*)(?::\d{1,5})?(?:[/?#]|\Z)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """The seconds between two requests to each host: `gaps` of known ones, `default_gap_seconds` of the others."""

    gaps: Mapping[str, int]
    default_gap_seconds: int

    @classmethod
    def load(cls, accounts: Iterable[str] = (), *, path: Path = BUNDLED) -> Self:
        """Return the manners of a file; `accounts` names the communities that know us (reddit, github, ...)."""
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        known = set(accounts)
        return cls(
            gaps={
                each["host"]: each["gap_with_account_seconds" if each.get("account") in known else "gap_seconds"]
                for each in table["host"]
            },
            default_gap_seconds=table["default_gap_seconds"],
        )

    def paced_host_of(self, url: str) -> str:
        """Return the host that requests to `url` are paced by, empty for one of a private network.

        A host of the table counts for itself, of others all names of a registrable domain count together
        (blog.tumblr.com as tumblr.com), public addresses each for itself.
        """
        name = _name_of(url)
        return name if name in self.gaps else _paced_by(name)

    def gap_of(self, host: str) -> int:
        """Return the usual seconds between two requests to a host, as `paced_host_of` names it."""
        return self.gaps.get(host, self.default_gap_seconds)


def _name_of(url: str) -> str:
    usual = _USUAL_HOST.match(url)
    if usual:
        return usual[1].rstrip(".")
    try:
        return (urlsplit(url.strip()).hostname or "").rstrip(".")
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def _paced_by(name: str) -> str:
    if is_literal(name):
        return name if is_public(name) else ""
    if "." not in name or name.endswith(NO_SITES):
        return ""
    return _suffixes().privatesuffix(name) or ""


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    """Return the list of the registries' suffixes alone: with companies' own, each Tumblr blog would be its own host.

    Loaded when the first public host is asked. A suffix that no registry knows (.local, .lan) is of a private network.
    """
    return PublicSuffixList(only_icann=True, accept_unknown=False)
