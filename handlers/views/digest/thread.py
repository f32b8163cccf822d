"""The thread of the digest: the lists behind its numbers, each a message of its own."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from engagement.digest.details import NO_FIGURES, Answered, Details, Part
from engagement.digest.week import Noise
from engagement.home import Queued
from engagement.prose import share, short_duration, times
from handlers.views import blocks
from handlers.views.blocks import Block, Message
from handlers.views.conversations.quoting import UNTITLED
from handlers.views.digest.figures import paragraphs_of
from handlers.views.digest.people import community_lines, voices_lists
from handlers.views.home.rows import card_link
from handlers.views.improvements.heard import theme_lines
from handlers.views.listening.hearing import sick_lines
from handlers.views.long_lists import LISTED_LENGTH, fitting, in_sections
from handlers.views.mrkdwn import in_lines, inline, link, quoted, separated, user, when
from handlers.views.words import KIND_EMOJI

TITLE_LENGTH: Final = 100
URL_LENGTH: Final = 500
SAID_LENGTH: Final = 160
ROWS_AT_MOST: Final = 15
SICK_AT_MOST: Final = 20
# For a message of two lists.
HALF: Final = LISTED_LENGTH // 2
# A section holds 3,000 characters.
QUARTER: Final = LISTED_LENGTH // 4
NOT_NAMED: Final = "Somebody should not be named here? Say so in a card's *History*, under *Labels…*."


def draw_part(details: Details, part: Part) -> Message | None:
    """Return one message of the thread, None where it has nothing to say any more."""
    return DRAWN[part](details) if part in details.parts else None


def draw_parts(details: Details) -> list[Message]:
    """Return every message of the thread that has something to say."""
    return [DRAWN[part](details) for part in details.parts]


def _untagged(details: Details) -> Message:
    count = details.all_untagged
    head = f"{times(count, 'conversation')} not tagged yet"
    return _message(head, *_rows([_queued(each, details) for each in details.untagged], count))


def _answered(details: Details) -> Message:
    """Return who answered where and how fast, in the order of the answers: nobody is ranked."""
    return _message(
        f"Answered this week: {len(details.answered):,}",
        *_rows([_answer(each) for each in details.answered], len(details.answered)),
    )


def _thanks(details: Details) -> Message:
    drawn: list[Block] = []
    if details.by_others:
        drawn += [
            blocks.section("*They answered for us*"),
            *_rows([_answer(each) for each in details.by_others], len(details.by_others), room=HALF),
        ]
    if details.praise:
        drawn += [
            blocks.section("*They praised us, and nobody has said a word*"),
            *_rows([_queued(each, details) for each in details.praise], details.all_praise, room=HALF),
        ]
    return _message("People to thank", *drawn)


def _themes(details: Details) -> Message:
    shown = fitting([theme_lines(each) for each in details.themes])
    rest = len(details.themes) - len(shown)
    more = f"And {times(rest, 'more theme')}. " if rest else ""
    note = f"{more}Each person counts once in each community. {NOT_NAMED}"
    return _message("Themes in full", *map(blocks.section, shown), blocks.context(note))


def _places(details: Details) -> Message:
    drawn: list[Block] = []
    if details.hearing.sick:
        lines = [f"• {line}" for line in sick_lines(details.hearing, SICK_AT_MOST)]
        drawn += [blocks.section("*Not heard*"), *in_sections(fitting(lines, HALF))]
    if details.noise:
        advice = "A word that must be near, or one to leave out, makes a watch quieter. Last week in brackets."
        drawn += [
            blocks.section("*Found, and not us*"),
            *_noise_by_watch(details.noise),
            blocks.context(advice),
        ]
    return _message("Places: health and noise", *drawn)


def _figures(details: Details) -> Message:
    now, before = details.figures, details.figures_before
    return _message(
        "How far, how fast, how it sounded",
        *([blocks.context("Last week in brackets.")] if before != NO_FIGURES else []),
        *(blocks.section(paragraph) for paragraph in paragraphs_of(now, before) if paragraph),
    )


def _voices(details: Details) -> Message:
    drawn = [
        blocks.section(in_lines(heading, *fitting(lines, QUARTER))) for heading, lines in voices_lists(details.voices)
    ]
    return _message("Who spoke of us", *drawn, blocks.context(f"Last week in brackets. {NOT_NAMED}"))


def _communities(details: Details) -> Message:
    shown = fitting([community_lines(week) for week in details.communities])
    rest = details.all_communities - len(shown)
    more = f"And {times(rest, 'more place')}. " if rest > 0 else ""
    note = f"{more}Last week in brackets. Likes count within one community. {NOT_NAMED}"
    return _message("Where we were talked about", *map(blocks.section, shown), blocks.context(note))


DRAWN: Final[Mapping[Part, Callable[[Details], Message]]] = {
    Part.UNTAGGED: _untagged,
    Part.ANSWERED: _answered,
    Part.THANKS: _thanks,
    Part.THEMES: _themes,
    Part.FIGURES: _figures,
    Part.VOICES: _voices,
    Part.COMMUNITIES: _communities,
    Part.PLACES: _places,
}


# ---- rows ----------------------------------------------------------------------------------------------------------


def _message(head: str, *drawn: Block) -> Message:
    return Message(text=head, blocks=[blocks.header(head), *drawn])


def _rows(lines: Sequence[str], count: int, *, room: int = LISTED_LENGTH) -> list[Block]:
    """Return as many lines as fit, a block each, and the number of the rest of `count`."""
    shown = fitting(lines[:ROWS_AT_MOST], room)
    drawn = [blocks.section(line) for line in shown]
    rest = count - len(shown)
    return [*drawn, *([blocks.context(f"and {rest:,} more")] if rest > 0 else [])]


def _queued(queued: Queued, details: Details) -> str:
    line = queued.line
    title = link(line.url, line.title or UNTITLED, limit=TITLE_LENGTH, longest=URL_LENGTH)
    age = f"{short_duration((details.as_of - line.since).total_seconds())} old"
    facts = [inline(line.community), inline(line.author), age, card_link(queued, details.team_url)]
    return f"{KIND_EMOJI[line.kind]} {title}\n{separated(facts)}"


def _answer(answered: Answered) -> str:
    title = link(answered.url, answered.title or UNTITLED, limit=TITLE_LENGTH, longest=URL_LENGTH)
    answered_on = when(answered.answered_at, "answered {date_short_pretty} {time}", _short(answered.answer_url))
    facts = [
        inline(answered.community),
        f"{user(answered.by) if answered.by else inline(answered.helper)} {answered_on}".strip(),
        f"written by {user(answered.written_by)}" if answered.written_by not in ("", answered.by) else "",
        f"approved by {user(answered.approved_by)}" if answered.approved_by else "",
        f"after {short_duration(answered.seconds)}",
        "seen at the source" if answered.seen else "",
    ]
    said = quoted(inline(answered.said, SAID_LENGTH)) if answered.said.strip() else ""
    return in_lines(f"✅ {title}", separated(facts), said)


def _short(url: str) -> str:
    return url if len(url) <= URL_LENGTH else ""


def _noise_by_watch(noise: Sequence[Noise]) -> list[Block]:
    """Return the terms of each watch, with the way to the watch's form beside them."""
    drawn: list[Block] = []
    for watch_id in dict.fromkeys(each.watch_id for each in noise):
        lines = fitting([_noise(each) for each in noise if each.watch_id == watch_id], QUARTER)
        drawn.append(blocks.section(in_lines(*lines), blocks.button("Tighten it…", "watch.edit", str(watch_id))))
    return drawn


def _noise(noise: Noise) -> str:
    found = "was" if noise.not_us == 1 else "were"
    before = f" ({share(noise.not_us_before, noise.hits_before)})" if noise.hits_before else ""
    return (
        f"• “{inline(noise.term)}” of {inline(noise.watch)}: {share(noise.not_us, noise.hits)}{before} {found} not us"
    )
