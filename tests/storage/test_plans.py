"""What is asked all the time never reads a whole table that grows."""

import re
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from builders import DEFAULT_LIMITS, NOW, TEAM, a_conversation, a_post, a_reading, a_sighting, later

from engagement.calendar import zone_of
from engagement.conversations.press import Act, Past, Press
from engagement.conversations.stories import Marks
from engagement.digest.voices import Person
from engagement.home import Filters, Page, Spot, State
from engagement.improvements.themes import Theme, ThemeHeard
from engagement.listening.places import Hearing
from engagement.records.lookup import About, Step, Topic, Turn
from engagement.sending.outbox import MessageKind
from engagement.span import read_span
from engagement.understanding.reading import Mood, Saying, Tag
from handlers.polling.same_story import TELLING
from storage.calm.alerts import alerts_to_tell, look_for_liked, look_for_surges, surges_over
from storage.calm.mutes import find_mute, noise_in_force
from storage.calm.muting import unmute
from storage.calm.noise import count_left_out, left_out
from storage.calm.rollups import redraw_rollup_of
from storage.calm.rollups_due import bundles_due, tell_rollups
from storage.conversations.cards import count_cards_since, count_untouched, find_card
from storage.conversations.conversations import find_conversation, lock_by_thread
from storage.conversations.copies import copies_of
from storage.conversations.corrections import corrections_of
from storage.conversations.decided import latest_decision
from storage.conversations.mentions import asks_us, find_mention
from storage.conversations.past import past_of
from storage.conversations.queue import (
    communities_of,
    count_mine,
    count_unowned,
    everything,
    mine,
    needs_someone,
    put_aside,
)
from storage.conversations.snoozes import is_any_snooze_over, wake
from storage.conversations.stories import put_together, tell_apart
from storage.conversations.story_marks import forget_marks, forget_old_marks, those_like
from storage.conversations.waiting import count_untagged, count_waiting, longest_waiting, rows_of_digest, waiting_for_us
from storage.database import NAMED_VALUE
from storage.digest.asked_once import AskedOnce
from storage.digest.bounds import bounds_of
from storage.digest.communities import communities_heard
from storage.digest.details import details_of, helped_by
from storage.digest.figures import figures_of
from storage.digest.label_weeks import week_by_label
from storage.digest.lines import line_of
from storage.digest.own_weeks import own_weeks
from storage.digest.voices import voices_of
from storage.digest.weeks import days_of, noise_of, week_of
from storage.improvements.demands import count_unimproved, count_who_asked, find_demand, mentions_to_tell, untold_in
from storage.improvements.improvements import improvements_to_choose, presses_on, shipped_between
from storage.improvements.issues import issues_to_ask
from storage.improvements.theme_decisions import conversations_about
from storage.improvements.theme_queue import queue_for_themes
from storage.improvements.themes import save_theme
from storage.improvements.themes_heard import examples_of, newest_said, themes_heard
from storage.listening.listening import listening_since, newest_join, welcome
from storage.listening.memory import sift
from storage.listening.posts import newest_posts
from storage.listening.sources import due_sources
from storage.listening.telling import channels_to_tell
from storage.listening.troubles import deaf_since, how_silent
from storage.listening.watches import state_of_watches
from storage.records.exports import exported_mentions
from storage.records.forgetting import begin_to_forget, forget_on
from storage.records.forgotten_keys import forgotten_among
from storage.records.history import changes_of_settings
from storage.records.lookups import find_lines
from storage.records.search import search_mentions
from storage.records.words import index_posts
from storage.sending.messages import find_message, mark_stale, messages_to_find, messages_to_redraw, messages_to_send
from storage.sending.redraws import redraw_conversation, redraw_improvement, redraw_labelled
from storage.sending.webhook import events_due
from storage.team.labels import label_person
from storage.team.leaving import find_departure, leave, owners_to_look_up
from storage.turns.heeding import heed, threads_with_conversation
from storage.turns.look_posts import watches_there
from storage.turns.looks import threads_due
from storage.turns.our_threads import our_threads
from storage.turns.reminders import find_reminder, reminders_due
from storage.turns.thread_posts import thread_posts_in
from storage.turns.unseen import is_any_lost, judge, lose_sight, to_be_looked_at, unjudged
from storage.understanding.answers import answered_together, copies_in_doubt
from storage.understanding.beside import learn_from_verdict
from storage.understanding.learned import learn_from_mood, learned_in
from storage.understanding.preferences import learn_from_tag
from storage.understanding.putting_aside import shown_or_put_aside
from storage.understanding.replays import heard_lately
from storage.understanding.rereading import Reached, count_old_readings, next_old_readings
from storage.understanding.unsure import channels_to_ask, find_doubts
from storage.understanding.weights import is_any_to_weigh, weigh_anew, weigh_others_anew, weigh_some, why_it_matters
from storage.voice.drafts import drafts_of
from storage.voice.said import what_we_said
from storage.voice.writing import writing_of
from storage.workspaces import find_workspace

