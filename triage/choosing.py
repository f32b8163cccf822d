"""Whether somebody has a choice of us and others, or made it: "Tidewiki or Dokuwiki?", "From Dokuwiki to Tidewiki"."""

import re
from dataclasses import replace
from typing import Final

from engagement.post import Post
from engagement.understanding.reading import Kind
from engagement.watch import Watch
from triage.kind import KindFound, words_found_at

LOOKED_AT: Final = 600
# "self-hosted Drone", "plain Woodpecker": names of others, by their capitals.
_ANOTHER = r"(?:[\w-]+ ){0,2}[A-Z][\w.-]+"
# Not "who knows Tidewiki or Dokuwiki".
_BEGINS = r"(?:\A|\n|[.!?:,]\s+)\s*"


def as_choosing(found: KindFound, post: Post, watch: Watch) -> KindFound:
    """Return `found` as a comparison where a sentence begins with our name and another, an "or" or a way between."""
    ours = "|".join(re.escape(name.strip()) for name in watch.terms.names if name.strip())
    if found.kind is not Kind.OTHER or not ours:
        return found
    prose = f"{post.title}\n{post.text}"[:LOOKED_AT]
    us = rf"(?<!\w)(?i:{ours})(?!\w)"
    chooses = re.search(
        rf"\A\s*From {_ANOTHER} to {us}|{_BEGINS}(?:{us} or {_ANOTHER}|{_ANOTHER} or (?:[\w-]+ ){{0,2}}?{us})", prose
    )
    return replace(found, kind=Kind.COMPARISON, because=words_found_at(prose, chooses)) if chooses else found
