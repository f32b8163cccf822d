"""Snoozed, muted, assigned and corrected conversations, and the lists they stand in or not."""

from dataclasses import replace

import pytest
from builders import CHANNEL, NOW, TEAM, a_post, a_sighting, later

from engagement.calm.brake import BrakeLimits
from engagement.calm.mute import Mute, MuteScope
from engagement.conversations.conversation import Answer
from engagement.conversations.press import Act, Decided, Gone, Outdated, Press
from engagement.sending.outbox import MessageKind
from engagement.understanding.reading import Kind, Mood, Pillar, Tag
from storage.calm.mutes import add_mute, find_mute, mutes_of
from storage.calm.muting import mute_from_card, unmute, unmute_from_card
from storage.conversations.assigning import assign
from storage.conversations.cards import count_untouched
from storage.conversations.corrections import corrections_of
from storage.conversations.decided import latest_decision
from storage.conversations.decisions import correct, record_press
from storage.conversations.snoozes import is_any_snooze_over, snooze_that_ended, wake
from storage.conversations.waiting import count_untagged, count_waiting, waiting_for_us
from storage.digest.digests import compute_digest
from storage.sending.messages import find_message
from storage.stamps import read_stamp
from storage.team.availability import get_to_know, zone_of_person
from storage.workspaces import find_workspace


@pytest.fixture
def asked(team):
    return team.hear(thread_key="thread", author="pat", community="r/selfhosted")


def press_of(team, conversation_id, act, **facts):
    drawn = facts.pop("drawn", team.conversation(conversation_id).version)
    return Press(act=act, conversation_id=conversation_id, by=facts.pop("by", "U2"), drawn=drawn, **facts)


def do(team, conversation_id, act, *, at=NOW, **facts):
    return team.write(record_press, press_of(team, conversation_id, act, **facts), workspace_id=TEAM, at=at)


def snooze(team, conversation_id, **facts):
    return do(team, conversation_id, Act.SNOOZE, **({"until": later(days=2), "reason": "the release"} | facts))


def mute(team, conversation_id, scope, *, until=None, at=NOW, **facts):
    press = press_of(team, conversation_id, Act.MUTE, **facts)
    return team.write(mute_from_card, press, scope, until=until, workspace_id=TEAM, at=at)


def lists(team):
    """Return how many stand in: waiting, counted as waiting, untagged, untouched in the channel, the digest's week."""
    workspace = team.read(find_workspace, TEAM)
    digest = team.read(compute_digest, workspace, starts_at=later(days=-1), ends_at=later(days=1), now=NOW)
    return (
        len(team.read(waiting_for_us, TEAM, limit=9)),
        team.read(count_waiting, TEAM),
        team.read(count_untagged, TEAM),
        team.read(count_untouched, TEAM, CHANNEL),
        digest.week.needed_us,
    )


def acts(team, conversation_id):
    sql = "SELECT act, actor FROM history WHERE object = 'conversation' AND object_id = :id ORDER BY id"
    return [(row["act"], row["actor"]) for row in team.rows(sql, id=conversation_id)]


# ---- assigned ------------------------------------------------------------------------------------------------------


def test_an_assigned_reply_is_remembered_with_who_asked(team, asked):
    do(team, asked, Act.ASSIGN, to="U9", by="U1")

    reply = team.conversation(asked).reply
    assert (reply.claimed_by, reply.assigned_by) == ("U9", "U1")


@pytest.mark.parametrize(("to", "told"), [("U9", ["U9"]), ("U2", [])], ids=["somebody else", "oneself"])
def test_who_a_reply_is_given_to_is_told(team, asked, to, told):
    outcome = team.write(assign, press_of(team, asked, Act.ASSIGN, to=to), workspace_id=TEAM, at=NOW)

    assert isinstance(outcome, Decided)
    assert [row["channel"] for row in team.rows("SELECT channel FROM message WHERE kind = 'assigned'")] == told


