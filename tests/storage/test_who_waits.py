"""Who waits when answers, presses and posts come in any order: each of these was wrong once in a simulated quarter."""

import pytest
from builders import NOW, TEAM, a_post, later

from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act
from engagement.team.team import Handle, Teammate
from engagement.understanding.reading import Kind
from storage.conversations.waiting import waiting_for_us
from storage.team.teammates import save_teammate

THREAD = "hn:1"


@pytest.fixture
def thread(team):
    for name in ("FINN", "SAM"):
        handle = Handle(community="Hacker News", name=name.lower())
        mate = Teammate(slack_user=f"U{name}", name=name, handles=(handle,))
        team.write(save_teammate, TEAM, mate, by="U1", interval_seconds=600, at=NOW)
    return Thread(team)


class Thread:
    """One thread on Hacker News; `heard` is when the bot hears of a post, in minutes like all the rest."""

    def __init__(self, team):
        self.team = team
        self.places = team.source, team.add_source(team.watch, "https://forum.example/search")
        team.poll(source=self.places[1])

    def ask(self, key, at, *, under="hn:1", heard=None, author="pat", kind=Kind.QUESTION, text="How?"):
        post = self._post(key, at, under, author, text)
        heard = later(minutes=at if heard is None else heard)
        return self.team.hear(kind=kind, at=heard, **post._asdict())

    def write(self, key, at, *, under="hn:1", heard=None, author="finn", place=0, text="So."):
        post = self._post(key, at, under, author, text)
        heard = later(minutes=at if heard is None else heard)
        self.team.poll(post, source=self.places[place], sightings=[], at=heard)

    def hear_at_once(self, heard, *written):
        """Hear posts in one poll, each as (key, at, under, author, text)."""
        posts = [self._post(*each) for each in written]
        self.team.poll(*posts, source=self.places[0], sightings=[], at=later(minutes=heard))

    def press(self, act, at, **more):
        [row] = self.team.rows("SELECT id FROM conversation")
        self.team.press(act, row["id"], at=later(minutes=at), **more)

    def _post(self, key, at, under, author, text):
        return a_post(
            key,
            community="Hacker News",
            author=author,
            text=text,
            thread_key=THREAD,
            parent_key="" if key == THREAD else under,
            published_at=later(minutes=at),
        )

    @property
    def waiting(self):
        """Who waits, and since which minute; None where nobody does."""
        lines = self.team.read(waiting_for_us, TEAM, limit=5)
        return (lines[0].author, int((lines[0].since - NOW).total_seconds() // 60)) if lines else None

    @property
    def reply(self):
        [row] = self.team.rows("SELECT id FROM conversation")
        return self.team.conversation(row["id"]).reply


def test_who_wrote_first_waits_since_then_whoever_was_heard_first(thread):
    thread.ask("hn:3", 20, author="kim")
    thread.ask("hn:2", 5, author="pat", heard=30)

    assert thread.waiting == ("pat", 5)


def test_an_answer_to_somebody_else_under_a_question_is_for_that_person(thread):
    thread.ask("hn:2", 5, author="pat")
    thread.ask("hn:3", 10, under="hn:2", author="kim")

    thread.write("hn:9", 30, under="hn:3")

    assert thread.waiting == ("pat", 5)


def test_whoever_asks_twice_under_themselves_has_one_answer(thread):
    thread.ask("hn:2", 5, author="pat")
    thread.ask("hn:3", 10, under="hn:2", author="pat")

    thread.write("hn:9", 30, under="hn:3")

    assert thread.waiting is None


@pytest.mark.parametrize("comment_first", [True, False], ids=["heard before it", "heard after it"])
def test_an_answer_under_a_comment_that_does_not_name_us_is_for_the_question_above(thread, comment_first):
    thread.ask("hn:2", 5)
    thread.ask("hn:8", 6, author="kim")
    if comment_first:
        thread.write("hn:3", 10, under="hn:2", author="lee")
    thread.write("hn:9", 30, under="hn:3")
    thread.write("hn:10", 31, under="hn:8")
    if not comment_first:
        thread.write("hn:3", 10, under="hn:2", author="lee", heard=40)

    assert thread.waiting is None


def test_under_a_comment_that_was_deleted_nobody_knows_whom_we_answered(thread):
    thread.ask("hn:2", 5)
    thread.write("hn:3", 10, under="hn:2", author="", text="[deleted]")

    thread.write("hn:9", 30, under="hn:3")

    assert thread.waiting == ("pat", 5)


def test_what_an_answer_stands_under_is_learned_from_the_source_that_says_it(thread):
    thread.ask("hn:2", 5, author="pat")
    thread.ask("hn:3", 10, author="kim")
    thread.write("hn:9", 30, under="hn:1")
    assert thread.waiting == ("pat", 5)

    thread.write("hn:9", 30, under="hn:2", heard=50, place=1)

    assert thread.waiting == ("kim", 10)


def test_the_first_to_answer_answered_whoever_was_heard_first(thread):
    thread.ask("hn:2", 5)
    thread.write("hn:9", 30, under="hn:2", author="finn")

    thread.write("hn:8", 20, under="hn:2", author="sam", heard=40)

    assert (thread.reply.answered_by, thread.reply.answered_at) == ("USAM", later(minutes=20))


def test_who_was_told_of_as_answered_does_not_wait_again_with_the_next_who_asks(thread):
    thread.ask("hn:2", 5, author="pat")
    thread.press(Act.ANSWERED, 15, by="USAM")
    thread.ask("hn:3", 20, author="kim")

    thread.write("hn:9", 30, under="hn:3")

    assert thread.waiting is None


def test_who_was_only_listened_to_does_not_wait_with_the_next_who_asks(thread):
    thread.ask("hn:2", 5, author="pat")
    thread.press(Act.LISTEN, 15)
    thread.ask("hn:3", 20, author="kim")

    thread.write("hn:9", 30, under="hn:3")

    assert thread.waiting is None


def test_a_tag_that_is_taken_back_has_those_wait_again_whom_it_settled(thread):
    thread.ask("hn:2", 5, author="pat")
    thread.press(Act.LISTEN, 15)
    thread.ask("hn:3", 20, author="kim")

    thread.press(Act.UNDO, 25)
    thread.write("hn:9", 30, under="hn:3")

    assert thread.waiting == ("pat", 5)


def test_praise_is_not_owed_an_answer_because_somebody_asks_again(thread):
    thread.ask("hn:2", 5, kind=Kind.PRAISE, author="lee")
    thread.ask("hn:3", 10, author="pat")
    thread.write("hn:9", 20, under="hn:3")
    thread.ask("hn:4", 30, under="hn:9", author="pat")

    thread.write("hn:10", 40, under="hn:4")

    assert thread.waiting is None


def test_a_promise_under_praise_is_to_who_asked_there(thread):
    thread.ask("hn:2", 5, kind=Kind.PRAISE, author="lee")
    thread.ask("hn:3", 10, author="pat")
    thread.press(Act.CLAIM, 15, by="UFINN")

    thread.write("hn:9", 20, under="hn:3")

    assert thread.waiting is None


def test_an_answer_that_was_called_none_is_not_found_again(thread):
    thread.ask("hn:2", 5)
    thread.write("hn:9", 30, under="hn:2")
    thread.press(Act.REOPEN, 40)

    thread.ask("hn:4", 50, kind=Kind.PRAISE, author="lee")
    assert thread.waiting == ("pat", 5)
    thread.write("hn:8", 35, under="hn:9", heard=55)
    assert thread.waiting == ("pat", 5)

    thread.write("hn:10", 60, under="hn:2")
    assert thread.waiting is None


def test_a_word_that_is_taken_back_takes_what_we_had_heard_with_it(thread):
    thread.ask("hn:2", 5)
    thread.press(Act.ANSWERED, 20, by="USAM", link="https://elsewhere.example/1")
    thread.write("hn:9", 10, under="hn:2", heard=25)
    thread.press(Act.REOPEN, 30)

    thread.ask("hn:4", 50, kind=Kind.PRAISE, author="lee")

    assert thread.waiting == ("pat", 5)


def test_an_older_answer_is_no_evidence_of_what_somebody_told_of_later(thread):
    thread.ask("hn:2", 5)
    thread.write("hn:9", 10, under="hn:2")
    thread.ask("hn:3", 20, under="hn:9")
    thread.press(Act.ANSWERED, 30, by="UFINN")

    thread.ask("hn:4", 50, kind=Kind.PRAISE, author="lee")

    assert (thread.reply.answered_at, thread.reply.answer_seen) == (later(minutes=30), False)


def test_what_was_said_while_it_was_not_us_counts_when_that_is_taken_back(thread):
    thread.ask("hn:2", 5)
    thread.press(Act.NOT_US, 10)
    thread.write("hn:9", 30, under="hn:2")

    thread.press(Act.UNDO, 40)

    assert (thread.waiting, thread.reply.answered_by) == (None, "UFINN")


def test_who_asked_while_it_was_not_us_waits_when_that_is_taken_back(thread):
    thread.ask("hn:2", 5)
    thread.press(Act.ANSWERED, 8, by="USAM")
    thread.press(Act.NOT_US, 10)
    thread.ask("hn:3", 20, author="kim")

    thread.press(Act.UNDO, 40)

    assert (thread.waiting, thread.reply.state) == (("kim", 20), ReplyState.OWED)


def test_who_deletes_their_question_waits_no_more_and_the_others_do(thread):
    thread.ask("hn:2", 5, author="pat")
    thread.ask("hn:3", 10, author="kim")
    thread.write("hn:2", 5, author="", text="[deleted]", heard=20)
    assert thread.waiting == ("kim", 10)

    thread.write("hn:9", 30, under="hn:3")

    assert thread.waiting is None


def test_who_deletes_what_we_had_answered_was_answered(thread):
    """We heard of the deletion before we heard of our answer."""
    thread.ask("hn:2", 5, author="pat")
    thread.write("hn:8", 10, under="hn:2")
    thread.ask("hn:3", 20, author="kim")
    thread.write("hn:3", 20, author="", text="[deleted]", heard=40)

    thread.write("hn:9", 30, under="hn:3", heard=50)

    assert thread.reply.answered_at == later(minutes=30)


@pytest.mark.parametrize("act", [Act.INTERACT, Act.CLAIM])
def test_who_decides_to_answer_what_has_our_answer_sees_it_at_once(thread, act):
    thread.ask("hn:2", 5, kind=Kind.PRAISE, author="lee")
    thread.ask("hn:4", 8, kind=Kind.PRAISE, author="kim")
    thread.write("hn:9", 10, under="hn:2")

    thread.press(act, 20, by="USAM")

    assert (thread.waiting, thread.reply.answered_at) == (None, later(minutes=10))


def test_an_answer_that_was_called_none_takes_no_older_one_with_it(thread):
    """Nobody had told of an answer: that we listened only says nothing of what we wrote."""
    thread.ask("hn:2", 5)
    thread.press(Act.LISTEN, 15)
    thread.hear_at_once(
        50,
        ("hn:8", 10, "hn:2", "finn", "So."),
        ("hn:3", 20, "hn:8", "pat", "And how do I print it?"),
        ("hn:9", 30, "hn:3", "finn", "So."),
    )

    thread.press(Act.REOPEN, 60)

    assert thread.waiting == ("pat", 20)


def test_a_promise_to_who_was_only_listened_to_is_a_promise_to_them(thread):
    thread.ask("hn:2", 5)
    thread.press(Act.LISTEN, 10)
    thread.press(Act.CLAIM, 20, by="UFINN")
    thread.write("hn:9", 30, under="hn:2")

    assert (thread.waiting, thread.reply.answer_seen) == (None, True)


def test_where_feeds_never_say_whom_a_comment_answers_two_who_wait_stay_listed(team):
    at = later(minutes=1)
    handle = Handle(community="Lobsters", name="finn")
    mate = Teammate(slack_user="UFINN", name="Finn", handles=(handle,))
    team.write(save_teammate, TEAM, mate, by="U1", interval_seconds=600, at=NOW)
    facts = {"community": "Lobsters", "thread_key": "lobsters:1", "published_at": at}
    team.hear(key="lobsters:1", author="pat", at=at, **facts)
    team.hear(key="lobsters:2", author="kim", at=at, parent_key="lobsters:1", **facts)

    answer = a_post(
        "lobsters:9", author="finn", parent_key="lobsters:1", **(facts | {"published_at": later(minutes=9)})
    )
    team.poll(answer, sightings=[], at=later(minutes=9))

    assert [line.author for line in team.read(waiting_for_us, TEAM, limit=5)] == ["pat"]
    assert team.rows("SELECT tag FROM conversation") == [{"tag": None}]


def test_who_praised_waits_no_more_when_the_decision_to_answer_is_taken_back(thread):
    thread.ask("hn:2", 5, kind=Kind.PRAISE, author="lee")
    thread.press(Act.INTERACT, 10)
    assert thread.waiting == ("lee", 5)
    thread.press(Act.UNDO, 15)
    thread.ask("hn:3", 20, author="pat")

    thread.write("hn:9", 30, under="hn:3")

    assert thread.waiting is None


@pytest.mark.parametrize("later_tag", [Act.INTERACT, Act.CLAIM], ids=["to interact", "with a promise, handed back"])
def test_who_was_waved_through_does_not_wait_when_a_later_decision_is_taken_back(thread, later_tag):
    thread.ask("hn:2", 5)
    thread.write("hn:3", 6, under="hn:2", author="lee", text="Nice.")
    thread.press(Act.LISTEN, 10)
    thread.press(later_tag, 20)
    if later_tag is Act.CLAIM:
        thread.press(Act.HAND_BACK, 22)
    assert thread.waiting == ("pat", 5)

    thread.press(Act.UNDO, 25)

    assert (thread.waiting, thread.reply.state) == (None, ReplyState.NONE)
