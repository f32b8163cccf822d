"""A Slack message as plain text, for the terminal."""

import html
import re
from datetime import UTC, datetime

from handlers.views.blocks import Message
from handlers.views.digest.marked_up import Reader, moment_in_words

DATE = re.compile(r"<!date\^(\d+)\^([^|>^]*)(?:\^([^|>]*))?\|[^>]*>")
LINK = re.compile(r"<(https?://[^|>]+)\|([^>]*)>")
REFERENCE = re.compile(r"<([@#])([A-Z0-9]+)>")
RULE = "-" * 60


def in_plain_text(message: Message, reader: Reader) -> str:
    """Return the texts of `message` for a reader, one block after the other; buttons in [brackets]."""
    return "\n".join(line for block in message.blocks for line in _lines(block, reader)) + "\n"


def _lines(block: dict[str, object], reader: Reader) -> list[str]:
    match block:
        case {"type": "divider"}:
            return [RULE]
        case {"type": "actions", "elements": list(elements)}:
            return ["  ".join(f"[{element['text']['text']}]" for element in elements)]
        case {"type": "context", "elements": list(elements)}:
            return [_plain(str(element.get("text", "")), reader) for element in elements]
        case {"type": "section", "text": {"text": str(text)}, "accessory": {"text": {"text": str(label)}}}:
            return [f"{_plain(text, reader)}  [{label}]"]
        case {"text": {"text": str(text)}}:
            return [_plain(text, reader)]
    return []


def _plain(text: str, reader: Reader) -> str:
    def date(found: re.Match[str]) -> str:
        at = datetime.fromtimestamp(int(found[1]), UTC)
        address = f" ({found[3]})" if found[3] else ""
        return moment_in_words(at, found[2], reader.zone) + address

    def name(found: re.Match[str]) -> str:
        return found[1] + html.escape(reader.names.get(found[2], found[2]), quote=False)

    text = REFERENCE.sub(name, LINK.sub(r"\2 (\1)", DATE.sub(date, text)))
    return html.unescape(text)
