"""The places of a fortnight as web servers on loopback: each its feed, in the shape of its community.

Nothing of the truth is in there: a feed says what the real one would say (Reddit's Atom, the search of Hacker News,
Mastodon's statuses, a Discourse forum, a Lobsters, a site's RSS), and the bot makes of it what it makes.
"""

import contextlib
import hashlib
import json
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape

from aiohttp import web
from fortnight_world import PLACES, Fortnight, Place, Said

from engagement.listening.source import NewSource

# More than any place has in a fortnight: what a poll has missed is not the question here.
SHOWN = 400
FORUMS = frozenset({"The server forum", "Heimserver-Forum", "Salon des serveurs", "Stable talk", "Photo club"})
JSON, ATOM, RSS = "application/json", "application/atom+xml", "application/rss+xml"


class Feeds:
    """All places as they stand at `clock()`; `url` has no slash at its end, and is empty until the server listens."""

    def __init__(self, fortnight: Fortnight, clock: Callable[[], datetime]) -> None:
        self.url = ""
        self._clock = clock
        self._said = {name: [each for each in fortnight.said if each.place.name == name] for name in PLACES}
        self._by_thread = {each.post.thread_key: each for each in fortnight.said if not each.post.parent_key}
        self._hacker_news = {each.post.keys[0]: each for each in self._said["Hacker News"]}

    def sources(self) -> list[NewSource]:
        """Return what to listen to."""
        return [NewSource(url=self._address(name), name=name, community=name) for name in PLACES]

    def _address(self, name: str) -> str:
        # By its address alone an empty list of Mastodon's is known for one.
        return f"{self.url}/{'api/v1' if name == 'Mastodon' else 'feed'}/{list(PLACES).index(name)}"

    def link_of(self, said: Said) -> str:
        """Return where a post stands, as its feed says."""
        place, number, opening = said.place, _number(said), self._opening(said)
        if place.name in FORUMS:
            return f"https://{place.host}/t/topic/{_number(opening)}/{1 if said is opening else number}"
        if place.name.startswith("r/"):
            thread = f"https://{place.host}/{place.name}/comments/z{_number(opening)}/post/"
            return thread if said is opening else f"{thread}z{number}/"
        if place.name == "Hacker News":
            return f"{self.url}/item?id={number}"
        if place.name == "Lobsters":
            return f"https://{place.host}/s/z{number}/story"
        if place.talk:
            return f"https://{place.host}/@{said.post.author}/{number}"
        return said.post.url

    def author_of(self, said: Said) -> str:
        """Return who wrote a post, as its community spells names."""
        name, place = said.post.author, said.place
        return f"@{name}@{place.host}" if place.talk else f"u/{name}" if place.name.startswith("r/") else name

    def _opening(self, said: Said) -> Said:
        return self._by_thread[said.post.thread_key]

    async def serve(self, request: web.Request) -> web.Response:
        """Answer with a feed, or with nothing new."""
        name = list(PLACES)[int(request.match_info["number"])]
        heard = [each for each in self._said[name] if each.at < self._clock()]
        body, kind = self._drawn(PLACES[name], heard[::-1][:SHOWN])
        tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers={"ETag": tag})
        return web.Response(text=body, content_type=kind, headers={"ETag": tag})

    async def item(self, request: web.Request) -> web.Response:
        """Answer with the page of something on Hacker News, whose search leads to its own host."""
        said = self._hacker_news.get(f"hn.example:{request.query.get('id')}")
        if said is None:
            return web.Response(status=404)
        words = f"<h1>{escape(said.post.title)}</h1><p>{escape(said.post.text)}</p>"
        return web.Response(text=f'<!doctype html><meta charset="utf-8">{words}', content_type="text/html")

    # How each community says it.

    def _drawn(self, place: Place, said: Sequence[Said]) -> tuple[str, str]:
        if place.name.startswith("r/"):
            return self._reddit(place, said), ATOM
        if place.name == "Hacker News":
            return json.dumps({"hits": [self._hit(each) for each in said], "page": 0, "nbPages": 1}), JSON
        if place.talk:
            return json.dumps([self._status(each) for each in said]), JSON
        items = "".join(self._item(each) for each in said)
        return _rss(place, items), RSS

    def _reddit(self, place: Place, said: Sequence[Said]) -> str:
        entries = "".join(
            f"<entry><author><name>/u/{each.post.author}</name></author>"
            f'<content type="html">{escape(escape(each.post.text))}</content>'
            f'<id>{"t1" if each.post.parent_key else "t3"}_z{_number(each)}</id><link href="{self.link_of(each)}"/>'
            f"<updated>{_iso(each)}</updated><published>{_iso(each)}</published>"
            f"<title>{escape(self._title(each))}</title></entry>"
            for each in said
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
            f"<title>{place.name}</title>"
            f'<id>/{place.name}/new/.rss</id><link rel="alternate" href="https://{place.host}/{place.name}/"/>'
            f"{entries}</feed>"
        )

    def _title(self, said: Said) -> str:
        return f"/u/{said.post.author} on {self._opening(said).post.title}" if said.post.parent_key else said.post.title

    def _hit(self, said: Said) -> dict[str, object]:
        opening, post = self._opening(said), said.post
        hit = {
            "author": post.author,
            "created_at": _iso(said),
            "objectID": str(_number(said)),
            "story_id": _number(opening),
        }
        if said is not opening:
            text = {"comment_text": escape(post.text), "story_title": opening.post.title}
            return hit | text | {"parent_id": _number(opening)}
        return hit | {"title": post.title, "story_text": escape(post.text)}

    def _status(self, said: Said) -> dict[str, object]:
        opening, post = self._opening(said), said.post
        return {
            "id": str(_number(said)),
            "url": self.link_of(said),
            "created_at": _iso(said),
            "content": f"<p>{escape(post.text)}</p>",
            "in_reply_to_id": str(_number(opening)) if said is not opening else None,
            "account": {"acct": f"{post.author}@{said.place.host}", "bot": False},
        }

    def _item(self, said: Said) -> str:
        place, post, link = said.place, said.post, escape(self.link_of(said))
        # Lobsters names the page on which a story is discussed beside the one that it is about.
        leads_to = escape(post.url) if place.name == "Lobsters" else link
        comments = f"<comments>{link}</comments>" if place.name == "Lobsters" else ""
        guid = f"{place.host}-post-{_number(said)}"
        title = self._opening(said).post.title if place.name in FORUMS else post.title
        return (
            f"<item><title>{escape(title)}</title><link>{leads_to}</link>{comments}"
            f'<guid isPermaLink="false">{guid}</guid><dc:creator>{escape(post.author)}</dc:creator>'
            f"<pubDate>{format_datetime(post.published_at or said.at, usegmt=True)}</pubDate>"
            f"<description>{escape(escape(post.text))}</description></item>"
        )


def _rss(place: Place, items: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{escape(place.name)}</title><link>https://{place.host}/</link><description>All posts</description>"
        f"{items}</channel></rss>"
    )


def _number(said: Said) -> int:
    return int(said.post.keys[0].rpartition(":")[2])


def _iso(said: Said) -> str:
    return f"{said.post.published_at or said.at:%Y-%m-%dT%H:%M:%SZ}"


@contextlib.asynccontextmanager
async def open_feeds(fortnight: Fortnight, clock: Callable[[], datetime]) -> AsyncIterator[Feeds]:
    """Serve on 127.0.0.1 until the block is left."""
    feeds = Feeds(fortnight, clock)
    app = web.Application()
    app.add_routes([web.get("/item", feeds.item)])
    app.add_routes([web.get(f"/{stem}/{{number}}", feeds.serve) for stem in ("feed", "api/v1")])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        feeds.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield feeds
    finally:
        await runner.cleanup()
