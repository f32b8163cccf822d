"""What stands in a channel after a fortnight, read as somebody reads it: by the links on its messages."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from fortnight_feeds import Feeds
from fortnight_play import Outcome
from fortnight_world import Fortnight, Said, Truth, truths

from sandbox.actor import Actor
from sandbox.blockkit import elements_of, nested
from sandbox.pressing import words_of

Drawn = dict[str, Any]
NAME = "mentions"
LINK = re.compile(r"<(https?://[^|>\s]+)")
# Where a story is copied with its address, each site adds whence its readers come.
WHENCE = re.compile(r"\?utm_source=.*")


class Channel:
    """The channel that the cards go to. A post is known by its link; where several share one, by the first."""

    def __init__(self, slack: Actor, feeds: Feeds, fortnight: Fortnight) -> None:
        self._slack, self._fortnight = slack, fortnight
        self._by_link: dict[str, Said] = {}
        for each in fortnight.said:
            self._by_link.setdefault(_plain(feeds.link_of(each)), each)
        self._openings = {each.post.thread_key: each for each in fortnight.said if not each.post.parent_key}

    def posted(self, kind: str) -> list[Drawn]:
        """Return the bot's messages of one kind, threads among them, oldest first."""
        return [each for each in self._slack.messages(NAME) if kind_of(each) == kind]

    def kinds(self) -> Counter[str]:
        """Return how many messages of which kind there are."""
        return Counter(kind_of(each) for each in self._slack.messages(NAME))

    def said_on(self, drawn: Drawn) -> Said:
        """Return the post that a message or a row is about: the first that it links to."""
        links = (_plain(html.unescape(link)) for link in LINK.findall(words_of(drawn)))
        return next(self._by_link[link] for link in links if link in self._by_link)

    def outcome(self) -> Outcome:
        """Return what the fortnight came to; `meant` and `read_so` are not read."""
        cards = {card["ts"]: card for card in self.posted("card")}
        notes = self._notes()
        rows = list(rows_of(self.posted("unsure")))
        kept = [card for card in cards.values() if not is_struck(card)]
        kept += [note for note in notes if not is_struck(cards[note["thread_ts"]])]
        kept += [row for row, _ in rows if not is_struck(row)]
        return Outcome(
            cards=truths(self.said_on(card) for card in cards.values()),
            asked=truths(self.said_on(row) for row, _ in rows),
            in_threads=Counter(self.said_on(note).truth for note in notes),
            lost=self._lost([self.said_on(each) for each in kept]),
        )

    def every_match(self) -> Outcome:
        """Return what it would be where all that the bot posted about were cards."""
        shown = sorted([*self.posted("card"), *self._notes()], key=lambda each: str(each["ts"]))
        return Outcome(cards=truths(map(self.said_on, shown)), lost=self.outcome().lost)

    def _notes(self) -> list[Drawn]:
        """Return what stands in threads of cards; what is struck there has a card of its own by now."""
        return [note for note in self.posted("note") if "~Also on" not in words_of(note)]

    def _lost(self, kept: list[Said]) -> tuple[Said, ...]:
        """Return what is about us and stands nowhere; who opens a conversation shows it to who looks."""
        keys = {each.post.keys[0] for each in kept}
        return tuple(
            each
            for each in self._fortnight.of(Truth.US)
            if keys.isdisjoint((each.post.keys[0], self._openings[each.post.thread_key].post.keys[0]))
        )


def kind_of(message: Drawn) -> str:
    """Return which of the bot's messages this is, empty for people's."""
    return str((message.get("metadata") or {}).get("event_payload", {}).get("kind", ""))


def rows_of(questions: list[Drawn]) -> Iterator[tuple[Drawn, Drawn]]:
    """Return the rows of the day's questions, each with the message as somebody sees it who looks at that row only.

    A row that waits for an answer has its buttons in the block behind it.
    """
    for asked in questions:
        blocks = asked["blocks"]
        for row, buttons in zip(blocks, [*blocks[1:], {}], strict=True):
            if row["type"] == "section" and LINK.search(words_of(row)):
                waits = [buttons] if "unsure.us" in actions_on(buttons) else []
                yield row, {**asked, "blocks": waits}


def actions_on(block: Drawn) -> list[str]:
    """Return the names of what can be pressed on a block."""
    return [element["action_id"] for element in elements_of(block) if "action_id" in element] if block else []


def is_untouched(card: Drawn) -> bool:
    """Say whether nobody has decided on a card yet."""
    return any("mention.not_us" in actions_on(block) for block in nested(card["blocks"]))


def suggested_on(card: Drawn) -> str:
    """Return the button that an untouched card suggests."""
    buttons = [element for block in nested(card["blocks"]) for element in elements_of(block)]
    return next(str(each["action_id"]) for each in buttons if each.get("style") == "primary")


def is_struck(drawn: Drawn) -> bool:
    """Say whether somebody said that this is not us."""
    return "*Not us*" in words_of(drawn)


def _plain(link: str) -> str:
    return WHENCE.sub("", link)
