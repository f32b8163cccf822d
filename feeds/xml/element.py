"""One entry of a well-formed feed, its element's children walked once; by feedparser's rules, in feedparser's order."""

import re
from collections.abc import Callable, Mapping
from typing import ClassVar, Final

from lxml import etree

from feeds.xml.dates import date_of
from feeds.xml.item import HTML, PLAIN, XHTML, Item
from feeds.xml.names import FAMILIAR, name_of
from feeds.xml.undeclared import looks_like_html
from feeds.xml.values import UnusualError, markup_of, mended, name_in, resolved, text_of

TYPES: Final = {"text": PLAIN, "plain": PLAIN, PLAIN: PLAIN, "html": HTML, HTML: HTML, "xhtml": XHTML, XHTML: XHTML}
# Each address is read by the bases of all elements around it, so its cost grows with them.
DEEPEST_GROUP: Final = 3

_QUERY_REFERENCE = re.compile(r"&([A-Za-z0-9_]+);")


class Reading:
    """What has been read of one element, an entry or the feed itself, while its children go by."""

    def __init__(self, *, is_rss: bool, has_base: bool, about: str = "") -> None:
        """`has_base` says whether any element may carry an `xml:base`; `about` is RDF's name for the element."""
        self._item = Item(id=about)
        self._is_rss = is_rss
        self._has_base = has_base
        self._depth = 0
        self._title_of_group: tuple[str, str] | None = None
        self._contents: list[tuple[str, str]] = []
        # The summary, what came after it, and whether one counts as seen: contents are copied into its place.
        self._latest_summary: tuple[str, str] | None = None
        self._later: list[tuple[str, str]] = []
        self._summarised = False
        self._authors: list[str] = []
        self._unnamed_author = ""
        self._dates: dict[str, str] = {}

    def read(self, parent: etree._Element) -> None:
        """Read all children of `parent`; UnusualError if one of them is not taken for granted."""
        handlers = self.HANDLERS
        for child in parent:
            name = name_of(child.tag)
            if name in handlers:
                handlers[name](self, child)
            else:
                _pass_by(child, name)

    def read_head(self, parent: etree._Element) -> None:
        """Read what a feed says of itself: its title, its address and its author."""
        for child in parent:
            name = name_of(child.tag)
            if name in _HEAD:
                self.HANDLERS[name](self, child)

    def item(self) -> Item:
        """Return what was read."""
        item = self._item
        if self._title_of_group and not item.title:
            item.title, item.title_type = self._title_of_group
        item.texts = [*self._contents, *([self._latest_summary] if self._latest_summary else ()), *self._later]
        item.author = next(filter(None, self._authors), self._unnamed_author)
        for kind in ("published", "created", "updated"):
            if kind in self._dates and (moment := date_of(self._dates[kind])):
                item.published_at = moment
                break
        return item

    def _group(self, element: etree._Element) -> None:
        # Of Media RSS; its members describe the entry. They stand in a group, or in a content of a group.
        if self._depth == DEEPEST_GROUP:
            raise UnusualError("groups in groups of groups")
        self._depth += 1
        self.read(element)
        self._depth -= 1

    def _source(self, element: etree._Element) -> None:
        # Another feed, and what that says of itself.
        pass

    def _title(self, element: etree._Element) -> None:
        # The first that is not empty.
        if not self._item.title:
            self._item.title, self._item.title_type = self._text(element, PLAIN)

    def _media_title(self, element: etree._Element) -> None:
        # Counts where there is no other.
        self._title_of_group = self._text(element, PLAIN)

    def _link(self, element: etree._Element) -> None:
        # RSS has it as text, Atom as an attribute; of several, the last.
        item, href = self._item, element.get("href")
        rel = element.get("rel", "alternate").lower()
        if href is None:
            if len(element) or element.get("url") or element.get("uri"):
                raise UnusualError("a link that is neither text nor href")
            href = mended((element.text or "").strip())
            href = self._resolved(element, href)
            if "&" in href:
                href = _QUERY_REFERENCE.sub(r"&\1", href.replace("&amp;", "&"))
            item.link = href
        else:
            href = self._resolved(element, href)
            if rel == "alternate" and TYPES.get(element.get("type", HTML).lower()) in (HTML, XHTML):
                item.link = href
        item.links[rel] = href.strip()

    def _guid(self, element: etree._Element) -> None:
        # An id is an address unless it says that it is none, and stands for the link if there is no other.
        value = text_of(element)
        if element.get("isPermaLink", element.get("ispermalink", "true")) == "true":
            value = self._resolved(element, value)
            if self._item.link is None:
                self._item.link = value
        self._item.id = value

    def _real_link(self, element: etree._Element) -> None:
        # FeedBurner's.
        self._item.counted_link = text_of(element)

    def _comments(self, element: etree._Element) -> None:
        # The page where it is discussed.
        self._item.comments = self._resolved(element, text_of(element))

    def _content(self, element: etree._Element, default: str = PLAIN) -> None:
        # One of any number of contents.
        self._contents.append(self._text(element, default))
        self._summarised = True

    def _encoded(self, element: etree._Element) -> None:
        # The content module's, which is HTML.
        self._content(element, HTML)

    def _description(self, element: etree._Element) -> None:
        # The summary, HTML if nothing else is said; a second one counts as content.
        self._summarise(element, HTML)

    def _summary(self, element: etree._Element) -> None:
        # The summary, plain if nothing else is said; a second one counts as content.
        self._summarise(element, PLAIN)

    def _author(self, element: etree._Element) -> None:
        # Whoever has a name first; else the last e-mail address or whatever else it says.
        if len(element):
            name, mail = self._person(element)
        else:
            said = text_of(element)
            name, mail = name_in(said), said
        self._authors.append(name)
        self._unnamed_author = mail or self._unnamed_author

    def _published(self, element: etree._Element) -> None:
        # Of several, the last.
        self._dates["published"] = text_of(element)

    def _created(self, element: etree._Element) -> None:
        # Dublin Core's.
        self._dates["created"] = text_of(element)

    def _updated(self, element: etree._Element) -> None:
        # Atom's and Dublin Core's.
        self._dates["updated"] = text_of(element)

    def _summarise(self, element: etree._Element, default: str) -> None:
        if self._summarised and not self._contents:
            self._content(element)
            return
        text = self._text(element, default)
        if self._latest_summary is None:
            self._latest_summary = text
        elif self._depth:
            self._later.append(text)
        else:
            # feedparser forgets the one before. It may be the one with the mention.
            self._later.append(self._latest_summary)
            self._latest_summary = text
        self._summarised = True

    def _person(self, element: etree._Element) -> tuple[str, str]:
        name = mail = ""
        for child in element:
            match name_of(child.tag):
                case "name" | "itunes:name":
                    name = (child.text or "").strip()
                case "email" | "itunes:email":
                    mail = (child.text or "").strip()
                case other:
                    _pass_by(child, other)
        return name, mail

    def _text(self, element: etree._Element, default: str) -> tuple[str, str]:
        """Return the value of a text and its media type."""
        said = element.get("type")
        kind = default if said is None else TYPES.get(said.lower())
        if kind is None or element.get("mode"):
            raise UnusualError("a text of another type")
        if kind == XHTML:
            return markup_of(element), XHTML
        value = text_of(element)
        if kind == PLAIN and self._is_rss and looks_like_html(value):
            kind = HTML
        return value, kind

    def _resolved(self, element: etree._Element, address: str) -> str:
        if not self._has_base or not address:
            return address
        return resolved(element, address)

    HANDLERS: ClassVar[Mapping[str, Callable[["Reading", etree._Element], None]]] = {
        "title": _title,
        "dc:title": _title,
        "media:title": _media_title,
        "link": _link,
        "id": _guid,
        "guid": _guid,
        "feedburner:origlink": _real_link,
        "comments": _comments,
        "content": _content,
        "content:encoded": _encoded,
        "description": _description,
        "dc:description": _description,
        "media:description": _description,
        "summary": _summary,
        "itunes:summary": _summary,
        "author": _author,
        "managingeditor": _author,
        "dc:creator": _author,
        "dc:author": _author,
        "itunes:author": _author,
        "published": _published,
        "issued": _published,
        "pubdate": _published,
        "dcterms:issued": _published,
        "created": _created,
        "dcterms:created": _created,
        "updated": _updated,
        "modified": _updated,
        "lastbuilddate": _updated,
        "dc:date": _updated,
        "dcterms:modified": _updated,
        "media:group": _group,
        "media:content": _group,
        "source": _source,
    }


def _pass_by(element: etree._Element, name: str) -> None:
    """Leave out an element that says nothing we ask for, unless feedparser might see something in it."""
    _inert(element, name)
    if len(element):
        for inner in element.iterdescendants():
            _inert(inner, name_of(inner.tag))


def _inert(element: etree._Element, name: str) -> None:
    if name[0] == "?":
        prefix = (element.prefix or "").lower()
        if prefix in FAMILIAR:
            raise UnusualError("a familiar prefix of a foreign namespace")
        name = name[2:] if not prefix else name
    if name in Reading.HANDLERS or name in _UNUSUAL:
        raise UnusualError(f"{name} where none was expected")


_HEAD: Final = frozenset({"title", "link", "id", "guid", "author"})
_UNUSUAL: Final = frozenset({"item", "entry", "body", "xhtml:body", "fullitem", "abstract"})
