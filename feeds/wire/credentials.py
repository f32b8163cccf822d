"""The operator's credentials, put on a request at the last moment.

A credential goes to one https host, named here in full, and to no other: every hop of a redirect is dressed anew, by
its own host. Nothing here is stored, logged or shown; a source's address never carries it.
"""

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Final
from urllib.parse import quote

from yarl import URL

from engagement.dataclass import dataclass

# As many posts as Reddit's API gives at once, where a feed gives 25.
REDDIT_POSTS: Final = 100

_RSS = re.compile(r"/?\.rss$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A name and what proves it."""

    name: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Where each credential goes, as scheme, host and port. Others than these are for tests."""

    reddit: str = "https://www.reddit.com"
    reddit_api: str = "https://oauth.reddit.com"
    github: str = "https://api.github.com"
    stack_exchange: str = "https://api.stackexchange.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dressed:
    """A request as it goes out. `settings` names what was put on, for people; empty if nothing was."""

    url: URL = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    settings: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What the operator was given by the communities; by default nothing.

    `reddit_app` is the id and secret of an app (its token is passed to `dress`), `reddit_feed` the user and token of a
    private feed address (https://www.reddit.com/prefs/feeds).
    """

    reddit_app: Login | None = None
    reddit_feed: Login | None = None
    github_token: str = field(default="", repr=False)
    stack_exchange_key: str = field(default="", repr=False)
    origins: Origins = Origins()

    @property
    def accounts(self) -> list[str]:
        """The communities that know us, and so let themselves be asked more often, as `manners.toml` names them."""
        accounts = {
            "reddit": self.reddit_app is not None,
            "github": bool(self.github_token),
            "stack_exchange": bool(self.stack_exchange_key),
        }
        return [name for name, is_known in accounts.items() if is_known]

    def needs_reddit_token(self, url: URL) -> bool:
        """Say whether `url` is better asked of Reddit's API, for which a token must be had."""
        at = str(url.origin())
        return self.reddit_app is not None and (
            at == self.origins.reddit_api or (at == self.origins.reddit and _is_listing(url))
        )

    def dress(self, url: URL, *, reddit_token: str = "") -> Dressed:
        """Return the request for `url` with the credential of its host, if there is one."""
        if not (reddit_token or self.reddit_feed or self.github_token or self.stack_exchange_key):
            return Dressed(url=url)
        at = str(url.origin())
        if reddit_token and self.needs_reddit_token(url):
            there = url if at == self.origins.reddit_api else _at_reddit_api(url, URL(self.origins.reddit_api))
            return _bearing(there, reddit_token, "REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET")
        if at == self.origins.reddit and self.reddit_feed and _is_listing(url):
            pair = {"feed": self.reddit_feed.secret, "user": self.reddit_feed.name}
            return Dressed(url=url.update_query(pair), settings="REDDIT_FEED_USER and REDDIT_FEED_TOKEN")
        if at == self.origins.github and self.github_token:
            return _bearing(url, self.github_token, "GITHUB_TOKEN")
        if at == self.origins.stack_exchange and self.stack_exchange_key and "key" not in url.query:
            return Dressed(url=url.update_query(key=self.stack_exchange_key), settings="STACKEXCHANGE_KEY")
        return Dressed(url=url)

    def undress(self, url: URL) -> URL:
        """Return where a server sends us, without the credential that it may repeat from our own address."""
        secrets = self._in_addresses()
        kept = [pair for pair in url.query.items() if pair[1] not in secrets]
        if len(kept) == len(url.query):
            return url
        if self.reddit_feed:
            kept = [pair for pair in kept if pair != ("user", self.reddit_feed.name)]
        return url.with_query(kept)

    def stands_in(self, url: URL) -> bool:
        """Say whether a credential stands in `url`, in any part of it."""
        return any(quote(secret, safe="") in text for secret in self._in_addresses() for text in _spellings(url))

    def _in_addresses(self) -> tuple[str, ...]:
        feed = self.reddit_feed.secret if self.reddit_feed else ""
        return tuple(secret for secret in (feed, self.stack_exchange_key) if secret)


def _is_listing(url: URL) -> bool:
    """Say whether `url` is one of Reddit's feeds, and not one with a token of its own."""
    return bool(_RSS.search(url.raw_path)) and "feed" not in url.query


def _at_reddit_api(url: URL, api: URL) -> URL:
    """Return where Reddit's API lists what the feed at `url` carries; raw_json=1, or it would escape texts twice."""
    listing = URL.build(
        scheme=api.scheme,
        host=api.host or "",
        port=api.explicit_port,
        path=_RSS.sub("", url.raw_path) or "/",
        query_string=url.raw_query_string,
        encoded=True,
    )
    wanted = {"raw_json": 1} if "limit" in url.query else {"raw_json": 1, "limit": REDDIT_POSTS}
    return listing.update_query(wanted)


def _bearing(url: URL, token: str, settings: str) -> Dressed:
    # A user and password in the address would be a second Authorization.
    return Dressed(url=url.with_user(None), headers={"Authorization": f"Bearer {token}"}, settings=settings)


def _spellings(url: URL) -> tuple[str, str]:
    return str(url), quote(url.human_repr(), safe="")
