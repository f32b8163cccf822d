"""Parsing in a process of its own: what it breaks on costs one source one failure."""

import asyncio
import contextlib
import os
import signal
import sys
from datetime import UTC, datetime
from functools import partial

import anyio
import psutil
import pytest

from feeds.parsing.parsed import Body, Parsed, ParseFailed
from feeds.parsing.reading import parse_body
from feeds.parsing.worker import Parser

URL = "https://feeds.example/feed"
HEAD = "<rss version='2.0'><channel><title>T</title>"
FEED = f"{HEAD}<ttl>30</ttl><item><title>Tidewiki?</title><guid>a</guid></item></channel></rss>".encode()


def is_worker(process):
    # One that an earlier test has ended may be gone before it is asked.
    with contextlib.suppress(psutil.NoSuchProcess):
        return "feeds.parsing.serving" in " ".join(process.cmdline())
    return False


def all_workers():
    return [child for child in psutil.Process().children() if is_worker(child)]


@pytest.fixture
def workers():
    """`workers()` are those the test had started; the parser that the tests share may have had one before."""
    before = all_workers()
    return lambda: [worker for worker in all_workers() if worker not in before]


def run_in_worker(parser, function, *args):
    """Run any function where bodies are parsed, to see what happens to the parser."""
    return parser._run(partial(function, *args))


def eat_memory():
    return len([bytearray(1024 * 1024) for _ in range(100_000)])


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def knows(name):
    return name in os.environ


def is_loaded(name):
    return name in sys.modules


def in_bytes(bodies):
    return [body for body in bodies if type(body.content) is bytes]


def spin():
    while True:
        pass


async def test_a_feed_becomes_posts(parser):
    result = await parser.parse(FEED, "text/xml", URL, "Our blog")

    assert isinstance(result, Parsed)
    assert [(post.title, post.community) for post in result.posts] == [("Tidewiki?", "Our blog")]
    assert (result.title, result.skipped, result.ttl_seconds) == ("T", 0, 1800)


async def test_bodies_of_all_sizes_arrive_as_they_were_sent(parser):
    sizes = (0, 1, 70_000, 3_000_000)
    bodies = [Body(bytes([number]) * size, "text/xml", URL, "", None) for number, size in enumerate(sizes)]

    assert await run_in_worker(parser, in_bytes, bodies) == bodies


async def test_a_page_that_is_no_feed_is_a_reason(parser):
    result = await parser.parse(b"<html><title>Log in</title>", "text/html", URL)

    assert result == ParseFailed(reason="feeds.example answers with a page that says “Log in”")


async def test_the_log_names_the_host_of_a_feed_and_never_its_address(parser, caplog):
    with caplog.at_level("DEBUG", logger="feeds"):
        await parser.parse(b"<html>", "", "https://pat:s3cret@feeds.example/feed?token=s3cret")

    assert [record.host for record in caplog.records] == ["feeds.example"]
    assert "s3cret" not in "".join(str(vars(record)) for record in caplog.records)


async def test_many_bodies_at_once_share_one_worker(start_parser, workers):
    parser = await start_parser()
    results = []

    async def parse():
        results.append(await parser.parse(FEED, "", URL))

    async with anyio.create_task_group() as group:
        for _ in range(20):
            group.start_soon(parse)

    assert all(isinstance(result, Parsed) for result in results)
    assert len(workers()) == 1


async def test_a_stuck_worker_costs_one_failure_and_is_replaced(start_parser, workers):
    parser = await start_parser(seconds=0.5)

    stuck = await run_in_worker(parser, spin)

    assert stuck == ParseFailed(reason="reading the feed took longer than 0.5 seconds")
    assert isinstance(await parser.parse(FEED, "", URL), Parsed)
    assert len(workers()) == 1


async def test_the_worker_ends_with_its_parser(workers):
    async with Parser() as parser:
        await parser.parse(FEED, "", URL)
        (worker,) = workers()

    worker.wait(timeout=5)
    assert not workers()


