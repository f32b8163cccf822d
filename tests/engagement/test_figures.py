"""A week in figures."""

from builders import NOW, later

from engagement.conversation import ReplyState
from engagement.figures import Figures, Pace, figures_from, pace_of
from engagement.reading import Mood
from engagement.week import Needed

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


def test_a_week_of_nothing_has_no_figures():
    assert figures_from([], {}) == Figures()
