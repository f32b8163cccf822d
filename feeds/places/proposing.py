"""Where to listen: the places proposed for a watch at set-up."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote, quote_plus

from engagement.dataclass import dataclass
from engagement.listening.source import NewSource
from feeds.communities import community_of_feed, name_of
from feeds.links import host_of
from feeds.places.catalogue import Template, placeholders
from feeds.typed import as_address

# Every name of a watch would cost one more request per poll and place; most have a name and a spelling or two.
NAMES_AT_MOST: Final = 3
_REPOSITORY = re.compile(r"https?://(?:www\.)?github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A place that may be worth listening to; with `discover`, `url` is a page whose feed is still to be found."""

    name: str
    community: str
    url: str
    note: str = ""
    discover: bool = False

    @property
    def source(self) -> NewSource:
        """What is listened to, once somebody wants to."""
        return NewSource(url=self.url, name=self.name, community=self.community)


def propose(names: Sequence[str], site: str, catalogue: Sequence[Template]) -> list[Proposal]:
    """Return the places to try for a watch with these names and this site (may be empty), each URL once."""
    found: dict[str, Proposal] = {}
    for template in catalogue:
        for proposal in _filled(template, [name.strip() for name in names if name.strip()], site.strip()):
            found.setdefault(proposal.url, proposal)
    return list(found.values())


def _filled(template: Template, names: Sequence[str], site: str) -> Iterator[Proposal]:
    used = placeholders(template.url)
    ours = _of_site(site)
    if not all(ours[name] for name in used & ours.keys()):
        return
    for label, theirs in _of_names(template, used, names[:NAMES_AT_MOST]):
        yield _proposal(template, label, template.url.format_map({**ours, **theirs}))


def _of_site(site: str) -> dict[str, str]:
    """Return what a watch's site fills, empty where there is none."""
    address = as_address(site)
    if not address:
        return {"site": "", "host": "", "repo": ""}
    repository = _REPOSITORY.fullmatch(address)
    # A page on GitHub is ours, GitHub is not.
    host = host_of(address) if name_of(host_of(address)) == host_of(address) else ""
    return {"site": address, "host": quote(host), "repo": repository.group(1) if repository else ""}


def _of_names(template: Template, used: set[str], names: Sequence[str]) -> list[tuple[str, dict[str, str]]]:
    """Return what names fill, each with a label that tells the places apart; a single one without names."""
    if "tag" in used:
        return [(f"#{tag}", {"tag": quote_plus(tag)}) for tag in dict.fromkeys(filter(None, map(_tag, names)))]
    if "words" in used:
        return [(_label(name, names), {"words": quote_plus(name)}) for name in names]
    if "query" in used:
        phrases = [_phrase(name) for name in names]
        queries = phrases if template.each else filter(None, [" OR ".join(phrases)])
        return [(_label(query, phrases) if template.each else "", {"query": quote_plus(query)}) for query in queries]
    return [("", {})]


def _label(name: str, names: Sequence[str]) -> str:
    return name if len(names) > 1 else ""


def _proposal(template: Template, label: str, url: str) -> Proposal:
    return Proposal(
        name=f"{template.name} {label}".strip(),
        community=template.community or community_of_feed(url),
        url=url,
        note=template.caution,
        discover=template.discover,
    )


def _phrase(name: str) -> str:
    return '"' + name.replace('"', " ").strip() + '"'


def _tag(name: str) -> str:
    """Return a name as a tag, empty where it would become another word: C++ is not #c."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    kept = "".join(character for character in plain if character.isalnum())
    return kept if all(character.isalnum() or character in " -_.'" for character in plain) else ""
