"""Readings by older rules are replaced a batch at a time; what people decided or said stays."""

from dataclasses import replace

import pytest
from builders import NOW, TEAM, a_post, a_reading, later

from engagement.calm.mute import MuteScope
from engagement.conversations.press import Act, Press
from engagement.understanding.reading import Kind, Mood, Pillar, Tag
from engagement.understanding.rereading import Reread
from storage.calm.mutes import add_mute
from storage.conversations.decisions import correct
from storage.conversations.mentions import find_mention
from storage.understanding.rereading import Reached, count_old_readings, next_old_readings, read_anew
from triage.read import read_again

RULES = 9
FRESH = a_reading(
    Kind.OTHER,
    suggested=Tag.LISTEN,
    reason="unsure what they want, but it is us they speak of",
    rules_version=RULES,
)
ASKING = a_reading(Kind.HELP, reason="asks for help", rules_version=RULES)


def reread(team, number, fresh=FRESH):
    return team.write(read_anew, {number: fresh}, read_again, at=NOW)


def reading_of(team, number):
    return team.read(find_mention, number).reading


def rows_of(team, number):
    return team.rows("SELECT waits_for_us, rules_version FROM mention WHERE id = :id", id=number)[0]


def walk(team, *, limit):
    """Return the numbers of the old readings, batch by batch, and what each batch was."""
    reached, batches = Reached(rules=RULES), []
    while batch := team.read(next_old_readings, reached, limit=limit):
        batches.append([mention.id for mention, _ in batch.mentions])
        reached = batch.reached
    return batches


def set_rules(team, **rules):
    for number, version in rules.items():
        team.db.transact(
            lambda tx, a=number[1:], b=version: tx.run(
                "UPDATE mention SET rules_version = :rules WHERE id = :id", rules=b, id=int(a)
            )
        )


def test_the_newest_come_first_and_those_of_today_not_at_all(team):
    for _ in range(7):
        team.hear()
    set_rules(team, _1=1, _2=2, _3=RULES, _4=2, _5=2, _6=RULES, _7=RULES + 1)

    assert walk(team, limit=2) == [[5, 4], [2], [1]]
    assert team.read(count_old_readings, rules=RULES) == 4


def test_broken_off_it_goes_on_where_it_was(team):
    for _ in range(4):
        team.hear()
    reread(team, 4)
    reread(team, 3)

    assert walk(team, limit=9) == [[2, 1]]


def test_a_mention_whose_watch_cannot_be_read_is_named_and_holds_nothing_up(team):
    team.hear()
    team.hear()
    team.db.transact(lambda tx: tx.run("UPDATE watch SET outcome = 'nonsense'"))

    batch = team.read(next_old_readings, Reached(rules=RULES), limit=1)

    assert [watch for _, watch in batch.mentions] == [None]
    assert walk(team, limit=1) == [[2], [1]]


def test_an_undecided_card_follows_and_waits_for_nobody_any_more(team):
    number = team.hear()
    team.send_all()

    assert reread(team, 1) == Reread(count=1, suggestions=1, kinds=1, cards=1)

    assert team.card(number).opening.reading == FRESH
    assert rows_of(team, 1) == {"waits_for_us": 0, "rules_version": RULES}
    assert team.rows("SELECT stale FROM message WHERE kind = 'card'") == [{"stale": 1}]


@pytest.mark.parametrize("act", [Act.LISTEN, Act.INTERACT, Act.NOT_US, Act.CLAIM])
def test_what_the_team_decided_stays_and_its_card_is_left_alone(team, act):
    number = team.hear()
    team.send_all()
    team.press(act, number)
    team.db.transact(lambda tx: tx.run("UPDATE message SET stale = 0"))
    before = team.conversation(number)

    assert reread(team, 1) == Reread(count=1, suggestions=1, kinds=1)

    assert team.conversation(number) == before
    assert rows_of(team, 1)["waits_for_us"] == 1
    assert team.rows("SELECT stale FROM message WHERE kind = 'card'") == [{"stale": 0}]


def test_a_reading_that_says_the_same_redraws_nothing(team):
    team.hear()
    team.send_all()

    assert reread(team, 1, replace(reading_of(team, 1), rules_version=RULES)) == Reread(count=1)
    assert team.rows("SELECT stale FROM message WHERE kind = 'card'") == [{"stale": 0}]


def test_what_a_person_corrected_stays_and_the_rest_is_read_anew(team):
    number = team.hear()
    press = Press(act=Act.CORRECT, conversation_id=number, by="U2", drawn=1)
    said = replace(reading_of(team, 1), kind=Kind.WISH, suggested=Tag.REACT, reason="a wish")
    team.write(correct, press, said, workspace_id=TEAM, at=NOW)

    reread(team, 1, replace(FRESH, mood=Mood.BAD, mood_words=("slow",)))

    after = reading_of(team, 1)
    assert (after.kind, after.suggested, after.reason) == (Kind.WISH, Tag.REACT, "a wish")
    assert (after.mood, after.mood_words, after.rules_version) == (Mood.BAD, ("slow",), RULES)


def test_a_post_that_was_taken_away_stays_as_it_was_read_before(team):
    post = a_post("gone")
    team.hear(key="gone")
    team.poll(post._replace(title="[deleted]", text="[deleted]", author="[deleted]"))
    before = reading_of(team, 1)

    reread(team, 1)

    assert reading_of(team, 1) == replace(before, rules_version=RULES)
    assert rows_of(team, 1)["waits_for_us"] == 0


def test_what_asks_after_all_waits_unless_it_is_muted(team):
    team.hear(kind=Kind.OTHER, author="pat")
    team.hear(kind=Kind.OTHER, author="kim")
    team.write(add_mute, TEAM, MuteScope.AUTHOR, community="forum.example", author="kim", until=None, by="U1", at=NOW)

    reread(team, 1, ASKING)
    reread(team, 2, ASKING)

    assert [rows_of(team, number)["waits_for_us"] for number in (1, 2)] == [1, 0]


def test_a_later_post_that_asks_after_all_waits_since_it_was_written(team):
    number = team.hear(kind=Kind.OTHER, thread_key="hn:1")
    team.hear(kind=Kind.OTHER, thread_key="hn:1", published_at=later(hours=2))

    reread(team, 2, ASKING)

    [row] = team.rows("SELECT asking_mention_id, asked_at FROM conversation WHERE id = :id", id=number)
    assert row["asking_mention_id"] == 2
    assert row["asked_at"].startswith("2026-11-18T16:00")


def test_a_post_by_a_teammate_stays_ours(team):
    team.hear(author="maya")
    team.db.transact(
        lambda tx: tx.run(
            """INSERT INTO team_post (workspace_id, post_id, slack_user, thread_key)
               VALUES (:team, 1, 'UMAYA', 'thread')""",
            team=TEAM,
        )
    )
    team.db.transact(lambda tx: tx.run("UPDATE mention SET pillar = 'provider-initiated', waits_for_us = 0"))

    reread(team, 1, ASKING)

    assert reading_of(team, 1).pillar is Pillar.PROVIDER_INITIATED
    assert rows_of(team, 1)["waits_for_us"] == 0


def test_what_nobody_has_heard_of_is_passed_by(team):
    assert reread(team, 77) == Reread()
