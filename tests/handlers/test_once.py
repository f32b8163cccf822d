"""The commands of the command line, where a file or a row is not as one would wish."""

import pytest
from builders import CHANNEL, NOW, TEAM, a_new_source
from databases import a_file
from listening import remember_team

from engagement.sending.outbox import MessageKind
from handlers.commands.digest import print_digest
from handlers.listening.exchange import add_sources, add_watches, import_file
from handlers.listening.watchlist import Watchlist
from handlers.polling.once import poll_once, read_urls, throw_away_watches
from handlers.polling.opening import open_poller
from handlers.run import run_until_stopped
from handlers.sending.draw import draw
from settings import Settings
from storage.database import open_database
from storage.listening.listening import listening_since
from storage.listening.sources import all_sources
from storage.listening.watches import all_watches
from storage.sending.messages import find_message

LISTED_WITH_A_TEAM = """
[[watch]]
name = "Tidewiki"
channel = "#mentions"
names = ["Tidewiki"]

[[teammate]]
slack = "U0MAYA"
name = "Maya"
"""


@pytest.fixture
def settings(tmp_path):
    return Settings(_env_file=None, database_url=str(a_file(tmp_path / "once.db")))


@pytest.fixture
async def db(settings):
    db = open_database(settings.database_url.get_secret_value())
    yield db
    db.close()


def test_a_list_of_addresses_may_come_from_any_editor(tmp_path):
    file = tmp_path / "urls.txt"
    file.write_bytes(b"\xef\xbb\xbfhttps://a.example/feed\r\n# a note\r\n\r\nhttps://b.example/caf\xe9\r\n")

    assert read_urls(file) == ["https://a.example/feed", "https://b.example/caf\ufffd"]


async def test_a_line_that_is_no_address_costs_only_itself(db, settings):
    urls = ["https://talk.example/feed", "http://[", "not an address"]

    await db.transact(lambda tx: throw_away_watches(tx, urls, settings, at=NOW))

    assert [source.name for source in await db.read(all_sources)] == ["talk.example", "http://[", "not an address"]


async def test_many_throw_away_watches_listen_to_every_line_once_however_often_they_are_made(db, settings):
    urls = ["https://talk.example/feed", "https://forum.example/feed"]

    for listed, watches in ((urls[:1], 20), (urls, 20), (urls, 30), (urls, 30)):
        await db.transact(lambda tx, a=listed, b=watches: throw_away_watches(tx, a, settings, watches=b, at=NOW))

    watches, _ = await db.read(all_watches)
    assert len({watch.terms.names for watch in watches.values()}) == 30
    assert [
        len(await db.read(lambda tx, each=each: listening_since(tx, each.id, watches)))
        for each in await db.read(all_sources)
    ] == [30, 30]


async def test_another_interval_holds_for_the_places_that_are_there_already(db, settings):
    await db.transact(lambda tx: throw_away_watches(tx, ["https://talk.example/feed"], settings, at=NOW))

    async with open_poller(settings.model_copy(update={"poll_every_seconds": 1800})):
        pass

    assert [source.interval_seconds for source in await db.read(all_sources)] == [1800]


async def test_a_poll_of_a_list_leaves_no_digest_behind(db, settings, capsys):
    await db.transact(lambda tx: throw_away_watches(tx, ["https://talk.example/feed"], settings, at=NOW))

    assert await print_digest(settings) == 1
    assert "Nobody listens yet" in capsys.readouterr().err


async def test_a_watch_without_places_is_announced_and_says_so_until_it_has_some(db):
    """Names first, places from an OPML file after: a way to move in that the file formats offer."""
    entry = {"name": "Tidewiki", "channel": "#mentions", "names": ["Tidewiki"]}

    def move_in(tx):
        remember_team(tx)
        add_watches(tx, TEAM, Watchlist(watch=[entry]), {"#mentions": CHANNEL}, interval_seconds=600, at=NOW)
        first = announced(tx)
        add_sources(tx, TEAM, None, [a_new_source()], interval_seconds=600, at=NOW)
        return first, announced(tx)

    def announced(tx):
        return draw(tx, find_message(tx, MessageKind.STARTED, "1"), command="/ears").text

    assert await db.transact(move_in) == (
        "Listening for Tidewiki as soon as it has a place to listen to",
        "Listening for Tidewiki in 1 place: The forum",
    )


async def test_a_list_is_not_polled_into_the_database_of_a_bot(db, settings, capsys, tmp_path):
    """Its bot would listen to the list for ever, and post what it finds to a channel that is nowhere."""
    file = tmp_path / "urls.txt"
    file.write_text("https://talk.example/feed", encoding="utf-8")
    await db.transact(remember_team)

    assert await poll_once(settings, everything=True, feeds=file) == 1

    assert "--db" in capsys.readouterr().err
    assert await db.read(all_sources) == []


async def test_a_file_that_cannot_be_read_is_not_blamed_on_slack(settings, capsys, tmp_path):
    gone = tmp_path / "gone.toml"

    assert await import_file(settings, gone, watch_name=None) == 1

    assert capsys.readouterr().err == f"{gone} cannot be read: No such file or directory\n"


async def test_a_catalogue_that_cannot_be_used_ends_the_bot_and_an_import_with_a_sentence(capsys, tmp_path, slack):
    places, list_ = tmp_path / "places.toml", tmp_path / "watchlist.toml"
    places.write_text("[[place", encoding="utf-8")
    list_.write_text(LISTED_WITH_A_TEAM, encoding="utf-8")
    settings = Settings(
        _env_file=None,
        slack_bot_token="xoxb-sandbox",
        slack_app_token="xapp-sandbox",
        slack_api_url=slack.api_url,
        database_url=str(tmp_path / "once.db"),
        places_file=places,
    )
    assert await run_until_stopped(settings) == 1
    assert await import_file(settings, list_, watch_name=None) == 1

    assert capsys.readouterr().err.count(f"{places} is no catalogue of places: ") == 2
