"""What to do about a post, with a reason in one line."""

from engagement.dataclass import dataclass
from engagement.prose import clip
from engagement.understanding.learned import CHOICES_COUNTED, Preference
from engagement.understanding.reading import ASKING, PASSED_ON, TAG_OF, Kind, Pillar, Tag
from triage.kind import KindFound

REASON_AT_MOST = 100
COMMUNITY_AT_MOST = 40

REASONS = {
    Kind.QUESTION: "a direct question",
    Kind.HELP: "asks for help",
    Kind.PRAISE: "praise: what would be more of it?",
    Kind.BUG: "reports something broken",
    Kind.COMPLAINT: "a complaint",
    Kind.WISH: "a wish",
    Kind.COMPARISON: "compares us with others",
    Kind.NEWS: "news",
    Kind.PROMO: "promotion",
}

NOBODY_WAITS = {
    Pillar.ASSOCIATION: "only links to us, nobody waits for an answer",
    Pillar.IDENTITY: "a page about us, nobody waits for an answer",
}
# A headline asks nobody in particular and thanks nobody, but what it says is broken still is.
HEARD_FROM_AN_ARTICLE = frozenset({Kind.BUG, Kind.COMPLAINT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A suggested tag and why, at most 100 characters, fit to stand after "Suggested: *Interact*, "."""

    tag: Tag
    reason: str


SOUNDS_LIKE = "sounds like"
WHAT_IT_SOUNDS_LIKE = {
    Kind.QUESTION: "a question",
    Kind.HELP: "a call for help",
    Kind.PRAISE: "praise",
    Kind.COMPARISON: "a comparison",
    Kind.BUG: "a report of a bug",
    Kind.COMPLAINT: "a complaint",
    Kind.WISH: "a wish",
}
SPEAKS_OF_US = Suggestion(tag=Tag.INTERACT, reason="unsure what they want, but it is us they speak of")
BY_PROGRAM = Suggestion(tag=Tag.LISTEN, reason="written by a program")
INVITES = Suggestion(tag=Tag.LISTEN, reason="asks people to come, nobody waits for an answer")
MEETS = Suggestion(tag=Tag.INTERACT, reason="people meet, and speak of us")
MADE_FOR_US = Suggestion(tag=Tag.INTERACT, reason="somebody made something for those who use us")
IN_TRACKER = Suggestion(tag=Tag.REACT, reason="opened in a tracker, where bugs and wishes go")
TEACHES = Suggestion(tag=Tag.INTERACT, reason="shows others how we are used")


def suggest_here(found: KindFound, pillar: Pillar, preference: Preference | None) -> Suggestion:
    """Return the tag we would choose, or that the team prefers for such posts, which the reason says then.

    An outage is for whoever can mend it, and what we wrote ourselves is nobody's task, whatever was chosen before.
    """
    ours = suggest(found, pillar)
    is_settled = found.alarms or pillar is Pillar.PROVIDER_INITIATED
    if preference is None or is_settled or preference.tag is ours.tag:
        return ours
    where = clip(preference.community, COMMUNITY_AT_MOST)
    reason = f"learned: you chose that for {preference.choices} of the last {CHOICES_COUNTED} like it in {where}"
    return Suggestion(tag=preference.tag, reason=reason)


def suggest(found: KindFound, pillar: Pillar) -> Suggestion:
    """Return the tag we would choose: interact with who asks, praises or compares, react to what hurts or is missing.

    What speaks of an outage or a security hole is for whoever can mend it, whoever wrote it and in whatever tone. What
    is of no kind that we know gets the tag of what it sounds like, but is not called that: nobody is said to wait.
    Where it sounds like nothing either, a person has begun to speak of us all the same, and somebody should look.
    """
    if pillar is Pillar.PROVIDER_INITIATED:
        return Suggestion(tag=Tag.LISTEN, reason="written by us")
    # Who asks is answered first, also about an outage.
    if found.alarms and found.kind not in ASKING:
        return Suggestion(tag=Tag.REACT, reason="news of an outage or a security hole")
    if pillar in NOBODY_WAITS and found.kind not in HEARD_FROM_AN_ARTICLE:
        told = None if pillar is Pillar.IDENTITY else _what_asks_nothing(found)
        return told or Suggestion(tag=Tag.LISTEN, reason=NOBODY_WAITS[pillar])
    if pillar is Pillar.IN_PERSON and found.kind not in PASSED_ON:
        return INVITES if found.invites and found.kind in {Kind.OTHER, Kind.COMPARISON} else MEETS
    if found.kind is Kind.OTHER:
        return _of_no_kind(found)
    tag, reason = TAG_OF[found.kind], REASONS[found.kind]
    return Suggestion(tag=tag, reason=reason if found.kind is Kind.PRAISE else reason + _quote(reason, found.because))


def _of_no_kind(found: KindFound) -> Suggestion:
    """Return what to do about what a person has begun to say, and what is of no kind that we know."""
    if found.by_program:
        return BY_PROGRAM
    if asks_nothing := _what_asks_nothing(found):
        return asks_nothing
    if found.guess:
        reason = f"{SOUNDS_LIKE} {WHAT_IT_SOUNDS_LIKE[found.guess.kind]}"
        return Suggestion(tag=TAG_OF[found.guess.kind], reason=reason + _quote(reason, found.guess.because))
    return IN_TRACKER if found.in_tracker else SPEAKS_OF_US


def _what_asks_nothing(found: KindFound) -> Suggestion | None:
    """Return what there is to do, or to say, about what asks nothing of us."""
    if found.kind is Kind.COMPARISON:
        return Suggestion(tag=Tag.INTERACT, reason=REASONS[Kind.COMPARISON])
    if found.for_us:
        return MADE_FOR_US
    if found.teaches:
        return TEACHES
    if found.unread and found.kind is Kind.OTHER:
        return Suggestion(tag=Tag.LISTEN, reason=f"in {found.unread}, which I cannot read")
    return None


def _quote(reason: str, because: str) -> str:
    words = because.replace('"', "'")
    return f' ("{clip(words, REASON_AT_MOST - len(reason) - len(" ()") - 2)}")' if words else ""
