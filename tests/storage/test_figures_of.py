"""The figures of a week, from the history."""

from builders import NOW, TEAM, a_post, a_reading, later
from test_improvements import Workshop

from engagement.conversations.conversation import Sighting
from engagement.conversations.press import Act
from engagement.digest.figures import Figures, Pace
from engagement.improvements.improvement import ImprovementAct
from engagement.understanding.reading import Kind, Mood
from storage.digest.bounds import before, bounds_of
from storage.digest.figures import figures_of

BOUNDS = bounds_of(TEAM, later(days=-5), later(days=2))
HOUR = 60 * 60


def figures(team, bounds=BOUNDS):
    return team.read(figures_of, bounds)


def test_a_tag_counts_from_when_it_was_first_given_and_not_from_when_it_was_changed(team):
    conversation_id = team.hear(published_at=NOW)
    team.press(Act.LISTEN, conversation_id, at=later(hours=1))
    team.press(Act.UNDO, conversation_id, at=later(hours=2))
    team.press(Act.INTERACT, conversation_id, at=later(hours=3))
    team.press(Act.REACT, conversation_id, at=later(hours=4))

    assert figures(team).to_tag == Pace(count=1, half_within_seconds=3 * HOUR)


def test_the_first_reply_is_timed_from_the_question_and_from_the_first_mention(team):
    conversation_id = team.hear(kind=Kind.PRAISE, thread_key="thread", published_at=NOW)
    team.hear(thread_key="thread", published_at=later(hours=5), at=later(hours=5))
    team.press(Act.ANSWERED, conversation_id, at=later(hours=7))

    found = figures(team)
    assert (found.mentions, found.needed_us, found.tagged, found.answered) == (2, 1, 1, 1)
    assert found.first_reply == Pace(count=1, half_within_seconds=2 * HOUR)
    assert found.to_reply == Pace(count=1, half_within_seconds=7 * HOUR)


def test_an_answer_by_others_and_one_that_was_taken_back_are_none_of_ours(team):
    conversation_id = team.hear()
    team.press(Act.ANSWERED, conversation_id)
    team.press(Act.REOPEN, conversation_id)
    solved = team.hear()
    team.write(
        lambda tx: tx.run(
            "UPDATE conversation SET reply_state = 'answered by others', answered_at = opened_at WHERE id = :id",
            id=solved,
        )
    )

    assert figures(team).first_reply == Pace()


def test_moods_are_those_of_mentions_of_us(team):
    for mood in (Mood.GOOD, Mood.GOOD, Mood.BAD):
        post = a_post()
        reading = a_reading(Kind.OTHER, mood=mood)
        team.poll(post, sightings=[Sighting(watch=team.watch, post=post, term="tidewiki", reading=reading)])
    [row] = team.rows("SELECT MAX(id) AS id FROM conversation")
    team.press(Act.NOT_US, row["id"])

    assert (figures(team).moods.good, figures(team).moods.bad) == (2, 0)


def test_a_change_that_shipped_is_timed_from_the_first_who_asked_for_it(team):
    workshop = Workshop(team)
    first = workshop.react(published_at=later(days=-60), at=later(days=-60))
    improvement = workshop.propose(first)
    workshop.count(workshop.react("mira"), improvement)
    workshop.do(ImprovementAct.SHIP, improvement, at=later(days=1))
    workshop.propose(workshop.react("rob"))

    assert figures(team).to_shipped == Pace(count=1, half_within_seconds=61 * 24 * HOUR)
    assert figures(team, before(BOUNDS)).to_shipped == Pace()


def test_the_week_before_is_another(team):
    team.hear()

    assert figures(team, before(BOUNDS)) == Figures()
    assert before(BOUNDS) == bounds_of(TEAM, later(days=-12), later(days=-5))
