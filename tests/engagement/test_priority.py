"""What matters most among what waits: laws of a number that people will argue with."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.understanding.priority import HIGHEST, Priority, Weighty, Why, priority_of
from engagement.understanding.reading import Kind, Mood, Pillar
from engagement.watch import Outcome

DAY = timedelta(days=1)
WEIGHTY = st.builds(
    Weighty,
    kind=st.sampled_from(Kind),
    mood=st.sampled_from(Mood),
    pillar=st.sampled_from(Pillar),
    outcome=st.sampled_from(Outcome),
    age=st.timedeltas(timedelta(0), timedelta(days=90)),
    target=st.timedeltas(timedelta(0), timedelta(days=5)),
    alarms=st.booleans(),
    score=st.none() | st.integers(-5, 10**7),
    times_before=st.integers(0, 50),
    unanswered_before=st.integers(0, 5),
)


def a_question(**facts):
    return Weighty(
        **{
            "kind": Kind.QUESTION,
            "mood": Mood.UNSURE,
            "pillar": Pillar.USER_INITIATED,
            "outcome": Outcome.SUPPORT,
            "age": timedelta(0),
            "target": DAY,
        }
        | facts
    )


@given(WEIGHTY)
def test_a_priority_is_a_number_from_0_to_100_that_says_why(weighty):
    priority = priority_of(weighty)

    assert 0 <= priority.number <= HIGHEST
    assert bool(priority.because) or priority.number == 0
    assert len(set(priority.because)) == len(priority.because)


@given(WEIGHTY, st.integers(0, 10**6))
def test_more_people_who_like_it_never_make_it_matter_less(weighty, more):
    liked = replace(weighty, score=max(0, weighty.score or 0) + more)

    assert priority_of(liked).number >= priority_of(weighty).number


@given(WEIGHTY)
def test_a_worse_mood_an_alarm_and_a_person_who_was_overlooked_never_make_it_matter_less(weighty):
    number = priority_of(weighty).number

    assert priority_of(replace(weighty, mood=Mood.BAD)).number >= number
    assert priority_of(replace(weighty, alarms=True)).number >= number
    assert priority_of(replace(weighty, unanswered_before=weighty.unanswered_before + 1)).number >= number


@given(WEIGHTY, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_who_waits_matters_more_the_longer_until_the_thread_is_old(weighty, earlier):
    waits = replace(weighty, age=timedelta(days=30))

    assert priority_of(replace(waits, age=earlier)).number <= priority_of(waits).number
    assert priority_of(replace(waits, age=timedelta(days=31))).number <= priority_of(waits).number


def test_what_we_wrote_ourselves_does_not_matter():
    assert priority_of(a_question(pillar=Pillar.PROVIDER_INITIATED, alarms=True, score=900)) == Priority(number=0)


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (a_question(kind=Kind.PRAISE), a_question()),
        (a_question(), a_question(kind=Kind.HELP)),
        (a_question(kind=Kind.NEWS, alarms=False), a_question(kind=Kind.NEWS, alarms=True)),
        (a_question(outcome=Outcome.AWARENESS), a_question(outcome=Outcome.LEADS)),
        (a_question(), a_question(age=DAY)),
        (a_question(), a_question(times_before=1)),
        (a_question(age=timedelta(days=60)), a_question(kind=Kind.WISH)),
        (a_question(pillar=Pillar.ASSOCIATION, age=DAY), a_question(age=DAY)),
    ],
    ids=[
        "a question before praise",
        "who is stuck before who wonders",
        "an alarm before a headline",
        "what the team is after",
        "what is due",
        "whom we know",
        "a fresh wish before a question of last winter",
        "who waits before who only wonders in public",
    ],
)
def test_what_comes_first(less, more):
    assert priority_of(less).number < priority_of(more).number


def test_the_heaviest_reason_comes_first():
    priority = priority_of(a_question(mood=Mood.BAD, age=DAY))

    assert priority.because == (Why.KIND, Why.WAITING, Why.MOOD, Why.OUTCOME)
    assert priority.number == 35 + 15 + 10 + 10
