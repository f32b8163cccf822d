"""Whether somebody has a choice of us and others, or made it: "Tidewiki or Dokuwiki?", "From Dokuwiki to Tidewiki".

Also whether they ask something of us without a mark: "Does Tidewiki print".
"""

from dataclasses import replace
from typing import Final

from engagement.post import Post
from engagement.understanding.reading import Kind
from engagement.watch import Watch
from triage.kind import KindFound, words_found_at
from triage.of_us.by_name import US, by_name
from triage.plain import beginning_of, opening_of

# "self-hosted Drone", "plain Woodpecker": names of others, by their capitals.
_ANOTHER = r"(?:[\w-]+ ){0,2}[A-Z][\w.-]+"
# Not "who knows Tidewiki or Dokuwiki".
_BEGINS = r"(?:\A|\n|[.!?:,]\s)\s*+"
_CHOOSES: Final = (
    rf"\A\s*+From {_ANOTHER} to {US}|{_BEGINS}(?:{US} or {_ANOTHER}|{_ANOTHER} or (?:[\w-]+ ){{0,2}}?{US})"
)

_ASKS: Final = (
    rf"\W*(?:so|and|but|hey|ok|okay|hi)?\W*(?:can|could|did|do|does|has|have|is|are|will) (?:the )?{US}(?:'s)? \w"
)


def as_asking(found: KindFound, post: Post, watch: Watch) -> KindFound:
    """Return `found` as a question where it begins like one about us, as titles without a mark do."""
    prose = opening_of(post)
    if found.kind is not Kind.OTHER or not (asks := by_name(_ASKS, watch.terms.names).match(prose)):
        return found
    return replace(found, kind=Kind.QUESTION, because=words_found_at(prose, asks))


def as_choosing(found: KindFound, post: Post, watch: Watch) -> KindFound:
    """Return `found` as a comparison where a sentence begins with our name and another, an "or" or a way between."""
    if found.kind is not Kind.OTHER:
        return found
    prose = beginning_of(post)
    chooses = by_name(_CHOOSES, watch.terms.names, any_case=False).search(prose)
    return replace(found, kind=Kind.COMPARISON, because=words_found_at(prose, chooses)) if chooses else found