GROWING = (
    "word_vote|beside_vote|us_verdict|tag_choice|post|post_key|thread_post|source_post|watch_source|mention|conversation|message|history|digest_row|rollup_card"
    "|improvement|telling|draft|said_in_public|mention_theme|mention_without_themes|story_mark"
)
# The names the queries give to these tables.
ALIASES = (
    "theirs|their_post|opening|later|kept|in_public|read_as|labelled"
    "|labelled_post|settled|their_other|their_later|carried|first|asking|asked|spoken|meant|told|candidate|parent|busy|recent|aside|of_theme|repeats"
)
SCAN = re.compile(rf"^SCAN ({GROWING}|{ALIASES})\b")

NO_TIME, AN_HOUR = bounds_of(TEAM, NOW, NOW), bounds_of(TEAM, NOW, later(hours=1))
A_STORY = Marks(exact=("address", "title"), words=("tidewiki", "editor"))
A_THEME = ThemeHeard(theme_id=1, name="a", people=1, new=1)

QUESTIONS = {
    "noise_in_force": lambda tx, team: noise_in_force(tx, TEAM, now=NOW),
    "left_out": lambda tx, team: left_out(tx, TEAM, limit=9),
    "count_left_out": lambda tx, team: count_left_out(tx, TEAM, starts_at=NOW, ends_at=later(hours=1)),
    "forget_on": lambda tx, team: list(iter(lambda: forget_on(tx), False)),  # noqa: FBT003 - what it ends with
    "mine": lambda tx, team: mine(tx, TEAM, "U2", Page()),
    "needs_someone": lambda tx, team: needs_someone(tx, TEAM, Page()),
    "everything": lambda tx, team: everything(tx, TEAM, Page()),
    "everything, the next page": lambda tx, team: everything(tx, TEAM, Page(spot=Spot(at=NOW, id=1))),
    "everything without an improvement": lambda tx, team: everything(
        tx, TEAM, Page(filters=Filters(state=State.UNIMPROVED))
    ),
    "everything that changes": lambda tx, team: everything(tx, TEAM, Page(filters=Filters(state=State.IMPROVING))),
    "everything of a watch": lambda tx, team: everything(tx, TEAM, Page(filters=Filters(watch=1))),
    "everything with a tag": lambda tx, team: everything(tx, TEAM, Page(filters=Filters(tag="react"))),
    "everything in a community": lambda tx, team: everything(tx, TEAM, Page(filters=Filters(community="GitHub"))),
    "everything of a kind": lambda tx, team: everything(tx, TEAM, Page(filters=Filters(kind="bug"))),
    "everything with these words": lambda tx, team: everything(tx, TEAM, Page(filters=Filters(words="export"))),
    "writing_of": lambda tx, team: writing_of(tx, find_card(tx, 1), by="U2"),
    "past_of": lambda tx, team: past_of(tx, find_card(tx, 1), now=NOW),
    "drafts_of": lambda tx, team: drafts_of(tx, 1),
    "what_we_said": lambda tx, team: what_we_said(tx, 1, answered_at=""),
    "own_weeks": lambda tx, team: own_weeks(tx, TEAM, "U2", now=NOW),
    "put_aside": lambda tx, team: put_aside(tx, TEAM, "U2"),
    "everything that is put aside": lambda tx, team: everything(tx, TEAM, Page(filters=Filters(state=State.SNOOZED))),
    "everything that is claimed": lambda tx, team: everything(tx, TEAM, Page(filters=Filters(state=State.CLAIMED))),
    **{
        f"find_lines of {topic}": lambda tx, team, topic=topic: find_lines(tx, TEAM, About(topic=topic, number=1))
        for topic in Topic
        if topic not in (Topic.CONVERSATION, Topic.IMPROVEMENT)
    },
    "find_lines, the next page": lambda tx, team: find_lines(
        tx, TEAM, About(topic=Topic.VOICE), Turn(step=Step.OLDER, line=99)
    ),
    "presses_on": lambda tx, team: presses_on(tx, 1, Turn(step=Step.NEWER, line=1)),
    "changes_of_settings": lambda tx, team: changes_of_settings(tx, TEAM, limit=9),
    "communities_of": lambda tx, team: communities_of(tx, TEAM, limit=9),
    "count_mine": lambda tx, team: count_mine(tx, TEAM, "U2"),
    "count_unowned": lambda tx, team: count_unowned(tx, TEAM),
    "due_sources": lambda tx, team: due_sources(tx, now=NOW, limit=9),
    "channels_to_tell": lambda tx, team: channels_to_tell(tx, now=NOW),
    "threads_due": lambda tx, team: threads_due(tx, now=NOW),
    "watches_there": lambda tx, team: watches_there(tx, "hn:1", [1]),
    "thread_posts_in": lambda tx, team: thread_posts_in(tx, "hn:1"),
    "threads_with_conversation": lambda tx, team: threads_with_conversation(tx, ["hn:1"]),
    "heed": lambda tx, team: heed(tx, ["hn:1"], lambda post: Saying.NOTHING),
    "unjudged": lambda tx, team: unjudged(tx),
    "judge": lambda tx, team: judge(tx, {1: True}),
    "lose_sight": lambda tx, team: lose_sight(tx, now=later(days=9)),
    "is_any_lost": lambda tx, team: is_any_lost(tx, now=later(days=9)),
    "to_be_looked_at": lambda tx, team: to_be_looked_at(tx, TEAM),
    "helped_by": lambda tx, team: helped_by(tx, bounds_of(TEAM, NOW, later(hours=1))),
    "how_silent": lambda tx, team: how_silent(tx),
    "deaf_since": lambda tx, team: deaf_since(tx),
    "messages_to_send": lambda tx, team: messages_to_send(tx, now=NOW),
    "messages_to_redraw": lambda tx, team: messages_to_redraw(tx, now=NOW, limit=9),
    "messages_to_find": lambda tx, team: messages_to_find(tx, now=NOW),
    "find_message": lambda tx, team: find_message(tx, MessageKind.CARD, "1"),
    "mark_stale": lambda tx, team: mark_stale(tx, MessageKind.CARD, "1"),
    "reminders_due": lambda tx, team: reminders_due(tx, now=later(days=2)),
    "events_due": lambda tx, team: events_due(tx, TEAM, now=NOW, limit=9),
    "forgotten_among": lambda tx, team: forgotten_among(tx, ["hn:1"]),
    "find_reminder": lambda tx, team: find_reminder(tx, 1),
    "waiting_for_us": lambda tx, team: waiting_for_us(tx, TEAM, limit=6),
    "longest_waiting": lambda tx, team: longest_waiting(tx, TEAM, besides=()),
    "is_any_to_weigh": lambda tx, team: is_any_to_weigh(tx),
    "weigh_some": lambda tx, team: weigh_some(tx, limit=9),
    "weigh_anew": lambda tx, team: weigh_anew(tx, TEAM, 1),
    "weigh_others_anew": lambda tx, team: weigh_others_anew(tx, TEAM, 1),
    "why_it_matters": lambda tx, team: why_it_matters(tx, 1, now=NOW),
    "count_waiting": lambda tx, team: count_waiting(tx, TEAM),
    "count_untagged": lambda tx, team: count_untagged(tx, TEAM),
    "count_untouched": lambda tx, team: count_untouched(tx, TEAM, "C1"),
    "count_cards_since": lambda tx, team: count_cards_since(tx, TEAM, "C1", NOW),
    "sift": lambda tx, team: sift(tx, team.source.id, [team.post]),
    "newest_posts": lambda tx, team: newest_posts(tx, team.source.id, limit=9),
    "heard_lately": lambda tx, team: heard_lately(tx, team.watch, since=NOW, limit=9),
    "newest_join": lambda tx, team: newest_join(tx, team.source.id),
    "listening_since": lambda tx, team: listening_since(tx, team.source.id, [1]),
    "welcome": lambda tx, team: welcome(tx, team.source.id, 1),
    "state_of_watches": lambda tx, team: state_of_watches(tx),
    "days_of": lambda tx, team: days_of(tx, NO_TIME, zone_of("UTC")),
    "noise_of": lambda tx, team: noise_of(tx, NO_TIME),
    "line_of": lambda tx, team: line_of(tx, NO_TIME, []),
    "week_of": lambda tx, team: week_of(tx, TEAM, starts_at=NOW, ends_at=NOW),
    "week_of a label": lambda tx, team: week_of(tx, TEAM, starts_at=NOW, ends_at=NOW, label=1),
    "week_by_label": lambda tx, team: week_by_label(tx, TEAM, starts_at=NOW, ends_at=NOW),
    "waiting_for_us of a label": lambda tx, team: waiting_for_us(tx, TEAM, limit=6, label=1),
    "owners_to_look_up": lambda tx, team: owners_to_look_up(tx, TEAM, asked_before=NOW),
    "find_departure": lambda tx, team: find_departure(tx, 1, channel="C1"),
    "leave": lambda tx, team: leave(tx, TEAM, "UPAT", at=NOW),
    "details_of": lambda tx, team: details_of(
        tx, NO_TIME, hearing=Hearing(places=0, heard=0), as_of=NOW, asked=AskedOnce(tx, NO_TIME)
    ),
    "our_threads": lambda tx, team: our_threads(tx, NO_TIME, limit=2),
    "figures_of": lambda tx, team: figures_of(tx, NO_TIME),
    "figures_of a label": lambda tx, team: figures_of(tx, bounds_of(TEAM, NOW, NOW, label=1)),
    "voices_of": lambda tx, team: voices_of(tx, NO_TIME, []),
    "communities_heard": lambda tx, team: communities_heard(tx, AN_HOUR, AskedOnce(tx, AN_HOUR)),
    "rows_of_digest": lambda tx, team: rows_of_digest(tx, 1),
    "channels_to_ask": lambda tx, team: channels_to_ask(tx, find_workspace(tx, TEAM), day="2026-11-18", until=NOW),
    "find_doubts": lambda tx, team: find_doubts(tx, 1),
    "find_card": lambda tx, team: find_card(tx, 1),
    "lock_by_thread": lambda tx, team: lock_by_thread(tx, TEAM, "thread"),
    "asks_us": lambda tx, team: asks_us(tx, 1),
    "search_mentions": lambda tx, team: search_mentions(tx, TEAM, "looking", limit=9),
    "search_mentions of a label": lambda tx, team: search_mentions(tx, TEAM, "", limit=9, label=1),
    "everything with a label": lambda tx, team: everything(tx, TEAM, Page(filters=Filters(label="ours"))),
    "redraw_labelled": lambda tx, team: redraw_labelled(tx, TEAM, 1),
    "index_posts": lambda tx, team: index_posts(tx, [1]),
    "look_for_surges": lambda tx, team: look_for_surges(tx, [1], at=NOW),
    "look_for_liked": lambda tx, team: look_for_liked(tx, {1: 100}, at=NOW),
    "surges_over": lambda tx, team: surges_over(tx, now=NOW),
    "alerts_to_tell": lambda tx, team: alerts_to_tell(tx, now=NOW),
    "bundles_due": lambda tx, team: bundles_due(tx, now=NOW),
    "tell_rollups": lambda tx, team: tell_rollups(tx, limits=DEFAULT_LIMITS, now=NOW),
    "redraw_rollup_of": lambda tx, team: redraw_rollup_of(tx, 1),
    "is_any_snooze_over": lambda tx, team: is_any_snooze_over(tx, now=NOW),
    "wake": lambda tx, team: wake(tx, now=NOW),
    "unmute": lambda tx, team: unmute(tx, TEAM, 1, by="U1", at=NOW),
    "find_mute": lambda tx, team: find_mute(tx, 1),
    "count_old_readings": lambda tx, team: count_old_readings(tx, rules=9),
    "next_old_readings": lambda tx, team: next_old_readings(tx, Reached(rules=9), limit=9),
    "learn_from_tag": lambda tx, team: learn_from_tag(
        tx, find_conversation(tx, 1), replace(find_conversation(tx, 1), tag=Tag.REACT), at=NOW
    ),
    "learned_in": lambda tx, team: learned_in(tx, TEAM),
    "learn_from_mood": lambda tx, team: learn_from_mood(tx, TEAM, team.misread, Mood.GOOD, by="U1", at=NOW),
    "learn_from_verdict": lambda tx, team: learn_from_verdict(
        tx, find_conversation(tx, 1), replace(find_conversation(tx, 1), tag=Tag.REACT), act=Act.REACT, by="U1", at=NOW
    ),
    "learn_from_verdict, enough": lambda tx, team: _settle_all(tx),
    "shown_or_put_aside": lambda tx, team: shown_or_put_aside(
        tx, a_sighting(team.watch, sure=False, taught="a word"), at=NOW
    ),
    "copies_in_doubt": lambda tx, team: copies_in_doubt(tx, a_conversation(), dismissed_by=""),
    "answered_together": lambda tx, team: answered_together(
        tx, a_conversation(), Past(act=Act.NOT_US, by="U1", at=NOW)
    ),
    "corrections_of": lambda tx, team: corrections_of(tx, 1),
    "exported_mentions": lambda tx, team: exported_mentions(tx, TEAM, team.days, limit=9),
    "issues_to_ask": lambda tx, team: issues_to_ask(tx, asked_before=NOW, limit=5),
    "find_demand": lambda tx, team: find_demand(tx, 1),
    "mentions_to_tell": lambda tx, team: mentions_to_tell(tx, 1),
    "untold_in": lambda tx, team: untold_in(tx, 1),
    "count_who_asked": lambda tx, team: count_who_asked(tx, 1),
    "count_unimproved": lambda tx, team: count_unimproved(tx, TEAM),
    "improvements_to_choose": lambda tx, team: improvements_to_choose(tx, TEAM, "history", limit=9),
    "shipped_between": lambda tx, team: shipped_between(tx, TEAM, starts_at=NOW, ends_at=NOW),
    "redraw_improvement": lambda tx, team: redraw_improvement(tx, 1),
    "themes_heard": lambda tx, team: themes_heard(tx, TEAM, starts_at=NOW, ends_at=later(hours=1)),
    "examples_of": lambda tx, team: examples_of(tx, TEAM, [A_THEME], ends_at=later(hours=1)),
    "newest_said": lambda tx, team: newest_said(tx, TEAM, since=NOW),
    "conversations_about": lambda tx, team: conversations_about(tx, TEAM, 1, at=NOW),
    "queue_for_themes": lambda tx, team: queue_for_themes(tx, [1]),
    "save_theme": lambda tx, team: save_theme(tx, TEAM, Theme(name="a", phrases=("b",)), by="U1", at=NOW),
    "those_like": lambda tx, team: those_like(tx, TEAM, A_STORY, besides=1),
    "forget_old_marks": lambda tx, team: forget_old_marks(tx, at=NOW),
    "forget_marks": lambda tx, team: forget_marks(tx, [1]),
    "tell_apart": lambda tx, team: tell_apart(tx, [find_conversation(tx, 1)], TELLING, at=NOW),
    "copies_of": lambda tx, team: copies_of(tx, 1),
    "put_together": lambda tx, team: put_together(
        tx, Press(act=Act.TOGETHER, conversation_id=1, by="U1", drawn=1), workspace_id=TEAM, at=NOW
    ),
    "redraw_conversation": lambda tx, team: redraw_conversation(tx, 1),
    "latest_decision": lambda tx, team: latest_decision(tx, 1),
}


