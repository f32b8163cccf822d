"""The digest, the status and how well we hear: computed from rows."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import CHANNEL, NOW, TEAM, a_post, later

from engagement.calendar import period_due
from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act, Decided, Press
from engagement.digest.week import Week
from engagement.listing import DIGEST_ROWS
from engagement.sending.outbox import MessageKind
from engagement.understanding.reading import Kind
from storage.conversations.decisions import record_press
from storage.conversations.waiting import count_waiting, waiting_for_us
from storage.digest.digests import compute_digest, compute_status, find_digest, is_untold, queue_digest
from storage.digest.weeks import week_of
from storage.listening.hearing import how_we_hear, next_poll_of, places_of, tried_places
from storage.listening.listening import sources_of
from storage.listening.watches import find_watch, has_watch_in, watches_of
from storage.records.history import read_facts
from storage.sending.messages import find_message
from storage.stamps import stamp
from storage.workspaces import all_workspaces, find_workspace

WEEK = timedelta(days=7)
MONDAY = later(days=5).replace(hour=9)


def the_week(team, *, weeks_before=0):
    ends_at = MONDAY - weeks_before * WEEK
    return team.read(week_of, TEAM, starts_at=ends_at - WEEK, ends_at=ends_at)


def queue(team, *, at=MONDAY):
    workspace = team.read(find_workspace, TEAM)
    return team.write(queue_digest, workspace, period_due(workspace.schedule, at), now=at)


def titles(waiting):
    return [each.title for each in waiting]


# ---- who is waiting ------------------------------------------------------------------------------------------------


def test_of_what_weighs_the_same_the_longest_waiting_comes_first(team):
    team.hear(title="second", published_at=later(days=-2))
    team.hear(title="first", published_at=later(days=-3))
    team.hear(title="undated", published_at=None)
    team.hear(title="third", published_at=later(days=-1))

    assert titles(team.read(waiting_for_us, TEAM, limit=3)) == ["first", "second", "third"]
    assert team.read(count_waiting, TEAM) == 4


@pytest.mark.parametrize(
    ("kind", "acts", "waits"),
    [
        (Kind.QUESTION, [], True),
        (Kind.PRAISE, [], False),
        (Kind.PRAISE, [Act.INTERACT], True),
        (Kind.QUESTION, [Act.LISTEN], False),
        (Kind.BUG, [Act.REACT], True),
        (Kind.BUG, [Act.CLAIM], True),
        (Kind.BUG, [Act.CLAIM, Act.ANSWERED], False),
        (Kind.BUG, [Act.ANSWERED, Act.REOPEN], True),
        (Kind.BUG, [Act.NOT_US], False),
    ],
)
def test_who_is_owed_a_reply_or_asks_and_is_undecided_waits(team, kind, acts, waits):
    conversation_id = team.hear(kind=kind)
    for act in acts:
        team.press(act, conversation_id)

    assert bool(team.read(waiting_for_us, TEAM, limit=9)) is waits
    assert team.read(count_waiting, TEAM) == int(waits)


def test_who_asks_again_waits_since_then(team):
    conversation_id = team.hear(thread_key="thread", published_at=later(days=-30))
    team.press(Act.ANSWERED, conversation_id)
    team.hear(thread_key="thread", published_at=later(hours=2), at=later(hours=3))

    [row] = team.read(waiting_for_us, TEAM, limit=9)
    assert row.since == later(hours=2)


def test_a_question_under_untagged_praise_is_what_waits(team):
    team.hear(thread_key="thread", kind=Kind.PRAISE, title="We love it", published_at=later(days=-30))
    team.hear(thread_key="thread", title="But can it print?", published_at=later(hours=1))
    team.hear(thread_key="thread", title="And in colour?", published_at=later(hours=2))

    [row] = team.read(waiting_for_us, TEAM, limit=9)
    assert (row.title, row.kind, row.since) == ("But can it print?", Kind.QUESTION, later(hours=1))


def test_a_digest_shows_what_waits_not_what_opened_the_conversation(team):
    conversation_id = team.hear(thread_key="thread", title="Is there an export?")
    team.press(Act.ANSWERED, conversation_id)
    team.hear(thread_key="thread", title="And an import?", at=later(hours=1))
    queue(team)

    assert titles(team.read(find_digest, 1).waiting) == ["And an import?"]


def test_a_post_without_a_title_is_listed_with_its_words(team):
    team.hear(title="", text="just words")

    assert titles(team.read(waiting_for_us, TEAM, limit=9)) == ["just words"]


def test_another_workspace_sees_nothing_of_it(team):
    team.hear()
    team.add_workspace("T2")

    assert team.read(waiting_for_us, "T2", limit=9) == []
    assert team.read(count_waiting, "T2") == 0


# ---- the week ------------------------------------------------------------------------------------------------------


def test_the_week_counts_mentions_by_tag_and_replies(team):
    acts = [Act.LISTEN, Act.LISTEN, Act.INTERACT, Act.REACT, Act.NOT_US, None, Act.ANSWERED]
    for act in acts:
        conversation_id = team.hear()
        if act:
            team.press(act, conversation_id, at=later(hours=1))

    assert the_week(team) == Week(
        mentions=6,
        listen=2,
        interact=2,
        react=1,
        untagged=1,
        not_us=1,
        needed_us=4,
        answered=1,
        waiting=3,
        posts_read=7,
        slowest_answer_seconds=2 * 60 * 60,
        timed_answers=1,
        half_within_seconds=2 * 60 * 60,
    )


def test_each_week_has_its_own_mentions(team):
    team.hear(at=MONDAY - timedelta(milliseconds=1))
    team.hear(at=MONDAY)
    team.hear(at=MONDAY - WEEK)
    team.hear(at=MONDAY - WEEK - timedelta(milliseconds=1))

    assert the_week(team).mentions == 2
    assert the_week(team, weeks_before=1).mentions == 1


def test_what_was_there_before_the_watch_is_not_in_the_numbers(team):
    team.hear(before_start=True)

    assert (the_week(team).mentions, the_week(team).needed_us) == (0, 0)


def test_a_question_under_praise_needs_us_too(team):
    team.hear(thread_key="thread", kind=Kind.PRAISE)
    assert the_week(team).needed_us == 0
    team.hear(thread_key="thread")

    assert (the_week(team).needed_us, the_week(team).waiting) == (1, 1)


def test_an_answer_to_what_was_asked_again_is_timed_from_the_second_question(team):
    conversation_id = team.hear(thread_key="thread", published_at=later(days=-60))
    team.press(Act.LISTEN, conversation_id)
    team.hear(thread_key="thread", published_at=later(hours=1), at=later(hours=1))
    team.press(Act.ANSWERED, conversation_id, at=later(hours=3))

    assert the_week(team).slowest_answer_seconds == 2 * 60 * 60


def test_a_first_answer_stays_the_first_when_somebody_asks_again(team):
    conversation_id = team.hear(thread_key="thread", published_at=NOW)
    team.press(Act.ANSWERED, conversation_id, at=later(hours=1))
    team.hear(thread_key="thread", published_at=later(hours=2), at=later(hours=2))
    assert (the_week(team).slowest_answer_seconds, the_week(team).waiting) == (60 * 60, 1)

    team.press(Act.ANSWERED, conversation_id, at=later(hours=9))

    assert the_week(team).slowest_answer_seconds == 60 * 60


def test_a_post_that_two_places_carry_was_read_once(team):
    post = a_post()
    team.poll(post)
    team.poll(post, source=team.add_source(team.watch, "https://other.example/feed"))

    assert the_week(team).posts_read == 1


# ---- the digest ----------------------------------------------------------------------------------------------------


def test_the_digest_is_queued_once_for_a_period(team):
    assert queue(team)
    assert queue(team) is None
    assert queue(team, at=MONDAY + timedelta(days=3)) is None
    assert queue(team, at=MONDAY + WEEK)


def test_a_digest_that_comes_late_is_still_about_its_week(team):
    team.hear()
    late = MONDAY + timedelta(days=2)
    workspace = team.read(find_workspace, TEAM)
    assert team.read(is_untold, TEAM, period_due(workspace.schedule, late))

    queue(team, at=late)

    assert not team.read(is_untold, TEAM, period_due(workspace.schedule, late))
    digest = team.read(find_digest, 1)
    assert (digest.starts_at, digest.ends_at, digest.checked_at) == (MONDAY - WEEK, MONDAY, late)
    assert (digest.next_at, digest.week.mentions) == (MONDAY + WEEK, 1)


def test_a_workspace_that_listens_to_nothing_gets_no_digest(team):
    workspace = team.add_workspace("T2")

    assert not team.read(is_untold, "T2", period_due(workspace.schedule, NOW))
    assert team.write(queue_digest, workspace, period_due(workspace.schedule, NOW), now=NOW) is None


def test_a_week_before_the_first_watch_is_not_told(team):
    workspace = team.add_workspace("T2")
    team.add_watch(workspace_id="T2", channel="C9", at=NOW)

    assert team.write(queue_digest, workspace, period_due(workspace.schedule, NOW), now=NOW) is None
    assert team.write(queue_digest, workspace, period_due(workspace.schedule, MONDAY), now=MONDAY)


def test_the_digest_goes_to_its_own_channel_or_the_one_of_the_first_watch(team):
    workspace = team.read(find_workspace, TEAM)
    queue(team)
    other = replace(workspace, digest_channel="C7")
    period = period_due(workspace.schedule, MONDAY + WEEK)
    team.write(queue_digest, other, period, now=MONDAY + WEEK)

    assert [row["channel"] for row in team.rows("SELECT channel FROM message ORDER BY id")] == [CHANNEL, "C7"]


def test_the_digest_lists_five_and_counts_the_rest(team):
    for days in range(8):
        team.hear(title=str(days), published_at=later(days=-days))
    queue(team)

    digest = team.read(find_digest, 1)
    assert titles(digest.waiting) == ["7", "6", "5", "4", "3"]
    assert (digest.more_waiting, digest.oldest_more) == (3, later(days=-2))
    assert digest.watches == ("Tidewiki",)


def test_the_digest_of_a_quiet_week_lists_nobody(team):
    team.hear(kind=Kind.PRAISE)
    queue(team)

    digest = team.read(find_digest, 1)
    assert (digest.waiting, digest.more_waiting, digest.oldest_more, digest.week.needed_us) == ((), 0, None, 0)


def test_a_digest_names_what_matters_most_and_says_how_long_the_longest_of_the_others_waits(team):
    team.hear(title="a wish", author="ada", kind=Kind.WISH, published_at=later(hours=-30))
    for number in range(DIGEST_ROWS):
        team.hear(title="stuck", author=f"p{number}", kind=Kind.HELP, published_at=later(hours=-1))

    queue(team)
    digest = team.read(find_digest, 1)

    assert titles(digest.waiting) == ["stuck"] * DIGEST_ROWS
    assert (digest.more_waiting, digest.oldest_more) == (1, later(hours=-30))


def test_the_rows_of_a_digest_stand_as_they_are_now_and_its_figures_as_they_were_told(team):
    first = team.hear(published_at=later(days=-2))
    team.hear(published_at=later(days=-1))
    queue(team)
    team.send_all(at=MONDAY)
    told = team.read(find_digest, 1)

    team.press(Act.ANSWERED, first, at=MONDAY + timedelta(hours=1))

    now = team.read(find_digest, 1)
    assert team.read(find_message, MessageKind.DIGEST, "1").stale
    assert [row.reply.state for row in now.waiting] == [ReplyState.ANSWERED, ReplyState.NONE]
    assert now.week == told.week
    assert replace(now, waiting=()) == replace(told, waiting=())


def test_who_waited_is_kept_in_rows_alone_and_not_read_out_of_older_reports(team):
    conversation_id = team.hear()
    queue(team)
    (row,) = team.rows("SELECT report FROM digest")
    assert json.loads(row["report"])["waiting"] == []
    older = json.loads(row["report"]) | {"waiting": [{"title": "as a line looked then"}]}
    team.write(lambda tx: tx.run("UPDATE digest SET report = :report", report=json.dumps(older)))

    digest = team.read(find_digest, 1)
    assert [row.conversation_id for row in digest.waiting] == [conversation_id]
    assert digest.week.needed_us == 1


def test_a_button_of_the_digest_still_counts_after_somebody_asked_more(team):
    conversation_id = team.hear(thread_key="thread", kind=Kind.PRAISE)
    team.press(Act.INTERACT, conversation_id)
    queue(team)
    team.press(Act.ANSWERED, conversation_id)
    team.send_all(at=MONDAY)
    team.hear(thread_key="thread")

    assert team.read(find_message, MessageKind.DIGEST, "1").stale
    [row] = team.read(find_digest, 1).waiting
    press = Press(act=Act.CLAIM, conversation_id=row.conversation_id, by="U1", drawn=row.version)
    assert isinstance(team.write(record_press, press, workspace_id=TEAM, at=MONDAY), Decided)


def test_a_digest_that_is_not_there_is_none(team):
    assert team.read(find_digest, 77) is None


def test_the_digest_as_of_now_is_the_one_that_would_be_queued(team):
    team.hear()
    workspace = team.read(find_workspace, TEAM)
    preview = team.read(compute_digest, workspace, starts_at=MONDAY - WEEK, ends_at=MONDAY, now=MONDAY)
    queue(team)

    assert team.read(find_digest, 1) == preview


# ---- status and hearing --------------------------------------------------------------------------------------------


def test_the_status_says_who_waits_what_is_untagged_and_what_comes(team):
    for days in range(4):
        team.hear(title=str(days), published_at=later(days=-days))
    team.hear(kind=Kind.PRAISE)

    status = team.read(compute_status, team.read(find_workspace, TEAM), now=NOW)

    assert (status.watches, titles(status.waiting), status.more_waiting) == (("Tidewiki",), ["3", "2", "1"], 1)
    assert (status.untagged, status.digest_channel) == (5, CHANNEL)
    assert (status.next_digest_at, status.next_poll_at) == (MONDAY, later(minutes=10))


def test_the_status_of_a_workspace_without_a_watch_promises_nothing(team):
    status = team.read(compute_status, team.add_workspace("T2"), now=NOW)

    assert (status.watches, status.next_poll_at, status.next_digest_at, status.digest_channel) == ((), None, None, "")
    assert status.hearing.places == 0


def test_a_place_is_heard_within_the_hour_or_it_is_not(team):
    team.add_source(team.watch, "https://new.example/feed")

    assert team.read(how_we_hear, TEAM, now=later(minutes=60)).heard == 1
    assert team.read(how_we_hear, TEAM, now=later(minutes=61)).heard == 0
    assert team.read(how_we_hear, TEAM, now=NOW).places == 2


def test_a_paused_place_promises_no_next_try(team):
    pause = "UPDATE source SET paused_at = :at, failures = 1 WHERE id = :id"
    team.write(lambda tx: tx.run(pause, at=stamp(NOW), id=team.source.id))

    [sick] = team.read(how_we_hear, TEAM, now=NOW).sick
    [place] = team.read(places_of, TEAM)
    assert (sick.next_try_at, place.next_poll_at, team.read(next_poll_of, TEAM)) == (None, None, None)


def test_a_sick_place_says_why_and_since_when(team):
    for minutes in (10, 20):
        team.fail(team.source, reason="it asks us to slow down", again_at=later(hours=2), at=later(minutes=minutes))

    [sick] = team.read(how_we_hear, TEAM, now=later(minutes=30)).sick
    assert (sick.name, sick.reason, sick.since) == ("The forum", "it asks us to slow down", later(minutes=10))
    assert sick.next_try_at == later(hours=2) == team.read(next_poll_of, TEAM)
    [place] = team.read(places_of, TEAM)
    assert (place.watch, place.failures, place.last_error) == ("Tidewiki", 2, "it asks us to slow down")
    [tried] = team.read(tried_places, team.watch.id)
    assert (tried.name, tried.ok, tried.detail) == ("The forum", False, "it asks us to slow down")


def test_a_place_of_two_watches_is_one_place(team):
    team.add_source(team.add_watch("Tide"), team.source.url)
    team.poll(a_post(), a_post())

    [place] = team.read(places_of, TEAM)
    assert (place.watch, place.posts) == ("Tide", 2)


# ---- workspaces and watches ----------------------------------------------------------------------------------------


def test_a_workspace_is_remembered_and_brought_up_to_date(team):
    team.add_workspace(TEAM, zone="Europe/Berlin", weekday=4)

    [workspace] = team.read(all_workspaces)
    assert (workspace.schedule.zone.key, workspace.schedule.weekday) == ("Europe/Berlin", 4)
    assert team.read(find_workspace, "T2") is None


def test_a_watch_of_the_same_name_is_changed_and_the_history_says_so(team):
    changed = team.add_watch(channel="C5")

    assert changed.id == team.watch.id
    assert team.read(watches_of, TEAM) == [changed]
    assert (team.read(find_watch, changed.id), team.read(find_watch, 77)) == (changed, None)
    assert (team.read(has_watch_in, TEAM, "C5"), team.read(has_watch_in, TEAM, CHANNEL)) == (True, False)
    assert [row["act"] for row in team.rows("SELECT act FROM history WHERE object = 'watch'")] == ["save", "save"]
    facts = team.rows("SELECT before_facts, after_facts FROM history WHERE object = 'watch' ORDER BY id")
    assert read_facts(facts[0]["before_facts"]) == {}
    assert facts[1]["before_facts"] == facts[0]["after_facts"]
    assert read_facts(facts[1]["after_facts"])["channel"] == "C5"
    assert "handles" in read_facts(facts[1]["after_facts"])


def test_a_place_that_two_watches_name_is_fetched_once(team):
    other = team.add_watch("Tide", channel="C2")

    assert team.add_source(other, team.source.url, at=later(hours=1)).id == team.source.id
    assert [each.url for each in team.read(sources_of, other.id)] == [team.source.url]


def test_a_place_that_is_new_to_a_watch_is_looked_at_soon_and_only_then(team):
    other = team.add_watch("Tide", channel="C2")

    assert team.add_source(other, team.source.url, at=later(minutes=1)).next_poll_at == later(minutes=1)
    team.poll(at=later(minutes=1))
    assert team.add_source(other, team.source.url, at=later(minutes=2)).next_poll_at == later(minutes=11)
