"""Rows of what a team has taught."""

from builders import TEAM
from listening import watch_for


def add_word(tx, word):
    tx.run(
        "INSERT INTO learned_word (workspace_id, word, means, corrections) VALUES (:team, :word, 'good', 3)",
        team=TEAM,
        word=word,
    )


def add_preference(tx, kind, tag, community):
    tx.run(
        """INSERT INTO preference (workspace_id, community, kind, tag, choices)
           VALUES (:team, :community, :kind, :tag, 9)""",
        team=TEAM,
        community=community,
        kind=kind,
        tag=tag,
    )


def add_beside(tx, word, is_us):
    watch = watch_for(tx, "Apollo")
    tx.run(
        """INSERT INTO learned_beside (workspace_id, watch_id, word, is_us, posts)
           VALUES (:team, :watch_id, :word, :is_us, 3)""",
        team=TEAM,
        watch_id=watch.id,
        word=word,
        is_us=is_us,
    )
