"""`/ears query`: what each watch is found by, and what another query would have found in the last weeks."""

import asyncio
import html
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from engagement.understanding.query import printed
from engagement.understanding.replay import LOOKED_BACK, Judged, Replay, replay
from engagement.watch import Terms, Watch
from handlers.commands.asked import Asked
from handlers.views.blocks import Message
from handlers.views.help import say_expected
from handlers.views.understanding.queries import draw_queries, draw_replay, say_mistake, say_which_watch
from storage.database import Database
from storage.listening.watches import watches_of
from storage.understanding.replays import heard_lately
from triage.match import Matcher, mistake_in, query_of
from triage.query_parse import BadQuery, parse_query

POSTS_AT_MOST: Final = 5_000
# Somebody waits for the answer, and a pattern may take its time.
SECONDS: Final = 2.0
AT_ONCE: Final = 50


async def answer_query(db: Database, asked: Asked) -> Message:
    """List the queries as they are; behind `test`, try another one and change nothing."""
    watches = await db.read(lambda tx: watches_of(tx, asked.workspace_id))
    word, _, rest = asked.rest.partition(" ")
    if not asked.rest or not watches:
        mistakes = {watch.id: mistake for watch in watches if (mistake := mistake_in(watch.terms))}
        queries = [(watch, _typed(watch.terms)) for watch in watches]
        return draw_queries(queries, command=asked.command, mistakes=mistakes)
    if word.lower() != "test" or not rest.strip():
        return say_expected(asked.command, "query", "nothing, or test and a query", "query test tide NEAR/10 wiki")
    # Slack writes < and > as entities in what people type.
    watch, typed = watch_meant(watches, html.unescape(rest.strip()))
    if watch is None:
        return say_which_watch([each.name for each in watches], command=asked.command)
    read = parse_query(typed)
    if isinstance(read, BadQuery):
        return say_mistake(typed, read.problem, character=read.character)
    since = asked.now - LOOKED_BACK
    heard = await db.read(lambda tx: heard_lately(tx, watch, since=since, limit=POSTS_AT_MOST))
    found = await asyncio.to_thread(_replay, heard, watch.terms, replace(watch.terms, query=typed))
    return draw_replay(watch, typed, found)


def _typed(terms: Terms) -> str:
    query = query_of(terms)
    return terms.query or (printed(query) if query is not None else "")


def watch_meant(watches: Sequence[Watch], typed: str) -> tuple[Watch | None, str]:
    """Return the watch that a query is for, and the query: the only one, or the one named in front of a colon."""
    for watch in sorted(watches, key=lambda each: -len(each.name)):
        if typed.casefold().startswith(f"{watch.name.casefold()}: "):
            return watch, typed[len(watch.name) + 1 :].strip()
    return (watches[0] if len(watches) == 1 else None), typed


def _replay(heard: Sequence[Judged], before: Terms, after: Terms) -> Replay:
    was, is_ = Matcher({1: before}), Matcher({1: after})
    newest = sorted(heard, key=lambda each: -each.stored.id)
    return replay(_in_time(newest), lambda post: bool(was.matches(post)), lambda post: bool(is_.matches(post)))


def _in_time(heard: Sequence[Judged]) -> Iterator[Judged]:
    """Yield posts, newest first, until the time is over."""
    ends = time.monotonic() + SECONDS
    for number, each in enumerate(heard):
        if number % AT_ONCE == 0 and time.monotonic() > ends:
            return
        yield each
