from datetime import timedelta

import pytest
from builders import NOW, later

from engagement.listening.moving import NO_MOVE, Move, address_to_adopt, address_when_missing, after_answer

OLD, NEW, OTHER = "https://old.test/feed", "https://new.test/feed", "https://other.test/feed"


def days_of(*targets):
    """Return the move after daily polls that led to each of `targets`, and what is adopted after the last."""
    move = NO_MOVE
    for day, target in enumerate(targets):
        move = after_answer(move, url=OLD, permanent_url=target, now=later(days=day))
    return address_to_adopt(move, url=OLD, now=later(days=len(targets) - 1))


def test_the_same_new_address_for_seven_days_is_adopted():
    assert days_of("") == ""
    assert days_of(*[NEW] * 7) == ""
    assert days_of(*[NEW] * 8) == NEW


def test_another_target_starts_the_count_again():
    assert days_of(*[NEW] * 6, *[OTHER] * 7) == ""
    assert days_of(*[NEW] * 6, *[OTHER] * 8) == OTHER


@pytest.mark.parametrize("back", ["", OLD], ids=["it answers by itself", "it redirects to itself"])
def test_a_feed_that_is_back_cancels_the_move(back):
    assert days_of(*[NEW] * 6, back, *[NEW] * 7) == ""
    assert after_answer(Move(to=NEW, since=NOW), url=OLD, permanent_url=back, now=NOW) == NO_MOVE


def test_from_http_to_https_is_adopted_at_once_and_nothing_else_is():
    plain = "http://old.test/feed"
    safer = after_answer(NO_MOVE, url=plain, permanent_url=OLD, now=NOW)
    assert address_to_adopt(safer, url=plain, now=NOW) == OLD

    back = after_answer(NO_MOVE, url=OLD, permanent_url=plain, now=NOW)
    assert address_to_adopt(back, url=OLD, now=NOW + timedelta(days=6)) == ""
    elsewhere = after_answer(NO_MOVE, url=plain, permanent_url=NEW, now=NOW)
    assert address_to_adopt(elsewhere, url=plain, now=NOW) == ""


def test_an_old_address_that_is_gone_after_it_sent_us_on_is_left_at_once():
    assert address_when_missing(Move(to=NEW, since=NOW), permanent_url="") == NEW
    assert address_when_missing(Move(to=NEW, since=NOW), permanent_url=NEW) == ""
    assert address_when_missing(NO_MOVE, permanent_url="") == ""
