"""Whether somebody has a choice of us and others, or made it: "Tidewiki or Dokuwiki?", "From Dokuwiki to Tidewiki"."""

from dataclasses import replace
from typing import Final

from engagement.post import Post
from engagement.understanding.reading import Kind
from engagement.watch import Watch
from triage.by_name import US, by_name
from triage.kind import KindFound, words_found_at

LOOKED_AT: Final = 600
# "self-hosted Drone", "plain Woodpecker": names of others, by their capitals.
_ANOTHER = r"(?:[\w-]+ ){0,2}[A-Z][\w.-]+"
# Not "who knows Tidewiki or Dokuwiki".
_BEGINS = r"(?:\A|\n|[.!?:,]\s+)\s*"
_CHOOSES: Final = rf"\A\s*From {_ANOTHER} to {US}|{_BEGINS}(?:{US} or {_ANOTHER}|{_ANOTHER} or (?:[\w-]+ ){{0,2}}?{US})"


def as_choosing(found: KindFound, post: Post, watch: Watch) -> KindFound:
    """Return `found` as a comparison where a sentence begins with our name and another, an "or" or a way between."""
    if found.kind is not Kind.OTHER:
        return found
    prose = f"{post.title}\n{post.text}"[:LOOKED_AT]
    chooses = by_name(_CHOOSES, tuple(watch.terms.names), any_case=False).search(prose)
    return replace(found, kind=Kind.COMPARISON, because=words_found_at(prose, chooses)) if chooses else found
