"""Stored queries that cannot be read (any more): said where watches are listed, and once in the watch's channel."""

from datetime import datetime

from engagement.sending.outbox import MessageKind
from engagement.watch import Watch
from storage.database import Tx
from storage.listening.watches import all_watches, watches_of
from storage.sending.messages import queue_message
from triage.match import mistake_in


def bad_queries(tx: Tx, workspace_id: str) -> list[tuple[Watch, str]]:
    """Return the watches whose query cannot be read, each with what is wrong; meanwhile their plain fields count."""
    return [(watch, mistake) for watch in watches_of(tx, workspace_id) if (mistake := mistake_in(watch.terms))]


def tell_bad_queries(tx: Tx, *, at: datetime) -> None:
    """Have each channel told, once, of what is listened for otherwise than somebody wrote.

    Asked at the start: a query is checked before it is saved, so only another version of the bot reads it otherwise.
    """
    watches, _ = all_watches(tx)
    for watch in watches.values():
        if mistake_in(watch.terms):
            queue_message(
                tx,
                workspace_id=watch.workspace_id,
                channel=watch.channel,
                kind=MessageKind.BAD_QUERY,
                subject=str(watch.id),
                part=watch.version,
                at=at,
            )
