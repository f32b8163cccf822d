"""History: who changed what, when, from what to what; the newest first, a page at a time."""

from datetime import datetime
from typing import Final

from engagement.calm.mute import Mute, MuteScope
from engagement.records.history import Facts, Line
from engagement.records.lookup import JOINS, About, Lookup
from handlers.views import blocks
from handlers.views.blocks import View
from handlers.views.conversations.standing_lines import muted_what
from handlers.views.home.changes import say_deed
from handlers.views.mrkdwn import TITLE_LENGTH, in_lines, inline, user, when
from handlers.views.records.facts import Names, say_facts
from handlers.views.records.turning import HISTORY, turn_buttons, value_of
from handlers.views.words import TOPIC_NAME

BULLET: Final = "• "
NOTHING_YET: Final = "Nobody has changed anything here yet."


def lines_modal(about: About, found: Lookup, *, reader: str) -> View:
    """Return a page of what was changed of a thing or of a topic."""
    name = TOPIC_NAME.get(about.topic) or found.names.get((about.topic.value, about.number), "")
    lines = [blocks.context(_line(line, found.names, reader)) for line in found.lines]
    return blocks.modal(
        HISTORY,
        [
            *([blocks.section(f"*{inline(name, TITLE_LENGTH)}*")] if name else []),
            *(lines or [blocks.context(NOTHING_YET)]),
            *turn_buttons(value_of(about), found.turns),
        ],
    )


def gone_modal() -> View:
    """Return what to say where the thing is not there any more."""
    return blocks.modal(HISTORY, [blocks.section("That is not there any more, so I have no history of it.")])


def _line(line: Line, names: Names, reader: str) -> str:
    deed = f"{when(line.at)}  {say_deed(line, _subject(line, names), reader=reader)}"
    return in_lines(deed, *(f"{BULLET}{each}" for each in say_facts(line, names)))


def _subject(line: Line, names: Names) -> str:
    """Return what was changed, as the end of a sentence."""
    facts = line.after or line.before
    match line.object:
        case "mute" if "scope" in facts:
            return _muted(line, facts, names)
        case "person" if facts.get("author"):
            return f"*{inline(str(facts['author']))}* on {inline(str(facts.get('community', '')))}"
        case "teammate":
            return user(str(facts["slack_user"])) if "slack_user" in facts else ""
        case "watch" if line.act in JOINS:
            watch = names.get(("watch", line.number), "")
            return f"*{inline(line.name, TITLE_LENGTH)}*{f' for *{inline(watch)}*' if watch else ''}"
        case _:
            return f"*{inline(line.name)}*" if line.name else ""


def _muted(line: Line, facts: Facts, names: Names) -> str:
    until = facts.get("until")
    mute = Mute(
        id=line.number,
        workspace_id="",
        scope=MuteScope(str(facts["scope"])),
        by=line.by,
        at=line.at,
        community=str(facts.get("community", "")),
        author=str(facts.get("author", "")),
        value=str(facts.get("value") or facts.get("name") or ""),
        watch=names.get(("watch", int(str(facts.get("watch_id") or 0))), ""),
        until=datetime.fromisoformat(str(until)) if until else None,
    )
    title = names.get(("mute", line.number))
    return muted_what(mute, conversation=f"“{inline(title, TITLE_LENGTH)}”" if title else "a conversation")
