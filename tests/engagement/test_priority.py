"""What matters most among what waits: laws of a number that people will argue with."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOW, later
from hypothesis import given
from hypothesis import strategies as st

from engagement.understanding.priority import HIGHEST, Part, Weighty, Why, number_at, pressing_since, priority_of, weigh
from engagement.understanding.reading import Kind, Mood, Pillar
from engagement.watch import Outcome

WEIGHTY = st.builds(
    Weighty,
    kind=st.sampled_from(Kind),
    mood=st.sampled_from(Mood),
    pillar=st.sampled_from(Pillar),
    outcome=st.sampled_from(Outcome),
    alarms=st.booleans(),
    score=st.none() | st.integers(-5, 10**7),
    wrote_before=st.booleans(),
    left_unanswered=st.booleans(),
    asked_at=st.integers(0, 24 * 90).map(lambda hours: NOW - timedelta(hours=hours)),
    heard_at=st.just(NOW),
)
LAST_WINTER = later(days=-200)
AGE = st.timedeltas(timedelta(0), timedelta(days=90))


def a_question(**facts):
    given = {
        "kind": Kind.QUESTION,
        "mood": Mood.UNSURE,
        "pillar": Pillar.USER_INITIATED,
        "outcome": Outcome.SUPPORT,
        "asked_at": NOW,
        "heard_at": NOW,
    }
    return Weighty(**(given | facts))


def number_of(weighty, *, after=timedelta(0)):
    return priority_of(weighty, NOW + after).number


@given(WEIGHTY, AGE)
def test_a_priority_is_a_number_from_0_to_100_that_its_parts_add_up_to(weighty, age):
    priority = priority_of(weighty, NOW + age)
    whole = sum(part.points for part in priority.parts)

    assert 0 <= priority.number <= HIGHEST
    assert priority.number == max(0, min(whole, HIGHEST))
    assert [part.points for part in priority.parts] == sorted((part.points for part in priority.parts), reverse=True)
    assert len({part.why for part in priority.parts}) == len(priority.parts)


@given(WEIGHTY, WEIGHTY, AGE)
def test_what_a_list_is_ordered_by_is_the_priority_now_and_at_any_other_time(one, other, passes):
    """A row holds the moment, and nobody writes it anew because time goes by."""
    moments = [pressing_since(one), pressing_since(other)]
    numbers = [number_at(at, pressing_since=moment) for at in (NOW, NOW + passes) for moment in moments]

    if moments[0] <= moments[1]:
        assert numbers[0] >= numbers[1]
        assert numbers[2] >= numbers[3]


@given(WEIGHTY, AGE)
def test_the_number_of_a_row_is_the_one_that_is_explained(weighty, age):
    assert number_at(NOW + age, pressing_since=pressing_since(weighty)) == number_of(weighty, after=age)


@given(WEIGHTY, st.integers(0, 10**6))
def test_more_people_who_like_it_never_make_it_matter_less(weighty, more):
    liked = replace(weighty, score=max(0, weighty.score or 0) + more)

    assert number_of(liked) >= number_of(weighty)


@given(WEIGHTY, AGE)
def test_a_worse_mood_an_alarm_and_a_person_who_was_overlooked_never_make_it_matter_less(weighty, age):
    number = number_of(weighty, after=age)

    assert number_of(replace(weighty, mood=Mood.BAD), after=age) >= number
    assert number_of(replace(weighty, alarms=True), after=age) >= number
    assert number_of(replace(weighty, left_unanswered=True), after=age) >= number


@given(WEIGHTY, AGE, AGE)
def test_who_waits_longer_matters_more(weighty, one, other):
    assert number_of(weighty, after=min(one, other)) <= number_of(weighty, after=max(one, other))


@given(WEIGHTY)
def test_nobody_waits_for_ever(weighty):
    assert number_of(weighty, after=timedelta(days=20)) == HIGHEST == 100


def test_what_was_asked_just_now_has_not_waited():
    assert Why.WAITING not in {part.why for part in priority_of(a_question(asked_at=NOW), NOW).parts}


def test_what_promotes_in_a_good_mood_weighs_nothing():
    least = a_question(kind=Kind.PROMO, mood=Mood.GOOD)

    assert weigh(least) == weigh(replace(least, mood=Mood.UNSURE)) == ()
    assert number_of(least) == 0


@pytest.mark.parametrize(("score", "more"), [(None, 0), (1, 0), (10, 6), (100, 12), (1000, 18), (10**9, 20)])
def test_each_next_ten_who_like_it_add_as_much_up_to_a_limit(score, more):
    assert number_of(a_question(score=score)) - number_of(a_question()) == more


def test_a_thread_is_stale_only_if_it_was_older_than_a_month_when_we_heard_of_it():
    month = timedelta(days=30)

    assert not a_question(asked_at=NOW - month, heard_at=NOW).was_stale
    assert a_question(asked_at=NOW - month - timedelta(seconds=1), heard_at=NOW).was_stale


def test_what_we_wrote_ourselves_weighs_nothing():
    assert weigh(a_question(pillar=Pillar.PROVIDER_INITIATED, alarms=True, score=900, asked_at=LAST_WINTER)) == ()


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (a_question(kind=Kind.PRAISE), a_question()),
        (a_question(), a_question(kind=Kind.HELP)),
        (a_question(kind=Kind.NEWS, alarms=False), a_question(kind=Kind.NEWS, alarms=True)),
        (a_question(outcome=Outcome.AWARENESS), a_question(outcome=Outcome.LEADS)),
        (a_question(), a_question(wrote_before=True)),
        (a_question(wrote_before=True), a_question(wrote_before=True, left_unanswered=True)),
        (a_question(score=10), a_question(score=1000)),
        (a_question(asked_at=LAST_WINTER), a_question(kind=Kind.WISH)),
    ],
    ids=[
        "a question before praise",
        "who is stuck before who wonders",
        "an alarm before a headline",
        "what the team is after",
        "whom we know",
        "whom nobody answered the last time",
        "what many have seen",
        "a fresh wish before a question of last winter",
    ],
)
def test_what_comes_first(less, more):
    assert number_of(less) < number_of(more)


def test_an_outage_comes_before_a_question_of_two_days_and_behind_one_of_five():
    outage = a_question(kind=Kind.COMPLAINT, alarms=True, outcome=Outcome.LEADS)

    assert number_of(a_question(outcome=Outcome.LEADS, asked_at=later(days=-2))) < number_of(outage)
    assert number_of(a_question(outcome=Outcome.LEADS, asked_at=later(days=-5))) > number_of(outage)


def test_the_heaviest_reason_comes_first():
    priority = priority_of(a_question(mood=Mood.BAD, asked_at=later(days=-2)), NOW)

    assert priority.parts == (
        Part(why=Why.KIND, points=35),
        Part(why=Why.WAITING, points=16),
        Part(why=Why.MOOD, points=10),
        Part(why=Why.OUTCOME, points=10),
    )
    assert priority.number == 71
