"""A history a page at a time, and what each of its lines changed."""

import pytest
from builders import NOW
from hypothesis import given
from hypothesis import strategies as st

from engagement.records.history import Line
from engagement.records.lookup import LINES_A_PAGE, Change, Step, Turn, Turns, changes_in, page_of


def changed(before, after):
    return changes_in(Line(id=1, object="watch", number=1, act="save", by="U1", at=NOW, before=before, after=after))


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ({"name": "Tide", "site": "x"}, {"name": "Tidewiki", "site": "x"}, [("name", "Tide", "Tidewiki")]),
        ({}, {"name": "Tide", "hour": 0}, [("name", None, "Tide"), ("hour", None, 0)]),
        ({"name": "Tide"}, {}, [("name", "Tide", None)]),
        ({"cover": ""}, {"cover": None, "labels": []}, []),
        ({"weekday": 0}, {"weekday": ""}, [("weekday", 0, "")]),
    ],
    ids=["one of two", "something new", "what is gone", "nothing is nothing", "Monday is something"],
)
def test_a_line_changed_what_is_not_what_it_was(before, after, changes):
    assert changed(before, after) == tuple(Change(fact=fact, was=was, became=became) for fact, was, became in changes)


@given(st.sets(st.integers(1, 500), max_size=3 * LINES_A_PAGE + 2))
def test_whoever_turns_on_sees_each_line_once_and_on_the_way_back_again(numbers):
    lines = [(number, str(number)) for number in sorted(numbers, reverse=True)]
    pages, (page, turns) = [], page_of(lines, None)
    assert turns.newer == 0
    while True:
        pages.append(page)
        if not turns.older:
            break
        assert turns.older == int(page[-1])
        page, turns = page_of(lines, Turn(step=Step.OLDER, line=turns.older))
        assert turns.newer == int(page[0])

    assert [each for page in pages for each in page] == [line for _, line in lines]
    assert all(len(page) == LINES_A_PAGE for page in pages[:-1])
    back = [page]
    while turns.newer:
        page, turns = page_of(lines, Turn(step=Step.NEWER, line=turns.newer))
        assert turns.older == int(page[-1])
        back.append(page)
    assert [each for page in reversed(back) for each in page] == [line for _, line in lines]


@pytest.mark.parametrize("step", Step)
def test_where_nothing_is_any_more_there_is_nothing_to_turn(step):
    assert page_of([], Turn(step=step, line=7)) == ([], Turns())
