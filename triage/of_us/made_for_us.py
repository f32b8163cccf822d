"""Whether somebody shows what they made for those who use us: a plugin, a client, a converter."""

import re
from typing import Final

from engagement.post import Post
from engagement.watch import Watch
from triage.of_us.by_name import US, by_name, needs_no_name

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
_AWESOME: Final = re.compile(r"\W*awesome", re.IGNORECASE)
_IS_FOR_US: Final = (
    rf"\b(?:your|for|from|into|to|that \w+|which \w+) (?:[\w-]+ ){{0,2}}{US}|\Ashow \w+\W+{US}\s+\w"
    rf"|\b(?:an?|my|our|the|some) (?:[\w-]+ ){{0,3}}{US} (?:[\w-]+ )?{_THING}\b"
)
_CALLED_AFTER_US: Final = rf"(?:[\w./]+-)*(?:{US}-[\w-]+|(?<=-){US})\s*(?::|\s[-\u2013\u2014]\s)\s*{_SAID_OF_IT}"
LOOKED_AT: Final = 200


def is_made_for_us(post: Post, watch: Watch) -> bool:
    """Return whether `post` shows something that others made for us, or that is called after us ("tidewiki-tray: ...").

    Not what was only built with us, and not a list of such things.
    """
    words, names = (post.title or post.text)[:LOOKED_AT].strip(), watch.terms.names
    if _AWESOME.match(words):
        return False
    if _SHOWS.match(words):
        shows_a_thing = words.startswith("[") or _MADE_A_THING.match(words)
        is_for_us = by_name(_IS_FOR_US, names).search(words)
        return bool(is_for_us or (shows_a_thing and needs_no_name(post, watch)))
    return bool(_BY_OTHERS.search(words) or by_name(_CALLED_AFTER_US, names).match(words))
