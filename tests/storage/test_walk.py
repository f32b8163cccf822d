"""A random walk through all that people and the clock do to conversations: whatever the order, the rows stay true."""

import json
from dataclasses import replace
from datetime import timedelta

from builders import NOW, TEAM, a_new_source, a_post, a_reading
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from engagement.calm.brake import BrakeLimits
from engagement.calm.mute import MuteScope
from engagement.conversations.conversation import ReplyState, Sighting
from engagement.conversations.press import Act, Press
from engagement.conversations.standing import is_open, waits_for_us
from engagement.improvements.improvement import ImprovementAct as Change
from engagement.improvements.improvement import ImprovementKind, ImprovementPress, Wanted, replay
from engagement.sending.channels import Loss
from engagement.team.team import Handle, Teammate
from engagement.understanding.reading import Kind
from storage.calm.brakes import find_brake, release_brake
from storage.calm.mutes import mutes_of
from storage.calm.muting import mute_from_card, unmute, unmute_from_card
from storage.calm.rollups import find_rollup, post_card, show_rollup
from storage.calm.rollups_due import tell_rollups
from storage.conversations.assigning import assign
from storage.conversations.conversation_rows import conversation_from, decision_values
from storage.conversations.mentions import asks_us
from storage.conversations.snoozes import wake
from storage.conversations.waiting import WAITS
from storage.improvements.demands import find_demand
from storage.improvements.improvements import find_improvement, history_of
from storage.improvements.improving import count_for, count_for_new, merge, press_improvement
from storage.listening.sources import all_sources
from storage.listening.watches import find_watch
from storage.records.withdrawn import withdraw
from storage.sending.channels import find_lost_channel, lose_channel
from storage.sending.elsewhere import post_elsewhere
from storage.sending.lost import lose_message, post_card_again
from storage.team.absences import come_back, go_away
from storage.team.availability import availability_of
from storage.team.leaving import come_back as sit_down_again
from storage.team.leaving import leave
from storage.team.teammates import save_teammate
from storage.turns.reminders import remind
from storage.understanding.answers import say_us
from storage.understanding.unsure import ask_channel, channels_to_ask, show_next
from storage.workspaces import find_workspace

PEOPLE = ["U1", "U2", "UFINN"]
THREADS = ["hn:1", "discourse:forum:2", "hn:3", "hn:4"]
AUTHORS = ["pat", "sam"]
CHOICE = st.integers(0, 9)
PERSON = st.sampled_from(PEOPLE)
COMMUNITIES = ["Hacker News", "r/selfhosted"]
LIMITS = BrakeLimits(cards_per_hour=3, untouched=2)
FINN = "finn_of_tidewiki"
FEED = a_new_source("https://hn.example/?author=finn")
TAGS = [Act.LISTEN, Act.INTERACT, Act.REACT, Act.NOT_US, Act.UNDO, Act.UNDO]
WANTED = Wanted(title="Keep history", kind=ImprovementKind.FIX, channel="C2")
REPLIES = [Act.CLAIM, Act.HAND_BACK, Act.ANSWERED, Act.REOPEN]


