"""The communities of the demo as they stand at a moment: what each feed shows, and which thread stands where."""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sandbox.community_places import Written, write_down
from sandbox.community_story import FEEDS, Entry, Story

POSTS_PER_FEED = 25  # what Reddit and Lobsters give
NAMES_REMEMBERED = 50
# One place of the demo always refuses, and says after how many seconds it wants to be asked again.
THROTTLED_PATH, THROTTLED_SECONDS = "/reddit/r/devops/new/.rss", 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One request that was answered: the path with its query, and the status."""

    path: str
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One feed address.

    `asks` is the query parameter or the part of the path that names what is looked for. Many feeds carry only the
    posts that open a thread, as the real ones do.
    """

    path: str
    feed: str
    asks: str = ""
    only_openings: bool = False
    only_comments: bool = False

    def carries(self, post: Written) -> bool:
        """Whether this feed shows such a post at all."""
        return post.feed == self.feed and not (self.only_comments if post.opens else self.only_openings)

    def of_type(self, kind: str) -> "Route":
        """Return this address as it answers to Reddit's `type=comment`: with comments in place of posts."""
        return replace(self, only_openings=False, only_comments=True) if kind == "comment" else self


ROUTES = (
    Route(path="/hn/search_by_date", feed="hn", asks="query"),
    Route(path="/reddit/search.rss", feed="reddit", asks="q", only_openings=True),
    Route(path="/reddit/r/{place}/new/.rss", feed="reddit", only_openings=True),
    Route(path="/lobsters/newest.rss", feed="lobsters", only_openings=True),
    Route(path="/stackoverflow/feeds/tag/{tag}", feed="stackoverflow", asks="tag", only_openings=True),
    Route(path="/stackoverflow/feeds/search", feed="stackoverflow", asks="q", only_openings=True),
    Route(path="/mastodon/tags/{tag}.rss", feed="mastodon", asks="tag"),
    Route(path="/forum/posts.rss", feed="forum"),
    Route(path="/forum/latest.rss", feed="forum", only_openings=True),
    Route(path="/news/rss/search", feed="news", asks="q"),
    Route(path="/github/tidewiki/tidewiki/issues.atom", feed="github"),
    Route(path="/devto/feed/tag/{tag}", feed="devto", asks="tag"),
    Route(path="/site/feed.json", feed="site", asks="of"),
)


def now_utc() -> datetime:
    """Return the time of day, aware UTC."""
    return datetime.now(UTC)


class Community:
    """The communities: a story that time unfolds, and what was written by hand.

    `speed` makes the story pass faster than the clock; dates of posts are true to the clock.
    `served` keeps the last thousand answers. `url` has no slash at its end; it is empty until the server listens.
    """

    def __init__(self, story: Story, *, clock: Callable[[], datetime] = now_utc, speed: float = 1.0) -> None:
        self.url = ""
        self.served: deque[Served] = deque(maxlen=1000)
        self._story, self._clock, self._speed = story, clock, speed
        self._started = clock()
        self._by_hand: list[Entry] = []
        self._asked: dict[str, str] = {}

    def add(self, *, feed: str, text: str, author: str, thread: str = "", title: str = "", place: str = "") -> str:
        """Write a post now and return its address.

        `feed` is one of FEEDS (ValueError otherwise). Posts with the same `thread` are one conversation, also with
        a thread of the story; without one the post opens its own. `place` is the subreddit or the publisher.
        """
        if feed not in FEEDS:
            raise ValueError(f"There is no feed {feed!r}; there are {', '.join(FEEDS)}.")
        thread = thread or f"by-hand-{len(self._by_hand) + 1}"
        entry = Entry(feed=feed, thread=thread, author=author, title=title, text=text, place=place, at=self.elapsed)
        self._by_hand.append(entry)
        newest = [post for post in self.written() if (post.feed, post.thread) == (feed, thread)][-1]
        return self.url + newest.path

    @property
    def elapsed(self) -> float:
        """Seconds of story since the start."""
        return (self._clock() - self._started).total_seconds() * self._speed

    def written(self) -> list[Written]:
        """Return everything that stands in the communities now, oldest first, but for invented names."""
        elapsed = self.elapsed
        entries = [*self._story.until(elapsed), *self._by_hand]
        return write_down(sorted(entries, key=lambda entry: entry.at), self._when)

    def _written_about(self, name: str) -> list[Written]:
        return write_down(self._story.about(name, self.elapsed), self._when)

    def _when(self, at: float) -> datetime:
        return self._started + timedelta(seconds=at if at < 0 else at / self._speed)

    def found(self, route: Route, asked: str, place: str = "") -> list[Written]:
        """Return what a feed shows, newest first, at most 25 posts.

        A name that nobody ever wrote about is talked about from then on, with the story's variations.
        """
        posts = self.written()
        if asked:
            names = _names_in(asked)
            about = [post for post in posts if any(_mentions(post, name) for name in names)]
            posts = about or self._invent(names[0] if names else asked)
        posts = [post for post in posts if route.carries(post)]
        if place:
            posts = [post for post in posts if (post.place or "selfhosted").casefold() == place.casefold()]
        return posts[-POSTS_PER_FEED:][::-1]

    def _invent(self, name: str) -> list[Written]:
        # A tag has lost its spaces and capitals; posts are about the name as somebody else asked for it in full.
        known = self._asked.get(_squeezed(name), name)
        self._asked[_squeezed(name)] = spelled = max(known, name, key=len)
        while len(self._asked) > NAMES_REMEMBERED:
            self._asked.pop(next(iter(self._asked)))
        return self._written_about(spelled)

    def thread_at(self, path: str) -> tuple[list[Written], Written] | None:
        """Return the posts of the thread that stands at a path, and the post itself; None where nothing stands."""
        posts = self.written() + [post for name in self._asked.values() for post in self._written_about(name)]
        wanted = path.rstrip("/")
        here = next((post for post in posts if post.path.partition("#")[0].rstrip("/") == wanted), None)
        if here is None:
            return None
        return [post for post in posts if (post.feed, post.thread) == (here.feed, here.thread)], here


def _names_in(asked: str) -> list[str]:
    parts = re.split(r"\s+OR\s+|\|", asked)
    return [name for part in parts if (name := part.strip("\"'() #"))]


def _mentions(post: Written, name: str) -> bool:
    return _squeezed(name) in _squeezed(f"{post.subject} {post.title} {post.text}")


def _squeezed(text: str) -> str:
    return "".join(text.casefold().split())
