"""Which mute leaves out a post: words as a watch finds them, people and places as they are known."""

import pytest
from builders import NOW, TEAM
from posts import a_post

from engagement.calm.mute import Mute, MuteScope
from triage.noise import noise_of


def a_mute(number, scope, **facts):
    return Mute(id=number, workspace_id=TEAM, scope=scope, by="U1", at=NOW, **facts)


MUTES = (
    a_mute(1, MuteScope.TERM, value="Tide tables"),
    a_mute(2, MuteScope.TERM, value="ebb", watch_id=5),
    a_mute(3, MuteScope.COMMUNITY, community="r/surfing"),
    a_mute(4, MuteScope.SITE, value="weather.example"),
)


@pytest.mark.parametrize(
    ("post", "mute"),
    [
        (a_post("All about tide\u00a0TABLES."), 1),
        (a_post("Tide tables", community="r/surfing"), 1),
        (a_post("All about tide tablets."), 0),
        (a_post("Ebb and flow."), 0),
        (a_post("What a wave", community="r/surfing"), 3),
        (a_post("What a wave", url="https://www.weather.example/1"), 4),
        (a_post("What a wave"), 0),
    ],
    ids=["words", "words come first", "not in a longer word", "another watch's", "community", "site", "nothing"],
)
def test_a_mute_leaves_out_what_falls_under_it(post, mute):
    assert noise_of(MUTES).mute_of(post, watch_id=1) == mute


def test_a_word_of_one_watch_is_noise_for_that_one():
    assert noise_of(MUTES).mute_of(a_post("Ebb and flow."), watch_id=5) == 2


def test_without_mutes_nothing_is_noise():
    assert noise_of(()).mute_of(a_post("Tide tables"), watch_id=1) == 0
