"""Where a team's own settings name somebody: by what it listens for above all, which only the team may change."""

from collections.abc import Iterable, Mapping
from typing import Final

from engagement.digest.voices import Person
from engagement.records.forgotten import Erasure
from engagement.records.still_named import SettingKind, StillNamed
from storage.database import Row, Tx
from storage.listening.sources import IN_USE
from storage.records.history import IS_OF_SETTINGS

# The columns in which people type something, by table; {name} is what the setting is called.
TYPED: Final[Mapping[SettingKind, tuple[str, tuple[str, ...]]]] = {
    SettingKind.WATCH: (
        "SELECT * FROM watch WHERE stopped_at IS NULL",
        ("name", "names", "excluded", "near", "query", "handles", "site"),
    ),
    SettingKind.THEME: ("SELECT * FROM theme WHERE ended_at = ''", ("name", "folded", "phrases")),
    SettingKind.LABEL: ("SELECT * FROM label", ("name", "folded")),
    SettingKind.NOISE: ("SELECT *, value AS name FROM mute WHERE ended_at IS NULL AND value <> ''", ("value",)),
    SettingKind.TEAMMATE: ("SELECT * FROM teammate", ("name",)),
}
GUIDE: Final = ("sounds_like", "banned", "disclosing")
RULES: Final = ("community", "folded", "wording")
PLACES: Final = f"SELECT id, name, url, community FROM source WHERE {IN_USE}"  # noqa: S608 - constants only
ADDRESSES: Final = ("name", "url", "community")


def settings_naming(tx: Tx, person: Person, *, workspace_id: str = "") -> list[StillNamed]:
    """Return the settings, of a workspace or of all, that name somebody: for the team to look at."""
    erasure = Erasure(community=person.community, author=person.author, number=0)
    return still_named(tx, erasure, workspace_id=workspace_id)


def still_named(tx: Tx, erasure: Erasure, *, workspace_id: str = "") -> list[StillNamed]:
    """Return the settings in which the name stands, of one workspace or of all; places are of all."""
    found = [
        StillNamed(workspace_id=row["workspace_id"], kind=kind, number=row["id"], name=row["name"])
        for kind, (sql, columns) in TYPED.items()
        for row in tx.all(f"{sql} ORDER BY id")
        if _names_them(row, columns, erasure)
    ]
    for sql, columns in (("SELECT * FROM voice_guide", GUIDE), ("SELECT * FROM voice_community", RULES)):
        found += [
            StillNamed(workspace_id=row["workspace_id"], kind=SettingKind.VOICE, number=0, name="")
            for row in tx.all(f"{sql} ORDER BY workspace_id")
            if _names_them(row, columns, erasure)
        ]
    found += [
        StillNamed(workspace_id="", kind=SettingKind.PLACE, number=row["id"], name=row["name"])
        for row in tx.all(f"{PLACES} ORDER BY id")
        if any(erasure.is_told_by(row[column]) for column in ADDRESSES)
    ]
    return [each for each in dict.fromkeys(found) if workspace_id in ("", each.workspace_id) or not each.workspace_id]


def teams_whose_history_names(tx: Tx, person: Person) -> list[str]:
    """Return the workspaces in whose changes of settings a name stands that no setting has any more, or any still."""
    erasure = Erasure(community=person.community, author=person.author, number=0)
    lines = tx.all(
        f"""SELECT workspace_id, before_facts, after_facts FROM history
            WHERE workspace_id IN (SELECT id FROM workspace) AND {IS_OF_SETTINGS} ORDER BY workspace_id, id"""  # noqa: S608 - constants only
    )
    named = (row["workspace_id"] for row in lines if erasure.is_in(f"{row['before_facts']} {row['after_facts']}"))
    return list(dict.fromkeys(named))


def _names_them(row: Row, columns: Iterable[str], erasure: Erasure) -> bool:
    return any(erasure.is_in(row[name]) for name in columns)
