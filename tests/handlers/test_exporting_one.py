"""Exports of one thing: what names it, and what is printed."""

import json

import pytest
from builders import CHANNEL, NOW, TEAM, a_post, a_sighting
from databases import a_database
from listening import remember_team, watch_for

from handlers.records.exporting_one import export_one, wanted
from settings import Settings
from storage.conversations.by_hand import bring


@pytest.fixture
async def settings(tmp_path):
    db = a_database(tmp_path / "two-ears.db")

    def write(tx):
        remember_team(tx, TEAM)
        watch = watch_for(tx, channel=CHANNEL)
        bring(tx, a_sighting(watch, a_post(author="kim", community="r/wiki")), (), by="U1", at=NOW)

    await db.transact(write)
    db.close()
    return Settings(_env_file=None, database_url=f"sqlite:///{tmp_path}/two-ears.db")


@pytest.mark.parametrize(
    ("kind", "named"), [("conversation", "1"), ("conversation", "#1"), ("person", "u/kim on Reddit")]
)
async def test_what_is_named_is_printed_as_json(settings, capsys, kind, named):
    if kind == "person":
        named = named.replace("u/", "")
    code = await export_one(settings, kind, named)
    [found] = json.loads(capsys.readouterr().out)

    assert code == 0
    assert [row["author"] for row in found["post"]] == ["kim"]


async def test_a_watch_is_named_by_its_name(settings, capsys):
    assert await export_one(settings, "watch", "tidewiki") == 0
    [found] = json.loads(capsys.readouterr().out)

    assert [row["name"] for row in found["watch"]] == ["Tidewiki"]
    assert [(row["act"], row["actor"], row["after_facts"]["channel"]) for row in found["history"]] == [
        ("save", "U1", CHANNEL)
    ]


@pytest.mark.parametrize(
    ("kind", "named", "says"),
    [
        ("conversation", "99", "I have no such conversation."),
        ("conversation", "one", "That names no conversation."),
        ("improvement", "1", "I have no such improvement."),
        ("watch", "Harbour", "I have no such watch."),
        ("theme", " ", "That names no theme."),
        ("person", "kim", "That names no person."),
        ("person", "bob on r/wiki", "I have no such person."),
    ],
)
async def test_what_names_nothing_is_said_in_words(settings, capsys, kind, named, says):
    assert await export_one(settings, kind, named) == 1
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["csv", "json", "", "label"])
def test_nothing_else_is_taken_for_one_thing(kind):
    assert wanted(kind, "7") is None
