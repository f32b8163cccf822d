"""Who spoke of us, as plain lists."""

import pytest
from builders import NOW, later
from hypothesis import given
from hypothesis import strategies as st

from engagement.digest.voices import Asker, Person, Turned, Voice, Voices, loudest_first, turned_within
from engagement.understanding.reading import Kind

PAT, MIRA = Person("r/selfhosted", "pat"), Person("r/selfhosted", "mira")
HOURS = st.integers(0, 9)
SAID = st.lists(st.tuples(HOURS, st.sampled_from([Kind.PRAISE, Kind.COMPLAINT]), st.sampled_from([PAT, MIRA])))


def voice(hour=0, kind=Kind.PRAISE, person=PAT, *, heard=None, **facts):
    at, heard_at = later(hours=hour), later(hours=hour if heard is None else heard)
    return Voice(person=person, kind=kind, title="", text="", url=str(hour), at=at, heard_at=heard_at, **facts)


@pytest.mark.parametrize(
    "named",
    [
        {"for_us": (voice(),)},
        {"against_us": (voice(),)},
        {"turned": (Turned(complaint=voice(), praise=voice()),)},
        {"askers": (Asker(latest=voice(), questions=2, answered=0),)},
    ],
    ids=lambda named: next(iter(named)),
)
def test_there_is_something_to_say_of_anybody_who_may_be_named(named):
    assert Voices(**named).say_something
    assert not Voices(for_us_count=1, against_us_count=1, turned_count=1, askers_count=1).say_something


def test_of_each_person_what_was_liked_most_is_heard_and_the_most_liked_first():
    quiet, loud, other = voice(1, score=1), voice(2, score=5), voice(3, person=MIRA, score=3)

    assert loudest_first([quiet, other, loud]) == [loud, other]


def test_of_equals_the_newest_comes_first():
    assert loudest_first([voice(1), voice(2, person=MIRA)]) == [voice(2, person=MIRA), voice(1)]


def test_praise_that_was_heard_of_late_counts_in_the_week_that_heard_it():
    said = [voice(0, Kind.COMPLAINT), voice(1, heard=5)]

    assert turned_within(said, starts_at=later(hours=2), ends_at=later(hours=6))
    assert not turned_within(said, starts_at=NOW, ends_at=later(hours=2))


@given(SAID, HOURS)
def test_every_turn_counts_in_one_week_and_leads_from_a_complaint_to_praise_of_the_same_person(said, cut):
    voices = [voice(*each) for each in said]

    whole = turned_within(voices, starts_at=NOW, ends_at=later(hours=10))
    parts = [
        *turned_within(voices, starts_at=later(hours=cut), ends_at=later(hours=10)),
        *turned_within(voices, starts_at=NOW, ends_at=later(hours=cut)),
    ]
    assert whole == parts
    assert all(each.complaint.person == each.praise.person for each in whole)
    assert all((each.complaint.kind, each.praise.kind) == (Kind.COMPLAINT, Kind.PRAISE) for each in whole)
