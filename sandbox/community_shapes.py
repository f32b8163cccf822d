"""Posts as each community's feed writes them: the fields, the escaping and the identities of the real thing."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from sandbox.community_places import HN_FIRST, Written, base36

RSS, ATOM, JSON = "application/rss+xml; charset=utf-8", "application/atom+xml; charset=utf-8", "application/json"
FORUM_HOST = "forum.tidewiki.example"

# XML 1.0 has no way to write these, and no community sends them.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one request asked for: `origin` is this server's address, `path` the feed's own, posts newest first."""

    origin: str
    path: str
    asked: str
    posts: Sequence[Written]

    @property
    def changed_at(self) -> datetime:
        """When the newest post was written; the epoch for an empty feed."""
        return max((post.at for post in self.posts), default=datetime.fromtimestamp(0, UTC))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How one community answers: the content type, and the body for a page."""

    content_type: str
    draw: Callable[[Page], str]


def hacker_news(page: Page) -> str:
    """Draw the Algolia search of Hacker News (`/api/v1/search_by_date`)."""
    hits = [_hn_hit(page, post) for post in page.posts]
    answer = {"hits": hits, "nbHits": len(hits), "page": 0, "nbPages": 1, "hitsPerPage": 20, "query": page.asked}
    return json.dumps(answer, ensure_ascii=False)


def _hn_hit(page: Page, post: Written) -> dict[str, Any]:
    number, story = (HN_FIRST + n % 90_000_000 for n in (post.id, post.thread_id))
    hit: dict[str, Any] = {
        "author": post.author,
        "created_at": _iso(post.at),
        "created_at_i": int(post.at.timestamp()),
        "objectID": str(number),
        "story_id": story,
        "updated_at": _iso(post.at),
    }
    if not post.opens:
        comment = {"comment_text": _paragraphs(post.text), "parent_id": story, "story_title": post.subject}
        return hit | comment | {"_tags": ["comment", f"author_{post.author}", f"story_{story}"]}
    text = {"story_text": _paragraphs(post.text)} if post.text else {"url": page.origin + post.path}
    story_fields = {"title": post.title, "points": 3, "num_comments": 1, "children": []}
    return hit | story_fields | text | {"_tags": ["story", f"author_{post.author}", f"story_{story}"]}


def reddit(page: Page) -> str:
    """Draw Reddit's Atom: search results, or the newest of a subreddit."""
    entries = "".join(_reddit_entry(page, post) for post in page.posts)
    return _atom(page, title=f"{page.asked} - Reddit", entries=entries)


def _reddit_entry(page: Page, post: Written) -> str:
    link, sub = page.origin + post.path, post.place or "selfhosted"
    by = f'submitted by <a href="{page.origin}/user/{post.author}"> /u/{post.author} </a>'
    content = f'<!-- SC_OFF --><div class="md">{_paragraphs(post.text)}</div><!-- SC_ON --> &#32; {by}'
    title = post.title if post.opens else f"/u/{post.author} on {post.subject}"
    kind = "t3" if post.opens else "t1"
    return (
        f"<entry><author><name>/u/{_x(post.author)}</name><uri>{page.origin}/user/{_x(post.author)}</uri></author>"
        f'<category term="{_x(sub)}" label="r/{_x(sub)}"/><content type="html">{_x(content)}</content>'
        f'<id>{kind}_{base36(post.id)}</id><link href="{_x(link)}" />'
        f"<updated>{_iso(post.at)}</updated><published>{_iso(post.at)}</published><title>{_x(title)}</title></entry>"
    )


def lobsters(page: Page) -> str:
    """Draw the newest stories of Lobsters."""
    items = "".join(
        f"<item><title>{_x(post.title)}</title><link>{_x(page.origin + post.path)}</link>"
        f'<guid isPermaLink="false">{_x(page.origin + post.path)}</guid><author>{_x(post.author)}@lobste.rs '
        f"({_x(post.author)})</author><pubDate>{_rfc(post.at)}</pubDate>"
        f"<comments>{_x(page.origin + post.path)}</comments><description>{_x(_paragraphs(post.text))}</description>"
        "<category>web</category></item>"
        for post in page.posts
    )
    return _rss(page, title="Lobsters: Newest Stories", items=items)


def stackoverflow(page: Page) -> str:
    """Draw Stack Overflow's newest questions."""
    entries = "".join(
        f'<entry><id>{page.origin}/q/{post.id}</id><re:rank scheme="https://stackoverflow.com">0</re:rank>'
        f'<title type="text">{_x(post.title)}</title>'
        f'<category scheme="https://stackoverflow.com/tags" term="{_x(post.place or "wiki")}" />'
        f"<author><name>{_x(post.author)}</name><uri>{page.origin}/users/{post.id}</uri></author>"
        f'<link rel="alternate" href="{_x(page.origin + post.path)}" />'
        f"<published>{_iso(post.at)}</published><updated>{_iso(post.at)}</updated>"
        f'<summary type="html">{_x(_paragraphs(post.text))}</summary></entry>'
        for post in page.posts
    )
    return _atom(page, title=f"Newest questions tagged {page.asked} - Stack Overflow", entries=entries)


def mastodon(page: Page) -> str:
    """Draw a Mastodon tag: items have no title and no author but in their address."""
    items = "".join(
        f'<item><guid isPermaLink="true">{_x(page.origin + post.path)}</guid><link>{_x(page.origin + post.path)}</link>'
        f"<pubDate>{_rfc(post.at)}</pubDate><description>{_x(_paragraphs(post.text))}</description>"
        f"<category>{_x(page.asked.lower())}</category></item>"
        for post in page.posts
    )
    return _rss(page, title=f"#{page.asked}", items=items)


