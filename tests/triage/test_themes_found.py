"""Which themes stand in a mention."""

import pytest
from builders import a_post

from engagement.improvements.themes import Theme
from triage.themes import ThemeFinder

HISTORY = Theme(id=1, name="Lost history", phrases=("lost history", "history is empty"))
UMLAUTS = Theme(id=2, name="Umlauts", phrases=("umlaut", "umlauts", "lost history"))
EMPTY = Theme(id=3, name="Empty", phrases=("  ",))


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        ({"text": "My LOST\nhistory"}, {1, 2}),
        ({"title": "History is empty", "text": ""}, {1}),
        ({"text": "Umlauts are lost; history is fine"}, {2}),
        ({"text": "prehistory is emptying"}, set()),
        ({"text": "> I lost history\n\nNot me."}, set()),
        ({"text": "```\nlost history\n```"}, set()),
        ({"title": "Lost history", "text": "Same here.", "parent_key": "hn:1"}, set()),
    ],
    ids=[
        "any phrase, in whatever case and spacing",
        "also in the title",
        "words apart are no phrase",
        "whole words only",
        "what they quote is not theirs",
        "nor is code",
        "nor is the title that a comment stands under",
    ],
)
def test_a_theme_stands_where_one_of_its_phrases_does(post, expected):
    assert ThemeFinder([HISTORY, UMLAUTS, EMPTY]).find(a_post(**post)) == expected


def test_without_themes_nothing_is_found():
    assert ThemeFinder([]).find(a_post(text="lost history")) == set()
