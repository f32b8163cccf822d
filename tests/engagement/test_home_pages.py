"""Where somebody is in a long list of their Home, and what turns it back to its beginning."""

from builders import NOW, a_line, later

from engagement.home import Filters, Page, Queued, Spot, Step, Tab

FILTERS = Filters(community="Hacker News")
DEEP = Page(tab=Tab.EVERYTHING, filters=FILTERS, spot=Spot(at=NOW, id=7), step=Step.BACK, first=31)


def test_another_tab_begins_at_its_first_row_and_keeps_the_filters_for_whoever_comes_back():
    assert DEEP.turned_to(Tab.MINE) == Page(tab=Tab.MINE, filters=FILTERS)


def test_other_filters_begin_at_the_first_row_of_the_same_tab():
    other = Filters(words="export")

    assert DEEP.narrowed_to(other) == Page(tab=Tab.EVERYTHING, filters=other)


def test_a_row_is_found_again_by_what_its_list_is_ordered_by():
    queued = Queued(line=a_line(7, since=NOW), sorted_by=later(hours=3), channel="C1")

    assert queued.spot == Spot(at=later(hours=3), id=7)
