"""What a poll leaves behind, in the transaction of its posts: the source's state and health, its host's pace."""

from collections.abc import Iterable
from datetime import datetime

from engagement.listening.habits import Harvest
from engagement.listening.health import are_we_deaf
from engagement.listening.hosts import HostSaid, taught
from engagement.listening.polled import Answer, Failure, adopted, adopted_after_failure, failed, heard
from engagement.listening.source import Source
from engagement.listening.trouble import Cause
from feeds.secrets import without_secrets
from storage.database import Tx
from storage.listening.hosts import find_pace, save_pace
from storage.listening.moves import move_source
from storage.listening.sources import save_poll
from storage.listening.troubles import become_deaf, deaf_since, hear_again, how_silent, record_troubles


def settle_heard(
    tx: Tx, source: Source, answer: Answer, harvest: Harvest, said: Iterable[HostSaid], *, at: datetime
) -> None:
    """Write that the source was heard; `said` is empty for a private host."""
    after = heard(source, answer, harvest, now=at)
    save_poll(tx, source, after)
    record_troubles(tx, source, after, at=at)
    hear_again(tx, at=at)
    keep_paces(tx, said, at=at)
    _move(tx, after, adopted(after, now=at), at=at)


def settle_failed(tx: Tx, source: Source, failure: Failure, said: Iterable[HostSaid], *, at: datetime) -> None:
    """Write that the source was not heard, and notice when nobody is."""
    is_reached = failure.cause is not Cause.NO_ANSWER
    if is_reached:
        hear_again(tx, at=at)
    is_deaf = deaf_since(tx) is not None
    after = failed(source, failure, now=at, is_deaf=is_deaf)
    save_poll(tx, source, after)
    record_troubles(tx, source, after, at=at)
    if not is_deaf and not is_reached:
        silence = how_silent(tx)
        if silence.heard_at and are_we_deaf(silence, now=at):
            become_deaf(tx, since=silence.heard_at, at=at)
    keep_paces(tx, said, at=at)
    _move(tx, after, adopted_after_failure(source, failure), at=at)


def keep_paces(tx: Tx, said: Iterable[HostSaid], *, at: datetime) -> None:
    """Write what hosts said about being asked."""
    for each in said:
        before = find_pace(tx, each.host)
        after = taught(before, each, now=at)
        if after != before:
            save_pace(tx, after)


def _move(tx: Tx, source: Source, url: str, *, at: datetime) -> None:
    if url:
        move_source(tx, source, url, said_from=without_secrets(source.url), said_to=without_secrets(url), at=at)
