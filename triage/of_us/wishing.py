"""What a title says by standing in a tracker or forum of ours: "Support TOML", "Let us sort" ask without a phrase."""

import re
from dataclasses import replace
from typing import Final

from engagement.post import Post
from engagement.understanding.reading import Kind
from engagement.watch import Watch
from triage.articles import is_on_forge
from triage.kind import KindFound, words_found_at
from triage.of_us.by_name import needs_no_name
from triage.plain import opening_of

# "[Import] Accept tabs as well", "editor: remember the last page"; not "Support was kind", "Show your desk".
_LABEL = r"\s*(?:\[[\w /-]{1,30}\]\s*|[\w/-]{1,20}:\s+)?"
_VERBS = (
    r"(?:accept|allow|detect|display|distinguish|expose|honou?r|include|let|make|offer|permit|preserve|provide|remember"
    r"|respect|show|support|warn)"
)
_NO_VERB = r"(?! (?:are|had|has|have|is|just|never|staff|still|team|tickets?|was|were|your)\b)"
_ASKS_FOR: Final = re.compile(
    rf"{_LABEL}(?:{_VERBS}{_NO_VERB} \w|(?:an? )?(?:ability|button|option|possibility|setting|shortcut|toggle"
    rf"|way) (?:for|to)\b"
    r"|(?:configurable|customi[sz]able|optional) \w)",
    re.IGNORECASE,
)


def as_wishing(found: KindFound, post: Post, watch: Watch) -> KindFound:
    """Return `found` as a wish where a title of no kind that we know begins with what we should do.

    Only where people need not name us, as in our own tracker: elsewhere it is others who should do it. What opens a
    thread in such a tracker is marked, whatever it is.
    """
    if post.parent_key or not post.title or not needs_no_name(post, watch):
        return found
    found = replace(found, in_tracker=is_on_forge(post))
    asks = _ASKS_FOR.match(opening_of(post)) if found.kind is Kind.OTHER else None
    return replace(found, kind=Kind.WISH, because=words_found_at(post.title, asks)) if asks else found
