"""What matters most comes first among what waits, also after what it is made of has changed."""

import pytest
from builders import CHANNEL, NOW, TEAM, a_reading, later
from listening import watch_for

from engagement.conversations.press import Act, Press
from engagement.home import Page
from engagement.understanding.priority import number_at
from engagement.understanding.reading import Kind, Mood
from engagement.watch import Outcome
from storage.calm.alerts import look_for_liked
from storage.conversations.decisions import correct
from storage.conversations.queue import needs_someone
from storage.conversations.waiting import longest_waiting, waiting_for_us
from storage.understanding.weights import is_any_to_weigh, weigh_some, why_it_matters


def order(team):
    waiting = [row.conversation_id for row in team.read(waiting_for_us, TEAM, limit=9)]
    # Nobody has promised anything, so the Home lists the same.
    assert [row.line.conversation_id for row in team.read(needs_someone, TEAM, Page()).rows] == waiting
    return waiting


def test_who_is_stuck_comes_before_who_wonders_and_a_day_of_waiting_before_both(team):
    question = team.hear(author="a", kind=Kind.QUESTION)
    wish = team.hear(author="b", kind=Kind.WISH)
    help_ = team.hear(author="c", kind=Kind.HELP)
    older = team.hear(author="d", kind=Kind.QUESTION, published_at=later(days=-1, hours=-1))

    assert order(team) == [older, help_, question, wish]


def test_the_number_of_a_row_is_the_one_that_is_explained(team):
    for number, kind in enumerate(Kind):
        team.hear(author=f"p{number}", kind=kind, score=number * 40, published_at=later(days=-number))

    for row in team.read(waiting_for_us, TEAM, limit=99):
        priority = team.read(why_it_matters, row.conversation_id, now=NOW)
        assert number_at(NOW, pressing_since=row.pressing_since) == priority.number


def test_what_is_corrected_moves(team):
    question, other = team.hear(author="a"), team.hear(author="b")
    assert order(team) == [question, other]

    press = Press(act=Act.CORRECT, conversation_id=other, by="U1", drawn=1)
    team.write(correct, press, a_reading(Kind.HELP, mood=Mood.BAD), workspace_id=TEAM, at=NOW)

    assert order(team) == [other, question]


@pytest.mark.parametrize(("likes", "after_days"), [(400, 0), (60, 0), (400, 20)], ids=["urgent", "some", "after weeks"])
def test_what_more_people_like_by_now_moves_up(team, likes, after_days):
    first, second = team.hear(author="a"), team.hear(author="b")

    (row,) = team.rows("SELECT post_id FROM mention WHERE conversation_id = :id", id=second)
    team.write(look_for_liked, {row["post_id"]: likes}, at=later(days=after_days))

    assert order(team) == [second, first]


def test_another_outcome_has_all_that_is_open_weighed_anew_a_little_later(team):
    question, wish = team.hear(author="a"), team.hear(author="b", kind=Kind.WISH, published_at=later(hours=-60))
    assert order(team) == [question, wish]
    assert not team.read(is_any_to_weigh)

    team.write(watch_for, team.watch.name, channel=CHANNEL, outcome=Outcome.LEADS)

    assert team.read(is_any_to_weigh)
    assert team.write(weigh_some, limit=1) == 1
    assert team.write(weigh_some, limit=9) == 1
    assert not team.read(is_any_to_weigh)
    assert order(team) == [wish, question]


@pytest.mark.parametrize(("act", "comes_first"), [(Act.LISTEN, True), (Act.ANSWERED, False)])
def test_whoever_was_left_without_an_answer_comes_before_who_had_one(team, act, comes_first):
    """Somebody whom nobody knows stands in the middle, by having waited a day for the question."""
    before = team.hear(author="pat")
    team.press(act, before)
    unknown = team.hear(author="new", published_at=later(hours=-26))

    again = team.hear(author="pat")

    assert order(team) == ([again, unknown] if comes_first else [unknown, again])


@pytest.mark.parametrize(
    ("acts", "comes_first"),
    [([Act.LISTEN], True), ([Act.LISTEN, Act.UNDO], False)],
    ids=["settled", "taken back"],
)
def test_what_somebody_has_open_is_weighed_anew_once_another_of_theirs_is_settled(team, acts, comes_first):
    before, again = team.hear(author="pat"), team.hear(author="pat")
    unknown = team.hear(author="new", published_at=later(hours=-26))
    assert order(team) == [unknown, before, again]

    for act in acts:
        team.press(act, before)
        team.write(weigh_some, limit=9)

    left = [each for each in order(team) if each != before]
    assert left == ([again, unknown] if comes_first else [unknown, again])
    assert not team.read(is_any_to_weigh)


def test_what_others_have_open_is_not_weighed_again_for_it(team):
    settled = team.hear(author="pat")
    team.hear(author="new")
    team.hear(author="pat", community="Elsewhere")
    team.hear(author="")

    team.press(Act.LISTEN, settled)

    assert not team.read(is_any_to_weigh)


@pytest.mark.parametrize("act", [Act.CLAIM, Act.REACT])
def test_what_settles_nothing_has_nothing_weighed_again(team, act):
    standing = team.hear(author="pat")
    team.hear(author="pat")

    team.press(act, standing)

    assert not team.read(is_any_to_weigh)


def test_who_asks_under_our_own_post_is_weighed_and_not_the_post(team):
    launch = team.hear(kind=Kind.NEWS, thread_key="launch")
    question = team.hear(author="b", thread_key="launch", kind=Kind.HELP)

    assert question == launch
    assert team.read(why_it_matters, launch, now=NOW).kind is Kind.HELP


def test_what_was_old_when_it_was_heard_comes_last_though_it_was_asked_first(team):
    old = team.hear(author="a", published_at=later(days=-200))
    fresh = team.hear(author="b", kind=Kind.WISH)

    assert order(team) == [fresh, old]


def test_the_longest_waiting_besides_those_listed_is_told(team):
    team.hear(author="a", kind=Kind.WISH, published_at=later(hours=-20))
    team.hear(author="b", kind=Kind.HELP)

    listed = team.read(waiting_for_us, TEAM, limit=1)

    assert listed[0].author == "b"
    assert team.read(longest_waiting, TEAM, besides=listed) == later(hours=-20)
    assert team.read(longest_waiting, TEAM, besides=team.read(waiting_for_us, TEAM, limit=2)) is None


def test_nothing_matters_in_a_conversation_that_is_not_there(team):
    assert team.read(why_it_matters, 77, now=NOW) is None


def test_what_belongs_to_a_watch_that_nobody_can_read_holds_up_no_other(team):
    other = team.hear(author="b", kind=Kind.HELP)
    team.write(lambda tx: tx.run("UPDATE conversation SET weighed = 0"))
    team.write(lambda tx: tx.run("UPDATE watch SET outcome = 'fame'"))

    assert team.write(weigh_some, limit=9) == 1
    assert team.write(weigh_some, limit=9) == 0
    assert team.read(why_it_matters, other, now=NOW) is None
    assert order(team) == [other]
