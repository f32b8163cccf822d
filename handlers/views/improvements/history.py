"""What was done to an improvement, by whom and when, as *History* shows it."""

from collections.abc import Mapping, Sequence
from typing import Final

from engagement.improvements.improvement import Improvement, ImprovementAct, ImprovementPress, Wanted
from engagement.records.lookup import NO_TURNS, About, Topic, Turns
from handlers.views import blocks
from handlers.views.blocks import View
from handlers.views.improvements.improvement import KIND_NAME, URL_LENGTH, deed_of, name_of, title_line
from handlers.views.mrkdwn import channel, in_lines, inline, link, user, when
from handlers.views.records.turning import HISTORY, turn_buttons, value_of

NOTE_LENGTH: Final = 500
TITLE_LENGTH: Final = 150
ADDRESS_LENGTH: Final = 100
# What was said with these stands in the history.
TELLING: Final = frozenset({ImprovementAct.SHIP, ImprovementAct.DECLINE})


def improvement_history_modal(
    improvement: Improvement,
    page: Sequence[ImprovementPress],
    titles: Mapping[int, str],
    *,
    reader: str,
    turns: Turns = NO_TURNS,
) -> View:
    """Return a page of who did what to an improvement, newest first; `titles` are the others', by their numbers."""
    lines = [
        blocks.context(in_lines(f"{when(each.at)}  {_deed(each, titles, reader=reader)}{_said(each)}", *_changed(each)))
        for each in page
    ]
    about = About(topic=Topic.IMPROVEMENT, number=improvement.id)
    return blocks.modal(
        HISTORY, [blocks.section(title_line(improvement)), *lines, *turn_buttons(value_of(about), turns)]
    )


def _deed(press: ImprovementPress, titles: Mapping[int, str], *, reader: str) -> str:
    other = titles.get(press.other, "")
    return deed_of(press, reader=reader, other=name_of(other)) if other else deed_of(press, reader=reader)


def _said(press: ImprovementPress) -> str:
    return f": “{inline(press.note, NOTE_LENGTH)}”" if press.act in TELLING and press.note else ""


def _changed(press: ImprovementPress) -> list[str]:
    """Return what somebody changed of what an improvement is, a line for each fact."""
    if press.act is not ImprovementAct.CHANGE or press.wanted is None or press.instead_of is None:
        return []
    were, are = _facts(press.instead_of), _facts(press.wanted)
    return [f"• {name}: {were[name]} → {are[name]}" for name in are if were[name] != are[name]]


def _facts(wanted: Wanted) -> dict[str, str]:
    """Return what an improvement is, in the words of its form."""
    url = wanted.tracker_url
    return {
        "What should change": f"“{inline(wanted.title, TITLE_LENGTH)}”",
        "What sort of change": KIND_NAME[wanted.kind].lower(),
        "Its card goes to": channel(wanted.channel),
        "Who has it": user(wanted.owner) if wanted.owner else "nobody",
        "Its issue": link(url, url, limit=ADDRESS_LENGTH, longest=URL_LENGTH) if url else "none",
    }
