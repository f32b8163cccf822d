"""The themes of a workspace: made, changed and ended by people; ended ones stay for the history."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from engagement.improvements.themes import REMEMBERED, THEMES_AT_MOST, Theme
from storage.database import Row, Tx, count, the_row
from storage.records.history import write_history
from storage.stamps import dump_list, load_list, stamp

STANDING = "theme.workspace_id = :workspace_id AND theme.ended_at = ''"


class ThemeSaved(StrEnum):
    """What became of a theme that somebody saved."""

    SAVED = "saved"
    TAKEN = "another has this name"
    OUTDATED = "somebody changed it before"
    FULL = "there are as many as there may be"


def themes_of(tx: Tx, workspace_id: str) -> list[Theme]:
    """Return the themes that are looked for, in alphabetical order."""
    sql = f"SELECT * FROM theme WHERE {STANDING} ORDER BY folded"  # noqa: S608 - constants only
    rows = tx.all(sql, workspace_id=workspace_id)
    return [_theme_from(row) for row in rows]


def themes_in(tx: Tx, mention_id: int) -> tuple[str, ...]:
    """Return what the themes are called that a mention speaks of, in alphabetical order."""
    rows = tx.all(
        """SELECT theme.name FROM mention_theme JOIN theme ON theme.id = mention_theme.theme_id
           WHERE mention_theme.mention_id = :mention_id AND theme.ended_at = '' ORDER BY theme.folded""",
        mention_id=mention_id,
    )
    return tuple(row["name"] for row in rows)


def find_theme(tx: Tx, workspace_id: str, theme_id: int) -> Theme | None:
    """Return a theme that is looked for, None where the workspace has none of that number."""
    sql = f"SELECT * FROM theme WHERE {STANDING} AND id = :id"  # noqa: S608 - constants only
    row = tx.one(sql, workspace_id=workspace_id, id=theme_id)
    return _theme_from(row) if row else None


def hold_theme(tx: Tx, workspace_id: str, theme_id: int) -> Theme | None:
    """Return a theme, as `find_theme` does, that nobody else changes until the transaction ends."""
    row = _hold(tx, workspace_id, theme_id)
    return _theme_from(row) if row else None


def _hold(tx: Tx, workspace_id: str, theme_id: int) -> Row | None:
    sql = f"UPDATE theme SET version = version WHERE {STANDING} AND id = :id RETURNING *"  # noqa: S608 - constants only
    return tx.one(sql, workspace_id=workspace_id, id=theme_id)


def save_theme(tx: Tx, workspace_id: str, wanted: Theme, *, by: str, at: datetime) -> ThemeSaved:
    """Add a theme, or change the one of its number from its version; the mentions of twelve weeks are read for it.

    What was decided about a theme stays. One that was ended begins anew under its name.
    """
    namesake = tx.one(
        "SELECT * FROM theme WHERE workspace_id = :workspace_id AND folded = :folded",
        workspace_id=workspace_id,
        folded=wanted.name.casefold(),
    )
    if namesake and namesake["id"] != wanted.id and not namesake["ended_at"]:
        return ThemeSaved.TAKEN
    if wanted.id:
        return _change(tx, workspace_id, wanted, namesake, by=by, at=at)
    if count(tx, f"FROM theme WHERE {STANDING}", workspace_id=workspace_id) >= THEMES_AT_MOST:
        return ThemeSaved.FULL
    row = the_row(
        tx,
        """INSERT INTO theme (workspace_id, name, folded, phrases) VALUES (:workspace_id, :name, :folded, :phrases)
           ON CONFLICT (workspace_id, folded) DO UPDATE SET name = excluded.name, phrases = excluded.phrases,
             improvement_id = 0, ended_at = '', version = theme.version + 1 RETURNING id""",
        workspace_id=workspace_id,
        **_values(wanted),
    )
    _read_anew(tx, workspace_id, at=at)
    _note(tx, workspace_id, row["id"], "theme", before=namesake, by=by, at=at)
    return ThemeSaved.SAVED


def _change(tx: Tx, workspace_id: str, wanted: Theme, namesake: Row | None, *, by: str, at: datetime) -> ThemeSaved:
    before = _hold(tx, workspace_id, wanted.id)
    if before is None or before["version"] != wanted.version:
        return ThemeSaved.OUTDATED
    if namesake and namesake["id"] != wanted.id:
        # An ended one makes room: its number tells it apart.
        tx.run("UPDATE theme SET folded = folded || ' #' || CAST(id AS TEXT) WHERE id = :id", id=namesake["id"])
    tx.run(
        "UPDATE theme SET name = :name, folded = :folded, phrases = :phrases, version = version + 1 WHERE id = :id",
        id=wanted.id,
        **_values(wanted),
    )
    if dump_list(wanted.phrases) != before["phrases"]:
        _read_anew(tx, workspace_id, at=at)
    _note(tx, workspace_id, wanted.id, "theme", before=before, by=by, at=at)
    return ThemeSaved.SAVED


def end_theme(tx: Tx, workspace_id: str, drawn: Theme, *, by: str, at: datetime) -> ThemeSaved:
    """Look for a theme no more; `drawn` is how the form showed it."""
    before = _hold(tx, workspace_id, drawn.id)
    if before is None or before["version"] != drawn.version:
        return ThemeSaved.OUTDATED
    tx.run("UPDATE theme SET ended_at = :at, version = version + 1 WHERE id = :id", id=drawn.id, at=stamp(at))
    tx.run("DELETE FROM mention_theme WHERE theme_id = :id", id=drawn.id)
    _note(tx, workspace_id, drawn.id, "end theme", before=before, by=by, at=at)
    return ThemeSaved.SAVED


def import_theme(tx: Tx, workspace_id: str, wanted: Theme, *, at: datetime) -> ThemeSaved:
    """Have a theme from a file: a new one, or in place of the one of its name."""
    for standing in themes_of(tx, workspace_id):
        if standing.name.casefold() == wanted.name.casefold():
            if (standing.name, standing.phrases) == (wanted.name, wanted.phrases):
                return ThemeSaved.SAVED
            wanted = replace(wanted, id=standing.id, version=standing.version)
    return save_theme(tx, workspace_id, wanted, by="", at=at)


def settle_theme(tx: Tx, workspace_id: str, theme: Theme, improvement_id: int, *, by: str, at: datetime) -> bool:
    """Note which improvement was decided on because of a theme; False where somebody changed the theme since."""
    changed = tx.run(
        """UPDATE theme SET improvement_id = :improvement_id, version = version + 1
           WHERE id = :id AND version = :version AND ended_at = ''""",
        id=theme.id,
        version=theme.version,
        improvement_id=improvement_id,
    )
    if changed:
        write_history(
            tx,
            workspace_id=workspace_id,
            object_="theme",
            object_id=theme.id,
            act="decide",
            actor=by,
            at=at,
            before={"name": theme.name, "improvement_id": theme.improvement_id},
            after={"name": theme.name, "improvement_id": improvement_id},
        )
    return bool(changed)


def _read_anew(tx: Tx, workspace_id: str, *, at: datetime) -> None:
    """Have the mentions of as many weeks as are counted read for the themes of today."""
    tx.run(
        """INSERT INTO mention_without_themes (mention_id) SELECT mention.id FROM mention
           WHERE mention.workspace_id = :workspace_id AND mention.noticed_at >= :since
           ON CONFLICT (mention_id) DO NOTHING""",
        workspace_id=workspace_id,
        since=stamp(at - REMEMBERED),
    )


def _values(theme: Theme) -> dict[str, str]:
    return {"name": theme.name, "folded": theme.name.casefold(), "phrases": dump_list(theme.phrases)}


def _theme_from(row: Row) -> Theme:
    return Theme(
        id=row["id"],
        name=row["name"],
        phrases=load_list(row["phrases"]),
        improvement_id=row["improvement_id"],
        version=row["version"],
    )


def _note(tx: Tx, workspace_id: str, theme_id: int, act: str, *, before: Row | None, by: str, at: datetime) -> None:
    after = the_row(tx, "SELECT * FROM theme WHERE id = :id", id=theme_id)
    write_history(
        tx,
        workspace_id=workspace_id,
        object_="theme",
        object_id=theme_id,
        act=act,
        actor=by,
        at=at,
        before=_facts(before) if before else None,
        after=_facts(after),
    )


def _facts(row: Row) -> dict[str, object]:
    """Return the columns of `theme` that people decide about."""
    return {
        "name": row["name"],
        "phrases": list(load_list(row["phrases"])),
        "improvement_id": row["improvement_id"],
        "ended_at": row["ended_at"],
    }
