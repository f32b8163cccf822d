"""What an XML feed says of one entry, whoever read it, and the entry it becomes."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from engagement.dataclass import dataclass
from feeds.entry import Entry
from feeds.links import is_web, joined
from feeds.text import as_name, as_written, from_html, one_line, plain, said_once, unescaped

PLAIN: Final = "text/plain"
HTML: Final = "text/html"
XHTML: Final = "application/xhtml+xml"
MARKUP: Final = frozenset({HTML, XHTML})

# Each is compared with all others. Pages of pictures have a caption for each; nothing else has more than three.
TEXTS_AT_MOST: Final = 30

_TAG = re.compile(r"<[a-zA-Z/!]")
# What joining it to an address would give back unchanged; nearly every link is of this form. Without a choice at each
# character, which took up to four times as long.
_STEP: Final = r"[\w~%!$&'()*+,=:@/-]*+"
_WHOLE = re.compile(rf"https?://[a-z0-9.:-]++/{_STEP}(?>\.(?!\.?/){_STEP})*+(?:\?[\w~%!$&'()*+,=:@/.-]++)?", re.ASCII)


@dataclass(kw_only=True)
class Item:
    """One entry as its feed wrote it: addresses as they stand there, texts as pairs of value and media type.

    `link` is None until something names it; `alternate` and `related` are the last addresses of these relations;
    `texts` all contents, and behind them the summaries. Filled while its element is read, hence not frozen, and without
    slots, so that whoever fills it need not begin with what stands here.
    """

    id: str = ""
    link: str | None = None
    # FeedBurner puts its counter into the link and keeps the real one beside it.
    counted_link: str = ""
    alternate: str = ""
    related: str = ""
    title: str = ""
    title_type: str = PLAIN
    texts: Sequence[tuple[str, str]] = ()
    author: str = ""
    comments: str = ""
    published_at: datetime | None = None


class Pause(NamedTuple):
    """How often a feed wants to be asked, as written, empty where it does not say.

    `ttl` is in minutes, `period` and `frequency` are the syndication module's.
    """

    ttl: str = ""
    period: str = ""
    frequency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A feed as it was written; `written` is how many entries it has.

    `items` are those of the first MAX_ENTRIES that can be read; `author` wrote what names no author.
    """

    title: str
    link: str
    is_rss: bool
    items: Sequence[Item]
    written: int
    pause: Pause
    author: str = ""


def entry_of(item: Item, document: Document, url: str) -> Entry:
    """Return the entry that `item` of `document`, read from `url`, is; ValueError if it says nothing at all."""
    guid = as_written(item.id)
    link = _link(item, guid, url)
    title = _title(item, is_rss=document.is_rss)
    text = _text(item)
    if not (guid or link or title or text):
        raise ValueError("an entry without id, address, title and text")
    author = as_name(unescaped(item.author or document.author))
    comments = as_written(item.comments) if item.comments else ""
    return Entry(guid, link, title, text, author, comments, item.published_at)


def _link(item: Item, guid: str, url: str) -> str:
    """Return where the entry can be read; Apple's reviews, for one, have a related link and no other."""
    link = item.counted_link or (item.link or "").strip()
    if _WHOLE.fullmatch(link):
        return link
    # Without an alternate link the id is taken for one, even if it is a mere number.
    if not link or (link == guid and not is_web(link)):
        link = item.alternate or item.related or (guid if is_web(guid) else "")
    return as_written(joined(url, link)) if link else ""


def _title(item: Item, *, is_rss: bool) -> str:
    if item.title_type in MARKUP:
        return one_line(from_html(item.title))
    # RSS does not say whether its titles are escaped; WordPress and others escape them twice.
    return one_line(unescaped(item.title) if is_rss else item.title)


def _text(item: Item) -> str:
    """Return everything the entry says, but nothing twice: a summary is often the beginning of the content."""
    # Nearly every entry has one text, or one and its beginning.
    if len(item.texts) == 1:
        return _plain(*item.texts[0])
    read: list[tuple[str, str]] = []
    for value, kind in item.texts[:TEXTS_AT_MOST]:
        # The cheap question first: whether it is the beginning of another as it stands.
        for other, _ in read:
            if other.startswith(value):
                break
        else:
            read.append((value, kind))
    if len(read) == 1:
        return _plain(*read[0])
    return said_once([_plain(value, kind) for value, kind in read])


def _plain(value: str, kind: str) -> str:
    if kind == PLAIN:
        return plain(value)
    # Many writers send plain lines where HTML is meant; their line breaks are all the layout there is.
    return from_html(value) if _TAG.search(value) else plain(unescaped(value))
