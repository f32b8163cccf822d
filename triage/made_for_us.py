"""Whether somebody shows what they made for those who use us: a plugin, a client, a converter."""

import re
from collections.abc import Iterable
from typing import Final

from engagement.post import Post
from engagement.watch import Watch
from triage.articles import Stands, shares_links, where_stands

_THING = (
    r"(?:actions?|add-?ons?|apps?|bindings|bots?|clients?|converters?|exporters?|extensions?|images?|integrations?|library"
    r"|libraries|modules?|packages?|plugins?|providers?|roles?|scripts?|sdks?|skins?|themes?|tools?|widgets?|wrappers?)"
)
_BY_OTHERS = re.compile(rf"\b(?:unofficial|community|third[ -]party) (?:[\w-]+ ){{0,3}}{_THING}\b", re.IGNORECASE)
_MADE = r"(?:built|created|made|open-?sourced|published|put together|released|wrote)"
_SHOWS = re.compile(
    rf"\s*(?:show (?:hn|lobsters?|off)\b|\[(?:[\w-]+ )?(?:add-?on|app|extension|integration|module|plugin|script"
    rf"|theme|tool)s?\]|(?:i|we|i've|we've)(?: have)?(?: just)? {_MADE}\b)",
    re.IGNORECASE,
)
_MADE_A_THING = re.compile(rf".*?\b{_MADE}\b (?:an?|my|some|this|our) (?:[\w-]+ ){{0,5}}{_THING}\b", re.IGNORECASE)
# What a thing is said to be: "tidewiki-tray: your pages in the menu bar"; not "tidewiki-cli: no such page".
_SAID_OF_IT = (
    rf"(?:an?|the|your|my|unofficial|community|simple|small|tiny|minimal|fast|lightweight|open[ -]source"
    rf"|[a-z]+ (?:your|any|all)|(?:[\w-]+ ){{0,2}}{_THING})\b"
)
LOOKED_AT: Final = 200


def is_made_for_us(post: Post, watch: Watch) -> bool:
    """Return whether `post` shows something that others made for us, or that is called after us ("tidewiki-tray: ...").

    Not what was only built with us, and not a list of such things.
    """
    words = (post.title or post.text)[:LOOKED_AT].strip()
    us = _any_of(watch.terms.names)
    if re.match(r"\W*awesome", words, re.IGNORECASE):
        return False
    if _SHOWS.match(words):
        is_for_us = re.search(
            rf"\b(?:your|for|from|into|to|that \w+|which \w+) (?:[\w-]+ ){{0,2}}{us}|\Ashow \w+\W+{us}\s+\w"
            rf"|\b(?:an?|my|our|the|some) (?:[\w-]+ ){{0,3}}{us} (?:[\w-]+ )?{_THING}\b",
            words,
            re.IGNORECASE,
        )
        shows_a_thing = words.lstrip().startswith("[") or _MADE_A_THING.match(words)
        return bool(is_for_us) or bool(shows_a_thing and _needs_no_name(post, us))
    called = rf"(?:[\w./]+-)*(?:{us}-[\w-]+|(?<=-){us})\s*(?::|\s[-\u2013\u2014]\s)\s*"
    return bool(_BY_OTHERS.search(words) or re.match(called + _SAID_OF_IT, words, re.IGNORECASE))


def _needs_no_name(post: Post, us: str) -> bool:
    """Whether people write there without naming us, as in our own forum."""
    talks_of_us = where_stands(post) is Stands.AMONG_PEOPLE and not shares_links(post.community)
    return talks_of_us and not re.search(us, f"{post.title}\n{post.text}"[:LOOKED_AT], re.IGNORECASE)


def _any_of(names: Iterable[str]) -> str:
    ours = "|".join(re.escape(name.strip()) for name in names if name.strip())
    return rf"(?<!\w)(?:{ours or '(?!)'})(?!\w)"
