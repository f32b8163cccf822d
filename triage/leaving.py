"""Whether somebody says that they leave us: "moved from Tidewiki to a shoe box", "cancelled Tidewiki today"."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from engagement.post import Post
from engagement.understanding.reading import OURS_TO_ANSWER, Kind
from engagement.watch import Watch
from triage.kind import KindFound, words_found_at
from triage.phrases import lowered

_MOVED = (
    r"(?:moved|moving|migrated|migrating|switched|switching|went|going) (?:[\w'-]+ ){0,4}?(?:from|off|away from|off of)"
)
_ENDED = (
    r"(?:abandoned|abandoning|cancell?ed|cancell?ing|ditched|ditching|dropped|dropping|dumped|dumping|goodbye|farewell"
    r"|leaving|left|quit|quitting|uninstalled|unsubscribed from|replaced|replacing|done with|good riddance to)"
)
_OURS = r"(?: (?:my|our|the))?"
# "left Tidewiki running", "dropped Tidewiki a line".
_STAYS = r"(?! (?:a|an|alone|into|on|onto|open|running|some|up)\b)"
LOOKED_AT: Final = 600


def as_leaving(found: KindFound, post: Post, watch: Watch) -> KindFound:
    """Return `found` as a complaint where `post` says that its author leaves us, and asks for nothing.

    Who moves from one version of us to another, or comes back, stays.
    """
    prose = f"{post.title}\n{post.text}"[:LOOKED_AT]
    if found.kind in OURS_TO_ANSWER or found.kind is Kind.PRAISE:
        return found
    us = _any_of(watch.terms.names)
    leaves = re.search(rf"\b(?:{_MOVED}|{_ENDED}){_OURS} (?<!\w){us}(?!\w){_STAYS}", lowered(prose))
    if not leaves or re.search(rf"\b(?:and back|(?:to|for|with) {us})(?!\w)", lowered(prose[leaves.end() :])):
        return found
    return replace(found, kind=Kind.COMPLAINT, because=words_found_at(prose, leaves))


def _any_of(names: Iterable[str]) -> str:
    ours = "|".join(re.escape(name.strip().lower()) for name in names if name.strip())
    return f"(?:{ours or '(?!)'})"
