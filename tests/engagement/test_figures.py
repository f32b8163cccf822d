"""A week in figures."""

import pytest
from builders import NOW, later

from engagement.conversations.conversation import ReplyState
from engagement.digest.figures import Figures, Moods, Pace, figures_from, pace_of
from engagement.digest.week import Needed
from engagement.understanding.reading import Mood

HOUR = 60 * 60
ANSWERED = {"state": ReplyState.ANSWERED, "asked_at": later(hours=4)}


def needed(*, state=ReplyState.OWED, **facts):
    return Needed(**({"state": state, "asked_at": NOW, "began_at": NOW} | facts))


def test_half_and_nine_in_ten_are_told_of_enough():
    assert pace_of([]) == Pace()
    assert pace_of([3, 1, 2]) == Pace(count=3, half_within_seconds=2)
    assert pace_of(range(1, 11)) == Pace(count=10, half_within_seconds=5, most_within_seconds=9)


def test_what_needed_us_came_as_far_as_it_came():
    figures = figures_from(
        [
            needed(),
            needed(tagged_at=later(hours=1)),
            needed(**ANSWERED, tagged_at=later(hours=2), answered_at=later(hours=5)),
            # Answered once, and asked again since.
            needed(tagged_at=later(hours=3), answered_at=later(hours=3)),
            needed(state=ReplyState.ANSWERED_BY_OTHERS),
        ],
        {Mood.GOOD: 2, Mood.UNSURE: 5},
    )

    assert (figures.mentions, figures.needed_us, figures.tagged, figures.answered) == (7, 5, 3, 1)
    assert figures.to_tag == Pace(count=3, half_within_seconds=2 * HOUR)
    assert figures.first_reply == Pace(count=2, half_within_seconds=HOUR)
    assert figures.to_reply == Pace(count=2, half_within_seconds=3 * HOUR)
    assert (figures.moods.good, figures.moods.bad, figures.moods.unsure) == (2, 0, 5)


def test_a_tag_from_before_the_mention_was_written_took_no_time():
    """Clocks of communities differ from ours."""
    assert figures_from([needed(tagged_at=later(hours=-1))], {}).to_tag.half_within_seconds == 0


def test_what_shipped_and_every_mood_is_told():
    moods = {Mood.GOOD: 1, Mood.BAD: 2, Mood.MIXED: 4, Mood.UNSURE: 8}

    figures = figures_from([], moods, [7])
    assert figures.to_shipped == Pace(count=1, half_within_seconds=7)
    assert figures.moods == Moods(good=1, bad=2, mixed=4, unsure=8)
    assert figures.moods.told == 7


@pytest.mark.parametrize(
    "figures",
    [
        Figures(to_tag=Pace(count=1)),
        Figures(to_reply=Pace(count=1)),
        Figures(to_shipped=Pace(count=1)),
        Figures(moods=Moods(mixed=1)),
    ],
    ids=["tagged", "answered", "shipped", "sounded"],
)
def test_they_say_more_than_counts_where_anything_took_time_or_sounded(figures):
    assert figures.say_more
    assert not Figures(mentions=3, needed_us=2, moods=Moods(unsure=3)).say_more


def test_a_week_of_nothing_has_no_figures():
    assert figures_from([], {}) == Figures()
