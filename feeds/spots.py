"""Where a post stands: the community, the thread and the post that its address names."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from feeds.communities import RULES, Rule, name_of
from feeds.entry import Entry
from feeds.links import canonical, host_of, is_literal, link_key, unwrapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a post stands: its community, its own key and its thread's (equal when it opens the thread).

    `author` is who wrote it, where the address says so. `known` is false for an address that no rule reads: its keys
    are then links. `software` is true where only the shape of the address was recognised: the community is the host.
    """

    community: str
    post_key: str
    thread_key: str
    url: str
    author: str = ""
    known: bool = True
    software: bool = False

    @property
    def parent_key(self) -> str:
        """The thread, for a post inside one; empty for a post that opens it."""
        return "" if self.post_key == self.thread_key else self.thread_key


_FULLNAME = re.compile(r"t[13]_[a-z0-9]+")
_VIDEO = re.compile(r"yt:video:([\w-]+)")
_AT = re.compile(r"at://[^/]+/app\.bsky\.feed\.post/(\w+)")


def spot_of(url: str, hint: str = "") -> Spot:
    """Return where the post at `url` stands. Total: an unknown address is a thread of its own, named by its host.

    `hint` names the community that a host speaks for, as mirrors and proxies do, which keep the shape of addresses.
    """
    url = unwrapped(url)
    link = canonical(url)
    if not link:
        return Spot(community="", post_key="", thread_key="", url="", known=False)
    parts = urlsplit(link)
    address = parts._replace(scheme="", netloc="").geturl()
    host = host_of(link)
    for rule in RULES:
        found = rule.address.fullmatch(address) if rule.covers(host, hint) else None
        if found:
            return _spot(rule, found, host, url)
    # A fragment that survives names a comment on the page.
    page = link_key(parts._replace(fragment="").geturl())
    return Spot(community=name_of(host), post_key=link_key(link), thread_key=page, url=url, known=False)


def _spot(rule: Rule, found: re.Match[str], host: str, url: str) -> Spot:
    values = {name: value or "" for name, value in found.groupdict().items()} | {"host": host}
    values["home"] = values.get("home") or host
    values["thread"] = rule.thread.format_map(values)
    post = rule.post.format_map(values) if values.get("post") else values["thread"]
    own_host = rule.hosts is None or rule.hosts.fullmatch(host)
    return Spot(
        community=rule.community.format_map(values) or (name_of(host) if own_host else rule.name),
        post_key=post.lower() if rule.fold else post,
        thread_key=values["thread"].lower() if rule.fold else values["thread"],
        url=url,
        author=_handle(rule.author.format_map(values), values["home"]),
        software=rule.hosts is None and not rule.community,
    )


def _handle(author: str, home: str) -> str:
    """Return a handle as people write it: a home that is a bare address (the demo's server) tells nobody anything."""
    return author.removesuffix(f"@{home}") if is_literal(home) else author


def spot_in_feed(entry: Entry, site_hosts: frozenset[str], source_community: str = "") -> Spot:
    """Return where an entry stands, given the hosts of its feed and the community that its source speaks for.

    A post that shares a link (Hacker News, Lobsters, Lemmy) stands where it is discussed, not at the article: of the
    addresses an entry carries, the first that its own community can read wins.
    """
    hint = "Reddit" if source_community.startswith("r/") else source_community
    for url in (entry.id, entry.comments, entry.link):
        if host_of(url) in site_hosts:
            spot = spot_of(url, hint)
            if spot.known:
                link = spot_of(entry.link, hint if host_of(entry.link) in site_hosts else "")
                # Two spellings of one address: people get the one the feed shows.
                return link if link.post_key == spot.post_key else spot
    for url in (entry.link, entry.id):
        spot = spot_of(url)
        if spot.url:
            return spot
    return spot_of("")


def platform_key(guid: str, spot: Spot) -> str:
    """Return the key that a platform's own id stands for, empty if `guid` is none.

    Reddit's fullnames count on Reddit only: other feeds use the same shape for their own.
    """
    if _FULLNAME.fullmatch(guid) and spot.thread_key.startswith("reddit:"):
        return f"reddit:{guid}"
    for pattern, name in ((_VIDEO, "youtube"), (_AT, "bluesky")):
        found = pattern.fullmatch(guid)
        if found:
            return f"{name}:{found.group(1)}"
    return ""
