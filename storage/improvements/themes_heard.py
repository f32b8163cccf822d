"""How many people spoke of each theme, and what they said."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from engagement.digest.voices import Person as Named
from engagement.improvements.asked_for import Person
from engagement.improvements.themes import (
    COUNTED,
    REMEMBERED,
    Improving,
    SaidOfTheme,
    Spoken,
    Theme,
    ThemeHeard,
    count_by_people,
    improving_from,
    in_order,
)
from engagement.post import Post
from storage.conversations.mentions import DECIDED_IN
from storage.database import Tx
from storage.digest.unlisted import unlisted_of
from storage.improvements.improvements import standing_improvement
from storage.improvements.themes import STANDING, themes_of
from storage.listening.posts import stored_post_from
from storage.stamps import read_stamp, stamp

# The newest of four weeks are enough to see what people keep coming back to.
READ_AT_MOST: Final = 600
# Of each theme, in the thread of the digest.
EXAMPLES: Final = 2

# What people wrote about us that stands: counted as the week's mentions are, without what we wrote ourselves.
BY_PEOPLE: Final = """mention.before_start = 0 AND mention.pillar <> 'provider-initiated'
  AND conversation.dismissed_by = '' AND conversation.mute_id = 0 AND conversation.unsure = 0"""
SPOKEN: Final = f"""SELECT of_theme.theme_id, post.community, post.author,
    CASE WHEN post.author = '' THEN mention.id ELSE 0 END AS nobody,
    MIN(of_theme.noticed_at) AS first_at, MAX(of_theme.noticed_at) AS last_at, COUNT(*) AS mentions,
    SUM(CASE WHEN mention.kind = 'praise' THEN 1 ELSE 0 END) AS praises
  FROM theme JOIN mention_theme AS of_theme
    ON of_theme.theme_id = theme.id AND of_theme.noticed_at >= :since AND of_theme.noticed_at < :ends_at
  JOIN mention ON mention.id = of_theme.mention_id
  JOIN conversation ON {DECIDED_IN}
  JOIN post ON post.id = mention.post_id
  WHERE {STANDING} AND {BY_PEOPLE}
  GROUP BY of_theme.theme_id, post.community, post.author, CASE WHEN post.author = '' THEN mention.id ELSE 0 END"""  # noqa: S608 - constants only


def themes_heard(tx: Tx, workspace_id: str, *, starts_at: datetime, ends_at: datetime) -> list[ThemeHeard]:
    """Return the themes of which anybody spoke in the four weeks up to `ends_at`, in the order they are told.

    New is who spoke of one in [starts_at, ends_at) and not in the weeks before, as far back as is remembered.
    """
    spoken = _spoken(tx, workspace_id, ends_at=ends_at)
    counts = {each.theme_id: each for each in count_by_people(spoken, starts_at=starts_at, ends_at=ends_at)}
    return in_order(
        ThemeHeard(
            theme_id=theme.id,
            name=theme.name,
            people=counts[theme.id].people,
            new=counts[theme.id].new,
            fans=counts[theme.id].fans,
            improving=improving_of(tx, theme),
        )
        for theme in themes_of(tx, workspace_id)
        if theme.id in counts
    )


def as_decided_now(tx: Tx, workspace_id: str, told: Sequence[ThemeHeard]) -> tuple[ThemeHeard, ...]:
    """Return themes as they were counted, with what has been decided about them by now."""
    themes = {theme.id: theme for theme in themes_of(tx, workspace_id)}
    return tuple(
        replace(each, improving=improving_of(tx, themes[each.theme_id])) if each.theme_id in themes else each
        for each in told
    )


def improving_of(tx: Tx, theme: Theme) -> Improving | None:
    """Return what was decided about a theme, None while nothing was."""
    improvement = standing_improvement(tx, theme.improvement_id)
    return improving_from(improvement) if improvement else None


def _spoken(tx: Tx, workspace_id: str, *, ends_at: datetime) -> list[Spoken]:
    rows = tx.all(SPOKEN, workspace_id=workspace_id, since=stamp(ends_at - REMEMBERED), ends_at=stamp(ends_at))
    return [
        Spoken(
            theme_id=row["theme_id"],
            person=(row["community"], row["author"], row["nobody"]),
            first_at=read_stamp(row["first_at"]),
            last_at=read_stamp(row["last_at"]),
            mentions=row["mentions"],
            praises=int(row["praises"]),
        )
        for row in rows
    ]


def examples_of(tx: Tx, workspace_id: str, heard: Sequence[ThemeHeard], *, ends_at: datetime) -> tuple[ThemeHeard, ...]:
    """Return themes with the newest that was said of each, without whom the workspace does not name."""
    unlisted = unlisted_of(tx, workspace_id)
    return tuple(replace(each, said=_said_of(tx, each.theme_id, unlisted, ends_at=ends_at)) for each in heard)


def _said_of(tx: Tx, theme_id: int, unlisted: frozenset[Named], *, ends_at: datetime) -> tuple[SaidOfTheme, ...]:
    # More than are shown, because some may be of people who are not named, or of one person.
    rows = tx.all(
        f"""SELECT mention.post_id, post.* FROM mention_theme AS of_theme
            JOIN mention ON mention.id = of_theme.mention_id
            JOIN conversation ON {DECIDED_IN} JOIN post ON post.id = mention.post_id
            WHERE of_theme.theme_id = :id AND of_theme.noticed_at >= :since AND of_theme.noticed_at < :ends_at
              AND post.withdrawn_at IS NULL AND {BY_PEOPLE}
            ORDER BY of_theme.noticed_at DESC, of_theme.mention_id DESC LIMIT :limit""",  # noqa: S608 - constants only
        id=theme_id,
        since=stamp(ends_at - COUNTED),
        ends_at=stamp(ends_at),
        limit=EXAMPLES * 5,
    )
    posts = [stored_post_from(row).post for row in rows]
    by_person = {(post.community, post.author or post.url): post for post in reversed(posts)}
    named = [post for post in reversed(by_person.values()) if Named(post.community, post.author) not in unlisted]
    return tuple(
        SaidOfTheme(title=post.title or post.text, url=post.url, community=post.community) for post in named[:EXAMPLES]
    )


def newest_said(tx: Tx, workspace_id: str, *, since: datetime) -> list[tuple[Person, Post]]:
    """Return who wrote what about us since then, the newest READ_AT_MOST."""
    rows = tx.all(
        f"""SELECT mention.id AS mention_id, mention.post_id, post.* FROM mention
            JOIN conversation ON {DECIDED_IN} JOIN post ON post.id = mention.post_id
            WHERE mention.workspace_id = :workspace_id AND mention.noticed_at >= :since AND {BY_PEOPLE}
            ORDER BY mention.noticed_at DESC, mention.id DESC LIMIT :limit""",  # noqa: S608 - constants only
        workspace_id=workspace_id,
        since=stamp(since),
        limit=READ_AT_MOST,
    )
    posts = [(row["mention_id"], stored_post_from(row).post) for row in rows]
    return [((post.community, post.author, 0 if post.author else number), post) for number, post in posts]
