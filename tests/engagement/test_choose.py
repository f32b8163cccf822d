from dataclasses import replace
from datetime import timedelta

import builders
import pytest
from builders import NOW, a_post

from engagement.conversations.conversation import Sighting
from engagement.listening.choose import from_before, newest_few, oldest_first, slid_back


def a_sighting(name, *, days_ago):
    written = None if days_ago is None else NOW - timedelta(days=days_ago)
    return builders.a_sighting(post=a_post(name, title=name, published_at=written))


def titles(sightings: list[Sighting]) -> list[str]:
    return [each.post.title for each in sightings]


def test_of_what_was_there_before_only_the_newest_three_are_shown_the_oldest_of_them_first():
    seen = [a_sighting(str(days), days_ago=days) for days in (5, 1, 4, 2, 3)]

    chosen = from_before(seen)

    assert titles(chosen) == ["3", "2", "1"]
    assert all(each.before_start for each in chosen)


def test_a_post_without_a_date_counts_as_the_oldest():
    seen = [a_sighting("undated", days_ago=None), *(a_sighting(str(days), days_ago=days) for days in (1, 2, 3))]

    assert "undated" not in titles(from_before(seen))


def test_new_sightings_come_in_the_order_they_were_written():
    newest_first = [a_sighting("new", days_ago=1), a_sighting("old", days_ago=2)]

    assert titles(oldest_first(newest_first)) == ["old", "new"]


def test_dates_count_for_more_than_the_order_of_a_feed():
    listed = [a_sighting("older", days_ago=2), a_sighting("new", days_ago=1), a_sighting("oldest", days_ago=3)]

    assert titles(oldest_first(listed)) == ["oldest", "older", "new"]


def test_without_dates_the_feed_s_order_is_turned_round_because_feeds_list_the_newest_first():
    newest_first = [a_sighting("new", days_ago=None), a_sighting("old", days_ago=None)]

    assert titles(oldest_first(newest_first)) == ["old", "new"]


def test_what_is_new_is_not_marked_as_from_before():
    assert not any(each.before_start for each in oldest_first([a_sighting("a", days_ago=0)]))


@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [(0, False), (29.9, False), (30, False), (30.1, True), (2000, True), (None, False), (-1, False)],
)
def test_what_was_written_long_before_anybody_listened_slid_back(days_ago, expected):
    assert slid_back(a_sighting("a", days_ago=days_ago).post, listening_since=NOW) is expected


def test_of_what_was_there_before_unsure_ones_are_shown_only_where_too_few_are_sure():
    sure = [a_sighting(str(days), days_ago=days) for days in (9, 8)]
    unsure = [replace(a_sighting(f"unsure {days}", days_ago=days), sure=False) for days in (1, 2)]

    assert titles(from_before([*unsure, *sure])) == ["9", "8", "unsure 1"]


def found(name, *, days_ago, sure=True, keys=()):
    written = None if days_ago is None else NOW - timedelta(days=days_ago)
    return a_post(name, keys=keys or (name,), published_at=written), sure


def test_of_what_several_places_carry_the_newest_three_are_shown():
    assert newest_few(found(f"{days} days", days_ago=days) for days in (4, 2, 1, 3)) == {"1 days", "2 days", "3 days"}
    assert newest_few([found("undated", days_ago=None)]) == {"undated"}
    dated = [found(f"{days} days", days_ago=days) for days in (1, 2, 3)]
    assert newest_few([found("undated", days_ago=None), *dated]) == {"1 days", "2 days", "3 days"}
    assert newest_few([]) == frozenset()


def test_unsure_ones_are_shown_only_where_too_few_are_sure():
    sure = [found(f"sure {days}", days_ago=days) for days in (8, 9)]
    unsure = [found(f"unsure {days}", days_ago=days, sure=False) for days in (1, 2)]

    assert newest_few([*unsure, *sure]) == {"sure 8", "sure 9", "unsure 1"}


def test_a_post_that_two_places_carry_takes_one_turn():
    twice = [found("here", days_ago=1, keys=("here", "link")), found("there", days_ago=1, keys=("there", "link"))]
    others = [found(f"{days} days", days_ago=days) for days in (2, 3, 4)]

    assert newest_few([*twice, *others]) == {"here", "there", "link", "2 days", "3 days"}
