"""The loop is closed: what a teammate wrote at the source answers the conversation, with the evidence."""

import pytest
from builders import NOW, TEAM, a_new_source, a_post, later

from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act
from engagement.team.team import Handle, Teammate
from engagement.understanding.reading import Kind, Pillar, Tag
from storage.conversations.waiting import count_waiting, waiting_for_us
from storage.listening.sources import all_sources
from storage.team.teammates import save_teammate

THREAD = "hn:1"
FEED = a_new_source("https://hn.example/?author=finn")


@pytest.fixture
def finn(team):
    """A teammate with a handle on Hacker News, whose posts are heard in a feed of their own; gives its source."""
    mate = Teammate(
        slack_user="UFINN", name="Finn", handles=(Handle(community="Hacker News", name="finn_of_tidewiki", feed=FEED),)
    )
    team.write(save_teammate, TEAM, mate, by="U1", interval_seconds=600, at=NOW)
    return next(source for source in team.read(all_sources) if source.url == FEED.url)


def ask(team, key="hn:1", *, minutes=0, under="", **facts):
    at = later(minutes=minutes)
    facts = {"thread_key": THREAD, "parent_key": under, "community": "Hacker News", "published_at": at} | facts
    return team.hear(key=key, at=at, **facts)


def answer(team, finn, key="hn:9", *, minutes, under="hn:1", author="finn_of_tidewiki"):
    at = later(minutes=minutes)
    post = a_post(
        key,
        community="Hacker News",
        author=author,
        thread_key=THREAD,
        parent_key=under,
        published_at=at,
        url=f"https://news.example/item?id={key}",
    )
    team.poll(post, source=finn, sightings=[], at=later(minutes=minutes + 5))


def test_an_answer_at_the_source_answers_the_conversation_with_who_when_and_where(team, finn):
    conversation = ask(team)
    team.press(Act.INTERACT, conversation)

    answer(team, finn, minutes=30)

    reply = team.conversation(conversation).reply
    assert (reply.state, reply.answered_by, reply.answered_at) == (ReplyState.ANSWERED, "UFINN", later(minutes=30))
    assert (reply.answer_url, reply.answer_seen) == ("https://news.example/item?id=hn:9", True)
    assert team.rows("SELECT stale FROM message WHERE kind = 'card'") == [{"stale": 1}]
    [line] = team.rows("SELECT actor, at FROM history WHERE act = 'answered at the source'")
    assert line["actor"] == "UFINN"


def test_whoever_had_promised_it_the_answer_is_of_who_wrote_it(team, finn):
    conversation = ask(team)
    team.press(Act.CLAIM, conversation, by="USAM")

    answer(team, finn, minutes=30)

    assert team.conversation(conversation).reply.answered_by == "UFINN"


def test_answering_what_nobody_had_decided_on_is_the_decision_to_interact(team, finn):
    conversation = ask(team)

    answer(team, finn, minutes=30)

    after = team.conversation(conversation)
    assert (after.tag, after.tagged_by) == (Tag.INTERACT, "UFINN")
    assert team.read(count_waiting, TEAM) == 0


def test_what_was_written_before_the_question_answers_nothing(team, finn):
    answer(team, finn, minutes=-60)
    conversation = ask(team)

    assert team.conversation(conversation).reply.state is ReplyState.NONE
    assert team.read(count_waiting, TEAM) == 1


def test_an_answer_that_was_heard_before_its_question_counts(team, finn):
    """The team's feeds are looked at as often as the places, so either may come first."""
    answer(team, finn, minutes=30)

    conversation = ask(team, minutes=0)

    assert team.conversation(conversation).reply.answer_seen


def test_who_asks_once_more_waits_again(team, finn):
    conversation = ask(team)
    answer(team, finn, minutes=30)

    ask(team, "hn:10", minutes=60, under="hn:9")

    assert team.conversation(conversation).reply.state is ReplyState.OWED
    answer(team, finn, "hn:11", minutes=90, under="hn:10")
    assert team.conversation(conversation).reply.answered_at == later(minutes=90)


def test_of_two_who_ask_in_one_thread_the_other_still_waits(team, finn):
    conversation = ask(team, "hn:2", under="hn:1")
    ask(team, "hn:3", minutes=10, under="hn:1", title="And is there a dark mode?")

    answer(team, finn, minutes=30, under="hn:2")

    assert team.conversation(conversation).reply.state is not ReplyState.ANSWERED
    [waiting] = team.read(waiting_for_us, TEAM, limit=5)
    assert (waiting.title, waiting.since) == ("And is there a dark mode?", later(minutes=10))


