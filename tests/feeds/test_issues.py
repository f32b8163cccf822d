"""Issues in a tracker: where to ask, and what an answer says."""

import json

import pytest

from feeds.places.issues import LONGEST_ANSWER, address_of_issue, is_done

ASKED = "https://api.github.com/repos/tide/wiki/issues/7"


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("https://github.com/tide/wiki/issues/7", ASKED),
        ("http://www.github.com/tide/wiki/issues/7#issuecomment-1", ASKED),
        ("https://github.com/tide/wiki/issues/7/", ASKED),
        ("https://github.com/tide/wiki/issues/7abc", ""),
        ("https://github.com/tide/wiki/pull/7", ""),
        ("https://github.com.evil.example/tide/wiki/issues/7", ""),
        ("https://evil.example/?https://github.com/tide/wiki/issues/7", ""),
        ("https://linear.app/tide/issue/TID-7", ""),
        ("", ""),
    ],
)
def test_only_an_address_of_a_tracker_we_know_is_asked(address, asked):
    assert address_of_issue(address) == asked


@pytest.mark.parametrize(
    ("issue", "done"),
    [
        ({"state": "closed", "state_reason": "completed"}, True),
        ({"state": "closed", "state_reason": None}, True),
        ({"state": "closed"}, True),
        ({"state": "closed", "state_reason": "not_planned"}, False),
        ({"state": "closed", "state_reason": "duplicate"}, False),
        ({"state": "open"}, False),
        ({"state": ["closed"]}, None),
        ({"message": "Not Found"}, None),
        ([{"state": "closed"}], None),
        (None, None),
    ],
)
def test_what_is_closed_because_it_was_done_is_done(issue, done):
    assert is_done(json.dumps(issue).encode()) is done


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"\xff\xfe", b"[" * 100_000, b'{"state": "closed"}' + b" " * LONGEST_ANSWER],
    ids=["empty", "a page", "no text", "deep", "long"],
)
def test_what_is_no_issue_says_nothing(body):
    assert is_done(body) is None
