"""Taking in what a source carried: what is news, which watches see it as theirs, and one transaction that keeps it."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, replace
from datetime import datetime
from functools import partial

from engagement.calm.brake import BrakeLimits
from engagement.conversations.conversation import Sighting
from engagement.dataclass import dataclass
from engagement.listening.choose import from_before, heard_by_some, oldest_first, slid_back
from engagement.listening.source import Source
from engagement.post import Post
from engagement.understanding.learned import NOTHING_LEARNED, Learned
from engagement.understanding.reading import Saying
from engagement.watch import Watch
from handlers.clock import Clock
from handlers.polling.same_story import TELLING
from storage.batches import batches
from storage.calm.mutes import noise_in_force
from storage.database import Database, Tx
from storage.listening.listening import listening_since
from storage.listening.polls import Beforehand, Brought, Poll, look_before
from storage.listening.posts import store_posts
from storage.listening.taking_in import store_poll
from storage.listening.watches import WatchState, all_watches, find_watch, state_of_watches
from storage.shared_writes import SharedWrites
from storage.understanding.learned import learned_in
from triage.match import Matcher, matcher_of
from triage.noise import noise_of

# Posts that are looked at and kept in one transaction: a poll with more is looked at before, so that a click that wants
# to write does not wait for both.
AT_ONCE = 200
Settle = Callable[[Tx, Brought, datetime], None]
# Which of these watches hear what a source carries, each with since when; None for one that is new there.
HeardBy = Callable[[Tx, Iterable[int]], dict[int, datetime | None]]
# Keys of the posts that are shown though they are from before a watch.
Shown = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """All watches of all workspaces as they stand, ready to be looked for; `broken` ones have a row nobody can read."""

    state: WatchState
    watches: dict[int, Watch]
    broken: frozenset[int]
    matcher: Matcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A post in which a listening watch stands; `listening_since` is None for a watch that is new to the source.

    `learned` is what its workspace has taught, `mute_id` the mute of it that leaves the post out, 0 for none.
    """

    watch: Watch
    post: Post
    term: str
    sure: bool
    listening_since: datetime | None
    learned: Learned = NOTHING_LEARNED
    mute_id: int = 0


# What a look saw: what is news, and which watches stand in it.
Seen = tuple[Beforehand, list[Candidate]]


@dataclass(slots=True, kw_only=True)
class Intake:
    """What posts are understood and kept with."""

    db: Database
    limits: BrakeLimits
    clock: Clock
    # With the transaction that read them: two threads may set it, so it is one value.
    _watching: tuple[Tx, Watching] | None = field(default=None, init=False)
    _writes: SharedWrites = field(init=False)

    def __post_init__(self) -> None:
        """Let what several sources carried be kept in one transaction, as long as it is no more than of one."""
        self._writes = SharedWrites(db=self.db, heaviest=AT_ONCE)

    async def take(
        self,
        source: Source,
        posts: Sequence[Post],
        *,
        settle: Settle,
        shown: Shown | None = None,
        heard_by: HeardBy | None = None,
    ) -> Brought:
        """Keep what is news among `posts`; `settle` writes the source's own state beside, at the same moment.

        Of what was there before a watch that is new here, the newest few become mentions; with `shown` (keys), those.
        The watches that listen to the source hear it, or those that `heard_by` tells.
        """
        heard = heard_by or partial(_listening_to, source.id)
        if len(posts) <= AT_ONCE:
            now = self.clock()
            seen = await self._writes.transact(
                lambda tx: self._take_at_once(tx, source, posts, settle, heard, at=now), weight=len(posts)
            )
            if isinstance(seen, Brought):
                return seen
        else:
            seen = await self.db.read(lambda tx: self._look(tx, source, posts, heard))
        before, candidates = seen
        # TextBlob takes about a millisecond a mention: beside the loop, and in no transaction.
        sightings = await asyncio.to_thread(understand, before, candidates, shown) if candidates else []
        # Without its memory: somebody else may have stored something since.
        poll = replace(_poll_of(source, posts, before, sightings), memory=None)
        if len(poll.posts) > AT_ONCE:
            poll = await self._keep_what_nobody_sees(poll)
        now = self.clock()
        return await self.db.transact(lambda tx: self._keep(tx, poll, settle, at=now))

    def _take_at_once(
        self, tx: Tx, source: Source, posts: Sequence[Post], settle: Settle, heard_by: HeardBy, *, at: datetime
    ) -> Brought | Seen:
        """Look and keep in one transaction, unless a watch stands in a post: that wants to be understood first.

        Nearly every poll ends here, and a second transaction costs more than to look.
        """
        before, candidates = self._look(tx, source, posts, heard_by)
        if candidates:
            return before, candidates
        return self._keep(tx, _poll_of(source, posts, before, ()), settle, at=at)

    async def _keep_what_nobody_sees(self, poll: Poll) -> Poll:
        """Keep posts in which no watch stands, few at a time, so that clicks get their turn between; return the rest.

        Broken off half-way it costs nothing: what is seen comes last, with the source's own state, and is news until
        then.
        """
        seen = {each.post.keys for each in poll.sightings}
        unseen = [post for post in poll.posts if post.keys not in seen]
        stored = []
        for part in batches(unseen, AT_ONCE):
            keep = partial(store_posts, source_id=poll.source_id, posts=part, at=self.clock())
            stored.append(await self.db.transact(keep))
        return replace(poll, posts=[post for post in poll.posts if post.keys in seen], stored=stored)

    def _keep(self, tx: Tx, poll: Poll, settle: Settle, *, at: datetime) -> Brought:
        brought = store_poll(tx, poll, limits=self.limits, at=at, saying_of=_saying_of, telling=TELLING)
        settle(tx, brought, at)
        return brought

    def _look(self, tx: Tx, source: Source, posts: Sequence[Post], heard_by: HeardBy) -> Seen:
        """Return what is news and which watches stand in it. On a thread of the database: matching is off the loop."""
        before = look_before(tx, source, posts)
        news = before.sifted.news
        if not news and not before.earlier:
            return before, []
        watching, now = self._watching_now(tx), self.clock()
        candidates = _stand_in(tx, watching, news, heard_by, now=now)
        if before.earlier:
            known = {key for post in news for key in post.keys}
            earlier = [each.post for each in before.earlier if known.isdisjoint(each.post.keys)]
            found = _stand_in(tx, watching, earlier, heard_by, now=now)
            # Those who listened before have seen these.
            candidates += [each for each in found if each.listening_since is None]
        return before, candidates

    def _watching_now(self, tx: Tx) -> Watching:
        """Return the watches as this transaction sees them; they are read anew when one has changed.

        Asked once for all polls that share a transaction: no poll changes a watch.
        """
        asked_in, watching = self._watching or (None, None)
        if watching is None or asked_in is not tx:
            watching = _as_they_stand(tx, watching)
            self._watching = tx, watching
        return watching