def test_an_answer_that_somebody_told_of_gets_its_evidence(team, finn):
    conversation = ask(team)
    team.press(Act.ANSWERED, conversation, by="UFINN", at=later(minutes=32))

    answer(team, finn, minutes=30)

    reply = team.conversation(conversation).reply
    assert (reply.answer_seen, reply.answered_at) == (True, later(minutes=30))


def test_an_answer_with_other_evidence_stays_as_it_was_told(team, finn):
    conversation = ask(team)
    team.press(Act.ANSWERED, conversation, by="USAM", at=later(minutes=40), link="https://elsewhere.example/1")

    answer(team, finn, minutes=30)

    reply = team.conversation(conversation).reply
    assert (reply.answered_by, reply.answer_seen) == ("USAM", False)


def test_a_teammate_is_known_by_name_in_any_place_of_the_community(team, finn):
    conversation = ask(team)

    answer(team, team.source, minutes=30, author="Finn_of_Tidewiki")

    assert team.conversation(conversation).reply.answered_by == "UFINN"


def test_a_name_in_one_community_is_nobody_in_another(team, finn):
    conversation = ask(team)
    post = a_post("lob:9", community="Lobsters", author="finn_of_tidewiki", thread_key=THREAD, parent_key="hn:1")

    team.poll(post, sightings=[], at=later(minutes=30))

    assert team.conversation(conversation).reply.state is ReplyState.NONE


def test_what_a_teammate_writes_about_us_asks_nothing_of_us(team, finn):
    post = a_post("hn:50", community="Hacker News", author="finn_of_tidewiki", title="Why we built Tidewiki?")

    team.poll(post)

    [mention] = team.rows("SELECT pillar, conversation_id FROM mention")
    assert mention["pillar"] == Pillar.PROVIDER_INITIATED.value
    assert team.read(count_waiting, TEAM) == 0


def test_whose_name_it_is_may_be_learned_later(team):
    conversation = ask(team, author="finn_of_tidewiki")
    assert team.read(count_waiting, TEAM) == 1
    mate = Teammate(slack_user="UFINN", name="Finn", handles=(Handle(community="Hacker News", name="x", feed=FEED),))
    team.write(save_teammate, TEAM, mate, by="U1", interval_seconds=600, at=NOW)
    feed = next(source for source in team.read(all_sources) if source.url == FEED.url)

    team.poll(a_post("hn:1", community="Hacker News", thread_key=THREAD), source=feed, sightings=[], at=later(hours=1))

    assert team.card(conversation).opening.reading.pillar is Pillar.PROVIDER_INITIATED
    assert team.read(count_waiting, TEAM) == 0


def test_what_was_not_us_stays_so(team, finn):
    conversation = ask(team)
    team.press(Act.NOT_US, conversation)

    answer(team, finn, minutes=30)

    assert team.conversation(conversation).reply.state is ReplyState.NONE


def test_praise_that_the_team_wants_to_thank_for_is_answered_like_a_question(team, finn):
    at = later(minutes=0)
    conversation = team.hear(
        key="hn:1", at=at, kind=Kind.PRAISE, thread_key=THREAD, community="Hacker News", published_at=at
    )
    team.press(Act.INTERACT, conversation)

    answer(team, finn, minutes=30)

    assert team.conversation(conversation).reply.answer_seen


def test_an_answer_that_somebody_said_is_none_does_not_answer_once_more(team, finn):
    conversation = ask(team)
    answer(team, finn, minutes=30)
    team.press(Act.REOPEN, conversation, at=later(minutes=40))

    ask(team, "hn:10", minutes=60, under="hn:1", kind=Kind.PRAISE)

    assert team.conversation(conversation).reply.state is ReplyState.OWED
    answer(team, finn, "hn:11", minutes=90)
    assert team.conversation(conversation).reply.answered_at == later(minutes=90)


@pytest.mark.parametrize("act", [Act.ANSWERED, Act.LISTEN], ids=["answered elsewhere", "needed no answer"])
def test_who_asks_after_the_rest_was_settled_is_the_only_one_who_waits(team, finn, act):
    conversation = ask(team, "hn:2", under="hn:1")
    team.press(act, conversation, at=later(minutes=10))
    ask(team, "hn:3", minutes=60, under="hn:1")

    answer(team, finn, minutes=90, under="hn:3")

    assert team.conversation(conversation).reply.state is ReplyState.ANSWERED


def test_nobody_has_to_answer_what_was_deleted_before_the_rest_was_answered(team, finn):
    conversation = ask(team, "hn:2", under="hn:1")
    ask(team, "hn:3", minutes=10, under="hn:1")
    deleted = a_post("hn:2", thread_key=THREAD, community="Hacker News", text="[deleted]", author="")
    team.poll(deleted, sightings=[], at=later(minutes=20))

    answer(team, finn, minutes=30, under="hn:3")

    assert team.conversation(conversation).reply.state is ReplyState.ANSWERED
