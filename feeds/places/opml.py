"""Subscription lists in and out, as every feed reader writes them (http://opml.org/spec2.opml)."""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

import listparser

from engagement.listening.source import NewSource
from engagement.product import PRODUCT
from feeds.communities import community_of_feed
from feeds.links import is_web
from feeds.secrets import without_secrets
from feeds.text import as_name


def read_opml(data: bytes) -> list[NewSource]:
    """Return the feeds that a list names, each URL once, in its order; nothing for what is no list.

    Entries that are no web address are left out.
    """
    # As bytes, because listparser fetches text that looks like a URL; re-encoded, because it expects UTF-8.
    listing = listparser.parse(_text(data).encode("utf-8"))
    found: dict[str, NewSource] = {}
    for feed in listing["feeds"]:
        url = str(feed.get("url") or "").strip()
        name = as_name(str(feed.get("title") or ""))
        if is_web(url):
            # A name that is an address (readers write one where a feed has no title) is shown like any other name.
            name = name if name and not is_web(name) else without_secrets(name or url)
            found.setdefault(url, NewSource(url=url, name=name, community=community_of_feed(url)))
    return list(found.values())


def write_opml(sources: Iterable[NewSource]) -> str:
    """Return the list of `sources` as OPML 2.0, addresses without the secrets in them."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = f"Places {PRODUCT} listens to"
    body = ET.SubElement(root, "body")
    for source in sources:
        name = as_name(source.name)
        ET.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=without_secrets(source.url))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _text(data: bytes) -> str:
    for encoding in ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "windows-1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")
