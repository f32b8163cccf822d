"""Who spoke of us in a period, found by their posts of the period; what they said before, by the person."""

from collections.abc import Iterable, Sequence
from typing import Final

from engagement.digest.voices import ASKING_SPAN, Asker, Person, Turned, Voice, Voices, loudest_first, turned_within
from engagement.understanding.reading import Kind, Pillar
from storage.database import Row, Tx
from storage.digest.bounds import Bounds, before
from storage.digest.unlisted import unlisted_of
from storage.digest.weeks import of_us
from storage.stamps import read_stamp, stamp

LISTED_AT_MOST: Final = 10
# What a voice is read from; {post} is what the query calls the post.
SPOKEN: Final = """{post}.community, {post}.author, {post}.title, {post}.text, {post}.url,
  COALESCE({post}.score, 0) AS score, COALESCE({post}.published_at, {post}.seen_at) AS at"""
# What somebody had said of us, for or against, right before they wrote `praise`, however long ago: sought from there
# back. Without COALESCE, SQLite would begin with every mention of that kind in the workspace.
SAID_BEFORE: Final = """SELECT spoken.id FROM post AS spoken
  JOIN mention AS meant ON meant.post_id = spoken.id AND COALESCE(meant.workspace_id, '') = :workspace_id
    AND meant.kind IN (:praise, :complaint) AND meant.pillar = :by_users AND meant.noticed_at < :ends_at
  JOIN conversation AS told ON told.id = COALESCE(meant.card_id, meant.conversation_id)
    AND told.dismissed_by = '' AND told.unsure = 0
    AND told.mute_id = 0
  WHERE spoken.community = praise.community AND spoken.author = praise.author
    AND COALESCE(spoken.published_at, spoken.seen_at) < COALESCE(praise.published_at, praise.seen_at)
  ORDER BY COALESCE(spoken.published_at, spoken.seen_at) DESC LIMIT 1"""
# What asked us, within `of_us` of the last ASKING_SPAN.
ASKED: Final = """FROM (SELECT mention.post_id, mention.kind, mention.noticed_at, mention.conversation_id,
    conversation.reply_state {of_us} AND mention.waits_for_us = 1 AND mention.pillar = :by_users) AS said
  JOIN post ON post.id = said.post_id"""
# Who did so in several conversations, at least once since `asked_since`.
AGAIN: Final = f"""SELECT post.community, post.author {ASKED} WHERE post.author <> ''
  GROUP BY post.community, post.author
  HAVING COUNT(DISTINCT said.conversation_id) > 1 AND MAX(said.noticed_at) >= :asked_since"""


def voices_of(tx: Tx, bounds: Bounds, turned: Sequence[Turned]) -> Voices:
    """Return who spoke for us and against us in a period, who `turned` in it, and who asked again and again."""
    unnamed = unlisted_of(tx, str(bounds["workspace_id"]))
    sides, sides_before = _sides(tx, bounds), _sides(tx, before(bounds))
    askers = _askers(tx, bounds)
    return Voices(
        for_us=_named(sides[Kind.PRAISE], unnamed),
        for_us_count=len(sides[Kind.PRAISE]),
        for_us_before=len(sides_before[Kind.PRAISE]),
        against_us=_named(sides[Kind.COMPLAINT], unnamed),
        against_us_count=len(sides[Kind.COMPLAINT]),
        against_us_before=len(sides_before[Kind.COMPLAINT]),
        turned=tuple(each for each in turned if each.praise.person not in unnamed)[:LISTED_AT_MOST],
        turned_count=len(turned),
        turned_before=len(turned_of(tx, before(bounds))),
        askers=tuple(each for each in askers if each.latest.person not in unnamed)[:LISTED_AT_MOST],
        askers_count=len(askers),
        askers_before=len(_askers(tx, before(bounds))),
    )