def _settle_all(tx):
    """Three verdicts of each sort make all words of the watch be counted anew."""
    before = find_conversation(tx, 1)
    for mention_id in (101, 102):
        sql = "INSERT INTO us_verdict (mention_id, watch_id, is_us, story_id) VALUES (:id, 1, 1, :id)"
        tx.run(sql, id=mention_id)
    learn_from_verdict(tx, before, replace(before, tag=Tag.REACT), act=Act.REACT, by="U1", at=NOW)


class Explaining:
    """A transaction that notes how SQLite goes about each statement before it runs."""

    def __init__(self, tx):
        self._tx = tx
        self.engine = tx.engine
        self.plan = []

    def _explain(self, sql, values):
        self.plan += [row["detail"] for row in self._tx.all(f"EXPLAIN QUERY PLAN {sql}", **values)]

    def all(self, sql, **values):
        self._explain(sql, values)
        return self._tx.all(sql, **values)

    def one(self, sql, **values):
        self._explain(sql, values)
        return self._tx.one(sql, **values)

    def run(self, sql, **values):
        self._explain(sql, values)
        return self._tx.run(sql, **values)

    def many(self, sql, rows):
        self._explain(sql, rows[0])
        self._tx.many(sql, rows)

    def many_in_order(self, sql, rows):
        self._explain(sql, dict(zip(NAMED_VALUE.findall(sql), rows[0], strict=True)))
        self._tx.many_in_order(sql, rows)


