"""The script of the demo's communities: who writes what, where and when, as a pure function of the time that passed."""

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

FEEDS = ("hn", "reddit", "lobsters", "stackoverflow", "mastodon", "forum", "news", "github", "devto", "site")

# A community's feed shows its newest posts only, so older variations need not be made again.
VARIATIONS_KEPT = 90
# Follow-ups made up on the way are numbered from here, so that they keep their address when earlier ones are let go.
FIRST_VARIATION = 1000
# How a name nobody scripted is talked about: each variation once before the start, ten minutes apart, so that every
# place has heard of it, then one every 25 seconds.
INVENTED_BEFORE_EVERY, INVENTED_EVERY = 600.0, 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One post of the script.

    `feed` is one of FEEDS, `place` the part of that community (a subreddit, a publisher; may be empty), `thread`
    any word shared by the posts of one conversation. A post that follows up in its thread may leave `title` empty.
    `at` is in seconds from the start of the community: negative for posts from before. `number` is the post's place
    in its thread where it is known beforehand, else 0: it is counted.
    """

    feed: str
    thread: str
    author: str
    text: str
    at: float
    title: str = ""
    place: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """A post with blanks: `{name}` and the words of the story's `[words]` table are filled in anew each time."""

    feed: str
    text: str
    title: str = ""
    place: str = ""
    follows: str = ""


T = TypeVar("T", Entry, Variation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The script: posts with their time, and variations that go on when the script has ended.

    `brand` fills `{name}`; one variation appears every `variation_every` seconds after the last scripted post.
    """

    entries: tuple[Entry, ...] = ()
    variations: tuple[Variation, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    brand: str = ""
    variation_every: float = 30.0

    @property
    def ends_at(self) -> float:
        """When the last scripted post appears, in seconds; 0 for an empty script."""
        return max((entry.at for entry in self.entries), default=0.0)

    def until(self, elapsed: float) -> list[Entry]:
        """Return what has been written after `elapsed` seconds, oldest first."""
        scripted = sorted((entry for entry in self.entries if entry.at <= elapsed), key=lambda entry: entry.at)
        return [*scripted, *self._variations_until(elapsed)]

    def about(self, name: str, elapsed: float) -> list[Entry]:
        """Return posts about a name that the script does not know, so that anybody's own product is talked about."""
        openers = [variation for variation in self.variations if not variation.follows]
        if not openers:
            return []
        made = len(openers) + max(0, int(elapsed / INVENTED_EVERY))
        return [self._invented(openers, name, number) for number in range(max(0, made - VARIATIONS_KEPT), made)]

    def _variations_until(self, elapsed: float) -> Iterator[Entry]:
        if not self.variations:
            return
        made = max(0, int((elapsed - self.ends_at) / self.variation_every))
        for number in range(max(0, made - VARIATIONS_KEPT), made):
            chance = random.Random(f"{self.brand}:{number}")  # noqa: S311 - a story, not a secret
            variation = chance.choice(self.variations)
            at = self.ends_at + (number + 1) * self.variation_every
            yield self._filled(variation, chance, self.brand, number, at)

    def _invented(self, openers: Sequence[Variation], name: str, number: int) -> Entry:
        chance = random.Random(f"{name}:{number}")  # noqa: S311 - a story, not a secret
        late = number - len(openers) + 1
        at = late * INVENTED_EVERY if late > 0 else (late - 1) * INVENTED_BEFORE_EVERY
        return self._filled(openers[number % len(openers)], chance, name, number, at)

    def _filled(self, variation: Variation, chance: random.Random, name: str, number: int, at: float) -> Entry:
        blanks = {word: chance.choice(choices) for word, choices in self.words.items()}
        blanks["name"] = name
        return Entry(
            feed=variation.feed,
            thread=variation.follows or f"{name}-{number}",
            author=blanks.get("author", "somebody"),
            title=variation.title.format_map(blanks),
            text=variation.text.format_map(blanks),
            at=at,
            place=variation.place,
            number=FIRST_VARIATION + number if variation.follows else 0,
        )


def load_story(path: Path) -> Story:
    """Read a story from a TOML file shaped like `sandbox/demo/story.toml`.

    Raises ValueError with a sentence for the first post that is not as `Entry` and `Variation` want it.
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return Story(
        entries=_read(content, "post", Entry),
        variations=_read(content, "variation", Variation),
        words={word: tuple(choices) for word, choices in content.get("words", {}).items()},
        brand=content.get("brand", ""),
        variation_every=float(content.get("variation_every", 30.0)),
    )


def _read(content: Mapping[str, Any], table: str, shape: type[T]) -> tuple[T, ...]:
    rows = enumerate(content.get(table, []), 1)
    return tuple(_read_row(row, f"{table} {number} of the story", shape) for number, row in rows)


def _read_row(row: Mapping[str, Any], called: str, shape: type[T]) -> T:
    try:
        post = shape(**{**row, "text": row["text"].strip()})
    except (KeyError, TypeError) as error:
        raise ValueError(f"{called} is incomplete or has an unknown field: {error}") from error
    if post.feed not in FEEDS:
        raise ValueError(f"{called} names an unknown feed: {post.feed!r}")
    return post
