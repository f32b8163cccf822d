"""Where a post stands: the community, the thread and the post that its address names."""

import re
from collections.abc import Callable
from typing import NamedTuple

from engagement.sites import belongs_to
from feeds.communities import FEDERATED, FULLNAME, HINTS, OWN_IDS, Rule, name_of, spelling_at
from feeds.entry import Entry
from feeds.links import NO_ADDRESS, Address, address, host_of, is_literal


class Spot(NamedTuple):
    """Where a post stands: its community, its own key and its thread's (equal when it opens the thread).

    `link` is `url` as it is compared. `author` is who wrote it, where the address says so. `known` is false for an
    address that no rule reads: its keys are then links. `software` is true where only the shape of the address was
    recognised: the community is the host. `away` is true where the address leads to what the post is about, and so does
    not identify it: then `link` is none.
    """

    community: str
    post_key: str
    thread_key: str
    url: str
    link: Address = NO_ADDRESS
    author: str = ""
    known: bool = True
    software: bool = False
    away: bool = False

    @property
    def parent_key(self) -> str:
        """The thread, for a post inside one; empty for a post that opens it."""
        return "" if self.post_key == self.thread_key else self.thread_key


# Of a tuple: to call the class with its nine parts takes twice as long.
_spot_with: Callable[[tuple[str, str, str, str, Address, str, bool, bool, bool]], Spot] = Spot._make
_NOWHERE = Spot(community="", post_key="", thread_key="", url="", known=False)
_AUTHORITY = re.compile(r"tag:(?:[^,:/]*@)?([^,:/]+),", re.IGNORECASE)


def spot_of(url: str, hint: str = "") -> Spot:
    """Return where the post at `url` stands. Total: an unknown address is a thread of its own, named by its host.

    `hint` names the community that a host speaks for, as mirrors and proxies do, which keep the shape of addresses.
    """
    return _spot_at(address(url), url, hint)


def _spot_at(link: Address, url: str, hint: str) -> Spot:
    """Return where the post at `url` stands, which is compared as `link`."""
    # Taken apart at once: to ask a named tuple for seven of its parts takes as long as to make one.
    shown, canonical, host, rest, key, _, page_key = link
    if not canonical:
        return _NOWHERE
    name, rules = spelling_at(host, hint if hint in HINTS else "")
    # A redirect that was followed may lead to another one.
    compared = link if shown == url else address(shown)
    lower = rest.lower()
    for sign, read, rule in rules:
        found = read(rest) if sign in lower else None
        if found:
            return _spot(rule, found, host, shown, compared)
    # A fragment that survives names a comment on the page.
    return _spot_with((name, key, page_key, shown, compared, "", False, False, False))


def _spot(rule: Rule, found: re.Match[str], host: str, url: str, link: Address) -> Spot:
    values = found.groupdict("") | {"host": host}
    values["home"] = values.get("home") or host
    values["thread"] = rule.thread.format_map(values)
    post = rule.post.format_map(values) if values.get("post") else values["thread"]
    own_host = rule.hosts is None or rule.hosts.fullmatch(host)
    return Spot(
        community=rule.community.format_map(values) or (name_of(host) if own_host else rule.name),
        post_key=post.lower() if rule.fold else post,
        thread_key=values["thread"].lower() if rule.fold else values["thread"],
        url=url,
        link=link,
        author=_handle(rule.author.format_map(values), values["home"]),
        software=rule.hosts is None and not rule.community,
    )


def _handle(author: str, home: str) -> str:
    """Return a handle as people write it: a home that is a bare address (the demo's server) tells nobody anything."""
    return author.removesuffix(f"@{home}") if is_literal(home) else author


def spot_in_feed(entry: Entry, site_hosts: frozenset[str], hint: str = "") -> Spot:
    """Return where an entry stands, given the hosts of its feed; `hint` names what its source speaks for.

    A post that shares a link (Hacker News, Lobsters, Lemmy) stands where it is discussed, not at the article: of the
    addresses an entry carries, the first that its own community can read wins.
    """
    spot = _NOWHERE
    for url in (entry.id, entry.comments, entry.link):
        # Most ids, and what most entries say of comments, is no address.
        spot = _spot_on_site(url, site_hosts, hint) if "//" in url else _NOWHERE
        if spot is not _NOWHERE and spot.known:
            return _as_shown(_at_home(entry, spot), entry, hint)
    # That of the link, which came last.
    if spot is not _NOWHERE:
        return spot
    home = _led_away_from(entry, site_hosts)
    if home:
        if host_of(entry.comments) in site_hosts:
            return spot_of(entry.comments)
        return _spot_with((name_of(home), "", "", entry.link, NO_ADDRESS, "", False, False, True))
    spot = spot_of(entry.link)
    return spot if spot.url else spot_of(entry.id)


def _spot_on_site(url: str, site_hosts: frozenset[str], hint: str) -> Spot:
    """Return where the post at `url` stands if that is on one of the hosts, else nowhere."""
    link = address(url)
    host = link.host if link.link == url else host_of(url)
    return _spot_at(link, url, hint) if host in site_hosts else _NOWHERE


def _as_shown(spot: Spot, entry: Entry, hint: str) -> Spot:
    """Return `spot` with the link of the feed, if that is another spelling of its address."""
    if spot.url == entry.link:
        return spot
    link = spot_of(entry.link, hint)
    return link if link.post_key == spot.post_key else spot


def _at_home(entry: Entry, spot: Spot) -> Spot:
    """Return where a post that its server copied from another one was written first."""
    kind = spot.post_key.partition(":")[0]
    first = spot_of(entry.id) if kind in FEDERATED else spot
    return first._replace(url=spot.url, link=spot.link) if first.post_key.startswith(f"{kind}:") else spot


def _led_away_from(entry: Entry, site_hosts: frozenset[str]) -> str:
    """Return the host where an entry stands, by its id or its comments, if its link leads to what it is about.

    Link blogs and aggregators do that. Two of them that share an article say two things about it. A feed that collects
    the posts of others leaves them their ids, and is empty here.
    """
    host = host_of(entry.link)
    if not host or _is_at(host, site_hosts):
        return ""
    named = _AUTHORITY.match(entry.id)
    home = named.group(1).lower() if named else host_of(entry.id)
    if _is_at(home, site_hosts):
        return home
    discussed = host_of(entry.comments)
    return discussed if discussed in site_hosts else ""


def _is_at(host: str, site_hosts: frozenset[str]) -> bool:
    """Whether a host is one of a site, or near it: `blog.x.example` and `news.x.example`, as seen from either."""
    if host in site_hosts:
        return True
    near = ".".join(host.split(".")[-2:])
    return any(belongs_to(home, near) for home in site_hosts)


def platform_key(guid: str, spot: Spot) -> str:
    """Return the key that a platform's own id stands for, empty if `guid` is none."""
    if spot.thread_key.startswith("reddit:") and FULLNAME.fullmatch(guid):
        return f"reddit:{guid}"
    # All of them have one, and nearly no other id has.
    for kind, pattern in OWN_IDS if ":" in guid else ():
        found = pattern.fullmatch(guid)
        if found:
            return f"{kind}:{found.group(1)}"
    return ""
