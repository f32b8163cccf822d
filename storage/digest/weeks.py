"""What a week was like, computed from the rows of its mentions."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from engagement.digest.week import Day, Needed, Noise, Week, noisiest, week_from
from engagement.understanding.reading import Kind, Pillar, Tag
from storage.conversations.mentions import DECIDED_IN
from storage.database import Tx, count
from storage.digest.bounds import Bounds, bounds_of
from storage.digest.needed import needed_of
from storage.stamps import read_stamp
from storage.team.labels import MENTION_CARRIES

# The mentions of a period.
MENTIONS = f"""FROM mention JOIN conversation ON {DECIDED_IN}
  WHERE mention.workspace_id = :workspace_id AND mention.noticed_at >= :starts_at AND mention.noticed_at < :ends_at
    AND mention.before_start = 0 AND conversation.mute_id = 0"""


def _mentions(bounds: Bounds) -> str:
    return f"{MENTIONS} AND {MENTION_CARRIES}" if "label" in bounds else MENTIONS


def of_us(bounds: Bounds) -> str:
    """Return the rows of mentions of us in a period, as SQL from FROM on; asked with `bounds`."""
    return f"{_mentions(bounds)} AND conversation.dismissed_by = '' AND conversation.unsure = 0"


def week_of(
    tx: Tx,
    workspace_id: str,
    *,
    starts_at: datetime,
    ends_at: datetime,
    label: int | None = None,
    needed: Sequence[Needed] | None = None,
) -> Week:
    """Return the counts of [starts_at, ends_at), of one label or of all; of posts read, always of all.

    Mentions from before the watch are not counted. `needed` are those that needed us, where they are looked up already.
    """
    bounds = bounds_of(workspace_id, starts_at, ends_at, label=label)
    return week_from(
        _mentions_by_tag(tx, bounds),
        needed_of(tx, bounds) if needed is None else needed,
        not_us=count(tx, f"{_mentions(bounds)} AND conversation.dismissed_by <> ''", **bounds),
        posts_read=_posts_read(tx, bounds_of(workspace_id, starts_at, ends_at)),
        for_us=_people(tx, bounds, Kind.PRAISE),
        against_us=_people(tx, bounds, Kind.COMPLAINT),
    )


def days_of(tx: Tx, bounds: Bounds, zone: ZoneInfo) -> tuple[Day, ...]:
    """Return the days of a period on which we were mentioned, oldest first."""
    days: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for row in tx.all(f"SELECT mention.noticed_at, conversation.tag {of_us(bounds)}", **bounds):
        day = read_stamp(row["noticed_at"]).astimezone(zone).date()
        days[day][row["tag"] or "untagged"] += 1
    return tuple(
        Day(
            date=day,
            listen=tags[Tag.LISTEN],
            interact=tags[Tag.INTERACT],
            react=tags[Tag.REACT],
            untagged=tags["untagged"],
        )
        for day, tags in sorted(days.items())
    )


def noise_of(tx: Tx, bounds: Bounds) -> Noise | None:
    """Return the term of a watch that brought most that was not about us, if any did."""
    rows = tx.all(
        f"""SELECT mention.term, COUNT(*) AS hits,
              SUM(CASE WHEN conversation.dismissed_by <> '' THEN 1 ELSE 0 END) AS not_us {_mentions(bounds)}
            GROUP BY mention.term""",
        **bounds,
    )
    return noisiest(Noise(term=row["term"], hits=row["hits"], not_us=int(row["not_us"])) for row in rows)


def noise_by_watch(tx: Tx, bounds: Bounds) -> list[Noise]:
    """Return how often each term of each watch was found, and how much of that was not about us."""
    rows = tx.all(
        f"""SELECT watch.name AS watch, watch.id AS watch_id, found.term, found.hits, found.not_us FROM (
              SELECT mention.watch_id, mention.term, COUNT(*) AS hits,
                SUM(CASE WHEN conversation.dismissed_by <> '' THEN 1 ELSE 0 END) AS not_us {_mentions(bounds)}
              GROUP BY mention.watch_id, mention.term) AS found JOIN watch ON watch.id = found.watch_id
            WHERE found.term <> ''""",  # noqa: S608 - constants only
        **bounds,
    )
    return [
        Noise(
            term=row["term"],
            hits=row["hits"],
            not_us=int(row["not_us"]),
            watch=row["watch"],
            watch_id=row["watch_id"],
        )
        for row in rows
    ]


def _mentions_by_tag(tx: Tx, bounds: Bounds) -> dict[Tag | None, int]:
    rows = tx.all(f"SELECT conversation.tag, COUNT(*) AS mentions {of_us(bounds)} GROUP BY conversation.tag", **bounds)
    return {Tag(row["tag"]) if row["tag"] else None: int(row["mentions"]) for row in rows}


def _people(tx: Tx, bounds: Bounds, kind: Kind) -> int:
    """Return how many people wrote something of a kind, each once in each community; nobody counts for nobody."""
    people = f"""SELECT DISTINCT post.community, post.author
      FROM (SELECT mention.post_id {of_us(bounds)} AND mention.kind = :kind AND mention.pillar = :by_users) AS said
      JOIN post ON post.id = said.post_id WHERE post.author <> ''"""  # noqa: S608 - constants only
    return count(tx, f"FROM ({people}) AS people", kind=kind.value, by_users=Pillar.USER_INITIATED.value, **bounds)


def _posts_read(tx: Tx, bounds: Bounds) -> int:
    # Without COALESCE, SQLite would try each place for each post.
    return count(
        tx,
        """FROM post WHERE seen_at >= :starts_at AND seen_at < :ends_at AND EXISTS (
             SELECT 1 FROM source_post WHERE source_post.post_id = post.id AND COALESCE(source_post.source_id, 0) IN (
               SELECT watch_source.source_id FROM watch_source JOIN watch ON watch.id = watch_source.watch_id
               WHERE watch.workspace_id = :workspace_id))""",
        **bounds,
    )