def test_who_a_reply_is_given_to_is_told_each_time_and_not_at_night(team, asked):
    team.write(lambda tx: tx.run("UPDATE workspace SET quiet_from = 13, quiet_to = 16"))
    for number, act in enumerate([Act.ASSIGN, Act.HAND_BACK, Act.ASSIGN]):
        press = press_of(team, asked, act, to="U9")
        team.write(assign if act is Act.ASSIGN else record_press, press, workspace_id=TEAM, at=later(minutes=number))

    rows = team.rows("SELECT not_before FROM message WHERE kind = 'assigned'")
    assert [read_stamp(row["not_before"]) for row in rows] == [later(hours=2)] * 2


def test_the_night_is_that_of_who_is_told(team, asked):
    team.write(lambda tx: tx.run("UPDATE workspace SET quiet_from = 22, quiet_to = 7"))
    team.write(get_to_know, TEAM, "U9", name="Kiri", zone="Pacific/Auckland", at=NOW)

    team.write(assign, press_of(team, asked, Act.ASSIGN, to="U9"), workspace_id=TEAM, at=NOW)

    # Two in the afternoon is three at night there.
    [row] = team.rows("SELECT not_before FROM message WHERE kind = 'assigned'")
    assert read_stamp(row["not_before"]) == later(hours=4)
    assert team.read(zone_of_person, TEAM, "U9").key == "Pacific/Auckland"
    assert team.read(zone_of_person, TEAM, "U1").key == "UTC"


def test_an_old_drawing_tells_nobody(team, asked):
    team.write(assign, press_of(team, asked, Act.ASSIGN, to="U9", drawn=9), workspace_id=TEAM, at=NOW)

    assert team.rows("SELECT id FROM message WHERE kind = 'assigned'") == []


# ---- snoozed -------------------------------------------------------------------------------------------------------


def test_what_is_snoozed_stands_in_no_list_until_it_is_back(team, asked):
    assert lists(team) == (1, 1, 1, 1, 1)

    snooze(team, asked)
    assert lists(team) == (0, 0, 0, 0, 0)

    team.write(wake, now=later(days=2))
    assert lists(team) == (1, 1, 1, 1, 1)


def test_what_is_due_comes_back_once_with_a_word_in_its_thread(team, asked):
    team.send_all()
    snooze(team, asked)
    assert not team.read(is_any_snooze_over, now=later(days=2, seconds=-1))
    assert team.write(wake, now=later(days=2, seconds=-1)) == 0

    assert team.read(is_any_snooze_over, now=later(days=2))
    assert team.write(wake, now=later(days=2)) == 1
    assert team.write(wake, now=later(days=3)) == 0
    assert not team.read(is_any_snooze_over, now=later(days=3))

    back = team.conversation(asked).snooze
    assert (back.by, back.reason, back.back_at) == ("U2", "the release", later(days=2))
    assert acts(team, asked) == [("snooze", "U2"), ("wake", "")]
    [word] = team.rows("SELECT subject, parent_id FROM message WHERE kind = 'back'")
    assert word["parent_id"] == team.read(find_message, MessageKind.CARD, str(asked)).id
    assert team.read(snooze_that_ended, int(word["subject"])) == back
    assert team.read(snooze_that_ended, 999) is None


def test_every_return_is_told(team, asked):
    team.send_all()
    for day in (2, 4):
        snooze(team, asked, until=later(days=day), at=later(days=day - 1))
        team.write(wake, now=later(days=day))

    assert len(team.rows("SELECT id FROM message WHERE kind = 'back'")) == 2


def test_what_somebody_fetches_back_is_not_told_in_the_thread(team, asked):
    snooze(team, asked)
    do(team, asked, Act.WAKE, by="U3", at=later(hours=1))

    assert team.conversation(asked).snooze.came_early
    assert team.rows("SELECT id FROM message WHERE kind = 'back'") == []


def test_who_asks_again_wakes_a_conversation_and_waits_since_before(team, asked):
    snooze(team, asked)
    since = team.rows("SELECT asked_at FROM conversation")

    team.hear(thread_key="thread", at=later(hours=3), published_at=later(hours=2))

    assert acts(team, asked) == [("snooze", "U2"), ("wake", "")]
    assert team.conversation(asked).snooze.back_at == later(hours=3)
    assert team.rows("SELECT asked_at FROM conversation") == since
    assert team.read(count_waiting, TEAM) == 1


