"""What we say of a place that we do not hear well: one sentence each, with what to do."""

from collections.abc import Sequence
from typing import Final, assert_never

from engagement.listening.telling import Ailment
from engagement.listening.trouble import Trouble
from engagement.prose import times
from handlers.views import blocks
from handlers.views.blocks import Message
from handlers.views.mrkdwn import inline, when

LISTED_AT_MOST: Final = 8
REASON_LENGTH: Final = 100
# A section holds 3,000.
SECTION_CHARACTERS: Final = 2_900


def draw_trouble(ailments: Sequence[Ailment], *, command: str) -> Message:
    """Return one message about places that are in trouble now, and others that are well again."""
    begun = [each for each in ailments if each.ended_at is None]
    ended = [each for each in ailments if each.ended_at is not None]
    lines = []
    if begun:
        lines += _list(f"⚠️ *{_headline(begun)}*", [sentence(each) for each in begun])
    if ended:
        lines += _list(f"✅ *{_good_news(ended)}*", [recovery(each) for each in ended])
    return Message(
        text=_headline(begun) if begun else _good_news(ended),
        blocks=[*map(blocks.section, _packed(lines)), blocks.context(f"`{command} sources` shows all places.")],
    )


def _packed(lines: Sequence[str]) -> list[str]:
    """Return the lines in as few texts as a section takes each."""
    packed = [""]
    for line in lines:
        if len(packed[-1]) + len(line) > SECTION_CHARACTERS:
            packed.append("")
        packed[-1] += f"{line}\n"
    return [text.rstrip("\n") for text in packed]


def _headline(ailments: Sequence[Ailment]) -> str:
    if any(each.kind is Trouble.DEAF for each in ailments):
        return "I hear nothing at all"
    return f"{times(_places(ailments), 'place needs', 'places need')} a look"


def _good_news(ailments: Sequence[Ailment]) -> str:
    if any(each.kind is Trouble.DEAF for each in ailments):
        return "I hear again"
    return f"{times(_places(ailments), 'place is', 'places are')} well again"


def _places(ailments: Sequence[Ailment]) -> int:
    return len({each.source_id for each in ailments})


def _list(title: str, lines: Sequence[str]) -> list[str]:
    rest = len(lines) - LISTED_AT_MOST
    more = [f"and {times(rest, 'other')}"] if rest > 0 else []
    return [title, *(f"• {line}" for line in [*lines[:LISTED_AT_MOST], *more])]


def sentence(ailment: Ailment) -> str:  # noqa: PLR0911 one sentence each, side by side
    """Return what is wrong and what to do, as mrkdwn without a closing line."""
    place, since, why = f"*{inline(ailment.place)}*", when(ailment.began_at), inline(ailment.detail, REASON_LENGTH)
    match ailment.kind:
        case Trouble.BROKEN:
            return f"I have not heard {place} since {since}: {why}. I keep trying; check its address if that lasts."
        case Trouble.CLOSED:
            return f"{place} has not let me in since {since}: {why}. It needs a login, or another address of it."
        case Trouble.THROTTLED:
            return f"{place} has slowed me down since {since}: {why}. I wait as it asks; fewer places there would help."
        case Trouble.GONE:
            return f"{place} closed its feed for good, {since}. I ask no more: leave it, or wake it if it is back."
        case Trouble.MOVED:
            return f"{place} has said since {since} that it moved to {why}. I follow once it has said so for a week."
        case Trouble.SILENT:
            return f"{place} answers, but has had nothing new for far longer than usual. Is it still the right address?"
        case Trouble.OVERFLOWING:
            return (
                f"{place} brings more between two looks than one answer holds, so I may miss posts. "
                "I look more often now; a narrower search would help."
            )
        case Trouble.CHURNING:
            return f"{place} gives its old posts new names. I recognise most of them; some may come up twice."
        case Trouble.DEAF:
            return f"No place has answered since {since}. That looks like my own network: is the machine online?"
        case _:
            assert_never(ailment.kind)


def recovery(ailment: Ailment) -> str:
    """Return that a trouble is over, as mrkdwn."""
    until = f", {when(ailment.ended_at)}" if ailment.ended_at else ""
    place = f"*{inline(ailment.place)}*"
    match ailment.kind:
        case Trouble.DEAF:
            return f"Places answer again{until}; none had since {when(ailment.began_at)}."
        case Trouble.SILENT:
            return f"{place} has something new again{until}."
        case Trouble.OVERFLOWING:
            return f"{place} fits into one answer again{until}."
        case Trouble.CHURNING:
            return f"{place} keeps the names of its posts again{until}."
        case _:
            return f"I hear {place} again{until}; I had not since {when(ailment.began_at)}."
