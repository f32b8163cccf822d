"""Copies of one story: one vote on the words beside a name, and one answer in the day's question."""

import pytest
from builders import DEFAULT_LIMITS, NOW, TEAM, a_post, a_reading, later

from engagement.conversations.conversation import Sighting
from engagement.conversations.press import Act, Decided, Press
from engagement.understanding.reading import Kind, Mood, Pillar
from handlers.polling.same_story import TELLING
from storage.conversations.copies import story_of
from storage.conversations.decisions import correct, record_press
from storage.conversations.stories import put_together, take_apart
from storage.listening.polls import Poll
from storage.listening.taking_in import store_poll
from storage.understanding.answers import say_not_us, say_us, take_back
from storage.understanding.beside import learned_beside
from storage.understanding.learned import learned_in
from storage.understanding.unsure import ask_channel, channels_to_ask, find_doubts
from storage.workspaces import find_workspace
from triage.read import corrected

CRUISE = "Cruise ship breaks a record in the fjord"
PLACES = ("herald.example", "gazette.example", "courier.example", "post.example")


def hear(team, community, title=CRUISE, *, beside=(), sure=True, kind=Kind.NEWS, text="", at=NOW, **reading):
    url = f"https://{community}/{title.replace(' ', '-')}"
    post = a_post(f"{community} {title}", community=community, title=title, text=text, author="", url=url)
    pillar = Pillar.ASSOCIATION if kind is Kind.NEWS else Pillar.USER_INITIATED
    sighting = Sighting(
        watch=team.watch,
        post=post,
        term="fjord",
        reading=a_reading(kind, pillar=pillar, **reading),
        sure=sure,
        beside=tuple(beside),
    )
    poll = Poll(source_id=team.source.id, posts=[post], sightings=[sighting])
    team.write(store_poll, poll, limits=DEFAULT_LIMITS, at=at, telling=TELLING)
    return team.rows("SELECT id FROM conversation WHERE thread_key = :key", key=post.thread_key)[0]["id"]


def judge(team, act, *titles, beside):
    for number, title in enumerate(titles):
        team.press(act, hear(team, f"place-{number}.example", title, beside=beside))


def told(team):
    return {each.word: (each.is_us, each.posts) for each in team.read(learned_beside, TEAM)}


@pytest.fixture
def ours(team):
    """Three posts that are about us, so that words may tell what is not."""
    judge(
        team, Act.LISTEN, "Fjord backs up Debian", "Fjord at home on a NAS", "Fjord restores in minutes", beside=["nas"]
    )
    return team


@pytest.mark.parametrize("sure", [True, False], ids=["cards, one after the other", "the day's question"])
def test_copies_of_one_story_that_are_all_not_us_are_one_vote(ours, sure):
    for place in PLACES:
        # Of what is not us no card stands for its copies, so each has one, or a row of the question.
        copy = hear(ours, place, beside=["cruise", "ship"], sure=sure)
        ours.press(Act.NOT_US, copy)

    assert "cruise" not in told(ours)
    assert [row["n"] for row in ours.rows("SELECT COUNT(DISTINCT story_id) AS n FROM us_verdict WHERE is_us = 0")] == [
        1
    ]

    judge(ours, Act.NOT_US, "Ferry stuck in the northern fjord", "Whales seen from a kayak in May", beside=["cruise"])

    assert told(ours)["cruise"] == (False, 3)
    assert "ship" not in told(ours)