def _as_they_stand(tx: Tx, before: Watching | None) -> Watching:
    """Return the watches, those from `before` if none has changed since."""
    state = state_of_watches(tx)
    # A broken row may be mended in any way, also in one that leaves its version.
    if before is not None and before.state == state and not before.broken:
        return before
    watches, broken = all_watches(tx)
    return Watching(state=state, watches=watches, broken=broken, matcher=matcher_of(watches.values()))


def _poll_of(source: Source, posts: Sequence[Post], before: Beforehand, sightings: Sequence[Sighting]) -> Poll:
    return Poll(
        source_id=source.id,
        posts=before.sifted.news,
        sightings=sightings,
        join=before.join,
        carried=len(posts),
        renamed=before.sifted.renamed,
        liked=before.sifted.liked,
        accepted=before.sifted.accepted,
        memory=before.sifted.memory,
    )


def _listening_to(source_id: int, tx: Tx, watch_ids: Iterable[int]) -> dict[int, datetime | None]:
    return listening_since(tx, source_id, watch_ids)


def _stand_in(
    tx: Tx, watching: Watching, posts: Sequence[Post], heard_by: HeardBy, *, now: datetime
) -> list[Candidate]:
    """Return which watches that hear of `posts` stand in which of them."""
    found = watching.matcher.find_in(posts)
    asked = {match.watch_id for _, match in found} | watching.broken
    if not asked:
        return []
    since = heard_by(tx, sorted(asked))
    for watch_id in watching.broken & since.keys():
        # Raises, and so costs the places of this watch, and no others.
        find_watch(tx, watch_id)
    teams = {watching.watches[watch_id].workspace_id for watch_id in since.keys() & watching.watches.keys()}
    learned = {team: learned_in(tx, team) for team in sorted(teams)}
    noise = {team: noise_of(noise_in_force(tx, team, now=now)) for team in sorted(teams)}
    return [
        Candidate(
            watch=watching.watches[match.watch_id],
            post=post,
            term=match.term,
            sure=match.sure,
            listening_since=since[match.watch_id],
            learned=learned[watching.watches[match.watch_id].workspace_id],
            mute_id=noise[watching.watches[match.watch_id].workspace_id].mute_of(post, match.watch_id),
        )
        for post, match in found
        if match.watch_id in since
    ]


def understand(before: Beforehand, candidates: Sequence[Candidate], shown: Shown | None = None) -> list[Sighting]:
    """Return what counts of the candidates, read: all that is new, and for a watch new to the place the newest few."""
    seen = oldest_first(
        _read(each)
        for each in candidates
        if each.listening_since is not None
        and (each.post.keys in before.sifted.edited or not slid_back(each.post, listening_since=each.listening_since))
    )
    new_here = [
        each
        for each in candidates
        if each.listening_since is None and not each.mute_id and (shown is None or not shown.isdisjoint(each.post.keys))
    ]
    for watch_id in sorted({each.watch.id for each in new_here}):
        seen += from_before(_read(each) for each in new_here if each.watch.id == watch_id)
    return heard_by_some(seen)


def _saying_of(post: Post) -> Saying:
    from triage.saying import saying_of  # noqa: PLC0415 - as below

    return saying_of(post)


def _read(candidate: Candidate) -> Sighting:
    # A poll in which no watch stands needs none of what reads a post.
    from triage.beside import taught_about  # noqa: PLC0415 - as above
    from triage.read import read  # noqa: PLC0415 - as above

    post, watch, learned = candidate.post, candidate.watch, candidate.learned
    taught, beside = taught_about(post, watch, candidate.term, sure=candidate.sure, learned=learned.beside)
    return Sighting(
        watch=watch,
        post=post,
        term=candidate.term,
        sure=taught.sure,
        beside=beside,
        taught=taught.said,
        mute_id=candidate.mute_id,
        reading=read(post, watch, learned),
    )
