"""Exports of any size: cut into parts that are files of their own, refused where messages would not hold them."""

import csv
import io
import json
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from builders import CHANNEL, NOW, TEAM, a_post, a_sighting
from databases import a_database
from listening import remember_team, watch_for

from engagement.span import read_span
from handlers.records.export_table import Form
from handlers.records.exporting import AT_ONCE, PART_LENGTH, PARTS_AT_MOST, Parts, in_parts, rows_of
from storage.conversations.by_hand import bring

SPAN = read_span("2026-11", now=NOW, zone=ZoneInfo("UTC"))
TEXT = "What became of my history? " * 40


@pytest.fixture
def db(tmp_path):
    opened = a_database(tmp_path / "two-ears.db")
    yield opened
    opened.close()


async def hear(db, count):
    """Hear of us so often, in one transaction."""

    def write(tx):
        remember_team(tx, TEAM)
        watch = watch_for(tx, channel=CHANNEL)
        for number in range(count):
            post = a_post(key=f"{number}", title=f"{number}", text=TEXT)
            bring(tx, a_sighting(watch, post), (), by="U1", at=NOW + timedelta(seconds=number))

    await db.transact(write)


async def test_the_parts_are_files_of_their_own_and_hold_everything_once(db):
    await hear(db, 40)
    found = await in_parts(db, TEAM, Form.CSV, SPAN)
    rows = [row["title"] for part in found.parts for row in csv.DictReader(io.StringIO(part))]

    assert found.count == 40
    assert rows == [f"{number}" for number in range(40)]
    assert len(found.parts) > 2
    assert all(len(part) < PART_LENGTH + 500 for part in found.parts)
    objects = [row for part in (await in_parts(db, TEAM, Form.JSON, SPAN)).parts for row in json.loads(part)]
    assert [row["title"] for row in objects] == rows


async def test_more_than_messages_hold_is_counted_and_not_sent(db):
    await hear(db, PARTS_AT_MOST * PART_LENGTH // 600)
    found = await in_parts(db, TEAM, Form.CSV, SPAN)

    assert found.parts == ()
    assert found.count > AT_ONCE
    assert len([row async for row in rows_of(db, TEAM, Form.CSV, SPAN)]) == found.count


async def test_days_without_a_mention_are_no_parts(db):
    await hear(db, 0)

    assert await in_parts(db, TEAM, Form.JSON, SPAN) == Parts(parts=(), count=0)
