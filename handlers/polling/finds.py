"""What the places of a set-up said when they were tried, kept until it is settled where to listen. Knows no Slack.

So that nobody waits for the first poll: what was found is taken in as that poll would have, once.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from engagement.listening.choose import newest_few
from engagement.watch import Watch
from feeds.places.probing import Heard
from handlers.polling.intake import Intake, Shown
from handlers.polling.poll_answers import answer_of_read, hash_of
from handlers.polling.settle import settle_heard
from storage.database import Tx
from storage.listening.polls import Brought
from storage.listening.sources import ask_later, find_source
from triage.match import matcher_of

# Of whoever leaves a form open. What is forgotten is found again by the first poll.
SETUPS_AT_MOST = 20
# What is found is kept within seconds; should we end meanwhile, the first poll comes after this.
FIRST_POLL_LATER = timedelta(minutes=1)


@dataclass(slots=True)
class Finds:
    """What was heard, by the number of the set-up and of the place in it."""

    _heard: dict[int, tuple[Heard, ...]] = field(default_factory=dict)

    def keep(self, setup_id: int, heard: Iterable[Heard]) -> None:
        """Remember what the places of a set-up said; the oldest set-up is forgotten when there are too many."""
        self._heard[setup_id] = tuple(heard)
        while len(self._heard) > SETUPS_AT_MOST:
            del self._heard[next(iter(self._heard))]

    def take(self, setup_id: int) -> tuple[Heard, ...]:
        """Return what is known of the places, in their order, and forget it; empty where nothing is."""
        return self._heard.pop(setup_id, ())


def put_off_first_polls(tx: Tx, found: Iterable[int], *, at: datetime) -> None:
    """Have the sources that have just been heard not asked at once: in the transaction that begins to listen there."""
    for source_id in found:
        ask_later(tx, source_id, at=at + FIRST_POLL_LATER)


async def take_found(intake: Intake, watch: Watch, found: Mapping[int, Heard]) -> None:
    """Take in what was found, as a first poll of each source does; the newest three mentions of all are posted."""
    shown = await asyncio.to_thread(_newest_mentions, watch, list(found.values()))
    for source_id, heard in found.items():
        await _take(intake, source_id, heard, shown)


async def _take(intake: Intake, source_id: int, heard: Heard, shown: Shown) -> None:
    source = await intake.db.read(lambda tx: find_source(tx, source_id))
    parsed, fetched = heard.parsed, heard.answer
    if source is None or parsed is None or fetched is None:
        return
    answer = answer_of_read(fetched, hash_of(source.community, fetched), parsed)

    def settle(tx: Tx, brought: Brought, at: datetime) -> None:
        settle_heard(tx, source, answer, replace(brought.harvest, more=parsed.more), (), at=at)

    await intake.take(source, parsed.posts, settle=settle, shown=shown)


def _newest_mentions(watch: Watch, found: Sequence[Heard]) -> Shown:
    matcher = matcher_of([watch])
    posts = [post for heard in found if heard.parsed for post in heard.parsed.posts]
    return newest_few((post, match.sure) for post in posts for match in matcher.matches(post))
