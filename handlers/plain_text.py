"""A Slack message as plain text, for the terminal."""

import html
import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from handlers.views.blocks import Message

DATE = re.compile(r"<!date\^(\d+)\^[^|>]*\|[^>]*>")
LINK = re.compile(r"<(https?://[^|>]+)\|([^>]*)>")
REFERENCE = re.compile(r"<([@#])([A-Z0-9]+)>")
RULE = "-" * 60


def in_plain_text(message: Message, *, zone: ZoneInfo) -> str:
    """Return the texts of `message`, one block after the other, times in `zone`; buttons in [brackets]."""
    return "\n".join(line for block in message.blocks for line in _lines(block, zone)) + "\n"


def _lines(block: dict[str, object], zone: ZoneInfo) -> list[str]:
    match block:
        case {"type": "divider"}:
            return [RULE]
        case {"type": "actions", "elements": list(elements)}:
            return ["  ".join(f"[{element['text']['text']}]" for element in elements)]
        case {"type": "context", "elements": list(elements)}:
            return [_plain(str(element.get("text", "")), zone) for element in elements]
        case {"type": "section", "text": {"text": str(text)}, "accessory": {"text": {"text": str(label)}}}:
            return [f"{_plain(text, zone)}  [{label}]"]
        case {"text": {"text": str(text)}}:
            return [_plain(text, zone)]
    return []


def _plain(text: str, zone: ZoneInfo) -> str:
    def date(found: re.Match[str]) -> str:
        return datetime.fromtimestamp(int(found[1]), UTC).astimezone(zone).strftime("%a %d %b %H:%M")

    text = REFERENCE.sub(r"\1\2", LINK.sub(r"\2 (\1)", DATE.sub(date, text)))
    return html.unescape(text)
