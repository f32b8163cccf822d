"""Who changed what of the settings, a page at a time: of one watch or theme, of a topic, or of all."""

from collections.abc import Iterable, Sequence
from typing import Final

from engagement.records.history import Line
from engagement.records.lookup import JOINS, OF_TOPIC, About, Lookup, Topic, Turn, Turns, page_of
from storage.batches import rows_where
from storage.calm.mutes import find_mute
from storage.conversations.cards import find_card
from storage.database import Tx
from storage.improvements.improvements import titles_of
from storage.records.history import OF_SETTINGS, line_from
from storage.records.pages import page_of_lines
from storage.team.labels import place_of

LABELLED: Final = f"{OF_SETTINGS} AND history.act = 'label' AND history.object IN ('person', 'source')"


def find_lines(tx: Tx, workspace_id: str, about: About, turn: Turn | None = None) -> Lookup:
    """Return a page of what was changed; empty for what is not there, or another workspace's."""
    if about.topic is Topic.LABELS_HERE:
        lines, turns = _labels_here(tx, workspace_id, about.number, turn)
    else:
        condition, values = _condition(about)
        rows, turns = page_of_lines(tx, condition, turn, workspace_id=workspace_id, **values)
        lines = [line_from(row) for row in rows]
    return Lookup(lines=tuple(lines), turns=turns, names=_names_in(tx, workspace_id, about, lines))


def _condition(about: About) -> tuple[str, dict[str, object]]:
    """Return which lines are meant, and the values that it names beside the workspace."""
    if about.topic not in OF_TOPIC:
        one = "FROM history WHERE history.object = :object AND history.object_id = :number"
        values: dict[str, object] = {"object": about.topic.value, "number": about.number}
        return f"{one} AND history.workspace_id = :workspace_id", values
    kinds = [
        f"history.object = '{object_}'" + (f" AND history.act IN ({', '.join(map(repr, acts))})" if acts else "")
        for object_, acts in OF_TOPIC[about.topic].items()
    ]
    among = f" AND ({' OR '.join(f'({each})' for each in kinds)})" if kinds else ""
    return f"{OF_SETTINGS}{among}", {}


def _labels_here(tx: Tx, workspace_id: str, conversation_id: int, turn: Turn | None) -> tuple[list[Line], Turns]:
    """Return what was changed about the labels of who opened a conversation, and of its place."""
    card = find_card(tx, conversation_id)
    if card is None or card.conversation.workspace_id != workspace_id:
        return [], Turns()
    post = card.opening.stored.post
    place = place_of(tx, workspace_id, card.opening.stored.id)
    who = (post.community, post.author)

    def is_here(line: Line) -> bool:
        if line.object == "source":
            return place is not None and line.number == place.source_id
        return (line.after.get("community"), line.after.get("author")) == who

    # People have no number of their own; what a team labels by hand is soon gone through.
    rows = tx.all(f"SELECT history.* {LABELLED} ORDER BY history.id DESC", workspace_id=workspace_id)
    return page_of([(line.id, line) for line in map(line_from, rows) if is_here(line)], turn)


# ---- what things are called ----------------------------------------------------------------------------------------


def _names_in(tx: Tx, workspace_id: str, about: About, lines: Sequence[Line]) -> dict[tuple[str, int], str]:
    """Return what things are called that a page names by their numbers."""
    watches = {*_numbers_in(lines, "watch_id"), *_numbers_in(lines, "approved")}
    watches |= {line.number for line in lines if line.object == "watch" and line.act in JOINS}
    watches |= {about.number} if about.topic is Topic.WATCH else set()
    themes = {about.number} if about.topic is Topic.THEME else set()
    improvements = titles_of(tx, set(_numbers_in(lines, "improvement_id")))
    threads = {
        number: mute.title
        for number in {line.number for line in lines if line.object == "mute"}
        if (mute := find_mute(tx, number)) and mute.title
    }
    return {
        **{("watch", number): name for number, name in _named(tx, workspace_id, "watch", watches)},
        **{("theme", number): name for number, name in _named(tx, workspace_id, "theme", themes)},
        **{("improvement", number): title for number, title in improvements.items()},
        **{("mute", number): title for number, title in threads.items()},
    }


def _named(tx: Tx, workspace_id: str, table: str, numbers: Iterable[int]) -> list[tuple[int, str]]:
    sql = f"SELECT id, name FROM {table} WHERE workspace_id = :workspace_id AND id IN ({{wanted}})"  # noqa: S608 - our own tables
    return [(row["id"], row["name"]) for row in rows_where(tx, sql, sorted(numbers), workspace_id=workspace_id)]


def _numbers_in(lines: Sequence[Line], fact: str) -> list[int]:
    found = [facts.get(fact) for line in lines for facts in (line.before, line.after)]
    listed = [each for one in found for each in (one if isinstance(one, list) else [one])]
    return [int(each) for each in listed if isinstance(each, int | str) and str(each).isdecimal() and int(each)]
