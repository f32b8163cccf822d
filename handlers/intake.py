"""Taking in what a source carried: what is news, which watches see it as theirs, and one transaction that keeps it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import anyio.to_thread

from engagement.brake import BrakeLimits
from engagement.choose import from_before, oldest_first
from engagement.conversation import Sighting
from engagement.post import Post
from engagement.watch import Source
from storage.database import Database, Tx
from storage.polls import Beforehand, Brought, Poll, look_before, store_poll
from storage.watches import Listening
from triage.match import Matcher
from triage.read import RULES_VERSION, read

Clock = Callable[[], datetime]
Settle = Callable[[Tx, Brought], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What posts are understood and kept with."""

    db: Database
    limits: BrakeLimits
    clock: Clock

    async def take(self, source: Source, posts: Sequence[Post], *, settle: Settle) -> Brought:
        """Keep what is news among `posts`; `settle` writes the source's own state in the same transaction."""
        before = await self.db.read(lambda tx: look_before(tx, source, posts))
        # TextBlob takes about a millisecond a mention: beside the loop, not on it.
        sightings = await anyio.to_thread.run_sync(understand, before) if before.news or before.earlier else []
        poll = Poll(
            source=source,
            posts=before.news,
            sightings=sightings,
            primed=[each.watch.id for each in before.listening if not each.primed],
            rules_version=RULES_VERSION,
            carried=len(posts),
        )
        now = self.clock()

        def keep(tx: Tx) -> Brought:
            brought = store_poll(tx, poll, limits=self.limits, at=now)
            settle(tx, brought)
            return brought

        return await self.db.transact(keep)


def understand(before: Beforehand) -> list[Sighting]:
    """Return what each listening watch sees in a poll: all that is new, and for a new watch the newest few."""
    primed = [each for each in before.listening if each.primed]
    unprimed = [each for each in before.listening if not each.primed]
    known = {key for stored in before.earlier for key in stored.post.keys}
    fresh = [post for post in before.news if known.isdisjoint(post.keys)]
    everything = [*fresh, *(stored.post for stored in before.earlier)]
    seen = oldest_first(_sight(primed, before.news))
    for each in unprimed:
        seen += from_before(_sight([each], everything))
    return seen


def _sight(listening: list[Listening], posts: Iterable[Post]) -> list[Sighting]:
    watches = {each.watch.id: each.watch for each in listening}
    matcher = Matcher({watch.id: watch.terms for watch in watches.values()})
    return [
        Sighting(watch=watches[match.watch_id], post=post, term=match.term, reading=read(post, watches[match.watch_id]))
        for post in posts
        for match in matcher.matches(post)
    ]
