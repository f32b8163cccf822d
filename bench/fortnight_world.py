"""A made-up fortnight of posts in which one word stands, and what each of them really is.

Fjord is a backup program that does not exist. Its name is also a landscape, a breed of horse and part of other names,
so most posts with it are about something else; news of it is copied from site to site, and programs and sellers write
it, too. All texts are our own (fortnight_words.toml), drawn with seeded dice; the truth is what they were drawn for,
and knows none of the product's rules.
"""

import random
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from engagement.post import Post

NAME = "Fjord"
DAYS = 14
# A Monday at midnight.
BEGINS = datetime(2026, 11, 2, tzinfo=UTC)
WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("fortnight_words.toml").read_text("utf-8"))
LANGUAGES, OF_LANGUAGE = ("en", "de", "fr"), (70, 20, 10)
# How often each is meant, of what people really say about us.
REAL = {"question": 28, "help": 12, "bug": 12, "complaint": 9, "praise": 14, "wish": 8, "comparison": 7, "talk": 10}
# A thread more or a post less each day, by dice.
THREADS_A_DAY, HOMONYMS_A_DAY, PROGRAMS_A_DAY = 7, 13, 3
TOLD = range(3, 9)


class Truth(StrEnum):
    """What a post really is."""

    US = "us"
    NOT_US = "not us"
    COPY = "a copy"  # of news of us that stood elsewhere before
    PROGRAM = "a program or a seller"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where people write: a source of its own, whose posts have titles unless people only `talk` there."""

    name: str
    host: str
    languages: tuple[str, ...] = LANGUAGES
    talk: bool = False


OURS = (
    Place(name="r/selfhosted", host="reddit.example", languages=("en",)),
    Place(name="Hacker News", host="hn.example", languages=("en",)),
    Place(name="The server forum", host="forum.example", languages=("en",)),
    Place(name="Heimserver-Forum", host="heimserver.example", languages=("de",)),
    Place(name="Salon des serveurs", host="salon.example", languages=("fr",)),
    Place(name="Mastodon", host="social.example", talk=True),
)
THEIRS = (
    Place(name="r/travel", host="travel.example", languages=("en",)),
    Place(name="Stable talk", host="stable.example"),
    Place(name="Photo club", host="photo.example"),
    Place(name="Mastodon", host="social.example", talk=True),
    Place(name="r/AskScience", host="science.example", languages=("en",)),
)
NEWS = (
    Place(name="Google News", host="news.example"),
    Place(name="Hacker News", host="hn.example"),
    Place(name="r/selfhosted", host="reddit.example"),
    Place(name="Lobsters", host="lobsters.example"),
    Place(name="The server forum", host="forum.example"),
    Place(name="Daily Server", host="daily.example"),
    Place(name="Technikblatt", host="technikblatt.example"),
    Place(name="Tout le web", host="web.example"),
)
SELLERS = (Place(name="The web", host="deals.example"), Place(name="Reviews", host="top-reviews.example"))
PROGRAMS = (Place(name="GitHub", host="github.example"), Place(name="Mastodon", host="social.example", talk=True))
PLACES = {place.name: place for place in (*OURS, *THEIRS, *NEWS, *SELLERS, *PROGRAMS)}
# What a site does to a headline that it takes from another: nothing, mostly.
DRESSES = ("{}", "{}", "{}", "{} - {site}", "{} | {site}", "[Release] {}", "{}!", "PSA: {}")
ACCOUNTS = ("renovate[bot]", "feed-bot", "newsbot", "AutoModerator", "fjordwatch")


@dataclass(slots=True)
class Said:
    """A post, the place that carries it, when that place shows it, and what it really is; `story` numbers news.

    `kind` is what it was drawn as: one of REAL is a kind of mentions too, but "talk".
    """

    post: Post
    place: Place
    at: datetime
    truth: Truth
    kind: str = ""
    language: str = ""
    story: int | None = None


@dataclass(slots=True)
class Fortnight:
    """All that is said in one fortnight, in the order in which it is heard."""

    seed: int
    days: int = DAYS
    said: list[Said] = field(default_factory=list)
    dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        """Draw everything."""
        self.dice = random.Random(f"fortnight {self.seed}")  # noqa: S311 - a simulation
        # No two fortnights are noisy in the same way.
        noise = self.dice.uniform(0.6, 1.4)
        for day in range(self.days):
            for _ in range(self._about(THREADS_A_DAY)):
                self._thread(self._moment(day))
            for _ in range(self._about(HOMONYMS_A_DAY * noise)):
                self._homonym(self._moment(day))
            for _ in range(self._about(PROGRAMS_A_DAY * noise)):
                self._program(self._moment(day))
        for number, story in enumerate(WORDS["story"]):
            self._story(number, story)
        end = BEGINS + timedelta(days=self.days)
        self.said = sorted((each for each in self.said if each.at < end), key=lambda each: each.at)
        self._tell_copies()

    def of(self, truth: Truth) -> list[Said]:
        """Return what is truly so."""
        return [each for each in self.said if each.truth is truth]

    # What people say.

    def _thread(self, at: datetime) -> None:
        # Now and then somebody writes about us where nobody would look for it.
        place = self.dice.choice(THEIRS if self.dice.random() < 0.05 else OURS)
        language = self.dice.choice(place.languages) if len(place.languages) == 1 else self._language()
        kind = self.dice.choices(list(REAL), list(REAL.values()))[0]
        opening = self._say(place, at, Truth.US, language, kind)
        for _ in range(self.dice.choice((0, 0, 0, 1, 1, 2))):
            at += timedelta(minutes=self.dice.randrange(20, 900))
            self._say(place, at, Truth.US, language, "reply", under=opening)

    def _homonym(self, at: datetime) -> None:
        place = self.dice.choice(THEIRS)
        opening = self._say(place, at, Truth.NOT_US, self._language(), "homonym")
        if self.dice.random() < 0.15:
            at += timedelta(minutes=self.dice.randrange(20, 900))
            self._say(place, at, Truth.NOT_US, self._language(), "homonym", under=opening)

    def _program(self, at: datetime) -> None:
        if self.dice.random() < 0.5:
            # Sellers have another name each time.
            author = f"{self.dice.choice(('deals', 'best', 'top', 'save'))}{self.dice.randrange(9_000)}"
            self._say(self.dice.choice(SELLERS), at, Truth.PROGRAM, self._language(), "promo", author=author)
        else:
            author = self.dice.choice(ACCOUNTS)
            self._say(self.dice.choice(PROGRAMS), at, Truth.PROGRAM, self._language(), "bot", author=author)

    def _story(self, number: int, story: dict[str, Any]) -> None:
        """Have one site tell a story and others copy it within two days, sometimes in words of their own."""
        at = self._moment(self.dice.randrange(self.days))
        truth = Truth.US if story["about_us"] else Truth.NOT_US
        address = f"https://{self.dice.choice(NEWS[5:]).host}/story/{number}"
        for _ in range(self.dice.choice(TOLD)):
            place = self.dice.choice(NEWS)
            head = story["heads"][0] if self.dice.random() < 0.8 else self.dice.choice(story["heads"])
            title = self.dice.choice(DRESSES).format(head, site=place.name)
            linked = f"{address}?utm_source={place.host}" if self.dice.random() < 0.3 else ""
            spoken = self._write(place, at, truth, "news", title=title, text="", url=linked)
            spoken.story = number
            at += timedelta(minutes=self.dice.randrange(10, 2_000))
            if truth is Truth.US and self.dice.random() < 0.3 and place in OURS:
                self._say(place, at, Truth.US, story["language"], "reply", under=spoken)

    # How they say it.

    def _say(
        self,
        place: Place,
        at: datetime,
        truth: Truth,
        language: str,
        kind: str,
        *,
        under: Said | None = None,
        author: str = "",
    ) -> Said:
        words = WORDS[language]
        texts: Sequence[Sequence[str]] = words[kind]
        fitting = [text for text in texts if place.talk is not bool(text[0])] or texts
        slots = {name: self.dice.choice(choices) for name, choices in words.items() if isinstance(choices[0], str)}
        # What fills a slot may have a number in it, too.
        filled = [
            part.format(**slots, n="{n}").format(n=self.dice.randrange(2, 90)) for part in self.dice.choice(fitting)
        ]
        title, text = (_with_capital(part) for part in filled)
        if under or place.talk:
            title, text = "", f"{title}. {text}" if title else text
        spoken = self._write(place, at, truth, kind, title=title, text=text, under=under, author=author)
        spoken.language = language
        return spoken

    def _write(
        self,
        place: Place,
        at: datetime,
        truth: Truth,
        kind: str,
        *,
        title: str,
        text: str,
        url: str = "",
        under: Said | None = None,
        author: str = "",
    ) -> Said:
        key = f"{place.host}:{len(self.said)}"
        post = Post(
            keys=(key,),
            community=place.name,
            url=url or f"https://{place.host}/{len(self.said)}",
            title=title,
            text=text,
            author=author or f"person{self.dice.randrange(300)}",
            thread_key=under.post.thread_key if under else key,
            parent_key=under.post.keys[0] if under else "",
            published_at=at,
        )
        said = Said(post=post, place=place, at=at + timedelta(minutes=self.dice.randrange(60)), truth=truth, kind=kind)
        self.said.append(said)
        return said

    def _tell_copies(self) -> None:
        """Call a copy what tells a story of us that was heard before."""
        heard = set()
        for each in self.said:
            if each.story in heard and each.truth is Truth.US:
                each.truth = Truth.COPY
            if each.story is not None:
                heard.add(each.story)

    def _about(self, number: float) -> int:
        return max(0, round(self.dice.gauss(number, number / 4)))

    def _language(self) -> str:
        return self.dice.choices(LANGUAGES, OF_LANGUAGE)[0]

    def _moment(self, day: int) -> datetime:
        return BEGINS + timedelta(days=day, minutes=self.dice.randrange(24 * 60))


def _with_capital(text: str) -> str:
    return text[:1].upper() + text[1:] if text[:5] != NAME.lower() else text


def truths(shown: Iterable[Said]) -> Counter[Truth]:
    """Count posts by what they really are, in the order in which a team sees them.

    Of news of us the first that it sees is no copy, whichever was heard first.
    """
    counts: Counter[Truth] = Counter()
    told = set()
    for each in shown:
        truth = each.truth
        if each.story is not None and truth is not Truth.NOT_US:
            truth = Truth.COPY if each.story in told else Truth.US
            told.add(each.story)
        counts[truth] += 1
    return counts


def hours_of(fortnight: Fortnight) -> dict[datetime, list[Said]]:
    """Return what is heard, by the full hour after which it is."""
    hours: dict[datetime, list[Said]] = {}
    for each in fortnight.said:
        hour = each.at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        hours.setdefault(hour, []).append(each)
    return hours
