"""Threads that the team opened: who answered there without a word back from us, and which nobody took up."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from engagement.dataclass import dataclass
from engagement.digest.week import TIME_TO_TAKE_UP, WEEK, OurThread, quietest_first
from engagement.post import StoredPost, is_withdrawn
from engagement.turns.said import Said
from engagement.turns.whose_turn import replies_to_ours
from storage.conversations.mentions import mentions_of
from storage.database import Tx
from storage.digest.bounds import Bounds, bounds_of
from storage.digest.weeks import of_us
from storage.stamps import read_stamp, read_stamp_or_none, stamp
from storage.turns.team_posts import TeamPost, Thread, keys_of_posts, team_posts_in
from storage.turns.thread_posts import thread_posts_in

# So many threads of ours that somebody wrote in within a period are looked at, the newest first.
LOOKED_AT = 50
# So many that nobody seems to have taken up are looked at in their community before a digest.
VISITED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A thread that we opened, as far as rows say: the posts of others there, and when it was looked at last."""

    conversation_id: int
    opening: StoredPost
    theirs: Sequence[StoredPost]
    replies: int
    without_word: int
    looked_at: datetime | None

    @property
    def told(self) -> OurThread:
        post = self.opening.post
        return OurThread(
            title=post.title or post.text, url=post.url, replies=self.replies, without_word=self.without_word
        )

    def has_news(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Return whether we heard of anything of others there within the period."""
        return any(starts_at <= each.seen_at < ends_at for each in self.theirs)

    def had_its_time(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Return whether people had had their time to take it up within the period, and nobody had."""
        return not self.replies and starts_at <= self.opening.written_at + TIME_TO_TAKE_UP < ends_at

    @property
    def was_looked_at(self) -> bool:
        """Whether somebody who answered in that time would have been seen."""
        return self.looked_at is not None and self.looked_at >= self.opening.written_at + TIME_TO_TAKE_UP


def our_threads(tx: Tx, bounds: Bounds, *, limit: int) -> tuple[OurThread, ...]:
    """Return threads of ours in which somebody wrote within the period and waits for a word, most of them first.

    Behind them those that nobody has taken up in their first day, where the thread itself was looked at since. At most
    `limit` of each.
    """
    starts_at, ends_at = read_stamp(str(bounds["starts_at"])), read_stamp(str(bounds["ends_at"]))
    opened = list(_opened(tx, bounds | {"starts_at": stamp(starts_at - TIME_TO_TAKE_UP)}))
    waiting = quietest_first(each.told for each in opened if each.has_news(starts_at, ends_at))
    silent = [each.told for each in opened if each.had_its_time(starts_at, ends_at) and each.was_looked_at]
    return (*waiting[:limit], *silent[:limit])


def seemingly_silent(tx: Tx, workspace_id: str, *, now: datetime) -> list[int]:
    """Return the conversations of threads of ours that nobody seems to have taken up, for a digest of now."""
    opened = _opened(tx, bounds_of(workspace_id, now - WEEK - TIME_TO_TAKE_UP, now))
    silent = [each.conversation_id for each in opened if each.had_its_time(now - WEEK, now)]
    return silent[:VISITED]


def _opened(tx: Tx, bounds: Bounds) -> Iterable[_Opened]:
    """Give the threads that we opened of those that mentions of a period stand in, the newest first."""
    rows = tx.all(
        f"""SELECT DISTINCT conversation.id, conversation.thread_key {of_us(bounds)} AND EXISTS (
              SELECT 1 FROM team_post WHERE team_post.workspace_id = conversation.workspace_id
                AND team_post.thread_key = conversation.thread_key)
            ORDER BY conversation.id DESC LIMIT :looked_at""",  # noqa: S608 - constants only
        looked_at=LOOKED_AT,
        **bounds,
    )
    for row in rows:
        thread = _thread(tx, row["id"], (str(bounds["workspace_id"]), row["thread_key"]))
        if thread:
            yield thread


def _thread(tx: Tx, conversation_id: int, thread: Thread) -> _Opened | None:
    ours = {post.id: post for post in team_posts_in(tx, thread)}
    theirs = _theirs(tx, conversation_id, thread, ours)
    keys = keys_of_posts(tx, [stored.id for stored in theirs])
    said = [*(_of_others(each, keys[each.id]) for each in theirs), *map(_of_ours, ours.values())]
    counts = replies_to_ours(said, thread_key=thread[1])
    if counts is None:
        return None
    looked = tx.one("SELECT looked_at FROM thread WHERE thread_key = :key", key=thread[1])
    return _Opened(
        conversation_id=conversation_id,
        opening=min((each.stored for each in ours.values()), key=lambda each: each.written_at),
        theirs=theirs,
        replies=counts[0],
        without_word=counts[1],
        looked_at=read_stamp_or_none(looked["looked_at"]) if looked else None,
    )


def _theirs(tx: Tx, conversation_id: int, thread: Thread, ours: Iterable[int]) -> list[StoredPost]:
    """Return what others wrote there: what names us, and what any feed or a look at the thread brought besides."""
    heard = [mention.stored for mention in mentions_of(tx, conversation_id)]
    known = {each.id: each for each in [*heard, *(post.stored for post in thread_posts_in(tx, thread[1]))]}
    return [each for number, each in known.items() if number not in set(ours)]


def _of_others(stored: StoredPost, keys: tuple[str, ...]) -> Said:
    # Nobody can be answered whose words are gone: they count as little as what a program wrote.
    nobody = stored.post.by_program or is_withdrawn(stored.post)
    return Said(keys=keys, parent_key=stored.post.parent_key, at=stored.written_at, by_program=nobody)


def _of_ours(post: TeamPost) -> Said:
    stored = post.stored
    return Said(keys=post.keys, parent_key=stored.post.parent_key, at=stored.written_at, by=post.slack_user)