def test_copies_of_one_story_that_sound_otherwise_are_one_correction(team):
    def correct_all(*numbers):
        for number in numbers:
            reading = team.card(number).opening.reading
            after = corrected(reading, kind=reading.kind, mood=Mood.GOOD, pillar=reading.pillar)
            press = Press(act=Act.CORRECT, conversation_id=number, by="U2", drawn=team.conversation(number).version)
            assert isinstance(team.write(correct, press, after, workspace_id=TEAM, at=NOW), Decided)

    bad = {"mood": Mood.BAD, "mood_words": ("insane",)}
    copies = []
    for place in PLACES[:3]:
        # Muted for a while, a card takes no copies, so each has its own.
        copies.append(hear(team, place, **bad))
        team.press(Act.MUTE, copies[-1], mute_id=1)
    for copy in copies:
        team.press(Act.UNMUTE, copy)

    correct_all(*copies)
    assert team.read(learned_in, TEAM).words == ()

    correct_all(hear(team, "a.example", "Ferry stuck", **bad), hear(team, "b.example", "Whales seen in May", **bad))
    assert [(each.word, each.corrections) for each in team.read(learned_in, TEAM).words] == [("insane", 3)]


def test_who_says_something_of_their_own_under_the_headline_votes_for_themselves(ours):
    own = "We were aboard that day, and the captain spoke of nothing else than the wind in the narrow part of it."
    for number, text in enumerate(("", own)):
        ours.press(Act.NOT_US, hear(ours, PLACES[number], kind=Kind.OTHER, text=text, beside=["cruise"]))

    assert ours.rows("SELECT story_id FROM conversation WHERE story_id > 0") == []


def test_what_somebody_said_is_not_the_same_votes_for_itself(team):
    first = hear(team, PLACES[0], beside=["cruise"])
    copy = hear(team, PLACES[1], beside=["cruise"])
    assert team.read(story_of, copy) == first

    decide(team, take_apart, Act.APART, copy)

    assert team.read(story_of, copy) == copy


@pytest.mark.parametrize(("decide_so", "act"), [(put_together, Act.TOGETHER), (record_press, Act.PERHAPS)])
def test_what_somebody_took_back_that_it_is_not_the_same_votes_with_its_story_again(team, decide_so, act):
    first, copy = hear(team, PLACES[0]), hear(team, PLACES[1])
    decide(team, take_apart, Act.APART, copy)

    decide(team, decide_so, act, copy)

    assert team.read(story_of, copy) == first


def decide(team, how, act, number):
    press = Press(act=act, conversation_id=number, by="U2", drawn=team.conversation(number).version)
    assert isinstance(team.write(how, press, workspace_id=TEAM, at=NOW), Decided)


def ask(team):
    at = later(days=1)
    workspace = team.read(find_workspace, TEAM)
    for channel in team.read(channels_to_ask, workspace, day="2026-11-19", until=at):
        team.write(ask_channel, workspace, channel, day="2026-11-19", until=at, at=at)
    return {doubt.conversation.id: doubt for doubt in team.read(find_doubts, 1).doubts}


def answer(team, act, number, *, at=NOW):
    press = Press(act=act, conversation_id=number, by="U2", drawn=team.conversation(number).version)
    if act is Act.US:
        outcome = team.write(say_us, press, workspace_id=TEAM, limits=DEFAULT_LIMITS, telling=TELLING, at=at)
    else:
        record = say_not_us if act is Act.NOT_US else take_back
        outcome = team.write(record, press, workspace_id=TEAM, at=at)
    assert isinstance(outcome, Decided)
    return {doubt.conversation.id: doubt for doubt in team.read(find_doubts, 1).doubts}


@pytest.fixture
def doubts(team):
    """Three tellings of one story that nobody is sure of, and another story."""
    tellings = [hear(team, place, sure=False) for place in PLACES[:3]]
    other = hear(team, PLACES[3], "Ferry stuck in the northern fjord", sure=False)
    assert set(ask(team)) == {*tellings, other}
    return tellings, other


@pytest.mark.parametrize("pressed", [0, 1, 2])
def test_one_not_us_answers_for_every_telling_of_the_story_and_says_so_on_each(team, doubts, pressed):
    tellings, other = doubts

    rows = answer(team, Act.NOT_US, tellings[pressed])

    assert [rows[each].conversation.dismissed_by for each in tellings] == ["U2"] * 3
    assert [rows[each].together for each in tellings] == [3] * 3
    assert (rows[other].is_open, rows[other].together) == (True, 1)
    lines = team.rows("SELECT act, actor, object_id FROM history WHERE object = 'conversation' ORDER BY object_id")
    assert lines == [{"act": "not us", "actor": "U2", "object_id": each} for each in tellings]


