"""What to do about a post, with a reason in one line."""

from dataclasses import dataclass

from engagement.prose import clip
from engagement.reading import Kind, Pillar, Tag
from triage.kind import KindFound

REASON_AT_MOST = 100

SUGGESTIONS = {
    Kind.QUESTION: (Tag.INTERACT, "a direct question"),
    Kind.HELP: (Tag.INTERACT, "asks for help"),
    Kind.PRAISE: (Tag.INTERACT, "praise: what would be more of it?"),
    Kind.BUG: (Tag.REACT, "reports something broken"),
    Kind.COMPLAINT: (Tag.REACT, "a complaint"),
    Kind.WISH: (Tag.REACT, "a wish"),
    Kind.OTHER: (Tag.LISTEN, "nothing asked, nothing broken"),
}

# A headline asks nobody in particular and thanks nobody, but what it says is broken still is.
HEARD_FROM_AN_ARTICLE = frozenset({Kind.BUG, Kind.COMPLAINT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A suggested tag and why, at most 100 characters, fit to stand after "Suggested: *Interact*, "."""

    tag: Tag
    reason: str


def suggest(found: KindFound, pillar: Pillar) -> Suggestion:
    """Return the tag we would choose: interact with who asks or praises, react to what hurts or is missing."""
    if pillar is Pillar.PROVIDER_INITIATED:
        return Suggestion(tag=Tag.LISTEN, reason="written by us")
    if pillar in (Pillar.ASSOCIATION, Pillar.IDENTITY) and found.kind not in HEARD_FROM_AN_ARTICLE:
        return Suggestion(tag=Tag.LISTEN, reason="a page about us, nobody waits for an answer")
    tag, reason = SUGGESTIONS[found.kind]
    return Suggestion(tag=tag, reason=reason if found.kind is Kind.PRAISE else reason + _quote(reason, found.because))


def _quote(reason: str, because: str) -> str:
    words = because.replace('"', "'")
    return f' ("{clip(words, REASON_AT_MOST - len(reason) - len(" ()") - 2)}")' if words else ""