def forum(page: Page) -> str:
    """Draw the newest posts of a Discourse forum (`/posts.rss`)."""
    items = "".join(
        f"<item><title>{_x(post.subject)}</title><dc:creator><![CDATA[@{_cdata(post.author)}]]></dc:creator>"
        f"<description><![CDATA[{_cdata(_paragraphs(post.text))}]]></description>"
        f"<link>{_x(page.origin + post.path)}</link><pubDate>{_rfc(post.at)}</pubDate>"
        f'<guid isPermaLink="false">{FORUM_HOST}-post-{post.id}</guid></item>'
        for post in page.posts
    )
    return _rss(page, title="Tidewiki forum - Latest posts", items=items)


def google_news(page: Page) -> str:
    """Draw a Google News search: the publisher stands in the title, the text is a link to itself."""
    items = "".join(_news_item(page, post) for post in page.posts)
    return _rss(page, title=f'"{page.asked}" - Google News', items=items)


def _news_item(page: Page, post: Written) -> str:
    link, publisher = page.origin + post.path, post.place or "The Harbour Courier"
    text = f'<a href="{escape(link)}" target="_blank">{escape(post.title, quote=False)}</a>&nbsp;&nbsp;'
    text += f'<font color="#6f6f6f">{escape(publisher)}</font>'
    guid = post.path.removeprefix("/rss/articles/").removesuffix("?oc=5")
    return (
        f"<item><title>{_x(post.title)} - {_x(publisher)}</title><link>{_x(link)}</link>"
        f'<guid isPermaLink="false">{guid}</guid><pubDate>{_rfc(post.at)}</pubDate>'
        f'<description>{_x(text)}</description><source url="https://courier.example">{_x(publisher)}</source></item>'
    )


def github(page: Page) -> str:
    """Draw a repository's conversations as the Atom that GitHub gives for discussions and releases."""
    entries = "".join(
        f"<entry><id>tag:github.com,2008:{post.id}</id><updated>{_iso(post.at)}</updated>"
        f"<published>{_iso(post.at)}</published>"
        f'<link rel="alternate" type="text/html" href="{_x(page.origin + post.path)}"/>'
        f"<title>{_x(post.subject)}</title>"
        f'<content type="html">{_x(_paragraphs(post.text))}</content>'
        f"<author><name>{_x(post.author)}</name></author></entry>"
        for post in page.posts
    )
    return _atom(page, title="Recent issues in tidewiki/tidewiki", entries=entries)


def devto(page: Page) -> str:
    """Draw a tag of dev.to, which is RSS with the article's HTML in it."""
    items = "".join(
        f"<item><title>{_x(post.title)}</title><dc:creator>{_x(post.author)}</dc:creator>"
        f"<pubDate>{_rfc(post.at)}</pubDate><link>{_x(page.origin + post.path)}</link>"
        f"<guid>{_x(page.origin + post.path)}</guid><description>{_x(_paragraphs(post.text))}</description></item>"
        for post in page.posts
    )
    return _rss(page, title=f"DEV Community: {page.asked}", items=items)


def blog(page: Page) -> str:
    """Draw the site's own feed, a JSON Feed 1.1."""
    items = [
        {
            "id": page.origin + post.path,
            "url": page.origin + post.path,
            "title": post.title,
            "content_html": _paragraphs(post.text),
            "date_published": _iso(post.at),
            "authors": [{"name": post.author}],
        }
        for post in page.posts
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Tidewiki news", "items": items}
    return json.dumps(feed, ensure_ascii=False)


SHAPES = {
    "hn": Shape(content_type=JSON, draw=hacker_news),
    "reddit": Shape(content_type=ATOM, draw=reddit),
    "lobsters": Shape(content_type=RSS, draw=lobsters),
    "stackoverflow": Shape(content_type=ATOM, draw=stackoverflow),
    "mastodon": Shape(content_type=RSS, draw=mastodon),
    "forum": Shape(content_type=RSS, draw=forum),
    "news": Shape(content_type=RSS, draw=google_news),
    "github": Shape(content_type=ATOM, draw=github),
    "devto": Shape(content_type=RSS, draw=devto),
    "site": Shape(content_type="application/feed+json", draw=blog),
}


def _rss(page: Page, *, title: str, items: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>{_x(title)}</title><link>{page.origin}/</link>'
        f"<description>{_x(title)}</description><lastBuildDate>{_rfc(page.changed_at)}</lastBuildDate>"
        f'<atom:link href="{_x(page.origin + page.path)}" rel="self" type="application/rss+xml" />'
        f"{items}</channel></rss>"
    )


def _atom(page: Page, *, title: str, entries: str) -> str:
    link = _x(page.origin + page.path)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:re="http://purl.org/atompub/rank/1.0" xmlns:media="http://search.yahoo.com/mrss/">'
        f'<title type="text">{_x(title)}</title><id>{link}</id><updated>{_iso(page.changed_at)}</updated>'
        f'<link rel="self" href="{link}" type="application/atom+xml" />{entries}</feed>'
    )


def _paragraphs(text: str) -> str:
    parts = (escape(part.strip(), quote=False).replace("\n", "<br />") for part in re.split(r"\n\s*\n", text))
    return "".join(f"<p>{part}</p>" for part in parts if part)


def _x(text: str) -> str:
    return escape(_NOT_IN_XML.sub("", text))


def _cdata(text: str) -> str:
    return _NOT_IN_XML.sub("", text).replace("]]>", "]]]]><![CDATA[>")


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _rfc(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC), usegmt=True)
