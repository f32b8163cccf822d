"""Whether somebody leaves us ("moved from Tidewiki to a shoe box"), or tells why they chose one before another."""

import re
from dataclasses import replace
from typing import Final

from engagement.post import Post
from engagement.understanding.reading import OURS_TO_ANSWER, Kind
from engagement.watch import Watch
from triage.kind import KindFound, words_found_at
from triage.of_us.by_name import US, by_name
from triage.phrases import lowered
from triage.plain import beginning_of

_MOVED = (
    r"(?:moved|moving|migrated|migrating|switched|switching|went|going) (?:[\w'-]+ ){0,4}?(?:from|off|away from|off of)"
)
_ENDED = (
    r"(?:abandoned|abandoning|cancell?ed|cancell?ing|ditched|ditching|dropped|dropping|dumped|dumping|goodbye|farewell"
    r"|leaving|left|quit|quitting|uninstalled|unsubscribed from|replaced|replacing|done with|good riddance to)"
)
# Who names where they went tells others how the two compare: "Why we left Dokuwiki for Tidewiki".
_CHOSE = re.compile(
    r"\bwhy (?:i|we)(?:'ve| have)? (?:just |finally )?(?:left|dropped|ditched|quit|swapped|traded|abandoned"
    r"|dumped|switched|moved|migrated|went)\b.{1,40}? (?:for|to|in favou?r of) (?-i:[A-Z])",
    re.IGNORECASE,
)
_OURS = r"(?: (?:my|our|the))?"
# "left Tidewiki running", "dropped Tidewiki a line".
_STAYS = r"(?! (?:a|an|alone|into|on|onto|open|running|some|up)\b)"
_LEAVES = rf"\b(?:{_MOVED}|{_ENDED}){_OURS} {US}{_STAYS}"
_COMES_BACK = rf"\b(?:and back\b|(?:to|for|with) {US})"
_MAY_HAVE_CHOSEN: Final = frozenset({Kind.OTHER, Kind.COMPLAINT, Kind.COMPARISON})


def as_leaving(found: KindFound, post: Post, watch: Watch) -> KindFound:
    """Return `found` as a complaint where `post` says that its author leaves us, and asks for nothing.

    Who moves from one version of us to another, or comes back, stays. Whoever tells why they left one for another
    compares them, whichever is ours.
    """
    prose = beginning_of(post)
    if found.kind in _MAY_HAVE_CHOSEN and (chose := _CHOSE.search(post.title or prose)):
        return replace(found, kind=Kind.COMPARISON, because=words_found_at(post.title or prose, chose))
    if found.kind in OURS_TO_ANSWER or found.kind is Kind.PRAISE:
        return found
    names = watch.terms.names
    leaves = by_name(_LEAVES, names, any_case=False).search(lowered(prose))
    if not leaves or by_name(_COMES_BACK, names, any_case=False).search(lowered(prose[leaves.end() :])):
        return found
    return replace(found, kind=Kind.COMPLAINT, because=words_found_at(prose, leaves))
