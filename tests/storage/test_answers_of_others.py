"""Others answered for us, or the asker goes on: told by what stands in the thread without naming us."""

import pytest
from builders import NOW, TEAM, a_new_source, a_post, later

from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act
from engagement.team.team import Handle, Teammate
from engagement.understanding.reading import Tag
from storage.conversations.waiting import count_waiting, waiting_for_us
from storage.listening.sources import all_sources
from storage.team.teammates import save_teammate

THREAD = "discourse:forum.example/7"
FEED = a_new_source("https://forum.example/u/finn.rss")


@pytest.fixture
def finn(team):
    """A teammate on the forum, whose posts are heard in a feed of their own; gives its source."""
    handle = Handle(community="forum.example", name="finn", feed=FEED)
    mate = Teammate(slack_user="UFINN", name="Finn", handles=(handle,))
    team.write(save_teammate, TEAM, mate, by="U1", interval_seconds=600, at=NOW)
    return next(source for source in team.read(all_sources) if source.url == FEED.url)


def a_post_in_it(key, text, author, minutes, **facts):
    given = {
        "title": "",
        "community": "forum.example",
        "thread_key": THREAD,
        "parent_key": THREAD,
        "published_at": later(minutes=minutes),
        "url": f"https://forum.example/t/7/{key}",
    }
    return a_post(key, text=text, author=author, **(given | facts))


def ask(team, key=THREAD, *, minutes=0, author="ann", **facts):
    post = a_post_in_it(key, "Does Tidewiki print?", author, minutes, **({"parent_key": ""} | facts))
    names = ("title", "text", "author", "community", "thread_key", "parent_key", "url", "published_at")
    return team.hear(key=key, at=later(minutes=minutes), **{name: getattr(post, name) for name in names})


def say(team, key, text, author, minutes, *, source=None, **facts):
    post = a_post_in_it(key, text, author, minutes, **facts)
    team.poll(post, source=source, sightings=[], at=later(minutes=minutes + 1))


@pytest.fixture
def solved(team, finn):
    """A question to which somebody else gave the answer, and the asker thanked them; gives its conversation."""
    conversation = ask(team)
    say(team, "d:2", "Have a look at the print menu.", "bob", 10)
    say(team, "d:3", "Thanks, that did the trick!", "ann", 20)
    return conversation


def test_who_is_thanked_by_the_asker_has_answered_for_us_with_evidence(team, solved):
    reply = team.conversation(solved).reply
    assert (reply.state, reply.helper, reply.answered_at) == (ReplyState.ANSWERED_BY_OTHERS, "bob", later(minutes=10))
    assert (reply.answer_url, reply.answered_by, reply.answer_seen) == ("https://forum.example/t/7/d:2", "", True)
    assert team.conversation(solved).tag is None
    assert team.read(count_waiting, TEAM) == 0
    [line] = team.rows("SELECT actor FROM history WHERE act = 'answered by others'")
    assert line["actor"] == ""


def test_thanks_that_were_heard_first_count_as_well(team, finn):
    say(team, "d:3", "Thanks, that did the trick!", "ann", 20)
    say(team, "d:2", "Have a look at the print menu.", "bob", 10)

    conversation = ask(team)

    assert team.conversation(conversation).reply.helper == "bob"


def test_an_answer_that_is_accepted_later_answers_for_us(team, finn):
    conversation = ask(team)
    say(team, "d:2", "Have a look at the print menu.", "bob", 10)
    assert team.read(count_waiting, TEAM) == 1

    post = a_post_in_it("d:2", "Have a look at the print menu.", "bob", 10, accepted=True)
    team.poll(post, sightings=[], at=later(minutes=60))

    assert team.conversation(conversation).reply.helper == "bob"


def test_what_somebody_promised_is_owed_no_more_and_still_known(team, finn):
    conversation = ask(team)
    team.press(Act.CLAIM, conversation, by="USAM")

    say(team, "d:2", "Have a look at the print menu.", "bob", 10)
    say(team, "d:3", "Thanks, that did the trick!", "ann", 20)

    reply = team.conversation(conversation).reply
    assert (reply.state, reply.claimed_by) == (ReplyState.ANSWERED_BY_OTHERS, "USAM")
    assert team.rows("SELECT stale FROM message WHERE kind = 'card'") == [{"stale": 1}]


def test_whoever_says_that_it_is_no_answer_is_believed(team, finn, solved):
    team.press(Act.REOPEN, solved, at=later(minutes=40))
    say(team, "d:4", "Same over here.", "cid", 50)

    after = team.conversation(solved)
    assert (after.reply.state, after.tag) == (ReplyState.OWED, Tag.INTERACT)
    say(team, "d:5", "Works now, thank you.", "ann", 60)
    assert team.conversation(solved).reply.helper == "cid"


def test_what_we_wrote_meanwhile_counts_though_the_answer_of_others_does_not(team, finn, solved):
    team.press(Act.REOPEN, solved, at=later(minutes=40))

    say(team, "d:4", "There is a page on it.", "finn", 30, source=finn)

    assert team.conversation(solved).reply.answered_by == "UFINN"


