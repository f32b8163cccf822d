"""Forgetting a person, step by step: what they wrote and who they are leaves every row, and a number stands for them.

A step takes some milliseconds, so that no click waits. How far it is stands in the row of the forgetting, beside the
name; both go with the last step.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from engagement.calm.mute_words import MuteWish
from engagement.dataclass import dataclass
from engagement.digest.voices import Person
from engagement.records.forgotten import Erasure, is_name_of_forgotten
from storage.batches import rows_where
from storage.database import Row, Tx, the_row
from storage.records.forgotten_posts import empty, hide_keys
from storage.records.forgotten_redraws import redraw_digests_since_heard, redraw_what_showed
from storage.records.forgotten_rows import forget_in_conversations, forget_who_they_are
from storage.records.forgotten_settings import forget_in_what_is_over
from storage.records.forgotten_walk import WALKS, Forgetting, walk_on
from storage.records.forgotten_words import forget_votes_of
from storage.records.history import write_history
from storage.records.still_named import teams_whose_history_names
from storage.stamps import read_stamp, stamp
from storage.team.meant import who_is_meant

# In one step, some 20 ms of the writer's time.
POSTS_AT_ONCE: Final = 25
# The steps: who they are, their posts, each table that we write into, what is over, and what showed them.
NAMES: Final = "names"
POSTS: Final = "posts"
OVER: Final = "over"
REDRAW: Final = "redraw"
STEPS: Final = (NAMES, POSTS, *WALKS, OVER, REDRAW)


@dataclass(frozen=True, slots=True, kw_only=True)
class _UnderWay:
    """A forgetting with the number that stands for the person, the step it is at, and how far that is."""

    number: int
    step: str
    reached: int
    forgetting: Forgetting


def people_called(tx: Tx, workspace_id: str, community: str, name: str) -> list[Person]:
    """Return whom somebody means by a name in a community (or in a site that some communities belong to)."""
    meant = who_is_meant(tx, workspace_id, MuteWish(who=name, where=community, until=None, is_all=False))
    spelt = tx.one(
        "SELECT 1 AS yes FROM post WHERE community = :community AND author = :name", community=community, name=name
    )
    exact = [Person(community, name)] if spelt and name else []
    people = [*exact, *(Person(each.community, each.author) for each in meant)]
    return [person for person in dict.fromkeys(people) if not is_name_of_forgotten(person.author)]


def count_posts_of(tx: Tx, person: Person) -> int:
    """Return how many posts of somebody we have."""
    return int(
        the_row(
            tx,
            "SELECT COUNT(*) AS posts FROM post WHERE community = :community AND author = :author",
            **person._asdict(),
        )["posts"]
    )


def begin_to_forget(tx: Tx, workspace_id: str, person: Person, *, by: str, at: datetime) -> int | None:
    """Begin to forget somebody for good, and return the number that stands for them; None where we have nothing.

    `forget_on` does it; who is being forgotten already stays at that. Posts are shared, so it holds for everybody who
    uses this database. What they write from now on is heard as anybody's.
    """
    begun = _begun(tx, person)
    if begun is not None:
        return begun
    posts = count_posts_of(tx, person)
    if not person.author or is_name_of_forgotten(person.author):
        return None
    # Somebody may have taken the name out of a setting after the person was forgotten.
    if not posts and not teams_whose_history_names(tx, person):
        return None
    number = _begin(tx, workspace_id, person, posts=posts, by=by, at=at)
    write_history(
        tx,
        workspace_id=workspace_id,
        object_="person",
        object_id=number,
        act="forget",
        actor=by,
        at=at,
        after={"posts": posts},
    )
    return number


def _begun(tx: Tx, person: Person) -> int | None:
    """Return the number of somebody who is being forgotten already."""
    row = tx.one(
        """SELECT forgetting.id FROM forgetting JOIN forgotten_person ON forgotten_person.id = forgetting.id
           WHERE forgotten_person.community = :community AND forgetting.author = :author""",
        **person._asdict(),
    )
    return int(row["id"]) if row else None


def _begin(tx: Tx, workspace_id: str, person: Person, *, posts: int, by: str, at: datetime) -> int:
    """Give somebody the number that stands for them, and have `forget_on` begin at its first step."""
    number = int(
        the_row(
            tx,
            """INSERT INTO forgotten_person (workspace_id, community, posts, forgotten_by, forgotten_at)
               VALUES (:workspace_id, :community, :posts, :by, :at) RETURNING id""",
            workspace_id=workspace_id,
            community=person.community,
            posts=posts,
            by=by,
            at=stamp(at),
        )["id"]
    )
    tx.run(
        "INSERT INTO forgetting (id, author, step, reached) VALUES (:id, :author, :step, 0)",
        id=number,
        author=person.author,
        step=STEPS[0],
    )
    return number


def is_forgetting(tx: Tx) -> bool:
    """Return whether somebody is being forgotten, here or in another process, or was when the bot ended."""
    return tx.one("SELECT 1 AS yes FROM forgetting LIMIT 1") is not None


def forget_on(tx: Tx) -> bool:
    """Do the next step of a forgetting that is under way, and return whether there was one."""
    at = _under_way(tx)
    if at is None:
        return False
    reached = _do_step(tx, at)
    if reached is None:
        following = STEPS[STEPS.index(at.step) + 1 :]
        if not following:
            tx.run("DELETE FROM forgetting WHERE id = :id", id=at.number)
            return True
        tx.run("UPDATE forgetting SET step = :step, reached = 0 WHERE id = :id", id=at.number, step=following[0])
    else:
        tx.run("UPDATE forgetting SET reached = :reached WHERE id = :id", id=at.number, reached=reached)
    return True


def _under_way(tx: Tx) -> _UnderWay | None:
    # Held until the transaction ends: two processes may forget side by side.
    row = tx.one(
        """UPDATE forgetting SET reached = reached WHERE id = (SELECT MIN(id) FROM forgetting) RETURNING *""",
    )
    if row is None:
        return None
    person = the_row(tx, "SELECT * FROM forgotten_person WHERE id = :id", id=row["id"])
    erasure = Erasure(community=person["community"], author=row["author"], number=row["id"])
    return _UnderWay(
        number=row["id"],
        step=row["step"],
        reached=row["reached"],
        forgetting=Forgetting(erasure=erasure, by=person["forgotten_by"], at=read_stamp(person["forgotten_at"])),
    )


def _do_step(tx: Tx, at: _UnderWay) -> int | None:
    """Do the next part of a step and return how far it is now; None once it is done."""
    if at.step == NAMES:
        forget_who_they_are(tx, at.forgetting.erasure, at=at.forgetting.at)
        return None
    if at.step == POSTS:
        return _forget_posts(tx, at)
    if at.step == OVER:
        forget_in_what_is_over(tx, at.forgetting.erasure)
        return None
    if at.step == REDRAW:
        return _redraw(tx, at)
    return walk_on(tx, WALKS[at.step], at.forgetting, after=at.reached)


def _forget_posts(tx: Tx, at: _UnderWay) -> int | None:
    """Empty the next of their posts, with what is about them in our rows."""
    erasure, by, when = at.forgetting.erasure, at.forgetting.by, at.forgetting.at
    posts = tx.all(
        """SELECT id, url, thread_key, parent_key FROM post WHERE community = :community AND author = :author
           ORDER BY id LIMIT :limit""",
        community=erasure.community,
        author=erasure.author,
        limit=POSTS_AT_ONCE,
    )
    if not posts:
        return None
    ids = [row["id"] for row in posts]
    urls = {row["url"] for row in posts if row["url"]}
    tx.many(
        """INSERT INTO forgetting_address (url, forgetting_id) VALUES (:url, :number)
           ON CONFLICT (url) DO NOTHING""",
        [{"url": url, "number": at.number} for url in sorted(urls)],
    )
    erasure = replace(erasure, urls=frozenset(urls))
    hide_keys(tx, posts, erasure)
    empty(tx, ids, erasure, at.number)
    mentions = _mentions_of(tx, ids)
    forget_votes_of(tx, [row["id"] for row in mentions], erasure, by=by, at=when)
    conversations = sorted({row["conversation_id"] for row in mentions})
    forget_in_conversations(tx, conversations, erasure, by=by, at=when)
    return int(ids[-1])


def _redraw(tx: Tx, at: _UnderWay) -> int | None:
    """Have everything in Slack drawn again that showed the next of their posts, and forget where these stood."""
    erasure = at.forgetting.erasure
    posts = tx.all(
        """SELECT id FROM post WHERE community = :community AND author = :stands AND id > :after
           ORDER BY id LIMIT :limit""",
        community=erasure.community,
        stands=erasure.stands,
        after=at.reached,
        limit=POSTS_AT_ONCE,
    )
    ids = [row["id"] for row in posts]
    redraw_what_showed(tx, ids, _mentions_of(tx, ids))
    if not ids:
        tx.run("DELETE FROM forgetting_address WHERE forgetting_id = :id", id=at.number)
        redraw_digests_since_heard(tx, erasure.community, erasure.stands, at=at.forgetting.at)
    return ids[-1] if ids else None


def _mentions_of(tx: Tx, post_ids: list[int]) -> list[Row]:
    return rows_where(tx, "SELECT id, conversation_id FROM mention WHERE post_id IN ({wanted})", post_ids)
