"""Any history of a feed brings one card for each post: adding, editing, re-dating, reordering, dropping, re-adding."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from feed_street import open_street
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from identity_street import NOON, Ears, an_item, shuffled

from feeds.wire.fetch import Fetcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A post as the feed shows it at the moment; its number is who it is."""

    number: int
    at: datetime
    title: str = ""
    text: str = "Asking about Tidewiki."


@dataclass(slots=True, kw_only=True)
class Site:
    """How a feed spells its addresses at the moment. A `token` is another one at every look."""

    scheme: str = "https"
    www: str = ""
    tail: str = ""
    token: int = 0

    def page(self, path: str) -> str:
        return f"{self.scheme}://{self.www}talk.example/{path}"


Spelling = Callable[[Site, Entry], dict[str, str]]
SPELLINGS: dict[str, Spelling] = {
    "a guid and a link": lambda site, entry: {
        "guid": f"talk-post-{entry.number}",
        "link": site.page(f"{entry.number}{site.tail}"),
    },
    "a global guid and a link that follows the title": lambda site, entry: {
        "guid": f"tag:talk.example,2026:{entry.number}",
        "link": site.page(f"{entry.number}-{entry.title.replace(' ', '-')}"),
    },
    "numbers and links": lambda site, entry: {
        "guid": f"{entry.number}",
        "link": site.page(f"{entry.number}{site.tail}"),
    },
    "numbers alone": lambda _, entry: {"guid": f"{entry.number}"},
    "a guid that is an address, and another address": lambda site, entry: {
        "guid": site.page(f"?p={entry.number}"),
        "link": site.page(f"{entry.number}{site.tail}"),
    },
    "a guid with a counter": lambda site, entry: {
        "guid": site.page(f"{entry.number}#{site.token % 7}"),
        "link": site.page(f"{entry.number}{site.tail}"),
    },
    "a permalink": lambda site, entry: dict.fromkeys(("guid", "link"), site.page(f"{entry.number}")),
    "a permalink with a name": lambda site, entry: dict.fromkeys(("guid", "link"), site.page(f"log#v{entry.number}")),
    "a link alone": lambda site, entry: {"link": site.page(f"{entry.number}{site.tail}")},
    "a guid that follows the title, and a link": lambda site, entry: {
        "guid": f"{entry.title.replace(' ', '-')}-{entry.number}",
        "link": site.page(f"{entry.number}{site.tail}"),
    },
    "another guid at every look, and a link": lambda site, entry: {
        "guid": f"{site.token}-{entry.number}-{site.token}",
        "link": site.page(f"{entry.number}{site.tail}"),
    },
    "one guid for all": lambda site, entry: {
        "guid": "talk.example",
        "link": site.page(f"{entry.number}{site.tail}"),
    },
    "one link for all": lambda site, entry: {"guid": f"talk-post-{entry.number}", "link": site.page("reviews")},
    "a link with a token": lambda site, entry: {"link": site.page(f"{entry.number}?token={site.token * 7919}")},
    "a permalink with a token": lambda site, entry: dict.fromkeys(
        ("guid", "link"), site.page(f"story/{entry.number}?session={site.token * 7919:x}")
    ),
}
# Where nothing but the title and its moment is left to know an entry by, they have to stay.
KNOWN_BY_TITLE_AND_MOMENT = {"a link with a token", "a permalink with a token"}
# In a window of one entry, these would tell nobody that it is another one.
AT_LEAST = 2


@dataclass(slots=True)
class History:
    """A feed over time: the entries it shows, those it dropped, and which posts somebody could have seen."""

    spell: Spelling
    keeps_title_and_moment: bool
    site: Site = field(default_factory=Site)
    shown: list[Entry] = field(default_factory=list)
    dropped: list[Entry] = field(default_factory=list)
    posts: int = 0
    seen: set[int] = field(default_factory=set)

    def add(self, pick: int) -> None:
        # Every third title is one that many have.
        title = "Tidewiki this week" if pick % 3 == 0 else f"Tidewiki number {self.posts}"
        at = NOON + timedelta(minutes=self.posts, seconds=pick % 50 + 1)
        self.shown.insert(0, Entry(number=self.posts, at=at, title=title))
        self.posts += 1

    def edit_text(self, pick: int) -> None:
        self._change(pick, text=f"Asking about Tidewiki. Edit {pick}.")

    def edit_title(self, pick: int) -> None:
        if not self.keeps_title_and_moment:
            self._change(
                pick, title=f"Tidewiki, edited {self.posts} {pick} {self.shown[pick % len(self.shown)].number}"
            )

    def redate(self, pick: int) -> None:
        if not self.keeps_title_and_moment:
            self._change(pick, at=NOON + timedelta(days=pick % 9, seconds=pick))

    def _change(self, pick: int, **changes: object) -> None:
        index = pick % len(self.shown)
        self.shown[index] = replace(self.shown[index], **changes)

    def reorder(self, pick: int) -> None:
        self.shown = shuffled(self.shown, pick)

    def drop(self, pick: int) -> None:
        if len(self.shown) > AT_LEAST:
            self.dropped.append(self.shown.pop(pick % len(self.shown)))

    def add_again(self, pick: int) -> None:
        if self.dropped:
            self.shown.insert(pick % len(self.shown), self.dropped.pop(pick % len(self.dropped)))

    def spell_otherwise(self, pick: int) -> None:
        self.site.scheme = ("http", "https")[pick % 2]
        self.site.www = ("", "www.")[pick // 2 % 2]
        self.site.tail = ("", "/", "?utm_source=feed", "#top", "/?fbclid=1&utm_medium=x")[pick // 4 % 5]

    def drawn(self) -> list[str]:
        self.site.token += 1
        self.seen.update(entry.number for entry in self.shown)
        return [
            an_item(entry.title, at=entry.at, text=entry.text, **self.spell(self.site, entry)) for entry in self.shown
        ]


STEPS = (
    History.add,
    History.edit_text,
    History.edit_title,
    History.redate,
    History.reorder,
    History.drop,
    History.add_again,
    History.spell_otherwise,
)
steps = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 200)), min_size=1, max_size=4)
# What happened between two looks, and whether the bot was started anew.
histories = st.lists(st.tuples(steps, st.booleans()), min_size=2, max_size=7)


@pytest.mark.parametrize("spelling", SPELLINGS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(looks=histories)
async def test_any_history_of_a_feed_brings_one_card_for_each_post(spelling, parser, looks):
    history = History(SPELLINGS[spelling], spelling in KNOWN_BY_TITLE_AND_MOMENT)
    for number in range(AT_LEAST + 1):
        history.add(number)
    with tempfile.TemporaryDirectory() as folder:
        async with open_street() as street, Fetcher(user_agent="TwoEars/test", allow_private_hosts=True) as fetcher:
            ears = Ears(street=street, fetcher=fetcher, parser=parser, file=Path(folder) / "ears.db")
            try:
                await ears.listen("talk")
                for happened, restarted in looks:
                    for step, pick in happened:
                        step(history, pick)
                    ears.says("talk", history.drawn())
                    await ears.look()
                    if restarted:
                        ears.restart()
                    assert await ears.posts_and_cards() == (len(history.seen), len(history.seen))
            finally:
                ears.db.close()
