"""What a line of the history has changed, fact by fact, in the words of the forms."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from engagement.calendar import DAY_NAMES
from engagement.prose import times, work_time
from engagement.records.history import Line
from engagement.records.lookup import Change, changes_in
from handlers.views.home.voice import DISCLOSURE_NAME, PROMOTION_NAME, RULE_NAME
from handlers.views.mrkdwn import channel, inline, some, user, when
from handlers.views.words import DELIVERY_NAME, OUTCOME_NAME

Names = Mapping[tuple[str, int], str]
# How one value of a fact is said; `names` are what numbers stand for.
Say = Callable[[object, Names], str]

CHANGES_AT_MOST: Final = 6
LISTED_AT_MOST: Final = 2
TEXT_LENGTH: Final = 60
NAME_LENGTH: Final = 30


def _text(value: object, _names: Names) -> str:
    return f"“{inline(str(value), TEXT_LENGTH)}”"


def _plain(value: object, _names: Names) -> str:
    return inline(str(value))


def _name(value: object, _names: Names) -> str:
    return f"*{inline(str(value), NAME_LENGTH)}*"


def _user(value: object, _names: Names) -> str:
    return user(str(value))


def _channel(value: object, _names: Names) -> str:
    return channel(str(value))


def _hour(value: object, _names: Names) -> str:
    return f"{int(str(value)):02}:00"


def _choice(names: Mapping[Any, str]) -> Say:
    """Return how a choice of a form is said; one that there is no more goes by what it was stored as."""
    return lambda value, _: names.get(str(value), inline(str(value))).lower()


def _numbered(kind: str) -> Say:
    def say(value: object, names: Names) -> str:
        name = names.get((kind, int(str(value))))
        return f"*{inline(name, NAME_LENGTH)}*" if name else f"no. {inline(str(value))}"

    return say


FACTS: Final[Mapping[str, tuple[str, Say]]] = {
    "names": ("Names", _name),
    "excluded": ("None of these words", _name),
    "near": ("Must be near", _name),
    "query": ("Query", _text),
    "handles": ("Names we write under", _name),
    "site": ("Our site", _plain),
    "outcome": ("What we want from it", _choice(OUTCOME_NAME)),
    "channel": ("Cards go to", _channel),
    "delivery": ("Cards come", _choice(DELIVERY_NAME)),
    "target_minutes": ("First reply within", lambda value, _: work_time(int(str(value)))),
    "address": ("Address", _plain),
    "digest_channel": ("It goes to", _channel),
    "digest_weekday": ("Day", lambda value, _: DAY_NAMES[int(str(value))]),
    "digest_hour": ("Hour", _hour),
    "zone": ("Time zone", _plain),
    "urgent_channel": ("What is urgent goes to", _channel),
    "urgent_score": ("Urgent from so many likes on", _plain),
    "quiet_from": ("Quiet from", _hour),
    "quiet_to": ("Quiet until", _hour),
    "sounds_like": ("We sound like", _text),
    "banned": ("Words we do not use", _name),
    "disclosure": ("Saying that we work on it", _choice(DISCLOSURE_NAME)),
    "disclosing": ("Other ways to say so", _name),
    "longest": ("Characters at most", _plain),
    "links": ("Links at most", _plain),
    "hard": ("Without exceptions", _choice(RULE_NAME)),
    "promotion": ("Links to ourselves", _choice(PROMOTION_NAME)),
    "wording": ("Their rule on self-promotion", _text),
    "approval": ("Drafts are approved first", lambda value, _: "yes" if value else "no"),
    "late_days": ("A reply is too late after", lambda value, _: times(int(str(value)), "day")),
    "speak": ("Answers for us", _user),
    "approve": ("Approves what we say", _user),
    "configure": ("Changes these settings", _user),
    "approved": ("Drafts are approved first for", _numbered("watch")),
    "phrases": ("Phrases", _text),
    "improvement_id": ("Improvement", _numbered("improvement")),
    "away_until": ("Away until", lambda value, _: when(datetime.fromisoformat(str(value)))),
    "cover": ("Has their replies", _user),
    "labels": ("Labels", _name),
}
# What the same fact is of something else.
OF_OTHERS: Final[Mapping[tuple[str, str], str]] = {
    ("teammate", "handles"): "Names",
    ("channel", "channel"): "It goes to",
}
# Of a mute the deed itself says what it was of, and until when.
SAID_BY_DEED: Final = frozenset({"mute"})
# Where 0 stands for none.
COUNTED_FROM_ONE: Final = frozenset({"improvement_id", "target_minutes"})
# A text in which each line is a rule of its own.
IN_LINES: Final = frozenset({"sounds_like"})
NOTHING: Final = "nothing"


def say_facts(line: Line, names: Names) -> list[str]:
    """Return what a line changed, a line of text for each fact; what nobody has words for is left out."""
    if line.object in SAID_BY_DEED:
        return []
    said = [_fact(line, each, names) for each in changes_in(line) if each.fact in FACTS]
    said = [each for each in said if each]
    rest = len(said) - CHANGES_AT_MOST
    return [*said[:CHANGES_AT_MOST], *([f"and {rest} more"] if rest > 0 else [])]


def _fact(line: Line, change: Change, names: Names) -> str:
    """Return what became of one fact, empty where that is nothing to speak of."""
    label, say = FACTS[change.fact]
    label = OF_OTHERS.get((line.object, change.fact), label)
    if change.fact in IN_LINES or isinstance(change.became or change.was, list):
        said = _parts(_listed(change.was), _listed(change.became), say, names)
    else:
        was, became = (_one(change.fact, value, say, names) for value in (change.was, change.became))
        said = became if not was else f"{was} → {became or NOTHING}"
    return f"{label}: {said}" if said else ""


def _one(fact: str, value: object, say: Say, names: Names) -> str:
    is_none = value in (None, "") or (fact in COUNTED_FROM_ONE and not value)
    return "" if is_none else say(value, names)


def _parts(was: Sequence[object], became: Sequence[object], say: Say, names: Names) -> str:
    added = [say(each, names) for each in became if each not in was]
    gone = [say(each, names) for each in was if each not in became]
    if not was:
        return some(added, LISTED_AT_MOST) if added else ""
    parts = [f"{verb} {some(each, LISTED_AT_MOST)}" for verb, each in (("added", added), ("took out", gone)) if each]
    return ", ".join(parts) or "in another order"


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else str(value or "").splitlines()
