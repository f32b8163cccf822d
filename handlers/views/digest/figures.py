"""The figures of a week beside those of the week before: how far, how fast, and how it sounded."""

from collections.abc import Sequence

from engagement.digest.details import NO_FIGURES
from engagement.digest.figures import Figures, Moods, Pace
from engagement.prose import at_most, share, times
from handlers.views.mrkdwn import in_lines


def paragraphs_of(now: Figures, before: Figures) -> Sequence[str]:
    """Return what became of the conversations, how long that took, and the moods; empty what has nothing to say."""
    is_compared = before != NO_FIGURES
    return (
        _how_far(now, before, is_compared=is_compared),
        _how_fast(now, before),
        _moods(now.moods, before.moods, is_compared=is_compared),
    )


def beside(now: str, before: str, *, is_compared: bool) -> str:
    """Return a figure, and that of the week before in brackets."""
    return f"{now} ({before})" if is_compared else now


def pace(now: Pace, before: Pace, of: str) -> str:
    """Return "half within 5 h (9 h), nine in ten within 2 days, 12 answers (9)"; empty without any. `of` counts one."""
    if now.half_within_seconds is None:
        return ""
    was = before.half_within_seconds
    half = beside(at_most(now.half_within_seconds), "" if was is None else at_most(was), is_compared=was is not None)
    most = f", nine in ten within {at_most(now.most_within_seconds)}" if now.most_within_seconds is not None else ""
    if now.most_within_seconds is not None and before.most_within_seconds is not None:
        most += f" ({at_most(before.most_within_seconds)})"
    if now.count == 1:
        return f"{at_most(now.half_within_seconds)}, {times(1, of)}{f' ({before.count:,})' if was is not None else ''}"
    return f"half within {half}{most}, {beside(times(now.count, of), f'{before.count:,}', is_compared=was is not None)}"


def _how_far(now: Figures, before: Figures, *, is_compared: bool) -> str:
    if not now.mentions:
        return ""
    steps = [
        (times(now.mentions, "mention"), before.mentions),
        (f"{times(now.needed_us, 'conversation')} needed us", before.needed_us),
        (f"{now.tagged:,} tagged", before.tagged),
        (f"{now.answered:,} answered by us", before.answered),
    ]
    funnel = " → ".join(beside(said, f"{was:,}", is_compared=is_compared) for said, was in steps)
    was = share(before.answered, before.needed_us) if before.needed_us else "none"
    answered = beside(share(now.answered, now.needed_us), was, is_compared=is_compared)
    return in_lines("*How far it came*", funnel, f"Answered by us: {answered}" if now.needed_us else "")


def _how_fast(now: Figures, before: Figures) -> str:
    lines = [
        ("A first reply", pace(now.first_reply, before.first_reply, "answer")),
        ("From the first mention to a tag", pace(now.to_tag, before.to_tag, "conversation")),
        ("From the first mention to our reply", pace(now.to_reply, before.to_reply, "conversation")),
        ("From the first mention to a change that shipped", pace(now.to_shipped, before.to_shipped, "improvement")),
    ]
    said = [f"{name}: {words}" for name, words in lines if words]
    return in_lines("*How fast*", *said) if said else ""


def _moods(now: Moods, before: Moods, *, is_compared: bool) -> str:
    counts = [
        (now.good, before.good, "good"),
        (now.bad, before.bad, "bad"),
        (now.mixed, before.mixed, "mixed"),
        (now.unsure, before.unsure, "unsure"),
    ]
    if not now.told:
        return ""
    said = [beside(f"{count:,} {name}", f"{was:,}", is_compared=is_compared) for count, was, name in counts]
    return in_lines("*How it sounded*", f"{', '.join(said)}, of {times(now.told + now.unsure, 'mention')}")
