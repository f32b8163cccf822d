"""What stands in one element of a well-formed feed: its text mended, its markup as HTML, a name beside an address."""

import contextlib
import html
import re
from typing import Final, TypeAlias
from xml.etree import ElementTree as ET

from lxml import etree

from feeds.links import LONGEST_LINK, joined

# By lxml, or by the standard library where nothing is asked of it that only lxml can tell.
Element: TypeAlias = etree._Element | ET.Element  # noqa: SLF001 lxml has no public name for it
XML_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"

# Nobody means these control characters: the writer took Windows-1252 for Latin-1.
_CP1252: Final = {n: bytes([n]).decode("cp1252") for n in range(0x80, 0xA0) if n not in (129, 141, 143, 144, 157)}
_C1 = re.compile("[\x80-\x9f]")
# More than any name has; looking for an address in a text takes the square of its length.
LONGEST_AUTHOR: Final = 1_000
# By feedparser's rule for what a mail address is.
_MAIL = re.compile(
    r"[a-zA-Z0-9_.+-]+@(?:\[[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.|(?:[a-zA-Z0-9-]+\.)+)(?:[a-zA-Z]{2,4}|[0-9]{1,3})"
    r"\]?(?:\?subject=\S+)?"
)


class UnusualError(Exception):
    """The feed does something that is better left to feedparser; the message says what."""


def text_of(element: Element) -> str:
    """Return the text of an element, without the space around it; UnusualError if it has children."""
    if len(element):
        raise UnusualError("markup in a text")
    text = (element.text or "").strip()
    return text if text.isascii() else mended(text)


def markup_of(element: Element) -> str:
    """Return the children of an element as HTML; text alone is escaped, as it would be inside of them."""
    if isinstance(element, ET.Element):
        raise UnusualError("XHTML, which lxml writes")
    parts = [html.escape(element.text or "", quote=False)]
    for child in element:
        if child.prefix:
            raise UnusualError("XHTML with prefixes")
        parts.append(etree.tostring(child, method="html", encoding="unicode"))
    return mended("".join(parts).strip())


def mended(text: str) -> str:
    """Return `text` as it was meant: no UTF-8 that was taken for Latin-1, and no Windows-1252 that was."""
    if text.isascii():
        return text
    with contextlib.suppress(ValueError):
        text = text.encode("latin-1").decode("utf-8")
    return text.translate(_CP1252) if _C1.search(text) else text


def name_in(author: str) -> str:
    """Return the name beside a mail address, `mail (name)` or `name <mail>`, and all of it if there is no address."""
    found = _MAIL.search(author) if "@" in author and len(author) <= LONGEST_AUTHOR else None
    if not found:
        return author
    name = author.replace(found.group(), "")
    for brackets in ("()", "<>", "&lt;&gt;"):
        name = name.replace(brackets, "")
    return name.strip().removeprefix("(").removesuffix(")").strip()


def has_base(element: Element) -> bool:
    """Say whether an element has a base of its own (XML Base)."""
    names = element.keys()
    return bool(names) and (XML_BASE in names or "base" in names)


def resolved(element: Element, address: str) -> str:
    """Return `address` as it reads where `element` stands, by the bases of all elements around it (XML Base)."""
    if isinstance(element, ET.Element):
        raise UnusualError("a base, which lxml finds")
    base = ""
    for holder in [*reversed(list(element.iterancestors())), element]:
        base = joined(base, holder.get(XML_BASE) or holder.get("base") or "")
        # What is joined to a longer one is no address of ours, and takes time in proportion.
        base = base if len(base) <= LONGEST_LINK else ""
    return joined(base, address) if base else address
