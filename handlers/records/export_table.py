"""Mentions as CSV and JSON: one row each, whatever a team may want to count. Knows no Slack."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from engagement.prose import clip
from engagement.records.exported import Exported

TEXT_LENGTH: Final = 500
# What a spreadsheet takes for the beginning of a formula, wide forms among it, or skips before it looks for one
# (owasp.org/www-community/attacks/CSV_Injection).
FORMULA: Final = ("=", "+", "-", "@", "\t", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

COLUMNS: Final = (
    "noticed",
    "written",
    "watch",
    "name",
    "community",
    "author",
    "title",
    "text",
    "url",
    "kind",
    "mood",
    "pillar",
    "suggested",
    "tag",
    "tagged_by",
    "tagged",
    "not_us_by",
    "unsure",
    "reply",
    "due",
    "promised_by",
    "answered_by",
    "answered",
    "answer",
    "labels",
    "score",
    "conversation",
    "story",
)

# What a cell holds before it is written: times stay times until the form says how they are spelt.
Value = str | int | datetime | tuple[str, ...] | None


class Form(StrEnum):
    """How mentions are written."""

    CSV = "csv"
    JSON = "json"


def row_of(each: Exported, names: Mapping[str, str]) -> dict[str, Value]:
    """Return one mention by the names of the columns; `names` are the teammates' by their Slack ids."""
    conversation, reading, reply = each.conversation, each.mention.reading, each.conversation.reply
    post = each.mention.stored.post

    def person(slack_user: str) -> str:
        return names.get(slack_user, slack_user)

    return {
        "noticed": each.noticed_at,
        "written": post.published_at,
        "watch": each.watch,
        "name": each.term,
        "community": post.community,
        "author": post.author,
        "title": post.title,
        "text": clip(post.text, TEXT_LENGTH),
        "url": post.url,
        "kind": reading.kind.value,
        "mood": reading.mood.value,
        "pillar": reading.pillar.value,
        "suggested": reading.suggested.value,
        "tag": conversation.tag.value if conversation.tag else "",
        "tagged_by": person(conversation.tagged_by),
        "tagged": conversation.tagged_at,
        "not_us_by": person(conversation.dismissed_by),
        "unsure": int(conversation.unsure),
        "reply": reply.state.value,
        "due": reply.due_at,
        "promised_by": person(reply.claimed_by),
        "answered_by": person(reply.answered_by),
        "answered": reply.answered_at,
        "answer": reply.answer_url,
        "labels": each.labels,
        "score": post.score,
        "conversation": each.mention.conversation_id,
        "story": conversation.id,
    }


def head(form: Form) -> str:
    """Return what stands before the first row."""
    return _csv_line(COLUMNS) if form is Form.CSV else "[\n"


def between(form: Form) -> str:
    """Return what stands between two rows."""
    return "" if form is Form.CSV else ",\n"


def foot(form: Form) -> str:
    """Return what stands behind the last row."""
    return "" if form is Form.CSV else "\n]\n"


def written(form: Form, row: Mapping[str, Value], zone: ZoneInfo) -> str:
    """Return a row: in CSV with the team's own times and nothing that a spreadsheet would run, in JSON as it is."""
    if form is Form.CSV:
        return _csv_line([_cell(row[column], zone) for column in COLUMNS])
    return json.dumps({column: _plain(row[column], zone) for column in COLUMNS}, ensure_ascii=False)


def whole(form: Form, rows: Iterable[str]) -> str:
    """Return rows that were written, as a file of their own."""
    return head(form) + between(form).join(rows) + foot(form)


def _cell(value: Value, zone: ZoneInfo) -> str:
    """Return a value for people and their spreadsheets; one that looks like a formula begins with an apostrophe."""
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
    text = ", ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    # Readers end a row at a bare carriage return, and some the file at a NUL.
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return f"'{text}" if text.startswith(FORMULA) else text


def _plain(value: Value, zone: ZoneInfo) -> str | int | list[str] | None:
    """Return a value for a program."""
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(timespec="seconds")
    return list(value) if isinstance(value, tuple) else value


def _csv_line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
