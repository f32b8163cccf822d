"""Mentions as CSV and JSON: what is read back is what was written, and no spreadsheet runs any of it."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import view_samples as sample
from hypothesis import given
from hypothesis import strategies as st

from engagement.records.exported import Exported
from engagement.understanding.reading import Tag
from handlers.records.export_table import COLUMNS, FORMULA, TEXT_LENGTH, Form, row_of, whole, written

BERLIN = ZoneInfo("Europe/Berlin")


def an_export(conversation=None, labels=("VIP", "press"), **post):
    return Exported(
        mention=sample.a_mention(sample.a_post(**post)),
        conversation=conversation or sample.tagged(Tag.INTERACT, sample.answered()),
        watch="Tidewiki",
        term="tidewiki",
        noticed_at=datetime(2026, 11, 22, 23, 5, tzinfo=UTC),
        labels=labels,
    )


def table(*exports, names=None):
    text = whole(Form.CSV, [written(Form.CSV, row_of(each, names or {}), BERLIN) for each in exports])
    return list(csv.DictReader(io.StringIO(text, newline="")))


def objects(*exports):
    return json.loads(whole(Form.JSON, [written(Form.JSON, row_of(each, {}), BERLIN) for each in exports]))


def test_a_table_has_a_row_for_each_mention_and_every_column():
    [row, other] = table(an_export(), an_export(title='She said "hello",\nand left'), names={"U0SUPPORT": "Sam"})

    assert list(row) == list(COLUMNS)
    assert row["noticed"] == "2026-11-23 00:05"
    assert row["answered_by"] == "Sam"
    assert row["tagged_by"] == "U0COMMUNITY"
    assert row["labels"] == "VIP, press"
    assert row["reply"] == "answered"
    assert other["title"] == 'She said "hello",\nand left'


def test_json_keeps_lists_numbers_and_zones():
    [row] = objects(an_export(score=7))

    assert list(row) == list(COLUMNS)
    assert (row["score"], row["labels"], row["noticed"]) == (7, ["VIP", "press"], "2026-11-23T00:05:00+01:00")
    assert row["not_us_by"] == ""
    assert row["unsure"] == 0


def test_what_is_not_known_is_empty():
    conversation = sample.a_conversation()
    [row] = table(an_export(conversation, labels=(), published_at=None, url=""))

    assert (row["written"], row["url"], row["tag"], row["due"], row["labels"], row["score"]) == ("",) * 6
    assert objects(an_export(conversation, published_at=None))[0]["written"] is None


@pytest.mark.parametrize("first", [*FORMULA, "\r"])
def test_nothing_that_a_spreadsheet_would_run_begins_a_cell(first):
    evil = f'{first}HYPERLINK("https://evil.example")'
    [row] = table(an_export(title=evil, author=evil, community=evil, text=evil, url=evil, labels=(evil,)))

    assert {row[name] for name in ("title", "author", "community", "text", "labels")} == {
        f"'{evil}".replace("\r", "\n")
    }
    assert objects(an_export(title=evil))[0]["title"] == evil


@given(st.text(max_size=TEXT_LENGTH))
def test_every_text_comes_back_as_it_was_and_begins_no_formula(text):
    [row] = table(replace(an_export(), mention=sample.a_mention(sample.a_post(title=text))))

    kept = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    assert row["title"] in (kept, f"'{kept}")
    assert not row["title"].startswith(FORMULA)
    assert objects(an_export(title=text))[0]["title"] == text


def test_a_long_text_is_cut():
    assert len(table(an_export(text="word " * 1_000))[0]["text"]) <= TEXT_LENGTH


def test_no_mentions_are_a_table_without_rows():
    assert table() == []
    assert objects() == []
