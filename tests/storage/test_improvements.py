"""Improvements in both databases: what people do with them, who asked, and who is told once they ship."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOW, TEAM, later
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.calendar import Period
from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act, Decided, Gone, Outdated, Press
from engagement.home import Filters, Page, State
from engagement.improvements.improvement import (
    ImprovementAct,
    ImprovementDecided,
    ImprovementKind,
    ImprovementOutdated,
    ImprovementPress,
    ImprovementState,
    Wanted,
    replay,
)
from engagement.sending.channels import Loss
from engagement.sending.outbox import MessageKind
from engagement.understanding.reading import Kind
from engagement.voice.guide import CommunityRules
from storage.conversations.past import past_of
from storage.conversations.queue import everything
from storage.database import open_database
from storage.digest.digests import find_digest, queue_digest
from storage.improvements.demands import count_unimproved, find_demand
from storage.improvements.improvements import (
    find_improvement,
    history_of,
    improvements_to_choose,
    latest_department,
    latest_press,
    shipped_between,
    titles_of,
)
from storage.improvements.improving import count_for, count_for_new, merge, press_improvement, split
from storage.records.history import changes_of_settings
from storage.sending.channels import find_lost_channel, lose_channel
from storage.sending.elsewhere import post_elsewhere
from storage.sending.messages import find_message, messages_to_redraw
from storage.team.leaving import leave
from storage.turns.answers import settle_answers
from storage.voice.guide import save_community
from storage.workspaces import find_workspace

WANTED = Wanted(title="Keep history in backups", kind=ImprovementKind.FIX, channel="C2")
OTHER = Wanted(title="Dark mode in print", kind=ImprovementKind.BUILD, channel="C3", owner="U3")
Do = ImprovementAct


class Workshop:
    """A team with mentions it reacted to, and its improvements."""

    def __init__(self, team):
        self.team = team

    def react(self, author="pat", *, at=NOW, **post):
        conversation = self.team.hear(author=author, kind=Kind.BUG, at=at, **post)
        self.team.press(Act.REACT, conversation, at=at)
        return conversation

    def propose(self, conversation, wanted=WANTED, *, at=NOW, drawn=None):
        """Propose an improvement from a card; return its number."""
        outcome = self.team.write(count_for_new, self._press(conversation, drawn), wanted, workspace_id=TEAM, at=at)
        assert isinstance(outcome, Decided)
        return outcome.conversation.improvement_id

    def count(self, conversation, improvement, *, at=NOW, drawn=None, workspace_id=TEAM):
        press = self._press(conversation, drawn, improvement)
        return self.team.write(count_for, press, workspace_id=workspace_id, at=at)

    def _press(self, conversation, drawn, improvement=0):
        drawn = drawn or self.team.conversation(conversation).version
        return Press(act=Act.IMPROVE, conversation_id=conversation, by="U1", drawn=drawn, improvement_id=improvement)

    def do(self, act, improvement, *, at=NOW, drawn=None, workspace_id=TEAM, conversations=None, **more):
        drawn = self.find(improvement).version if drawn is None else drawn
        press = ImprovementPress(act=act, by="U2", at=at, drawn=drawn, **more)
        if act is Do.MERGE:
            return self.team.write(merge, improvement, press, workspace_id=workspace_id)
        if act is Do.SPLIT:
            return self.team.write(split, improvement, press, conversations, workspace_id=workspace_id)
        return self.team.write(press_improvement, improvement, press, workspace_id=workspace_id)

    def find(self, improvement):
        return self.team.read(find_improvement, improvement)

    def demand(self, improvement):
        return self.team.read(find_demand, improvement)

    def reply(self, conversation):
        return self.team.conversation(conversation).reply.state


@pytest.fixture
def workshop(team):
    return Workshop(team)


def people_of(demand):
    return {each.person[:2] for each in demand.asked}


# ---- counting mentions for it --------------------------------------------------------------------------------------


def test_an_improvement_is_proposed_from_a_card_and_told_to_its_department(workshop):
    one = workshop.react()

    improvement = workshop.propose(one)

    card = workshop.team.card(one)
    assert (card.counted_for.improvement.wanted, card.counted_for.people) == (WANTED, 1)
    assert card.conversation.reply.state is ReplyState.OWED
    message = workshop.team.read(find_message, MessageKind.IMPROVEMENT, str(improvement))
    assert message.channel == "C2"


def test_people_are_counted_once_in_each_community_and_we_are_not(workshop):
    first = workshop.react("pat")
    improvement = workshop.propose(first)
    for conversation in (workshop.react("pat"), workshop.react("mira"), workshop.react("pat", community="r/wiki")):
        workshop.count(conversation, improvement)

    demand = workshop.demand(improvement)

    assert (demand.people, len(demand.asked)) == (3, 4)
    assert workshop.team.card(first).counted_for.people == 3


@pytest.mark.parametrize(
    ("post", "kind", "asks"),
    [
        ({"text": "Same here"}, Kind.OTHER, True),
        ({"text": "I moved away because of it"}, Kind.COMPARISON, True),
        ({"text": "Restore it with --history", "accepted": True}, Kind.OTHER, False),
        ({"text": "Stale", "by_program": True}, Kind.OTHER, False),
        ({"text": "Try ours"}, Kind.PROMO, False),
        ({"text": "1.0 is out"}, Kind.NEWS, False),
    ],
    ids=["joins in", "went away", "helped", "is a program", "promotes", "tells news"],
)
def test_whoever_joins_in_asks_for_it_but_not_helpers_programs_and_news(workshop, post, kind, asks):
    one = workshop.react("pat", thread_key="discourse:forum.example/7", keys=("discourse:forum.example/7",))
    improvement = workshop.propose(one)

    joined = workshop.team.hear(
        author="jo", kind=kind, thread_key="discourse:forum.example/7", parent_key="discourse:forum.example/7", **post
    )

    assert joined == one
    assert workshop.demand(improvement).people == workshop.team.card(one).counted_for.people == 1 + asks


def test_people_are_quoted_with_what_they_said_below_a_title_that_all_share(workshop):
    thread = {"thread_key": "discourse:forum.example/7", "title": "Search misses umlauts"}
    one = workshop.react("pat", keys=("discourse:forum.example/7",), text="Lower case finds nothing.", **thread)
    improvement = workshop.propose(one)
    workshop.team.hear(author="jo", parent_key="discourse:forum.example/7", text="Same here with å", **thread)

    said = {each.author: each.title for each in workshop.demand(improvement).asked}

    assert said == {"pat": "Search misses umlauts", "jo": "Same here with å"}


def test_the_latest_department_is_known_and_what_improvements_are_called(workshop):
    assert workshop.team.read(latest_department, TEAM) == ""
    first = workshop.propose(workshop.react())
    second = workshop.propose(workshop.react(), OTHER)

    assert workshop.team.read(latest_department, TEAM) == "C3"
    assert workshop.team.read(latest_department, "T2") == ""
    assert workshop.team.read(titles_of, [first, second]) == {first: WANTED.title, second: OTHER.title}


def test_whoever_opened_what_the_team_reacted_to_asks_for_it_whatever_they_said(workshop):
    news = workshop.team.hear(author="pat", kind=Kind.NEWS)
    workshop.team.press(Act.REACT, news)

    assert workshop.demand(workshop.propose(news)).people == 1


def test_what_is_not_us_after_all_asks_for_nothing_until_that_is_undone(workshop):
    one = workshop.react()
    improvement = workshop.propose(one)

    workshop.team.press(Act.NOT_US, one)
    assert workshop.demand(improvement).people == 0
    assert workshop.team.card(one).counted_for is None

    workshop.team.press(Act.UNDO, one)
    assert workshop.demand(improvement).people == 1


def test_a_card_that_changed_meanwhile_proposes_and_counts_nothing(workshop):
    one = workshop.react()
    improvement = workshop.propose(one)
    two = workshop.react()
    press = Press(act=Act.IMPROVE, conversation_id=two, by="U1", drawn=1)

    assert isinstance(workshop.count(two, improvement, drawn=1), Outdated)
    assert isinstance(workshop.team.write(count_for_new, press, OTHER, workspace_id=TEAM, at=NOW), Outdated)

    assert workshop.demand(improvement).people == 1
    assert workshop.find(improvement + 1) is None


def test_another_workspace_finds_nothing(workshop):
    one, two = workshop.react(), workshop.react()
    improvement = workshop.propose(one)
    press = Press(act=Act.IMPROVE, conversation_id=two, by="U1", drawn=2)

    assert isinstance(workshop.count(two, improvement, workspace_id="T2"), Gone)
    assert isinstance(workshop.count(two, 99), Gone)
    assert isinstance(workshop.team.write(count_for_new, press, OTHER, workspace_id="T2", at=NOW), Gone)
    for act in (Do.PLAN, Do.MERGE, Do.SPLIT):
        assert workshop.do(act, improvement, workspace_id="T2", wanted=OTHER, conversations=[one]) is None
    assert workshop.do(Do.PLAN, 99, drawn=1) is None
    assert workshop.demand(99) is None
    assert workshop.team.read(latest_press, 99) is None


def test_it_may_be_counted_for_another_or_for_none(workshop):
    one, two = workshop.react(), workshop.react("mira")
    first, second = workshop.propose(one), workshop.propose(two, OTHER)

    workshop.count(one, second)
    assert (workshop.demand(first).people, workshop.demand(second).people) == (0, 2)
    workshop.count(one, 0)
    assert (workshop.demand(first).people, workshop.demand(second).people) == (0, 1)


def test_what_was_reacted_to_and_is_counted_for_nothing_is_known(workshop):
    one, two = workshop.react(), workshop.react()
    workshop.team.press(Act.LISTEN, workshop.team.hear())
    workshop.team.press(Act.NOT_US, two)

    assert workshop.team.read(count_unimproved, TEAM) == 1
    workshop.propose(one)
    assert workshop.team.read(count_unimproved, TEAM) == 0


def test_the_history_of_a_card_names_the_improvement(workshop):
    one = workshop.react()
    workshop.propose(one)
    workshop.count(one, 0)

    page = workshop.team.read(past_of, workshop.team.card(one), now=NOW)

    assert [(each.act, each.improvement) for each in page.deeds[:2]] == [
        (Act.IMPROVE, ""),
        (Act.IMPROVE, WANTED.title),
    ]


# ---- deciding ------------------------------------------------------------------------------------------------------


def test_the_history_gives_the_row_and_is_no_setting(workshop):
    one = workshop.react()
    improvement = workshop.propose(one)
    workshop.do(Do.PLAN, improvement, at=later(hours=1))
    workshop.do(Do.CHANGE, improvement, at=later(hours=2), wanted=OTHER)
    workshop.do(Do.SHIP, improvement, at=later(hours=3), link="https://tidewiki.example/news", note="in 1.0")
    workshop.do(Do.REOPEN, improvement, at=later(hours=4))

    history = workshop.team.read(history_of, improvement)

    assert [each.act for each in history] == [Do.CREATE, Do.PLAN, Do.CHANGE, Do.SHIP, Do.REOPEN]
    assert replay(improvement, TEAM, history) == workshop.find(improvement)
    assert workshop.team.read(latest_press, improvement) == history[-1]
    assert workshop.team.read(changes_of_settings, TEAM, limit=9) == [
        each for each in workshop.team.read(changes_of_settings, TEAM, limit=9) if each.object != "improvement"
    ]


def test_a_press_on_an_older_card_says_who_was_first(workshop):
    improvement = workshop.propose(workshop.react())
    workshop.do(Do.PLAN, improvement)

    outcome = workshop.do(Do.DECLINE, improvement, drawn=1, note="no")

    assert isinstance(outcome, ImprovementOutdated)
    assert (outcome.first.act, outcome.first.by) == (Do.PLAN, "U2")
    assert workshop.find(improvement).state is ImprovementState.PLANNED


def test_each_decision_has_the_cards_that_show_it_redrawn(workshop):
    one = workshop.react()
    improvement = workshop.propose(one)
    workshop.team.send_all()

    workshop.do(Do.PLAN, improvement, at=later(hours=1))

    stale = workshop.team.read(messages_to_redraw, now=later(hours=1), limit=9)
    assert {each.kind for each in stale} == {MessageKind.CARD, MessageKind.IMPROVEMENT}


def test_another_department_gets_a_card_of_its_own(workshop):
    improvement = workshop.propose(workshop.react())

    workshop.do(Do.CHANGE, improvement, wanted=OTHER)

    rows = workshop.team.rows("SELECT channel FROM message WHERE kind = 'improvement' ORDER BY id")
    assert [row["channel"] for row in rows] == ["C2", "C3"]


def lose_department(workshop, channel="C2", to="C9", *, at=NOW):
    workshop.team.write(lose_channel, TEAM, channel, Loss.ARCHIVED, at=at)
    (row,) = workshop.team.rows("SELECT id FROM lost_channel WHERE channel = :channel", channel=channel)
    return workshop.team.write(post_elsewhere, workshop.team.read(find_lost_channel, row["id"]), to, by="U3", at=at)


def test_a_department_whose_channel_is_lost_goes_on_elsewhere_with_what_still_matters(workshop):
    undecided, untold, settled = [workshop.propose(workshop.react(author)) for author in ("pat", "mira", "jo")]
    workshop.team.send_all()
    workshop.do(Do.DECLINE, settled, note="no")
    workshop.do(Do.SHIP, untold)

    assert lose_department(workshop)

    assert [workshop.find(each).wanted.channel for each in (undecided, untold, settled)] == ["C9", "C9", "C2"]
    sent = [(each.channel, each.subject) for each in workshop.team.send_all() if each.kind is MessageKind.IMPROVEMENT]
    assert sent == [("C9", str(undecided)), ("C9", str(untold))]
    history = workshop.team.read(history_of, untold)
    assert (history[-1].act, history[-1].by) == (Do.CHANGE, "U3")
    assert replay(untold, TEAM, history) == workshop.find(untold)


def test_who_has_its_improvements_is_told_of_a_lost_department_or_who_proposed_them(workshop):
    workshop.propose(workshop.react(), replace(OTHER, channel="C2"))
    done = workshop.propose(workshop.react(), replace(OTHER, channel="C2", owner="U4"))
    workshop.do(Do.DECLINE, done, note="no")
    workshop.propose(workshop.react())
    theirs = workshop.react()
    workshop.propose(theirs, replace(OTHER, channel="C2", owner="U5"))
    workshop.team.press(Act.CLAIM, theirs, by="U5")
    workshop.team.write(leave, TEAM, "U5", at=NOW)

    workshop.team.write(lose_channel, TEAM, "C2", Loss.ARCHIVED, at=NOW)

    told = workshop.team.rows("SELECT channel FROM message WHERE kind = 'lost channel' ORDER BY id")
    assert [row["channel"] for row in told] == ["U3", "U1"]


def test_a_card_that_was_not_posted_yet_is_posted_elsewhere_once(workshop):
    back = workshop.propose(workshop.react(), OTHER)
    workshop.team.send_all()
    declined = workshop.propose(workshop.react())
    workshop.do(Do.DECLINE, declined, note="no")
    workshop.do(Do.CHANGE, back, wanted=replace(OTHER, channel="C2"))

    lose_department(workshop, to="C3")

    assert {workshop.find(each).wanted.channel for each in (declined, back)} == {"C3"}
    rows = workshop.team.rows("SELECT channel, subject FROM message WHERE kind = 'improvement' ORDER BY id")
    assert [(row["channel"], row["subject"]) for row in rows] == [("C3", str(back)), ("C3", str(declined))]


def test_what_is_undecided_is_offered_first_and_found_by_its_title(workshop):
    one, two = workshop.propose(workshop.react(), at=later(hours=1)), workshop.propose(workshop.react(), OTHER)
    gone = workshop.propose(workshop.react(), OTHER)
    workshop.do(Do.DECLINE, gone, note="no")

    def offered(words=""):
        return [each.id for each in workshop.team.read(improvements_to_choose, TEAM, words, limit=9)]

    assert offered() == [one, two]
    workshop.do(Do.SHIP, one, at=later(hours=2))
    assert offered() == [two, one]
    assert offered("DARK mode") == [two]
    assert offered("%") == []
    umlauts = workshop.propose(workshop.react(), replace(OTHER, title="Überall nach Umlauten suchen"))
    assert offered("überall NACH") == [umlauts]


# ---- telling -------------------------------------------------------------------------------------------------------


def test_when_it_ships_everybody_who_asked_is_owed_a_word_at_the_newest_they_wrote(workshop):
    old, new, other = workshop.react("pat"), workshop.react("pat", at=later(hours=1)), workshop.react("mira")
    improvement = workshop.propose(old)
    for conversation in (new, other):
        workshop.count(conversation, improvement)
    for conversation in (old, new, other):
        workshop.team.press(Act.ANSWERED, conversation)

    workshop.do(Do.PLAN, improvement)
    workshop.do(Do.SHIP, improvement, at=later(days=7))

    assert [workshop.reply(each) for each in (old, new, other)] == [
        ReplyState.ANSWERED,
        ReplyState.OWED,
        ReplyState.OWED,
    ]
    demand = workshop.demand(improvement)
    assert {each.asked.conversation_id for each in demand.untold} == {new, other}
    assert (demand.told, demand.seconds_to_ship) == (0, 7 * 24 * 3600 + 3600)
    assert workshop.team.rows("SELECT asked_at FROM conversation WHERE id = :id", id=new)[0]["asked_at"].startswith(
        f"{later(days=7):%Y-%m-%d}"
    )


def test_who_is_answered_is_told_and_who_is_reopened_is_not(workshop):
    one = workshop.react()
    improvement = workshop.propose(one)
    workshop.team.send_all()
    workshop.do(Do.SHIP, improvement, at=later(days=7))
    workshop.team.press(Act.CLAIM, one, at=later(days=8))
    (to_tell,) = workshop.demand(improvement).untold
    assert (to_tell.claimed_by, to_tell.channel, bool(to_tell.card_ts)) == ("U2", "C1", True)

    workshop.team.press(Act.ANSWERED, one, at=later(days=8))
    assert (workshop.demand(improvement).told, workshop.demand(improvement).telling[0].told_by) == (1, "U2")

    workshop.team.press(Act.REOPEN, one, at=later(days=9))
    assert workshop.demand(improvement).told == 0


def test_a_thread_that_is_closed_by_then_owes_no_word(workshop):
    on_hn = workshop.react(thread_key="hn:1", published_at=NOW)
    improvement = workshop.propose(on_hn)
    workshop.team.press(Act.ANSWERED, on_hn)

    workshop.do(Do.SHIP, improvement, at=later(days=15))

    assert workshop.reply(on_hn) is ReplyState.ANSWERED
    assert workshop.demand(improvement).out_of_reach == 1


def test_where_a_late_reply_is_unwelcome_nobody_is_owed_a_word(workshop):
    early, late = workshop.react("pat"), workshop.react("mira", community="r/selfhosted")
    improvement = workshop.propose(early)
    workshop.count(late, improvement)
    rules = CommunityRules(community="Reddit", late_days=30)
    workshop.team.write(save_community, TEAM, rules, by="U1", at=NOW)

    workshop.do(Do.SHIP, improvement, at=later(days=31))

    assert [each.asked.author for each in workshop.demand(improvement).telling] == ["pat"]
    assert workshop.demand(improvement).out_of_reach == 1


def test_what_has_not_shipped_after_all_owes_no_word_but_to_who_was_told(workshop):
    told, untold, open_ = workshop.react(), workshop.react("mira"), workshop.react("jo")
    improvement = workshop.propose(told)
    for conversation in (untold, open_):
        workshop.count(conversation, improvement)
    workshop.team.press(Act.ANSWERED, untold)
    workshop.do(Do.SHIP, improvement, at=later(days=7))
    workshop.team.press(Act.ANSWERED, told, at=later(days=7))

    workshop.do(Do.REOPEN, improvement, at=later(days=8))

    states = [workshop.reply(each) for each in (told, untold, open_)]
    assert states == [ReplyState.ANSWERED, ReplyState.ANSWERED, ReplyState.OWED]
    assert workshop.demand(improvement).untold == ()
    workshop.do(Do.SHIP, improvement, at=later(days=9))
    assert {each.asked.author for each in workshop.demand(improvement).untold} == {"mira", "jo"}


def test_who_asks_for_what_has_shipped_is_told_at_once_and_no_more_once_it_was_for_another(workshop):
    improvement = workshop.propose(workshop.react())
    workshop.do(Do.SHIP, improvement, at=later(days=1))
    late = workshop.react("mira", at=later(days=2))
    workshop.team.press(Act.ANSWERED, late, at=later(days=2))

    workshop.count(late, improvement, at=later(days=3))
    assert workshop.reply(late) is ReplyState.OWED

    workshop.count(late, 0, at=later(days=4))
    assert workshop.reply(late) is ReplyState.ANSWERED
    assert len(workshop.demand(improvement).telling) == 1


def test_what_shipped_in_a_week_is_known_to_the_digest(workshop):
    improvement = workshop.propose(workshop.react())
    workshop.do(Do.SHIP, improvement, at=later(days=1))

    def shipped(first, last):
        return workshop.team.read(shipped_between, TEAM, starts_at=later(days=first), ends_at=later(days=last))

    assert [each.id for each in shipped(1, 2)] == [improvement]
    assert shipped(0, 1) == []
    assert shipped(2, 3) == []


def test_the_digest_tells_what_shipped_in_its_week_and_who_knows_by_now(workshop):
    team = workshop.team
    one, other = workshop.react(published_at=NOW - timedelta(days=70)), workshop.react("mira")
    improvement = workshop.propose(one)
    workshop.count(other, improvement)
    workshop.react("jo")
    workshop.do(Do.SHIP, improvement, at=later(days=1))
    workspace = team.read(find_workspace, TEAM)
    period = Period(name="this week", starts_at=NOW, ends_at=later(days=7))
    team.write(queue_digest, workspace, period, now=later(days=7))

    def told():
        (row,) = team.rows("SELECT id FROM digest")
        digest = team.read(find_digest, row["id"])
        return [(each.title, each.people, each.told, each.untold) for each in digest.changed], digest.unimproved

    assert told() == ([(WANTED.title, 2, 0, 2)], 1)
    team.press(Act.ANSWERED, one, at=later(days=8))
    assert told() == ([(WANTED.title, 2, 1, 1)], 1)


def test_the_home_finds_what_lacks_an_improvement_and_what_is_under_way(workshop):
    planned, shipped, lacking = workshop.react("pat"), workshop.react("mira"), workshop.react("jo")
    workshop.propose(planned)
    workshop.do(Do.SHIP, workshop.propose(shipped, OTHER))
    workshop.team.hear()

    def found(state):
        listed = workshop.team.read(everything, TEAM, Page(filters=Filters(state=state)))
        return [(each.line.conversation_id, each.line.lacks_improvement) for each in listed.rows]

    assert found(State.UNIMPROVED) == [(lacking, True)]
    assert found(State.IMPROVING) == [(planned, False)]


def test_only_what_stands_at_the_source_since_it_shipped_tells_them(workshop):
    """The answer they had months ago is none to the news."""
    db = workshop.team.db
    one = workshop.react(thread_key="discourse:forum.example/7", keys=("discourse:forum.example/7",))
    improvement = workshop.propose(one)
    thread = (TEAM, "discourse:forum.example/7")
    write_as_team(db, "answer", thread[1], at=later(hours=1))
    db.transact(lambda tx: settle_answers(tx, [thread], at=later(hours=1)))
    assert workshop.reply(one) is ReplyState.ANSWERED
    workshop.do(Do.SHIP, improvement, at=later(days=7))

    db.transact(lambda tx: settle_answers(tx, [thread], at=later(days=8)))
    assert workshop.reply(one) is ReplyState.OWED

    write_as_team(db, "news", thread[1], at=later(days=9))
    db.transact(lambda tx: settle_answers(tx, [thread], at=later(days=9)))
    assert workshop.reply(one) is ReplyState.ANSWERED
    assert workshop.demand(improvement).told == 1


def write_as_team(db, key, thread_key, *, at):
    """Have a post of a teammate stand in a thread, as a poll of their feed would leave it."""
    from storage.stamps import stamp  # noqa: PLC0415 - for this alone

    def write(tx):
        row = tx.one(
            """INSERT INTO post (community, url, title, text, author, thread_key, parent_key, published_at, seen_at)
               VALUES ('forum.example', :url, '', 'Here it is', 'kim', :thread, :thread, :at, :at) RETURNING id""",
            url=f"https://forum.example/{key}",
            thread=thread_key,
            at=stamp(at),
        )
        tx.run("INSERT INTO post_key (key, post_id) VALUES (:key, :id)", key=key, id=row["id"])
        tx.run(
            """INSERT INTO team_post (workspace_id, post_id, slack_user, thread_key)
               VALUES (:team, :id, 'UKIM', :thread)""",
            team=TEAM,
            id=row["id"],
            thread=thread_key,
        )

    db.transact(write)


# ---- merging and splitting -----------------------------------------------------------------------------------------


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_merging_and_splitting_lose_no_person_whatever_is_done_in_between(workshop, data):
    authors = data.draw(st.lists(st.sampled_from(["pat", "mira", "jo", ""]), min_size=3, max_size=6))
    asking = {workshop.react(author): author for author in authors}
    standing = {workshop.propose(conversation) for conversation in asking}
    out = set()
    for _ in range(data.draw(st.integers(min_value=1, max_value=6))):
        act = data.draw(st.sampled_from(["merge", "split", "ship", "out", "back"]))
        one, other = (data.draw(st.sampled_from(sorted(standing))) for _ in range(2))
        chosen = data.draw(st.sets(st.sampled_from(sorted(asking)), min_size=1))
        if act == "merge":
            merged = isinstance(workshop.do(Do.MERGE, one, other=other), ImprovementDecided)
            standing -= {one} if merged else set()
        elif act == "split":
            workshop.do(Do.SPLIT, one, wanted=OTHER, conversations=chosen)
            standing |= {workshop.team.conversation(each).improvement_id for each in asking}
        elif act == "ship":
            workshop.do(Do.SHIP, one)
        else:
            move = Act.NOT_US if act == "out" else Act.UNDO
            moved = chosen - out if act == "out" else chosen & out
            for conversation in moved:
                workshop.team.press(move, conversation)
            out = out | moved if act == "out" else out - moved

    for conversation, author in asking.items():
        improvement = workshop.team.conversation(conversation).improvement_id
        counted = [each for each in workshop.demand(improvement).asked if each.conversation_id == conversation]
        assert improvement in standing
        assert [each.author for each in counted] == ([] if conversation in out else [author])
    demands = [workshop.demand(each) for each in standing]
    assert sum(len(demand.asked) for demand in demands) == len(asking) - len(out)
    for merged in {*range(min(standing), max(standing))} - standing:
        assert workshop.find(merged).merged_into
        assert workshop.demand(merged).people == 0


def test_who_was_taken_out_when_it_was_merged_counts_for_the_other_once_that_is_undone(workshop):
    out, other = workshop.react("pat"), workshop.react("mira")
    one, into = workshop.propose(out), workshop.propose(other, OTHER)
    workshop.team.press(Act.NOT_US, out)

    workshop.do(Do.MERGE, one, other=into)
    workshop.team.press(Act.UNDO, out)

    assert workshop.demand(into).people == 2
    assert workshop.find(one).merged_into == into
    assert [each.act for each in workshop.team.read(history_of, into)] == [Do.CREATE, Do.ABSORB]


def test_what_is_merged_into_something_shipped_is_told_at_once(workshop):
    one, other = workshop.react("pat"), workshop.react("mira")
    merged, shipped = workshop.propose(one), workshop.propose(other, OTHER)
    workshop.team.press(Act.ANSWERED, one)
    workshop.do(Do.SHIP, shipped, at=later(days=1))

    workshop.do(Do.MERGE, merged, other=shipped, at=later(days=2))

    assert workshop.reply(one) is ReplyState.OWED
    assert workshop.demand(shipped).people == 2


def test_who_chose_what_went_into_another_meanwhile_is_counted_for_that_one(workshop):
    one, into = workshop.propose(workshop.react()), workshop.propose(workshop.react("mira"), OTHER)
    workshop.do(Do.MERGE, one, other=into)
    late = workshop.react("jo")

    workshop.count(late, one)

    assert workshop.demand(into).people == 3


def test_who_counts_for_an_improvement_while_another_process_merges_it_is_not_lost(workshop, database_url):
    one, into = workshop.propose(workshop.react()), workshop.propose(workshop.react("mira"), OTHER)
    late = workshop.react("jo")
    press = ImprovementPress(act=Do.MERGE, by="U2", at=NOW, drawn=1, other=into)
    merged, counted = threading.Event(), threading.Event()

    def merge_slowly(tx):
        merge(tx, one, press, workspace_id=TEAM)
        merged.set()
        # Counting has to wait for the merge, which is why nobody waits for it here for long.
        counted.wait(0.2)

    with closing(open_database(database_url)) as another, ThreadPoolExecutor() as processes:
        merging = processes.submit(another._writer.transact, merge_slowly)
        merged.wait(10)
        workshop.count(late, one)
        counted.set()
        merging.result(10)

    assert workshop.demand(into).people == 3


def test_nothing_is_merged_with_what_was_declined_or_with_nothing(workshop):
    one, declined = workshop.propose(workshop.react()), workshop.propose(workshop.react(), OTHER)
    workshop.do(Do.DECLINE, declined, note="no")

    assert isinstance(workshop.do(Do.MERGE, one, other=declined), ImprovementOutdated)
    assert workshop.do(Do.MERGE, one, other=99) is None
    assert workshop.do(Do.MERGE, 99, other=one, drawn=1) is None


def test_some_who_asked_are_split_off_and_nobody_is_lost(workshop):
    one, two = workshop.react("pat"), workshop.react("mira")
    improvement = workshop.propose(one)
    workshop.count(two, improvement)
    stranger = workshop.react("jo")

    outcome = workshop.do(Do.SPLIT, improvement, wanted=OTHER, conversations=[two, stranger])

    assert isinstance(outcome, ImprovementDecided)
    new = workshop.team.conversation(two).improvement_id
    assert people_of(workshop.demand(improvement)) == {("forum.example", "pat")}
    assert people_of(workshop.demand(new)) == {("forum.example", "mira")}
    assert workshop.find(new).wanted == OTHER
    assert workshop.team.conversation(stranger).improvement_id == 0


def test_nothing_is_split_off_without_anybody_or_from_an_older_card(workshop):
    one = workshop.react()
    improvement = workshop.propose(one)

    assert isinstance(workshop.do(Do.SPLIT, improvement, wanted=OTHER, conversations=[]), ImprovementOutdated)
    assert isinstance(
        workshop.do(Do.SPLIT, improvement, wanted=OTHER, conversations=[one], drawn=7), ImprovementOutdated
    )
    assert workshop.do(Do.SPLIT, improvement, conversations=[one]) is None
    assert workshop.find(improvement + 1) is None


def test_a_person_who_was_heard_days_ago_is_first_in_time(workshop):
    one = workshop.react(published_at=NOW - timedelta(days=70))
    improvement = workshop.propose(one)

    assert workshop.demand(improvement).first_at == NOW - timedelta(days=70)