def test_a_remark_wakes_nobody(team, asked):
    snooze(team, asked)
    team.hear(thread_key="thread", kind=Kind.PRAISE, at=later(hours=3))

    assert team.conversation(asked).is_snoozed


# ---- muted ---------------------------------------------------------------------------------------------------------


def test_a_muted_card_is_in_no_list_and_unmuting_brings_it_back(team, asked):
    team.send_all()
    assert isinstance(mute(team, asked, MuteScope.AUTHOR, until=later(days=1)), Decided)

    assert lists(team) == (0, 0, 0, 0, 0)
    card = team.card(asked)
    assert card.mute == Mute(
        id=card.conversation.mute_id,
        workspace_id=TEAM,
        scope=MuteScope.AUTHOR,
        by="U2",
        at=NOW,
        community="r/selfhosted",
        author="pat",
        until=later(days=1),
    )

    press = press_of(team, asked, Act.UNMUTE)
    assert isinstance(team.write(unmute_from_card, press, workspace_id=TEAM, at=NOW), Decided)
    assert lists(team) == (1, 1, 1, 1, 1)
    assert team.read(mutes_of, TEAM, now=NOW) == []


@pytest.mark.parametrize(
    ("scope", "post", "silent"),
    [
        (MuteScope.AUTHOR, {"author": "pat", "community": "r/selfhosted"}, True),
        (MuteScope.AUTHOR, {"author": "pat", "community": "Hacker News"}, False),
        (MuteScope.AUTHOR, {"author": "kim", "community": "r/selfhosted"}, False),
        (MuteScope.COMMUNITY, {"author": "kim", "community": "r/selfhosted"}, True),
        (MuteScope.COMMUNITY, {"author": "pat", "community": "Hacker News"}, False),
        (MuteScope.CONVERSATION, {"author": "kim", "community": "r/selfhosted", "thread_key": "thread"}, True),
        (MuteScope.CONVERSATION, {"author": "pat", "community": "r/selfhosted"}, False),
    ],
)
def test_what_is_muted_is_kept_and_gets_no_message(team, asked, scope, post, silent):
    mute(team, asked, scope)
    before = len(team.rows("SELECT id FROM message"))

    team.hear(at=later(minutes=5), **post)

    assert len(team.rows("SELECT id FROM mention")) == 2
    assert (len(team.rows("SELECT id FROM message")) == before) is silent
    assert (team.read(count_waiting, TEAM) == 0) is silent
    assert (lists(team) == (0, 0, 0, 0, 0)) is silent


def test_a_mute_that_is_over_lets_through_again(team, asked):
    mute(team, asked, MuteScope.COMMUNITY, until=later(days=1))
    silent = team.hear(community="r/selfhosted", at=later(hours=23))
    heard = team.hear(community="r/selfhosted", at=later(days=1))

    assert team.read(find_message, MessageKind.CARD, str(silent)) is None
    assert team.read(find_message, MessageKind.CARD, str(heard)) is not None
    assert team.read(mutes_of, TEAM, now=later(days=1)) == []


def test_a_conversation_that_was_silent_so_far_gets_its_card_with_the_next_post(team):
    team.write(add_mute, TEAM, MuteScope.AUTHOR, community="forum.example", author="pat", until=None, by="U1", at=NOW)
    silent = team.hear(thread_key="long", author="pat")
    assert team.read(find_message, MessageKind.CARD, str(silent)) is None

    team.hear(thread_key="long", author="kim", at=later(hours=1))

    assert team.read(find_message, MessageKind.CARD, str(silent)) is not None
    assert acts(team, silent) == [("unmute", "")]
    assert team.rows("SELECT kind FROM message WHERE kind IN ('card', 'note') ORDER BY id") == [
        {"kind": "card"},
        {"kind": "note"},
    ]
    assert team.read(count_waiting, TEAM) == 1


