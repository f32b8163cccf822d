"""What we wrote anywhere, gone through by number for the name and the addresses of a person who is forgotten.

A few hundred rows at a time, so that nobody waits for the writer; whoever broke it off goes on behind the last number.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from engagement.dataclass import dataclass
from engagement.records.forgotten import Erasure, addresses_in
from engagement.records.still_named import SettingKind
from engagement.sending.outbox import MessageKind
from engagement.team.handles import bare_handle
from storage.batches import rows_where
from storage.database import Row, Tx, assigned
from storage.records.forgotten_rows import OF_IMPROVEMENT, forget_in_conversations, rewrite
from storage.records.history import read_facts
from storage.records.still_named import still_named
from storage.sending.messages import mark_stale
from storage.sending.redraws import redraw_conversation, redraw_improvement
from storage.stamps import dump_list, load_list

# In which history the facts say themselves whose they are.
ABOUT_SOMEBODY: Final = frozenset({"person", "mute"})
# What the history keeps of what is not a setting; the rest is, and stays as its setting does.
NO_SETTINGS: Final = frozenset({"conversation", "draft", "improvement", "card", "brake", "rollup", "teammate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgetting:
    """Somebody who is being forgotten: what is taken out, who asked for it, and when."""

    erasure: Erasure
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """One table: so many rows at a time, of each these `columns`; `clean` does the rest."""

    table: str
    columns: Sequence[str]
    at_once: int
    clean: Callable[[Tx, Sequence[Row], Forgetting], None]


def walk_on(tx: Tx, walk: Walk, forgetting: Forgetting, *, after: int) -> int | None:
    """Clean the next rows behind the number `after`, and return the last of them; None where there are no more."""
    rows = tx.all(
        f"SELECT id, {', '.join(walk.columns)} FROM {walk.table} WHERE id > :after ORDER BY id LIMIT :limit",  # noqa: S608 - our own names
        after=after,
        limit=walk.at_once,
    )
    walk.clean(tx, rows, _with_addresses(tx, rows, walk.columns, forgetting))
    return int(rows[-1]["id"]) if rows else None


def _with_addresses(tx: Tx, rows: Sequence[Row], columns: Sequence[str], forgetting: Forgetting) -> Forgetting:
    """Return the forgetting with those of their addresses that stand in these rows: they may have thousands."""
    texts = (row[name] for row in rows for name in columns if isinstance(row[name], str))
    standing = set().union(*map(addresses_in, texts))
    theirs = rows_where(tx, "SELECT url FROM forgetting_address WHERE url IN ({wanted})", sorted(standing))
    urls = frozenset(row["url"] for row in theirs)
    return replace(forgetting, erasure=replace(forgetting.erasure, urls=urls)) if urls else forgetting


def _conversations(tx: Tx, rows: Sequence[Row], forgetting: Forgetting) -> None:
    """Take them out as who answered for us, and out of why something was put aside, and where we answered."""
    erasure = forgetting.erasure
    who = (erasure.community, erasure.author)
    helped = [row["id"] for row in rows if (row["community"], row["helper"]) == who]
    forget_in_conversations(tx, helped, erasure, by=forgetting.by, at=forgetting.at)
    for row in rows:
        words = {
            "snooze_reason": erasure.out_of_others(row["snooze_reason"]),
            "answer_url": erasure.out_of_others_address(row["answer_url"]),
        }
        if row["id"] not in helped and not _store(tx, "conversation", row, words):
            continue
        redraw_conversation(tx, row["id"])


def _drafts(tx: Tx, rows: Sequence[Row], forgetting: Forgetting) -> None:
    out_of = forgetting.erasure.out_of_others
    for row in rows:
        passed = dump_list(map(out_of, load_list(row["passed"])))
        if _store(tx, "draft", row, {"text": out_of(row["text"]), "note": out_of(row["note"]), "passed": passed}):
            mark_stale(tx, MessageKind.DRAFT, str(row["id"]))
            mark_stale(tx, MessageKind.JUDGED, str(row["id"]))


def _said(tx: Tx, rows: Sequence[Row], forgetting: Forgetting) -> None:
    erasure = forgetting.erasure
    for row in rows:
        words = {"text": erasure.out_of_others(row["text"]), "url": erasure.out_of_others_address(row["url"])}
        _store(tx, "said_in_public", row, words)


def _improvements(tx: Tx, rows: Sequence[Row], forgetting: Forgetting) -> None:
    for row in rows:
        words = {name: row[name] for name in OF_IMPROVEMENT}
        if _store(tx, "improvement", row, forgetting.erasure.out_of_typed(words, about_them=False)):
            redraw_improvement(tx, row["id"])


def _history(tx: Tx, rows: Sequence[Row], forgetting: Forgetting) -> None:
    """Clean the lines of everything: of a setting, unless it has the name in it still."""
    erasure = forgetting.erasure
    name = bare_handle(erasure.author)
    needles = (name, json.dumps(name, ensure_ascii=False)[1:-1], *(url.casefold() for url in erasure.urls))
    stands: set[tuple[SettingKind, int]] | None = None
    for row in rows:
        text = f"{row['before_facts']}{row['after_facts']}".casefold()
        if not any(needle in text for needle in needles):
            continue
        if stands is None:
            stands = {(each.kind, each.number) for each in still_named(tx, erasure)}
        is_setting = row["object"] not in NO_SETTINGS
        if is_setting and (row["object"], row["object_id"]) in stands:
            continue
        facts = [read_facts(row[column]) for column in ("before_facts", "after_facts")]
        before, after = (_cleaned(each, row["object"], erasure, is_setting=is_setting) for each in facts)
        rewrite(tx, row, before, after, erasure)


def _cleaned(facts: dict[str, Any], object_: str, erasure: Erasure, *, is_setting: bool) -> object:
    if object_ not in ABOUT_SOMEBODY:
        return erasure.out_of_typed(facts, about_them=is_setting)
    typed: dict[str, object] = {}
    if facts.get("labels"):
        typed["labels"] = [erasure.out_of_others(each) for each in facts["labels"]]
    if facts.get("value"):
        # What a noise list had; one that still has it was passed over.
        typed["value"] = erasure.out_of(facts["value"])
    return erasure.out_of_facts(facts | typed)


def _reports(tx: Tx, rows: Sequence[Row], forgetting: Forgetting) -> None:
    """Have no digest quote them, nor say what they wrote."""
    erasure = forgetting.erasure
    for row in rows:
        told = json.loads(row["report"])
        line = told.get("line")
        if isinstance(line, dict) and (line.get("community"), line.get("author")) == (
            erasure.community,
            erasure.author,
        ):
            told["line"] = None
        report = json.dumps(erasure.out_of_facts(told), ensure_ascii=False)
        _store(tx, "digest", row, {"report": report})


def _store(tx: Tx, table: str, row: Row, values: Mapping[str, object]) -> bool:
    """Store what of a row is another now; return whether anything is."""
    changed = {name: value for name, value in values.items() if row[name] != value}
    if changed:
        tx.run(f"UPDATE {table} SET {assigned(changed)} WHERE id = :id", id=row["id"], **changed)  # noqa: S608 - our own names
    return bool(changed)


# In this order; a name is the step's in the row of a forgetting.
WALKS: Final[Mapping[str, Walk]] = {
    walk.table: walk
    for walk in (
        Walk(
            table="conversation",
            columns=("community", "helper", "snooze_reason", "answer_url"),
            at_once=1_000,
            clean=_conversations,
        ),
        Walk(table="draft", columns=("text", "note", "passed"), at_once=500, clean=_drafts),
        Walk(table="said_in_public", columns=("text", "url"), at_once=500, clean=_said),
        Walk(table="improvement", columns=OF_IMPROVEMENT, at_once=500, clean=_improvements),
        Walk(
            table="history",
            columns=("object", "object_id", "before_facts", "after_facts"),
            at_once=1_000,
            clean=_history,
        ),
        Walk(table="digest", columns=("report",), at_once=10, clean=_reports),
    )
}
