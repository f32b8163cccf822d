"""Where a post of the story stands: its number, its address and its thread's, in the form each community uses."""

import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sandbox.community_story import Entry

# Above every item number Hacker News has given out, so that no made-up item can be taken for a real one.
HN_FIRST = 900_000_000
TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A post as it stands in its community.

    `position` is 1 for the post that opens the thread; `subject` is the thread's title.
    `path` is the address without scheme and host.
    `id` and `thread_id` are whole numbers, equal in every run for the same script.
    """

    feed: str
    place: str
    author: str
    title: str
    subject: str
    text: str
    at: datetime
    position: int
    id: int
    thread_id: int
    thread: str
    path: str

    @property
    def opens(self) -> bool:
        """Whether this post opens its thread."""
        return self.position == 1


def write_down(entries: Iterable[Entry], when: Callable[[float], datetime]) -> list[Written]:
    """Give each entry its numbers and addresses; `entries` come oldest first, and so does the result.

    `when` turns seconds from the start into the time of day.
    """
    threads: dict[tuple[str, str], list[Entry]] = {}
    return [_written(entry, _join(threads, entry), when(entry.at)) for entry in entries]


def _join(threads: dict[tuple[str, str], list[Entry]], entry: Entry) -> Sequence[Entry]:
    so_far = threads.setdefault((entry.feed, entry.thread), [])
    so_far.append(entry)
    return tuple(so_far)


def _written(entry: Entry, so_far: Sequence[Entry], at: datetime) -> Written:
    opening, position = so_far[0], entry.number or sum(not other.number for other in so_far)
    subject = opening.title or first_words(opening.text)
    thread_id = number_of(entry.feed, entry.thread)
    post_id = thread_id if position == 1 else number_of(entry.feed, entry.thread, str(position))
    place = opening.place or entry.place
    spot = Spot(
        place=place,
        author=entry.author,
        slug=slug_of(subject),
        thread_id=thread_id,
        id=post_id,
        position=position,
    )
    return Written(
        feed=entry.feed,
        place=place,
        author=entry.author,
        title=entry.title or subject,
        subject=subject,
        text=entry.text,
        at=at,
        position=position,
        id=post_id,
        thread_id=thread_id,
        thread=entry.thread,
        path=PATHS[entry.feed](spot),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """The parts of which a community makes an address."""

    place: str
    author: str
    slug: str
    thread_id: int
    id: int
    position: int


def _hn(spot: Spot) -> str:
    return f"/item?id={HN_FIRST + spot.id % 90_000_000}"


def _reddit(spot: Spot) -> str:
    thread = f"/r/{spot.place or 'selfhosted'}/comments/{base36(spot.thread_id)}/{spot.slug}/"
    return thread if spot.position == 1 else f"{thread}{base36(spot.id)}/"


def _lobsters(spot: Spot) -> str:
    story = f"/s/{base36(spot.thread_id)[:6]}/{spot.slug}"
    return story if spot.position == 1 else f"{story}#c_{base36(spot.id)[:6]}"


def _stackoverflow(spot: Spot) -> str:
    question = f"/questions/{spot.thread_id}/{spot.slug}"
    return question if spot.position == 1 else f"{question}/{spot.id}#{spot.id}"


def _mastodon(spot: Spot) -> str:
    return f"/@{spot.author}/{11_000_000_000 + spot.id}"


def _forum(spot: Spot) -> str:
    topic = f"/t/{spot.slug}/{spot.thread_id % 10_000_000}"
    return topic if spot.position == 1 else f"{topic}/{spot.position}"


def _news(spot: Spot) -> str:
    return f"/rss/articles/CBMi{spot.id:010x}?oc=5"


def _github(spot: Spot) -> str:
    issue = f"/tidewiki/tidewiki/issues/{spot.thread_id % 10_000_000}"
    return issue if spot.position == 1 else f"{issue}#issuecomment-{spot.id}"


def _devto(spot: Spot) -> str:
    article = f"/{spot.author}/{spot.slug}-{base36(spot.thread_id)[:4]}"
    return article if spot.position == 1 else f"{article}#comment-{base36(spot.id)[:5]}"


def _site(spot: Spot) -> str:
    return f"/blog/{spot.slug}-{base36(spot.id)}"


PATHS: dict[str, Callable[[Spot], str]] = {
    "hn": _hn,
    "reddit": _reddit,
    "lobsters": _lobsters,
    "stackoverflow": _stackoverflow,
    "mastodon": _mastodon,
    "forum": _forum,
    "news": _news,
    "github": _github,
    "devto": _devto,
    "site": _site,
}


def number_of(*words: str) -> int:
    """Return a number from 1e8 to below 1e9 that is the same in every run for the same words."""
    return 100_000_000 + zlib.crc32("\x1f".join(words).encode()) % 900_000_000


def base36(number: int) -> str:
    """Return a number above zero as Reddit and dev.to write theirs: base 36, small letters."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits


def slug_of(title: str) -> str:
    """Return a title as part of an address: ASCII letters and digits joined by hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:TITLE_LENGTH].strip("-") or "topic"


def first_words(text: str) -> str:
    """Return what a post without a title is called: its first words, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= TITLE_LENGTH else words[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