def test_a_muted_card_is_back_with_the_first_post_after_the_mute(team, asked):
    team.send_all()
    mute(team, asked, MuteScope.CONVERSATION, until=later(days=1))
    team.hear(thread_key="thread", at=later(days=2))

    assert not team.conversation(asked).is_muted
    assert team.read(count_waiting, TEAM) == 1
    assert team.read(find_message, MessageKind.CARD, str(asked)).stale


def test_a_flood_of_what_is_muted_pulls_no_brake(team, asked):
    mute(team, asked, MuteScope.COMMUNITY)
    limits = BrakeLimits(cards_per_hour=3, untouched=3)
    posts = [a_post(community="r/selfhosted") for _ in range(9)]
    team.poll(*posts, sightings=[a_sighting(team.watch, post) for post in posts], limits=limits)

    heard = a_post(community="Hacker News")
    team.poll(heard, sightings=[a_sighting(team.watch, heard)], limits=limits, at=later(minutes=1))

    assert team.rows("SELECT id FROM brake") == []


def test_a_promise_stands_although_its_author_is_muted(team, asked):
    do(team, asked, Act.CLAIM)
    before = team.conversation(asked)

    assert mute(team, asked, MuteScope.AUTHOR) == Decided(conversation=before)
    assert isinstance(mute(team, asked, MuteScope.CONVERSATION), Outdated)
    assert team.conversation(asked) == before
    assert [one.scope for one in team.read(mutes_of, TEAM, now=NOW)] == [MuteScope.AUTHOR]


def test_a_mute_from_an_old_drawing_or_another_workspace_mutes_nothing(team, asked):
    assert isinstance(mute(team, asked, MuteScope.AUTHOR, drawn=9), Outdated)
    press = press_of(team, asked, Act.MUTE)
    assert (
        team.write(mute_from_card, press, MuteScope.AUTHOR, until=None, workspace_id="T2", at=NOW)
        == Gone()
        == team.write(unmute_from_card, press, workspace_id="T2", at=NOW)
    )
    assert team.read(mutes_of, TEAM, now=NOW) == []


def test_muting_again_changes_how_long_and_mutes_are_listed_latest_first(team, asked):
    add = {"community": "r/selfhosted", "by": "U1"}
    first = team.write(add_mute, TEAM, MuteScope.COMMUNITY, until=later(days=1), at=NOW, **add)
    thread = team.write(
        add_mute, TEAM, MuteScope.CONVERSATION, thread_key="thread", until=None, by="U2", at=later(hours=1)
    )
    again = team.write(add_mute, TEAM, MuteScope.COMMUNITY, until=None, at=later(hours=2), **add)

    assert again == first
    listed = team.read(mutes_of, TEAM, now=later(days=9))
    assert [(one.id, one.until) for one in listed] == [(first, None), (thread, None)]
    assert listed[1].title.startswith("Is there a Tidewiki export?")
    assert listed[1].url.startswith("https://forum.example/")


def test_a_mute_is_taken_back_once_and_by_its_own_workspace(team):
    mute_id = team.write(add_mute, TEAM, MuteScope.COMMUNITY, community="x", until=None, by="U1", at=NOW)

    assert not team.write(unmute, "T2", mute_id, by="U1", at=NOW)
    assert team.write(unmute, TEAM, mute_id, by="U1", at=NOW)
    assert not team.write(unmute, TEAM, mute_id, by="U1", at=NOW)
    assert team.read(find_mute, mute_id).community == "x"
    assert team.read(find_mute, 999) is None
    assert team.write(add_mute, TEAM, MuteScope.COMMUNITY, community="x", until=None, by="U1", at=NOW) != mute_id


def test_nobody_is_muted_by_having_no_name(team):
    team.write(add_mute, TEAM, MuteScope.AUTHOR, community="forum.example", until=None, by="U1", at=NOW)

    heard = team.hear(author="")
    assert team.read(find_message, MessageKind.CARD, str(heard)) is not None


# ---- corrected -----------------------------------------------------------------------------------------------------


def reading_of(team, conversation_id, **changes):
    return replace(team.card(conversation_id).opening.reading, **changes)


