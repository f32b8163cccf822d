"""The week in numbers, what people said of us, and how well we heard: the second half of the digest."""

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Final

from engagement.digest.week import Before, Day, Line, Noise, Week
from engagement.listing import Digest
from engagement.prose import at_most, short_duration, times
from engagement.understanding.reading import Tag
from handlers.views import blocks
from handlers.views.blocks import Block
from handlers.views.listening.hearing import sick_lines, verdict
from handlers.views.mrkdwn import in_lines, inline, link, quoted, separated, when
from handlers.views.words import TAG_NAME

SICK_AT_MOST: Final = 3
LINE_LENGTH: Final = 280
URL_LENGTH: Final = 500
NOTHING: Final = Week()
# One mention is no curve.
CHART_FROM: Final = 2
SERIES: Final[Mapping[str, Callable[[Day], int]]] = {
    TAG_NAME[Tag.LISTEN]: attrgetter("listen"),
    TAG_NAME[Tag.INTERACT]: attrgetter("interact"),
    TAG_NAME[Tag.REACT]: attrgetter("react"),
    "Not tagged yet": attrgetter("untagged"),
}


def numbers(digest: Digest) -> str:
    """Return the counts of the week, those of the week before in brackets."""
    week, before = digest.week, digest.week_before
    compared = before != NOTHING

    def than(count: int) -> str:
        return f" ({count:,})" if compared else ""

    tagged = [
        (week.listen, "listen"),
        (week.interact, "interact"),
        (week.react, "react"),
        (week.untagged, "not tagged yet"),
    ]
    split = ", ".join(f"{count:,} {name}" for count, name in tagged if count)
    not_us = f"; {week.not_us:,} more {'was' if week.not_us == 1 else 'were'} not us" if week.not_us else ""
    mentions = f"{times(week.mentions, 'mention')}{than(before.mentions)}{f': {split}' if split else ''}{not_us}"
    outcomes = [f"{week.answered:,} answered by us{than(before.answered)}"]
    outcomes += [f"{week.answered_by_others:,} by others"] if week.answered_by_others else []
    outcomes += [f"{week.cannot_tell:,} where I cannot see replies"] if week.cannot_tell else []
    # Else the headline seems to count otherwise.
    older = max(0, len(digest.waiting) + digest.more_waiting - week.waiting)
    from_before = f", and {older:,} from before" if older else ""
    outcomes += [f"{week.waiting:,} still waiting{than(before.waiting)}{from_before}"]
    needed = f"{times(week.needed_us, 'conversation')} needed us{than(before.needed_us)}: {', '.join(outcomes)}"
    return in_lines(
        "*The week in numbers*" + (" (last week in brackets)" if compared else ""),
        mentions,
        needed if week.needed_us else "",
        _how_fast(week, before),
        _sides(week, before),
    )


def _how_fast(week: Week, before: Week) -> str:
    """Return how long people waited for us; of one or two answers each is said, of more the half."""
    if week.half_within_seconds is None or week.slowest_answer_seconds is None:
        return ""
    if week.timed_answers <= 2:  # noqa: PLR2004 - one and two are no halves
        return f"The slowest answer took {short_duration(week.slowest_answer_seconds)}"
    was = f" ({at_most(before.half_within_seconds)})" if before.half_within_seconds is not None else ""
    most = f", nine in ten within {at_most(week.most_within_seconds)}" if week.most_within_seconds else ""
    half = f"Half of our answers came within {at_most(week.half_within_seconds)}{was}"
    return f"{half}{most}, {times(week.timed_answers, 'answer')}"


def line_of_the_week(digest: Digest) -> list[Block]:
    """Return what somebody said for us; nothing where nobody did."""
    return [blocks.section(_line(digest.line))] if digest.line else []


def _line(line: Line) -> str:
    said_before = _said_before(line.before) if line.before else ""
    said_at = when(line.at, "{date_short_pretty}")
    who = separated([inline(line.author), link(line.url, line.community, longest=URL_LENGTH), said_at, said_before])
    return f"*The line of the week*\n{quoted(inline(line.text, LINE_LENGTH))}\n{who}"


def _said_before(complaint: Before) -> str:
    return f"{link(complaint.url, 'complained', longest=URL_LENGTH)} on {when(complaint.at, '{date_short}')}"


def _sides(week: Week, before: Week) -> str:
    """Return how many spoke for us and against us; empty where nobody did."""
    if not week.for_us and not week.against_us:
        return ""
    compared = before != NOTHING
    than_for, than_against = (f" ({before.for_us:,})", f" ({before.against_us:,})") if compared else ("", "")
    praised = f"Praised us: {times(week.for_us, 'person', 'people')}{than_for}"
    return separated([praised, f"complained: {week.against_us:,}{than_against}"])


def chart(days: tuple[Day, ...]) -> list[Block]:
    """Return the mentions of each day by tag; nothing for less than two days. Slack may not know this block yet."""
    if len(days) < CHART_FROM:
        return []
    labels = [f"{day.date:%a} {day.date.day}" for day in days]
    counts = {name: [count_of(day) for day in days] for name, count_of in SERIES.items()}
    series = [
        {"name": name, "data": [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)]}
        for name, values in counts.items()
        if any(values)
    ]
    bars = {"type": "bar", "series": series, "axis_config": {"categories": labels}}
    return [{"type": blocks.CHART, "title": "Mentions a day", "chart": bars}]


def hearing(digest: Digest) -> str:
    """Return how well we heard, and which word brings noise."""
    read = f", {times(digest.week.posts_read, 'post')} read this week" if digest.week.posts_read else ""
    sick = "".join(f" {line}." for line in sick_lines(digest.hearing, SICK_AT_MOST))
    return in_lines(f"{verdict(digest.hearing)}{read}.{sick}", _noise(digest.noise), say_left_out(digest.left_out))


def say_left_out(count: int) -> str:
    """Return what the noise lists kept away, and where it can be looked at; empty where that is nothing."""
    return f"{count:,} left out by your noise lists this week: my Home lists them under *Settings*" if count else ""


def _noise(noise: Noise | None) -> str:
    if noise is None:
        return ""
    found = f"{noise.not_us:,} of the {times(noise.hits, 'hit')} of “{inline(noise.term)}” were not us"
    return f"Noisy: {found}; a word that must be near, or one to leave out, would help."
