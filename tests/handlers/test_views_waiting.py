"""The list of all who wait, behind *Show all* of a digest."""

import json
from dataclasses import replace

import digest_samples
import pytest
import view_samples as sample

from handlers.conversations.waiting import label_of
from handlers.payload import BadPayloadError
from handlers.views.digest.digest import draw_digest
from handlers.views.lists import ALL_AT_MOST, waiting_modal
from sandbox.blockkit import validate_view

ROWS = digest_samples.waiting_rows()
NASTY = [
    digest_samples.a_waiting(number, title=sample.NASTY * 99, url=f"https://x.example/{'&' * 999}")
    for number in range(ALL_AT_MOST)
]
VIEWS = {
    "all": waiting_modal(ROWS, more=0, now=sample.NOW, channel_id="C1"),
    "more-of-a-label": waiting_modal(ROWS[:1], more=3, now=sample.NOW, channel_id="C1", label="journalist"),
    "nobody": waiting_modal([], more=0, now=sample.NOW, channel_id="C1"),
    "notice": waiting_modal(ROWS[:1], more=0, now=sample.NOW, channel_id="C1", notice="<@U2> took this one."),
}


@pytest.mark.parametrize("name", VIEWS)
def test_the_list_looks_as_agreed_and_slack_takes_it(name, golden):
    golden(f"waiting-all-{name}", VIEWS[name])
    assert validate_view(VIEWS[name]) == []


def test_slack_takes_as_many_as_are_listed_of_the_nastiest_data():
    view = waiting_modal(NASTY, more=9, now=sample.NOW, channel_id="C1", label=sample.NASTY[:40], notice="n" * 300)

    assert validate_view(view) == []


@pytest.mark.parametrize("label", ["", "journalist", "all", "label.x"])
def test_show_all_says_of_which_label_the_digest_is(label):
    digest = replace(digest_samples.a_digest(more_waiting=8), label=label)
    [button] = [
        block["accessory"]
        for block in draw_digest(digest).blocks
        if block.get("accessory", {}).get("action_id") == "digest.show_all"
    ]

    assert label_of(button["value"]) == label


@pytest.mark.parametrize("value", ["", "label", "label.", "other.journalist", "journalist"])
def test_no_other_button_lists_anybody(value):
    with pytest.raises(BadPayloadError):
        label_of(value)


def test_the_list_carries_where_it_was_opened_and_of_what():
    carried = json.loads(VIEWS["more-of-a-label"]["private_metadata"])

    assert carried == {"channel": "C1", "label": "journalist"}