def test_a_teammate_who_writes_later_has_answered(team, finn, solved):
    say(team, "d:4", "Bob is right, and there is a page on it.", "finn", 60, source=finn)

    reply = team.conversation(solved).reply
    assert (reply.state, reply.answered_by, reply.helper) == (ReplyState.ANSWERED, "UFINN", "")


def test_a_second_asker_in_the_thread_still_waits(team, finn):
    conversation = ask(team)
    ask(team, "d:9", minutes=5, author="cid", parent_key=THREAD)
    say(team, "d:2", "Have a look at the print menu.", "bob", 10)

    say(team, "d:3", "Thanks, that did the trick!", "ann", 20)

    assert team.conversation(conversation).reply.state is ReplyState.NONE
    [waiting] = team.read(waiting_for_us, TEAM, limit=5)
    assert (waiting.author, waiting.since) == ("cid", later(minutes=5))


def test_who_asks_where_others_had_answered_waits_for_a_decision_like_the_first(team, finn, solved):
    ask(team, "d:9", minutes=30, author="cid", parent_key=THREAD)
    [waiting] = team.read(waiting_for_us, TEAM, limit=5)
    reply = team.conversation(solved).reply
    assert (waiting.author, reply.state, reply.warn_at is None) == ("cid", ReplyState.NONE, False)

    team.press(Act.LISTEN, solved, at=later(minutes=40))

    assert team.read(count_waiting, TEAM) == 0


def test_who_asks_on_after_our_answer_waits_again_though_they_do_not_name_us(team, finn):
    conversation = ask(team)
    say(team, "d:2", "In the print menu.", "finn", 10, source=finn)

    say(team, "d:3", "And how do I print two pages on one?", "ann", 20)

    assert team.conversation(conversation).reply.state is ReplyState.OWED
    [waiting] = team.read(waiting_for_us, TEAM, limit=5)
    assert (waiting.since, waiting.url) == (later(minutes=20), f"https://forum.example/t/7/{THREAD}")
    say(team, "d:4", "With the second tab.", "finn", 30, source=finn)
    assert team.conversation(conversation).reply.answered_at == later(minutes=30)


@pytest.mark.parametrize(
    "post",
    [
        {"text": "Thanks!", "author": "ann"},
        {"text": "How do you like it?", "author": "bob"},
        {"text": "Is this still relevant?", "author": "AutoModerator"},
        {"text": "I am a bot. Is this still relevant?", "author": "ann"},
        {"text": "Is this still relevant?", "author": "ann", "by_program": True},
    ],
    ids=["thanks", "somebody else asks somebody", "a known program", "it says so itself", "the community says so"],
)
def test_all_else_after_our_answer_changes_nothing(team, finn, post):
    conversation = ask(team)
    say(team, "d:2", "In the print menu.", "finn", 10, source=finn)
    before = team.conversation(conversation)

    say(team, "d:3", minutes=20, **post)

    assert team.conversation(conversation) == before


def test_an_automatic_reply_of_ours_answers_nobody(team, finn):
    conversation = ask(team)

    say(team, "d:2", "Out of office: I am back on Monday.", "finn", 10, source=finn)

    assert team.conversation(conversation).reply.state is ReplyState.NONE


def test_what_was_edited_is_read_again(team, finn):
    conversation = ask(team)
    say(team, "d:2", "Have a look at the print menu.", "bob", 10)
    say(team, "d:3", "Will try.", "ann", 20)

    say(team, "d:3", "That worked, thanks.", "ann", 20)

    assert team.conversation(conversation).reply.helper == "bob"


def test_what_was_asked_and_answered_in_between_is_told_as_both(team, finn):
    """A feed that comes late brings the question and our answer to it at once."""
    conversation = ask(team)
    say(team, "d:2", "In the print menu.", "finn", 10, source=finn)

    say(team, "d:4", "With the second tab.", "finn", 30, source=finn)
    say(team, "d:3", "And how do I print two pages on one?", "ann", 20)

    assert team.conversation(conversation).reply.answered_at == later(minutes=30)
    acts = [row["act"] for row in team.rows("SELECT act FROM history WHERE object = 'conversation' ORDER BY id")]
    assert acts == ["answered at the source", "asked again", "answered at the source"]


def test_in_a_tree_what_was_asked_on_waits_until_it_is_answered(team):
    """An answer of ours that stands under it must not make it a post between."""
    facts = {"thread_key": "hn:1", "community": "Hacker News"}
    handle = Handle(community="Hacker News", name="finn")
    team.write(
        save_teammate,
        TEAM,
        Teammate(slack_user="UFINN", name="F", handles=(handle,)),
        by="U1",
        interval_seconds=600,
        at=NOW,
    )
    conversation = ask(team, "hn:1", **facts)
    say(team, "hn:2", "In the menu.", "finn", 10, parent_key="hn:1", **facts)

    say(team, "hn:4", "With the second tab.", "finn", 30, parent_key="hn:3", **facts)
    say(team, "hn:3", "And how do I print two pages on one?", "ann", 20, parent_key="hn:2", **facts)

    assert team.conversation(conversation).reply.answered_at == later(minutes=30)
