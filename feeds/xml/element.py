"""One entry of a well-formed feed, its element's children walked once; by feedparser's rules, in feedparser's order."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, Final

from lxml import etree

from feeds.xml.dates import date_of
from feeds.xml.item import HTML, MARKUP, PLAIN, XHTML, Item
from feeds.xml.names import FAMILIAR, ByTag, name_of
from feeds.xml.undeclared import looks_like_html
from feeds.xml.values import Element, UnusualError, has_base, markup_of, name_in, resolved, text_of

TYPES: Final = {"text": PLAIN, "plain": PLAIN, PLAIN: PLAIN, "html": HTML, HTML: HTML, "xhtml": XHTML, XHTML: XHTML}
# Each address is read by the bases of all elements around it, so its cost grows with them.
DEEPEST_GROUP: Final = 3

_QUERY_REFERENCE = re.compile(r"&([A-Za-z0-9_]+);")


class Reading(Item):
    """What has been read of one element, an entry or the feed itself, while its children go by.

    Nearly all of it stays as it is in the class, which costs an entry nothing.
    """

    _depth = 0
    _title_of_group: tuple[str, str] | None = None
    # The summary, and what came after it: contents are copied into its place.
    _latest_summary: tuple[str, str] | None = None
    _unnamed_author = ""
    _published = ""
    _created = ""
    _updated = ""

    def __init__(self, *, is_rss: bool, is_based: bool) -> None:
        """`is_based` says whether an element around this one, or itself, has an `xml:base`."""
        self._is_rss = is_rss
        self._is_based = is_based
        self._contents: list[tuple[str, str]] = []
        self._later: list[tuple[str, str]] = []

    def read(self, children: Iterable[Element]) -> None:
        """Read all children of an element; UnusualError if one of them is not taken for granted."""
        handlers = _HANDLERS
        for child in children:
            handlers[child.tag](self, child)

    def read_head(self, children: Iterable[Element]) -> None:
        """Read what a feed says of itself: its title, its address and its author."""
        for child in children:
            if name_of(child.tag) in _HEAD:
                _HANDLERS[child.tag](self, child)

    def item(self) -> Item:
        """Return what was read."""
        if self._title_of_group and not self.title:
            self.title, self.title_type = self._title_of_group
        self.texts = self._contents
        if self._latest_summary:
            self.texts = [*self._contents, self._latest_summary, *self._later]
        self.author = self.author or self._unnamed_author
        for date in (self._published, self._created, self._updated):
            if date and (moment := date_of(date)):
                self.published_at = moment
                break
        return self

    def _read_group(self, element: Element) -> None:
        # Of Media RSS; its members describe the entry. They stand in a group, or in a content of a group.
        if self._depth == DEEPEST_GROUP:
            raise UnusualError("groups in groups of groups")
        self._is_based = self._is_based or has_base(element)
        self._depth += 1
        self.read(element)
        self._depth -= 1

    def _read_source(self, element: Element) -> None:
        # Another feed, and what that says of itself.
        pass

    def _read_title(self, element: Element) -> None:
        # The first that is not empty.
        if not self.title:
            self.title, self.title_type = self._text(element, PLAIN)

    def _read_media_title(self, element: Element) -> None:
        # Counts where there is no other.
        self._title_of_group = self._text(element, PLAIN)

    def _read_link(self, element: Element) -> None:
        # RSS has it as text, Atom as an attribute; of several, the last.
        relation, href = "alternate", None
        if element.keys():
            relation, href = element.get("rel", relation).lower(), element.get("href")
        if href is None:
            href = self.link = self._link_in_text(element)
        else:
            href = self._resolved(element, href)
            if relation == "alternate" and TYPES.get(element.get("type", HTML).lower()) in MARKUP:
                self.link = href
        if relation == "alternate":
            self.alternate = href.strip()
        elif relation == "related":
            self.related = href.strip()

    def _link_in_text(self, element: Element) -> str:
        if element.keys() and (element.get("url") or element.get("uri")):
            raise UnusualError("a link that is neither text nor href")
        href = self._resolved(element, text_of(element))
        return _QUERY_REFERENCE.sub(r"&\1", href.replace("&amp;", "&")) if "&" in href else href

    def _read_guid(self, element: Element) -> None:
        # An id is an address unless it says that it is none, and stands for the link if there is no other.
        value = text_of(element)
        if not element.keys() or element.get("isPermaLink", element.get("ispermalink", "true")) == "true":
            value = self._resolved(element, value)
            if self.link is None:
                self.link = value
        self.id = value

    def _read_real_link(self, element: Element) -> None:
        # FeedBurner's.
        self.counted_link = text_of(element)

    def _read_comments(self, element: Element) -> None:
        # The page where it is discussed.
        self.comments = self._resolved(element, text_of(element))

    def _read_content(self, element: Element) -> None:
        # One of any number of contents.
        self._contents.append(self._text(element, PLAIN))

    def _read_encoded(self, element: Element) -> None:
        # The content module's, which is HTML.
        self._contents.append(self._text(element, HTML))

    def _read_description(self, element: Element) -> None:
        # The summary, HTML if nothing else is said; a second one counts as content.
        self._summarise(element, HTML)

    def _read_summary(self, element: Element) -> None:
        # The summary, plain if nothing else is said; a second one counts as content.
        self._summarise(element, PLAIN)

    def _read_author(self, element: Element) -> None:
        # Whoever has a name first; else the last e-mail address or whatever else it says.
        if len(element):
            name, mail = self._person(element)
        else:
            mail = text_of(element)
            name = name_in(mail)
        self.author = self.author or name
        self._unnamed_author = mail or self._unnamed_author

    def _read_published(self, element: Element) -> None:
        # Of several, the last.
        self._published = text_of(element)

    def _read_created(self, element: Element) -> None:
        # Dublin Core's.
        self._created = text_of(element)

    def _read_updated(self, element: Element) -> None:
        # Atom's and Dublin Core's.
        self._updated = text_of(element)

    def _summarise(self, element: Element, default: str) -> None:
        latest = self._latest_summary
        if latest is None:
            self._latest_summary = self._text(element, default)
        elif not self._contents:
            self._contents.append(self._text(element, PLAIN))
        elif self._depth:
            self._later.append(self._text(element, default))
        else:
            # feedparser forgets the one before. It may be the one with the mention.
            self._later.append(latest)
            self._latest_summary = self._text(element, default)

    def _person(self, element: Element) -> tuple[str, str]:
        name = mail = ""
        for child in element:
            match name_of(child.tag):
                case "name" | "itunes:name":
                    name = (child.text or "").strip()
                case "email" | "itunes:email":
                    mail = (child.text or "").strip()
                case _:
                    _pass_by(self, child)
        return name, mail

    def _text(self, element: Element, default: str) -> tuple[str, str]:
        """Return the value of a text and its media type."""
        kind = self._kind(element, default) if element.keys() else default
        if kind == XHTML:
            return markup_of(element), XHTML
        value = text_of(element)
        if kind == PLAIN and self._is_rss and looks_like_html(value):
            kind = HTML
        return value, kind

    def _kind(self, element: Element, default: str) -> str:
        said = element.get("type")
        kind = default if said is None else TYPES.get(said.lower())
        if kind is None or element.get("mode"):
            raise UnusualError("a text of another type")
        return kind

    def _resolved(self, element: Element, address: str) -> str:
        return resolved(element, address) if address and (self._is_based or has_base(element)) else address

    HANDLERS: ClassVar[Mapping[str, Callable[["Reading", Element], None]]] = {
        "title": _read_title,
        "dc:title": _read_title,
        "media:title": _read_media_title,
        "link": _read_link,
        "id": _read_guid,
        "guid": _read_guid,
        "feedburner:origlink": _read_real_link,
        "comments": _read_comments,
        "content": _read_content,
        "content:encoded": _read_encoded,
        "description": _read_description,
        "dc:description": _read_description,
        "media:description": _read_description,
        "summary": _read_summary,
        "itunes:summary": _read_summary,
        "author": _read_author,
        "managingeditor": _read_author,
        "dc:creator": _read_author,
        "dc:author": _read_author,
        "itunes:author": _read_author,
        "published": _read_published,
        "issued": _read_published,
        "pubdate": _read_published,
        "dcterms:issued": _read_published,
        "created": _read_created,
        "dcterms:created": _read_created,
        "updated": _read_updated,
        "modified": _read_updated,
        "lastbuilddate": _read_updated,
        "dc:date": _read_updated,
        "dcterms:modified": _read_updated,
        "media:group": _read_group,
        "media:content": _read_group,
        "source": _read_source,
    }


def _pass_by(reading: Reading, element: Element) -> None:
    """Leave out an element that says nothing we ask for, unless feedparser might see something in it."""
    _be_inert(element)
    _skip(reading, element)


def _skip(_: Reading, element: Element) -> None:
    # Its own name is none that anybody would ask for.
    if len(element):
        for inner in element.iter():
            _be_inert(inner)


def _be_inert(element: Element) -> None:
    name = name_of(element.tag)
    if name[0] == "?" and isinstance(element, etree._Element):  # noqa: SLF001 lxml has no public name for it
        prefix = (element.prefix or "").lower()
        if prefix in FAMILIAR:
            raise UnusualError("a familiar prefix of a foreign namespace")
        name = name[2:] if not prefix else name
    if name in Reading.HANDLERS or name in _UNUSUAL:
        raise UnusualError(f"{name} where none was expected")


def _handler_of(tag: str) -> Callable[[Reading, Element], None]:
    name = name_of(tag)
    return Reading.HANDLERS.get(name) or (_pass_by if name[0] == "?" or name in _UNUSUAL else _skip)


_HEAD: Final = frozenset({"title", "link", "id", "guid", "author"})
_UNUSUAL: Final = frozenset({"item", "entry", "body", "xhtml:body", "fullitem", "abstract"})
_HANDLERS: Final = ByTag(_handler_of)