def plan_of(team, name):
    def explain(tx):
        explaining = Explaining(tx)
        QUESTIONS[name](explaining, team)
        return explaining.plan

    return team.db.transact(explain)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_reads_a_whole_table_that_grows(team, name):
    team.hear(author="pat")
    team.write(label_person, TEAM, ["ours"], community="forum.example", author="pat", by="U1", at=NOW)
    team.press(Act.CLAIM, 1, by="UKIM")
    team.write(leave, TEAM, "UKIM", at=NOW)
    team.press(Act.CLAIM, 1, by="UPAT")
    team.write(begin_to_forget, TEAM, Person("forum.example", "pat"), by="U1", at=NOW)
    team.post = a_post()
    team.days = read_span("", now=NOW, zone=ZoneInfo("UTC"))
    reading = a_reading(mood=Mood.BAD, mood_words=("insane",))
    team.misread = replace(team.read(find_mention, 1), reading=reading)

    plan = plan_of(team, name)

    assert plan
    assert [line for line in plan if SCAN.match(line)] == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_search_reads_the_words_from_the_newest_back_and_sorts_nothing(team):
    team.hear(author="pat")

    plan = plan_of(team, "search_mentions")

    assert plan[0].startswith("SCAN post_words VIRTUAL TABLE INDEX")
    assert plan[1].startswith("SEARCH mention USING INDEX")
    assert not [line for line in plan if "TEMP B-TREE" in line]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("due_sources", "source USING INDEX source_due (next_poll_at<?)"),
        ("channels_to_tell", "untold USING INDEX trouble_notice_by_message (message_id=?)"),
        (
            "threads_due",
            (
                "conversation USING INDEX conversation_by_warning"
                " (workspace_id=? AND is_open=? AND warn_at>? AND warn_at<?)"
            ),
        ),
        (
            "threads_due",
            "conversation USING INDEX conversation_by_due (workspace_id=? AND is_open=? AND due_at>? AND due_at<?)",
        ),
        ("thread_posts_in", "post USING INDEX post_by_thread (thread_key=?)"),
        ("how_silent", "source USING INDEX source_by_tried (tried_at>?)"),
        ("deaf_since", "trouble USING INDEX trouble_open (source_id=? AND kind=?)"),
        ("messages_to_redraw", "message USING INDEX message_to_redraw (stale=? AND state=? AND not_before<?)"),
        ("messages_to_send", "busy USING COVERING INDEX message_by_channel (workspace_id=? AND channel=? AND state=?)"),
        ("is_any_snooze_over", "conversation USING INDEX conversation_snoozed (snoozed_until>? AND snoozed_until<?)"),
        ("wake", "conversation USING INDEX conversation_snoozed (snoozed_until>? AND snoozed_until<?)"),
        ("mine", "conversation USING INDEX conversation_by_owner (workspace_id=? AND is_open=? AND claimed_by=?)"),
        ("everything of a kind", "conversation USING INTEGER PRIMARY KEY (rowid=?)"),
        ("everything of a kind", "read_as USING COVERING INDEX mention_by_kind (workspace_id=? AND kind=?)"),
        ("everything with these words", "conversation USING INTEGER PRIMARY KEY (rowid=?)"),
        (
            "everything that is put aside",
            "aside USING INDEX conversation_put_aside (workspace_id=? AND snoozed_until>?)",
        ),
        (
            "count_untouched",
            "conversation USING INDEX conversation_open (workspace_id=? AND channel=? AND brake_id=?)",
        ),
        ("put_aside", "conversation USING INDEX conversation_put_aside (workspace_id=? AND snoozed_until>?)"),
        ("changes_of_settings", "history USING INDEX history_of_settings (workspace_id=?)"),
        ("find_lines of calm", "history USING INDEX history_of_settings (workspace_id=?)"),
        ("find_lines, the next page", "history USING INDEX history_of_settings (workspace_id=? AND id<?)"),
        ("find_lines of watch", "history USING INDEX history_by_object (object=? AND object_id=?)"),
        ("needs_someone", "conversation USING INDEX conversation_by_pressing (workspace_id=? AND is_open=?)"),
        ("everything of a watch", "conversation USING INDEX conversation_by_watch (workspace_id=? AND watch_id=?)"),
        ("everything with a tag", "conversation USING INDEX conversation_by_tag (workspace_id=? AND tag=?)"),
        (
            "everything in a community",
            "conversation USING INDEX conversation_by_community (workspace_id=? AND community=?)",
        ),
        (
            "everything that is claimed",
            "conversation USING INDEX conversation_by_reply (workspace_id=? AND reply_state=?)",
        ),
        (
            "details_of",
            "conversation USING INDEX conversation_by_answered (workspace_id=? AND answered_at>? AND answered_at<?)",
        ),
        ("forget_old_marks", "story_mark USING COVERING INDEX story_mark_by_time (opened_at<?)"),
        ("own_weeks", "history USING INDEX history_by_time (workspace_id=? AND at>? AND at<?)"),
        ("voices_of", "spoken USING INDEX post_by_person (community=? AND author=? AND <expr><?)"),
        ("voices_of", "meant USING INDEX mention_by_post (post_id=?)"),
        (
            "communities_heard",
            "mention USING INDEX mention_by_noticed (workspace_id=? AND noticed_at>? AND noticed_at<?)",
        ),
        ("figures_of", "conversation USING INDEX conversation_by_improvement (improvement_id=?)"),
        ("figures_of", "history USING INDEX history_by_object (object=? AND object_id=?)"),
        ("look_for_surges", "mention USING INDEX mention_by_watch (watch_id=? AND noticed_at>?)"),
        ("surges_over", "alert USING INDEX alert_that_goes_on"),
        ("alerts_to_tell", "alert USING INDEX alert_untold"),
        ("bundles_due", "rollup_card USING COVERING INDEX rollup_card_by_rollup (rollup_id=?)"),
        (
            "reminders_due",
            "conversation USING INDEX conversation_by_warning (workspace_id=? AND is_open=? AND warn_at<?)",
        ),
        (
            "everything without an improvement",
            "conversation USING INDEX conversation_reacted (workspace_id=? AND tag=? AND improvement_id=?)",
        ),
        (
            "count_unimproved",
            "conversation USING INDEX conversation_reacted (workspace_id=? AND tag=? AND improvement_id=?)",
        ),
        ("count_who_asked", "conversation USING INDEX conversation_by_improvement (improvement_id=?)"),
        (
            "shipped_between",
            (
                "improvement USING INDEX improvement_by_state"
                " (workspace_id=? AND merged_into=? AND state=? AND decided_at>? AND decided_at<?)"
            ),
        ),
        (
            "themes_heard",
            "of_theme USING INDEX mention_theme_by_noticed (theme_id=? AND noticed_at>? AND noticed_at<?)",
        ),
        (
            "examples_of",
            "of_theme USING INDEX mention_theme_by_noticed (theme_id=? AND noticed_at>? AND noticed_at<?)",
        ),
        ("conversations_about", "of_theme USING INDEX mention_theme_by_noticed (theme_id=? AND noticed_at>?)"),
        ("newest_said", "mention USING INDEX mention_by_noticed (workspace_id=? AND noticed_at>?)"),
        ("save_theme", "mention USING COVERING INDEX mention_by_noticed (workspace_id=? AND noticed_at>?)"),
        ("next_old_readings", "mention USING INDEX mention_by_rules (rules_version=? AND id<?)"),
        ("next_old_readings", "mention USING COVERING INDEX mention_by_rules (rules_version<?)"),
        ("left_out", "mention USING INDEX mention_left_out (workspace_id=?)"),
        ("count_left_out", "mention USING INDEX mention_left_out (workspace_id=? AND noticed_at>? AND noticed_at<?)"),
        ("waiting_for_us", "conversation USING INDEX conversation_by_pressing (workspace_id=? AND is_open=?)"),
        ("longest_waiting", "conversation USING COVERING INDEX conversation_by_asked (workspace_id=? AND is_open=?)"),
        ("is_any_to_weigh", "conversation USING INDEX conversation_to_weigh (weighed=?)"),
        ("weigh_some", "conversation USING INDEX conversation_to_weigh (weighed=?)"),
        ("weigh_others_anew", "conversation USING INTEGER PRIMARY KEY (rowid=?)"),
        ("weigh_others_anew", "settled USING INDEX mention_by_conversation (conversation_id=?)"),
        ("weigh_others_anew", "their_other USING COVERING INDEX post_by_person (community=? AND author=?)"),
        ("shown_or_put_aside", "conversation USING INDEX conversation_in_doubt (watch_id=? AND opened_at>?)"),
        ("copies_in_doubt", "repeats USING INDEX conversation_by_first_telling (story_id=?)"),
        ("answered_together", "repeats USING INDEX conversation_by_first_telling (story_id=?)"),
        ("weigh_others_anew", "their_later USING INDEX mention_by_post (post_id=? AND rowid>?)"),
    ],
)
def test_what_is_asked_every_second_reads_only_what_is_left_to_do(team, name, step):
    """Every message ever sent to a channel is in an index of that channel, too: which one is used matters."""
    plan = plan_of(team, name)

    # A partial index is read whole: it has only what is left to do.
    assert f"SEARCH {step}" in plan or f"SCAN {step}" in plan
