"""Where we were talked about in a period, and who was heard most there."""

from dataclasses import replace
from typing import Final

from engagement.digest.communities import CommunityWeek, Reach, busiest_first, furthest_first
from engagement.digest.voices import Person
from engagement.understanding.reading import Pillar
from storage.conversations.mentions import DECIDED_IN
from storage.database import Tx, the_row
from storage.digest.asked_once import AskedOnce
from storage.digest.bounds import Bounds, before
from storage.digest.weeks import of_us
from storage.stamps import read_stamp_or_none

# So many communities are listed, and their people looked up.
LISTED_AT_MOST: Final = 6
# Who is one of us, whom we met face to face, and who does not want to be named, is nobody to list.
REACHED: Final = """SELECT post.community, post.author, COUNT(*) AS mentions, SUM(COALESCE(post.score, 0)) AS likes
  FROM (SELECT mention.post_id {of_us} AND mention.pillar NOT IN (:ours, :in_person)) AS said
  JOIN post ON post.id = said.post_id
  WHERE post.author <> '' AND NOT EXISTS (
    SELECT 1 FROM unlisted_person WHERE unlisted_person.workspace_id = :workspace_id
      AND unlisted_person.community = post.community AND unlisted_person.author = post.author)
    AND NOT EXISTS (
    SELECT 1 FROM teammate_handle WHERE teammate_handle.workspace_id = :workspace_id
      AND teammate_handle.community = post.community AND teammate_handle.handle = post.author)
  GROUP BY post.community, post.author HAVING COUNT(*) > 1 OR SUM(COALESCE(post.score, 0)) > 0"""
# Without COALESCE, SQLite would begin with every mention of the workspace.
THEIRS: Final = f"""FROM post JOIN mention ON mention.post_id = post.id
    AND COALESCE(mention.workspace_id, '') = :workspace_id
  JOIN conversation ON {DECIDED_IN}
  WHERE post.community = :community AND post.author = :author AND conversation.dismissed_by = ''"""


def communities_heard(tx: Tx, bounds: Bounds, asked: AskedOnce) -> list[CommunityWeek]:
    """Return the communities of a period beside the one before, the busiest first; of the first ones, their people."""
    weeks = busiest_first(_mentions(tx, bounds), _mentions(tx, before(bounds)), asked.needed, asked.needed_before)
    people = furthest_first(_reached(tx, bounds))
    first, rest = weeks[:LISTED_AT_MOST], weeks[LISTED_AT_MOST:]
    return [
        *(
            replace(week, heard_most=tuple(_with_history(tx, bounds, each) for each in people.get(week.name, ())))
            for week in first
        ),
        *rest,
    ]


def _mentions(tx: Tx, bounds: Bounds) -> dict[str, int]:
    rows = tx.all(
        f"""SELECT own.community, COUNT(*) AS mentions FROM (SELECT mention.conversation_id {of_us(bounds)}) AS said
            JOIN conversation AS own ON own.id = said.conversation_id GROUP BY own.community""",  # noqa: S608 - constants only
        **bounds,
    )
    return {row["community"]: int(row["mentions"]) for row in rows}


def _reached(tx: Tx, bounds: Bounds) -> list[Reach]:
    rows = tx.all(
        REACHED.format(of_us=of_us(bounds)),
        ours=Pillar.PROVIDER_INITIATED.value,
        in_person=Pillar.IN_PERSON.value,
        **bounds,
    )
    return [
        Reach(
            person=Person(row["community"], row["author"]),
            mentions=int(row["mentions"]),
            likes=int(row["likes"]),
        )
        for row in rows
    ]


def _with_history(tx: Tx, bounds: Bounds, reach: Reach) -> Reach:
    """Return somebody with their most liked mention, and with what we had to do with them so far."""
    who = {"workspace_id": bounds["workspace_id"], **reach.person._asdict()}
    loudest = tx.one(
        f"""SELECT post.url {THEIRS} AND mention.noticed_at >= :starts_at AND mention.noticed_at < :ends_at
            ORDER BY COALESCE(post.score, 0) DESC, mention.id DESC LIMIT 1""",
        starts_at=bounds["starts_at"],
        ends_at=bounds["ends_at"],
        **who,
    )
    ours = the_row(
        tx,
        f"""SELECT COUNT(DISTINCT conversation.id) AS answers, MAX(conversation.answered_at) AS answered_at {THEIRS}
              AND conversation.reply_state = 'answered'""",
        **who,
    )
    return replace(
        reach,
        url=loudest["url"] if loudest else "",
        answers=int(ours["answers"]),
        answered_at=read_stamp_or_none(ours["answered_at"]),
    )