def turned_of(tx: Tx, bounds: Bounds) -> list[Turned]:
    """Return who praised us in the period, and had complained the last time before; the latest first."""
    praised = f"""SELECT praise.id, ({SAID_BEFORE}) AS before_id
      FROM (SELECT mention.post_id {of_us(bounds)} AND mention.kind = :praise AND mention.pillar = :by_users) AS said
      JOIN post AS praise ON praise.id = said.post_id WHERE praise.author <> ''"""  # noqa: S608 - constants only
    rows = tx.all(
        f"""SELECT DISTINCT {SPOKEN.format(post="post")}, mention.kind, mention.noticed_at, post.id
            FROM ({praised}) AS pair
            JOIN post ON post.id IN (pair.id, pair.before_id)
            JOIN mention ON mention.post_id = post.id AND COALESCE(mention.workspace_id, '') = :workspace_id
            WHERE pair.before_id IS NOT NULL""",  # noqa: S608 - constants only
        **_asked(bounds),
    )
    starts_at, ends_at = (read_stamp(str(bounds[name])) for name in ("starts_at", "ends_at"))
    return turned_within(map(voice_from, rows), starts_at=starts_at, ends_at=ends_at)


def _sides(tx: Tx, bounds: Bounds) -> dict[Kind, list[Voice]]:
    """Return one voice of each person who praised us, and of each who complained; who is nobody is left out."""
    rows = tx.all(
        f"""SELECT {SPOKEN.format(post="post")}, said.kind, said.noticed_at
            FROM (SELECT mention.post_id, mention.kind, mention.noticed_at {of_us(bounds)}
              AND mention.kind IN (:praise, :complaint) AND mention.pillar = :by_users) AS said
            JOIN post ON post.id = said.post_id WHERE post.author <> ''""",  # noqa: S608 - constants only
        **_asked(bounds),
    )
    voices = [voice_from(row) for row in rows]
    return {kind: loudest_first(each for each in voices if each.kind is kind) for kind in (Kind.PRAISE, Kind.COMPLAINT)}


def _askers(tx: Tx, bounds: Bounds) -> list[Asker]:
    """Return who asked us in the period and has done so in several conversations lately; who asked most first."""
    since = read_stamp(str(bounds["ends_at"])) - ASKING_SPAN
    lately = bounds | {"starts_at": stamp(since)}
    # Without COALESCE, SQLite would begin with everything these people ever wrote.
    rows = tx.all(
        f"""SELECT {SPOKEN.format(post="post")}, said.kind, said.noticed_at, said.conversation_id, said.reply_state
            {ASKED} WHERE (post.community, COALESCE(post.author, '')) IN ({AGAIN})""".format(of_us=of_us(lately)),
        asked_since=bounds["starts_at"],
        **_asked(lately),
    )
    by_person: dict[Person, list[Row]] = {}
    for row in rows:
        by_person.setdefault(Person(row["community"], row["author"]), []).append(row)
    return sorted(
        map(_asker, by_person.values()),
        key=lambda each: (-each.questions, -each.latest.at.timestamp(), each.latest.url),
    )


def _asker(rows: Iterable[Row]) -> Asker:
    said = list(rows)
    return Asker(
        latest=max(map(voice_from, said), key=lambda each: (each.at, each.url)),
        questions=len({row["conversation_id"] for row in said}),
        answered=len({row["conversation_id"] for row in said if row["reply_state"] == "answered"}),
    )


def _named(voices: Iterable[Voice], unnamed: frozenset[Person]) -> tuple[Voice, ...]:
    return tuple(each for each in voices if each.person not in unnamed)[:LISTED_AT_MOST]


def _asked(bounds: Bounds) -> Bounds:
    kinds = {"praise": Kind.PRAISE.value, "complaint": Kind.COMPLAINT.value}
    return bounds | kinds | {"by_users": Pillar.USER_INITIATED.value}


def voice_from(row: Row) -> Voice:
    """Return a row of SPOKEN, with `kind` and `noticed_at`."""
    return Voice(
        person=Person(row["community"], row["author"]),
        kind=Kind(row["kind"]),
        title=row["title"] or row["text"],
        text=" ".join((row["text"] or row["title"]).split()),
        url=row["url"],
        at=read_stamp(row["at"]),
        heard_at=read_stamp(row["noticed_at"]),
        score=int(row["score"]),
    )