async def test_the_worker_knows_no_secret_of_ours(parser, monkeypatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-s3cret")

    assert await run_in_worker(parser, knows, "PATH")
    assert not await run_in_worker(parser, knows, "SLACK_BOT_TOKEN")


async def test_what_a_library_prints_is_not_taken_for_an_answer(parser):
    await run_in_worker(parser, print, "hello")

    assert isinstance(await parser.parse(FEED, "", URL), Parsed)


async def test_an_error_in_the_worker_is_raised_here_and_costs_it_nothing(parser):
    with pytest.raises(ZeroDivisionError):
        await run_in_worker(parser, divmod, 1, 0)

    assert isinstance(await parser.parse(FEED, "", URL), Parsed)


async def test_whatever_goes_wrong_on_the_way_is_told_to_whoever_waits(parser):
    with pytest.raises(AttributeError, match="pickle"):
        await parser.parse(FEED, lambda: "no header", URL)

    assert isinstance(await parser.parse(FEED, "", URL), Parsed)


async def test_nothing_is_started_again_once_the_parser_has_ended():
    async with Parser() as parser:
        waiting = asyncio.create_task(parser.parse(FEED, "", URL))
        await asyncio.sleep(0)
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert not parser._worker.is_running


async def test_a_worker_that_dies_costs_one_failure_and_is_replaced(parser):
    assert await run_in_worker(parser, die) == ParseFailed(reason="reading the feed crashed the reader")
    assert isinstance(await parser.parse(FEED, "", URL), Parsed)


async def test_a_worker_that_was_killed_between_two_feeds_costs_nobody_anything(start_parser, workers):
    parser = await start_parser()
    await parser.parse(FEED, "", URL)
    (worker,) = workers()
    worker.kill()
    worker.wait(timeout=5)

    assert isinstance(await parser.parse(FEED, "", URL), Parsed)


async def test_a_feed_that_eats_memory_costs_one_failure(start_parser):
    parser = await start_parser(memory_bytes=200 * 1024 * 1024)

    assert await run_in_worker(parser, eat_memory) == ParseFailed(
        reason="reading the feed takes more memory than it may"
    )
    assert isinstance(await parser.parse(FEED, "", URL), Parsed)


async def test_waiting_for_the_worker_is_not_counted_as_slowness(start_parser):
    parser = await start_parser(seconds=1)
    results = []

    async def parse():
        results.append(await parser.parse(FEED, "", URL))

    async with anyio.create_task_group() as group:
        for _ in range(200):
            group.start_soon(parse)

    assert all(isinstance(result, Parsed) for result in results)


async def test_of_bodies_that_travel_together_only_the_one_that_breaks_the_worker_fails(start_parser):
    """Unclosed items take feedparser a second for every few ten thousand."""
    parser = await start_parser(seconds=1)
    await parser.parse(FEED, "", URL)
    slow = HEAD.encode() + b"<item><title>x" * 200_000
    results = {}

    async def parse(number, body):
        results[number] = await parser.parse(body, "", URL)

    async with anyio.create_task_group() as group:
        for number in range(6):
            group.start_soon(parse, number, slow if number == 3 else FEED)

    assert results.pop(3) == ParseFailed(reason="reading the feed took longer than 1 seconds")
    assert all(isinstance(result, Parsed) for result in results.values())


async def test_who_stops_waiting_takes_nobody_along(parser):
    results = []

    async def parse():
        results.append(await parser.parse(FEED, "", URL))

    async with anyio.create_task_group() as group:
        with anyio.CancelScope() as impatient:
            group.start_soon(parse)
            impatient.cancel()
            await parser.parse(FEED, "", URL)
        for _ in range(5):
            group.start_soon(parse)

    assert len(results) == 6
    assert all(isinstance(result, Parsed) for result in results)
    assert not parser._waiting


def test_an_error_nobody_foresaw_is_a_reason_too():
    result = parse_body(None, "", URL, "", None)

    assert result == ParseFailed(reason="the feed cannot be read (TypeError)")


async def test_what_travels_back_is_what_was_parsed(parser):
    result = parse_body(FEED, "text/xml", URL, "Our blog", None)

    assert await parser.parse(FEED, "text/xml", URL, "Our blog") == result


async def test_feedparser_is_not_loaded_for_feeds_that_need_none_of_it(start_parser):
    parser = await start_parser()
    await parser.parse(FEED, "text/xml", URL)

    assert not await run_in_worker(parser, is_loaded, "feedparser")

    await parser.parse(FEED.removesuffix(b"</rss>"), "text/xml", URL)

    assert await run_in_worker(parser, is_loaded, "feedparser")


async def test_every_worker_is_limited_also_one_that_replaces_another(start_parser, workers):
    parser = await start_parser(memory_bytes=200 * 1024 * 1024)
    await parser.parse(FEED, "", URL)
    (worker,) = workers()
    worker.kill()
    worker.wait(timeout=5)
    await parser.parse(FEED, "", URL)

    (worker,) = workers()
    assert worker.nice() > psutil.Process().nice()
    assert isinstance(await run_in_worker(parser, eat_memory), ParseFailed)


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(10))
ITEM = "<item><title>x</title><guid>{}</guid></item>"
HOSTILE = {
    "entities": f"<!DOCTYPE rss [{ENTITIES}]>{HEAD}<item><title>&e9;</title></item></channel></rss>",
    "one long entity": f"<!DOCTYPE rss [<!ENTITY a '{'x' * 50_000}'>]>{HEAD}<item><title>{'&a;' * 5_000}</title>",
    "nesting": f"{HEAD}<item><title>deep</title>" + "<x>" * 50_000,
    "closed nesting": f"{HEAD}<item>{'<x>' * 50_000}{'</x>' * 50_000}</item></channel></rss>",
    "20,000 entries": HEAD + "".join(map(ITEM.format, range(20_000))) + "</channel></rss>",
    "200,000 empty entries": f"{HEAD}{'<item/>' * 200_000}</channel></rss>",
    "100,000 summaries": f"{HEAD}<item>{'<description>x</description>' * 100_000}</item></channel></rss>",
    "100,000 names": f"{HEAD}<item>{''.join(f'<a{n}/>' for n in range(100_000))}</item></channel></rss>",
    "a long address": f"{HEAD}<item><author>{'a' * 1_000_000}@</author></item></channel></rss>",
    "a long date": f"{HEAD}<item><title>x</title><pubDate>{'1' * 1_000_000}</pubDate></item></channel></rss>",
    "nested markup": f"{HEAD}<item><description>{'&lt;div&gt;' * 30_000}</description></item></channel></rss>",
    "half markup": f"{HEAD}<item><description>{'&lt;a b=' * 30_000}</description></item></channel></rss>",
    "controls": f"{HEAD}<item><title>\x00\x01\x0b\x7f</title></item></channel></rss>",
    "halves of emoji": f"{HEAD}<item><title>{'&#55357;' * 50_000}</title></item></channel></rss>",
    "bare ampersands": f"{HEAD}<item><title>{'&' * 50_000}</title></item></channel></rss>",
    "deep JSON": "[" * 500_000,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_feed_costs_at_most_itself(parser, body):
    result = await parser.parse(body.encode(), "text/xml", URL, now=datetime(2026, 11, 22, tzinfo=UTC))

    assert isinstance(result, Parsed | ParseFailed)
    if isinstance(result, Parsed):
        assert sum(len(post.text) + len(post.title) for post in result.posts) < 1_000_000
    assert isinstance(await parser.parse(FEED, "text/xml", URL), Parsed)
