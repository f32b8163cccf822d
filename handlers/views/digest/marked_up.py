"""Slack's text format as elements of a page: built as a tree, so that nothing anybody wrote can become markup."""

import html
import re
from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from lxml import etree

from engagement.dataclass import dataclass

Element = etree._Element  # noqa: SLF001 - lxml has no public name for it

# What stands in <...>, a mark that begins or ends bold or struck words, what is set in italics, or words. Italics are
# whole: names are full of underscores.
_PIECE: Final = re.compile(r"<([^<>]*)>|([*~])|(?<!\w)_(<[^<>]*>|[^_<>*~]+)_(?!\w)|([^<*~_]+|[<_])")
_DATE: Final = re.compile(r"!date\^(\d{1,11})\^([^^|]*)(?:\^([^|]*))?(?:\|.*)?", re.DOTALL)
_DATE_WORD: Final = re.compile(r"\{date\w*\}")
_MARKS: Final = {"*": "strong", "~": "s"}
# What no page may hold: controls, half surrogates and what is no character.
_NO_CHARACTERS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whoever reads a page outside Slack: in which zone, and what Slack ids are called there."""

    zone: ZoneInfo
    names: Mapping[str, str] = field(default_factory=dict)


def element(tag: str, *children: Element | str, **attributes: str) -> Element:
    """Return an element with these children; an attribute `class_` is `class`, and `aria_label` is `aria-label`."""
    made = etree.Element(tag, {name.rstrip("_").replace("_", "-"): clean(value) for name, value in attributes.items()})
    for child in children:
        append(made, child)
    return made


def append(parent: Element, child: Element | str) -> None:
    """Put an element or words behind what `parent` holds already."""
    if not isinstance(child, str):
        parent.append(child)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + clean(child)
    else:
        parent.text = (parent.text or "") + clean(child)


def clean(text: str) -> str:
    """Return text without what no page may hold."""
    return _NO_CHARACTERS.sub("", text)


def paragraphs(text: str, reader: Reader, *, class_: str = "") -> list[Element]:
    """Return mrkdwn as paragraphs and quotations."""
    made: list[Element] = []
    for line in text.split("\n"):
        is_quote = line.startswith(("> ", "&gt; "))
        tag = "blockquote" if is_quote else "p"
        if made and made[-1].tag == tag:
            made[-1].append(etree.Element("br"))
        else:
            made.append(element(tag, **({"class_": class_} if class_ else {})))
        _fill(made[-1], line.partition(" ")[2] if is_quote else line, reader)
    return made


def _fill(parent: Element, line: str, reader: Reader) -> None:
    """Put one line of mrkdwn into an element."""
    open_ = [parent]
    for piece in _PIECE.finditer(line):
        token, mark, italic, words = piece.groups()
        if mark and open_[-1].tag == _MARKS[mark]:
            open_.pop()
        elif mark:
            open_.append(_inside(open_[-1], _MARKS[mark]))
        elif italic:
            _fill(_inside(open_[-1], "em"), italic, reader)
        else:
            append(open_[-1], html.unescape(words) if words else _token(token, reader))


def _inside(parent: Element, tag: str) -> Element:
    """Return a new element that stands behind what `parent` holds already."""
    made = etree.Element(tag)
    parent.append(made)
    return made


def _token(token: str, reader: Reader) -> Element | str:
    """Return what stands in <...>: a date, somebody, a channel, or a link; its words alone where it leads nowhere."""
    if date := _DATE.fullmatch(token):
        return _date(date, reader)
    if token[:1] in ("@", "#"):
        return token[0] + reader.names.get(token[1:], token[1:])
    address, _, label = token.partition("|")
    return _link(html.unescape(address), html.unescape(label) or html.unescape(address))


def _link(address: str, label: Element | str) -> Element | str:
    if not address.startswith(("https://", "http://")):
        return label
    return element("a", label, href=address, rel="noopener noreferrer")


def _date(date: re.Match[str], reader: Reader) -> Element | str:
    at = datetime.fromtimestamp(int(date[1]), UTC)
    said = moment_in_words(at, html.unescape(date[2]), reader.zone)
    return _link(html.unescape(date[3] or ""), element("time", said, datetime=at.isoformat()))


def moment_in_words(at: datetime, form: str, zone: ZoneInfo) -> str:
    """Return what Slack makes of the words of a date token, in `zone`: "answered Sun 22 Nov 16:36"."""
    there = at.astimezone(zone)
    return _DATE_WORD.sub(f"{there:%a} {there.day} {there:%b}", form).replace("{time}", f"{there:%H:%M}")