def test_a_correction_counts_at_once_and_is_kept_as_a_label(team):
    remark = team.hear(kind=Kind.OTHER)
    assert team.read(count_waiting, TEAM) == 0
    reading = reading_of(team, remark, kind=Kind.BUG, mood=Mood.BAD, suggested=Tag.REACT, reason="a bug")

    outcome = team.write(correct, press_of(team, remark, Act.CORRECT), reading, workspace_id=TEAM, at=later(hours=1))

    assert isinstance(outcome, Decided)
    assert team.card(remark).opening.reading == reading
    assert team.read(count_waiting, TEAM) == 1
    labels = team.read(corrections_of, remark)
    assert [(one.field, one.was, one.became, one.by, one.at) for one in labels] == [
        ("kind", "other", "bug", "U2", later(hours=1)),
        ("mood", "unsure", "bad", "U2", later(hours=1)),
    ]
    assert team.read(latest_decision, remark).act is Act.CORRECT
    assert team.rows("SELECT mention_id FROM correction")[0]["mention_id"] == team.card(remark).opening.id


def test_what_is_corrected_into_something_that_asks_nothing_is_closed_where_it_was_decided(team, asked):
    do(team, asked, Act.LISTEN)
    do(team, asked, Act.UNDO)
    reading = reading_of(team, asked, pillar=Pillar.IDENTITY)

    team.write(correct, press_of(team, asked, Act.CORRECT), reading, workspace_id=TEAM, at=NOW)

    assert team.read(count_waiting, TEAM) == 0
    assert team.read(count_untagged, TEAM) == 1


def test_a_correction_of_nothing_or_from_an_old_drawing_writes_nothing(team, asked):
    same, other = reading_of(team, asked), reading_of(team, asked, kind=Kind.BUG)

    def tried(reading, **facts):
        return team.write(correct, press_of(team, asked, Act.CORRECT, **facts), reading, workspace_id=TEAM, at=NOW)

    assert tried(same) == Decided(conversation=team.conversation(asked))
    assert isinstance(tried(other, drawn=9), Outdated)
    assert isinstance(tried(same, drawn=9), Outdated)
    press = press_of(team, asked, Act.CORRECT)
    assert team.write(correct, press, other, workspace_id="T2", at=NOW) == Gone()
    assert team.read(corrections_of, asked) == []
    assert acts(team, asked) == []
    assert reading_of(team, asked) == same


def test_not_us_and_its_undo_are_labels(team, asked):
    do(team, asked, Act.NOT_US, by="U1")
    do(team, asked, Act.UNDO, by="U3")

    labels = team.read(corrections_of, asked)
    assert [(one.field, one.was, one.became, one.by) for one in labels] == [
        ("us", "us", "not us", "U1"),
        ("us", "not us", "us", "U3"),
    ]


# ---- the person ----------------------------------------------------------------------------------------------------


def test_a_card_knows_who_answered_the_person_last(team):
    first, second, stranger = (team.hear(author=author, community="r/x") for author in ("pat", "pat", "kim"))
    do(team, first, Act.ANSWERED, by="U5", at=later(hours=1))
    do(team, second, Act.ANSWERED, by="U6", at=later(hours=2))
    do(team, stranger, Act.ANSWERED, by="U7", at=later(hours=3))
    elsewhere = team.hear(author="pat", community="r/y")
    third = team.hear(author="pat", community="r/x")

    assert team.card(third).answered_before == Answer(by="U6", at=later(hours=2))
    assert team.card(second).answered_before == Answer(by="U5", at=later(hours=1))
    assert team.card(first).answered_before is None
    assert team.card(elsewhere).answered_before is None


def test_nobody_was_answered_before_by_having_no_name(team):
    do(team, team.hear(author=""), Act.ANSWERED)

    assert team.card(team.hear(author="")).answered_before is None


def test_who_asks_after_a_mute_is_not_overdue_at_once(team):
    team.write(add_mute, TEAM, MuteScope.COMMUNITY, community="forum.example", until=later(days=1), by="U1", at=NOW)
    conversation = team.hear(thread_key="thread")

    team.hear(thread_key="thread", at=later(days=5))

    assert team.conversation(conversation).reply.warn_at > later(days=5)