class Walk(RuleBasedStateMachine):
    """A team at work on three threads, in no order at all."""

    def __init__(self):
        super().__init__()
        self.team = self.new_team()
        self.now = NOW
        self.number = 0

    @initialize()
    def a_teammate_is_heard(self):
        mate = Teammate(
            slack_user="UFINN", name="Finn", handles=(Handle(community="Hacker News", name=FINN, feed=FEED),)
        )
        self.team.write(save_teammate, TEAM, mate, by="U1", interval_seconds=600, at=NOW)
        self.feed = next(each for each in self.team.read(all_sources) if each.url == FEED.url)
        self.present = set(PEOPLE)
        for thread in THREADS[:3]:
            self.somebody_writes(thread, "pat", "Hacker News", Kind.QUESTION, sure=True, opens=True)

    # ---- what is heard ----------------------------------------------------------------------------------------------

    @rule(
        thread=st.sampled_from(THREADS),
        author=st.sampled_from(AUTHORS),
        community=st.sampled_from(COMMUNITIES),
        kind=st.sampled_from([Kind.QUESTION, Kind.PRAISE]),
        sure=st.booleans(),
        opens=st.booleans(),
    )
    def somebody_writes(self, thread, author, community, kind, sure, opens):
        self._pass(minutes=1)
        post = self._post(thread, author=author, community=community, parent_key="" if opens else thread)
        sighting = Sighting(watch=self._watch(), post=post, term="tidewiki", reading=a_reading(kind), sure=sure)
        self.team.poll(post, sightings=[sighting], at=self.now, limits=LIMITS)

    @rule(thread=st.sampled_from(THREADS))
    def finn_answers(self, thread):
        self._pass(minutes=1)
        post = self._post(thread, author=FINN, community="Hacker News", parent_key=thread)
        self.team.poll(post, source=self.feed, sightings=[], at=self.now, limits=LIMITS)

    @rule(choice=CHOICE)
    def a_post_is_deleted_at_the_source(self, choice):
        rows = self.team.rows(
            "SELECT post.id, post.url, post.title FROM post JOIN mention ON mention.post_id = post.id"
        )
        if rows:
            row = rows[choice % len(rows)]
            post = a_post(f"gone-{row['id']}", title="[deleted]", text="")
            self.team.write(withdraw, {row["id"]: post}, at=self.now)

    # ---- what people press ------------------------------------------------------------------------------------------

    @rule(act=st.sampled_from(TAGS), choice=CHOICE, by=PERSON)
    def somebody_tags(self, act, choice, by):
        self._press(act, choice, by)

    @rule(act=st.sampled_from(REPLIES), choice=CHOICE, by=PERSON)
    def somebody_promises_or_answers(self, act, choice, by):
        self._press(act, choice, by)

    @rule(choice=CHOICE, by=PERSON, to=PERSON)
    def somebody_assigns(self, choice, by, to):
        conversation = self._any(choice)
        # The form refuses whoever is not here.
        if conversation and {by, to} <= self.present:
            press = Press(act=Act.ASSIGN, conversation_id=conversation.id, by=by, drawn=conversation.version, to=to)
            self.team.write(assign, press, workspace_id=TEAM, at=self.now)

    @rule(act=st.sampled_from([Act.SNOOZE, Act.SNOOZE, Act.WAKE, Act.CORRECT]), choice=CHOICE, by=PERSON)
    def somebody_puts_aside(self, act, choice, by):
        self._press(act, choice, by, until=self.now + timedelta(hours=5))

    @rule(choice=CHOICE)
    def somebody_hears_it_again(self, choice):
        conversation = self._any(choice, "mute_id > 0")
        if conversation:
            press = Press(act=Act.UNMUTE, conversation_id=conversation.id, by="U1", drawn=conversation.version)
            self.team.write(unmute_from_card, press, workspace_id=TEAM, at=self.now)

    @rule(scope=st.sampled_from(MuteScope), choice=CHOICE, days=st.sampled_from([None, 1]))
    def somebody_mutes(self, scope, choice, days):
        conversation = self._any(choice)
        if conversation:
            press = Press(act=Act.MUTE, conversation_id=conversation.id, by="U1", drawn=conversation.version)
            until = self.now + timedelta(days=days) if days else None
            self.team.write(mute_from_card, press, scope, until=until, workspace_id=TEAM, at=self.now)

    @rule(choice=CHOICE)
    def somebody_takes_a_mute_back(self, choice):
        mutes = self.team.read(mutes_of, TEAM, now=self.now)
        if mutes:
            self.team.write(unmute, TEAM, mutes[choice % len(mutes)].id, by="U1", at=self.now)

    @rule(choice=CHOICE, us=st.booleans())
    def somebody_says_whether_it_is_us(self, choice, us):
        conversation = self._any(choice, "unsure = 1")
        if conversation:
            act = Act.US if us else Act.NOT_US
            press = Press(act=act, conversation_id=conversation.id, by="U1", drawn=conversation.version)
            if us:
                self.team.write(say_us, press, workspace_id=TEAM, limits=LIMITS, at=self.now)
            else:
                self.team.press(act, conversation.id, at=self.now)

    @rule(act=st.sampled_from(["one card", "all of a roll-up", "all of a brake", "next unsure", "a deleted card"]))
    def somebody_asks_for_cards(self, act):
        conversation = self._any(self.number)
        write = self.team.write
        if act == "one card" and conversation:
            write(post_card, conversation.id, workspace_id=TEAM, at=self.now)
        elif act == "a deleted card" and conversation:
            write(post_card_again, conversation.id, workspace_id=TEAM, by="U1", at=self.now)
        elif act == "all of a roll-up" and (rollup := self.team.read(find_rollup, self._latest("rollup"))):
            write(show_rollup, rollup.id, workspace_id=TEAM, drawn=rollup.version, by="U1", at=self.now)
        elif act == "all of a brake" and (brake := self.team.read(find_brake, self._latest("brake"))):
            write(release_brake, brake.id, workspace_id=TEAM, drawn=brake.version, by="U1", at=self.now)
        elif act == "next unsure":
            write(show_next, self._latest("unsure_list"), workspace_id=TEAM, by="U1", at=self.now)

    # ---- who is here, and where it is posted ------------------------------------------------------------------------

    @rule(who=st.sampled_from(PEOPLE), cover=st.sampled_from(["", *PEOPLE]), leaves=st.booleans())
    def somebody_is_gone(self, who, cover, leaves):
        if who not in self.present:
            return
        if leaves:
            self.team.write(leave, TEAM, who, at=self.now)
        elif cover == "" or (cover in self.present and cover != who):
            self.team.write(go_away, TEAM, who, until=self.now + timedelta(days=9), cover=cover, at=self.now)
        else:
            return
        self._who_is_here()

    @rule(who=st.sampled_from(PEOPLE))
    def somebody_is_here_again(self, who):
        self.team.write(sit_down_again, TEAM, who, at=self.now)
        self.team.write(come_back, TEAM, who, at=self.now)
        self._who_is_here()

    @rule(delivery=st.sampled_from(["now", "hourly"]))
    def the_watch_delivers_otherwise(self, delivery):
        self.team.write(lambda tx: tx.run("UPDATE watch SET delivery = :delivery", delivery=delivery))

    @precondition(lambda self: self._latest("lost_channel") < 2)
    @rule()
    def the_channel_is_lost_and_another_chosen(self):
        old = self._watch().channel
        self.team.write(lose_channel, TEAM, old, Loss.ARCHIVED, at=self.now)
        lost = self.team.read(find_lost_channel, self._latest("lost_channel"))
        self.team.write(post_elsewhere, lost, f"C{self._latest('lost_channel') + 1}", by="U1", at=self.now)

    @rule(choice=CHOICE)
    def somebody_deletes_a_card(self, choice):
        rows = self.team.rows("SELECT id FROM message WHERE kind = 'card' AND state = 'sent' ORDER BY id")
        if rows:
            self.team.write(lose_message, rows[choice % len(rows)]["id"], at=self.now)

    # ---- the clock --------------------------------------------------------------------------------------------------

    @rule(hours=st.sampled_from([1, 6, 30]))
    def time_passes(self, hours):
        self._pass(hours=hours)
        self._who_is_here()

    @rule()
    def the_clock_ticks(self):
        self._pass(minutes=1)
        self.team.write(wake, now=self.now)
        self.team.write(remind, now=self.now)
        self.team.write(tell_rollups, limits=LIMITS, now=self.now)
        workspace, day = self.team.read(find_workspace, TEAM), f"{self.now:%Y-%m-%d}"
        for channel in self.team.read(channels_to_ask, workspace, day=day, until=self.now):
            self.team.write(ask_channel, workspace, channel, day=day, until=self.now, at=self.now)
        self.team.send_all(at=self.now)

    # ---- what holds -------------------------------------------------------------------------------------------------

    @invariant()
    def what_is_open_is_what_the_rule_says(self):
        for row, conversation, asks in self._conversations():
            assert row["is_open"] == int(is_open(conversation, ours_to_answer=asks)), conversation

    @invariant()
    def what_waits_in_sql_waits_by_the_rule(self):
        waiting = {row["id"] for row in self.team.rows(f"SELECT id FROM conversation WHERE {WAITS}")}
        by_rule = {
            conversation.id
            for _, conversation, asks in self._conversations()
            if not conversation.unsure and waits_for_us(conversation, ours_to_answer=asks)
        }
        assert waiting == by_rule

    @invariant()
    def what_is_open_has_one_card_and_what_is_unsure_none(self):
        cards = self.team.rows("SELECT subject FROM message WHERE kind = 'card'")
        for _, conversation, asks in self._conversations():
            number = sum(row["subject"] == str(conversation.id) for row in cards)
            assert number <= int(not conversation.unsure)
            assert number or not is_open(conversation, ours_to_answer=asks)

    @invariant()
    def what_is_held_can_be_let_out(self):
        held = self.team.rows(
            """SELECT conversation.id, conversation.channel, brake.channel AS brakes, brake.released_at,
                 rollup_card.rollup_id, told.channel AS rolls FROM message
               JOIN conversation ON CAST(conversation.id AS TEXT) = message.subject
               LEFT JOIN brake ON brake.id = conversation.brake_id
               LEFT JOIN rollup_card ON rollup_card.conversation_id = conversation.id
                 AND rollup_card.posted_at IS NULL
               LEFT JOIN message AS told ON told.kind = 'rollup'
                 AND told.subject = CAST(rollup_card.rollup_id AS TEXT)
               WHERE message.kind = 'card' AND message.state = 'held'"""
        )
        for row in held:
            braked = row["brakes"] == row["channel"] and row["released_at"] is None
            rolled = row["rollup_id"] == 0 or row["rolls"] == row["channel"]
            assert braked or rolled, row

    @invariant()
    def the_history_replays_to_the_row(self):
        for _, conversation, _ in self._conversations():
            lines = self.team.rows(
                """SELECT act, before_facts, after_facts FROM history
                   WHERE object = 'conversation' AND object_id = :id ORDER BY id""",
                id=conversation.id,
            )
            stands = None
            for line in lines:
                before, after = json.loads(line["before_facts"]), json.loads(line["after_facts"])
                assert stands is None or _decided(before) == _decided(stands), (line["act"], before, stands)
                stands = after
            if stands is not None:
                assert _decided(stands) == _decided(decision_values(conversation)), lines[-1]["act"]

    # ---- what changes ------------------------------------------------------------------------------------------------

    @rule(choice=CHOICE, other=CHOICE, by=PERSON)
    def somebody_counts_it_for_an_improvement(self, choice, other, by):
        conversation, improvement = self._any(choice, "tag = 'react'"), self._any_improvement(other)
        if conversation is None or by not in self.present:
            return
        press = Press(act=Act.IMPROVE, conversation_id=conversation.id, by=by, drawn=conversation.version)
        if improvement is None or other % 3 == 0:
            self.team.write(count_for_new, press, WANTED, workspace_id=TEAM, at=self.now)
        else:
            chosen = replace(press, improvement_id=improvement.id if other % 3 == 1 else 0)
            self.team.write(count_for, chosen, workspace_id=TEAM, at=self.now)

    @rule(act=st.sampled_from([Change.SHIP, Change.SHIP, Change.DECLINE, Change.REOPEN]), choice=CHOICE, by=PERSON)
    def somebody_decides_about_an_improvement(self, act, choice, by):
        self._pass(minutes=1)
        improvement = self._any_improvement(choice)
        if improvement:
            press = ImprovementPress(act=act, by=by, at=self.now, drawn=improvement.version, note="because")
            self.team.write(press_improvement, improvement.id, press, workspace_id=TEAM)

    @rule(choice=CHOICE, other=CHOICE, by=PERSON)
    def somebody_merges_improvements(self, choice, other, by):
        one, into = self._any_improvement(choice), self._any_improvement(other)
        if one and into:
            press = ImprovementPress(act=Change.MERGE, by=by, at=self.now, drawn=one.version, other=into.id)
            self.team.write(merge, one.id, press, workspace_id=TEAM)

    @invariant()
    def the_history_of_an_improvement_gives_its_row(self):
        for improvement in self._improvements():
            history = self.team.read(history_of, improvement.id)
            assert replay(improvement.id, TEAM, history) == improvement

    @invariant()
    def nobody_is_to_be_told_of_what_has_not_shipped_or_counted_for_what_went_into_another(self):
        for improvement in self._improvements():
            demand = self.team.read(find_demand, improvement.id)
            assert improvement.is_shipped or demand.untold == (), demand
            assert not (improvement.merged_into and demand.asked), demand
            for told in demand.untold:
                assert self.team.conversation(told.asked.conversation_id).reply.is_open, told

    @invariant()
    def nobody_who_is_gone_has_a_promise(self):
        for _, conversation, _ in self._conversations():
            if conversation.reply.state is ReplyState.CLAIMED and not conversation.dismissed_by:
                assert conversation.reply.claimed_by in self.present, conversation

    @invariant()
    def nothing_settled_is_asleep(self):
        for _, conversation, _ in self._conversations():
            settled = conversation.is_muted or conversation.dismissed_by or conversation.reply.is_answered
            assert not (settled and conversation.is_snoozed), conversation

    @invariant()
    def of_a_deleted_card_of_what_is_open_its_channel_is_told(self):
        missed = self.team.rows(
            """SELECT conversation.id FROM conversation
               JOIN message ON message.kind = 'card' AND message.subject = CAST(conversation.id AS TEXT)
               WHERE message.state = 'deleted' AND conversation.is_open = 1 AND NOT EXISTS (
                 SELECT 1 FROM message AS told WHERE told.kind = 'deleted' AND told.subject = message.subject)"""
        )
        assert missed == []

    def _press(self, act, choice, by, **more):
        conversation = self._any(choice)
        if conversation and by in self.present:
            self.team.press(act, conversation.id, by=by, at=self.now, **more)

    # ---- helpers ----------------------------------------------------------------------------------------------------

    def _pass(self, **duration):
        self.now += timedelta(**duration)

    def _post(self, thread, **facts):
        self.number += 1
        return a_post(f"{thread}-{self.number}", thread_key=thread, published_at=self.now, **facts)

    def _any(self, choice, condition="1 = 1"):
        rows = self.team.rows(f"SELECT id FROM conversation WHERE {condition} ORDER BY id")
        return self.team.conversation(rows[choice % len(rows)]["id"]) if rows else None

    def _improvements(self):
        rows = self.team.rows("SELECT id FROM improvement ORDER BY id")
        return [self.team.read(find_improvement, row["id"]) for row in rows]

    def _any_improvement(self, choice):
        improvements = self._improvements()
        return improvements[choice % len(improvements)] if improvements else None

    def _latest(self, table):
        return self.team.rows(f"SELECT COALESCE(MAX(id), 0) AS id FROM {table}")[0]["id"]

    def _watch(self):
        return self.team.read(find_watch, self.team.watch.id)

    def _who_is_here(self):
        people = [self.team.read(availability_of, TEAM, each) for each in PEOPLE]
        self.present = {each.slack_user for each in people if not each.has_left and not each.is_away(self.now)}

    def _conversations(self):
        rows = self.team.rows("SELECT * FROM conversation ORDER BY id")
        return [(row, conversation_from(row), self.team.read(asks_us, row["id"])) for row in rows]


def _decided(facts):
    # When a channel is warned of what nobody has follows from what is asked, too.
    return {name: value for name, value in facts.items() if name != "warn_at"}


def test_whatever_the_order_the_rows_stay_true(new_team):
    Walk.new_team = staticmethod(new_team)
    # The same walks each time: to look for new ones, take the seed away and let it walk for an hour.
    walks = settings(
        max_examples=12,
        stateful_step_count=40,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Walk, settings=walks)