def test_its_undo_takes_it_back_for_every_telling_but_what_somebody_else_said(team, doubts):
    tellings, _ = doubts
    answer(team, Act.NOT_US, tellings[0])
    answer(team, Act.UNDO, tellings[1])
    assert all(team.conversation(each).dismissed_by == "" for each in tellings)

    answer(team, Act.NOT_US, tellings[0], at=later(hours=1))
    team.press(Act.UNDO, tellings[2])
    team.press(Act.NOT_US, tellings[2], by="U7", at=later(hours=2))
    answer(team, Act.UNDO, tellings[0])

    assert [team.conversation(each).dismissed_by for each in tellings] == ["", "", "U7"]


def test_one_us_brings_one_card_with_the_other_tellings_in_its_thread(team, doubts):
    tellings, other = doubts

    rows = answer(team, Act.US, tellings[1])

    cards = [int(row["subject"]) for row in team.rows("SELECT subject FROM message WHERE kind = 'card'")]
    assert cards == [tellings[1]]
    assert [team.conversation(each).told_in for each in tellings] == [tellings[1], 0, tellings[1]]
    assert [(rows[each].us_by, rows[each].together) for each in tellings] == [("U2", 3)] * 3
    assert rows[other].is_open


def test_a_telling_that_comes_after_the_answer_is_asked_about_and_says_what_was_said_of_an_earlier_one(team, doubts):
    tellings, _ = doubts
    assert not any(team.read(find_doubts, 1).doubts[at].not_us_before for at in range(4))
    answer(team, Act.NOT_US, tellings[0])
    late = hear(team, "late.example", sure=False, at=later(hours=30))

    workspace, until = team.read(find_workspace, TEAM), later(days=2)
    team.write(ask_channel, workspace, team.watch.channel, day="2026-11-20", until=until, at=until)

    [asked] = team.read(find_doubts, 2).doubts
    assert (asked.conversation.id, asked.is_open, asked.not_us_before) == (late, True, True)

    answer(team, Act.UNDO, tellings[0])
    assert not team.read(find_doubts, 2).doubts[0].not_us_before


def test_who_asks_us_under_the_same_headline_is_not_answered_for(team):
    first = hear(team, PLACES[0], sure=False)
    asking = hear(team, PLACES[1], kind=Kind.QUESTION, sure=False)
    asks_later = hear(team, PLACES[2], sure=False)
    [row] = team.rows("SELECT thread_key FROM conversation WHERE id = :id", id=asks_later)
    post = a_post(
        "later", community=PLACES[2], thread_key=row["thread_key"], parent_key="above", title="", text="And us?"
    )
    sighting = Sighting(watch=team.watch, post=post, term="fjord", reading=a_reading(Kind.QUESTION), sure=False)
    poll = Poll(source_id=team.source.id, posts=[post], sightings=[sighting])
    team.write(store_poll, poll, limits=DEFAULT_LIMITS, at=NOW, telling=TELLING)
    ask(team)

    rows = answer(team, Act.NOT_US, first)

    assert [rows[each].is_open for each in (first, asking, asks_later)] == [False, True, True]


def test_a_watch_for_another_name_is_answered_for_by_itself(team):
    first = hear(team, PLACES[0], sure=False)
    team.watch = team.add_watch("Ship")
    others = hear(team, PLACES[1], sure=False)
    ask(team)

    answer(team, Act.NOT_US, first)

    assert team.conversation(others).dismissed_by == ""


def test_a_copy_a_month_later_is_news_again(ours):
    ours.press(Act.NOT_US, hear(ours, PLACES[0], beside=["cruise"]))
    again = hear(ours, PLACES[1], beside=["cruise"], at=later(days=30))

    assert ours.rows("SELECT story_id FROM conversation WHERE id = :id", id=again) == [{"story_id": 0}]
