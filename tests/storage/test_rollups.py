"""Cards that wait for a roll-up: told once, let out when asked for, and none of them lost."""

from datetime import timedelta

import pytest
from builders import CHANNEL, NOW, TEAM, a_sighting, later
from builders import a_post as a_new_post

from engagement.calm.brake import BrakeLimits
from engagement.calm.rollup import RollupShown, RollupShownBefore
from engagement.conversations.press import Act
from engagement.sending.outbox import MessageKind, MessageState
from engagement.understanding.reading import Kind
from engagement.watch import Delivery
from storage.calm.brakes import find_brake
from storage.calm.rollups import find_rollup, post_card, show_rollup
from storage.calm.rollups_due import bundles_due, count_waiting_cards, tell_rollups
from storage.conversations.cards import count_cards_since, count_untouched
from storage.conversations.waiting import count_waiting
from storage.sending.messages import find_message

LIMITS = BrakeLimits(cards_per_hour=3, untouched=5)
# NOW is 14:00.
AN_HOUR_LATER = later(hours=1, seconds=1)


@pytest.fixture
def calm(team):
    """A team whose watch is told of once an hour."""
    deliver(team, Delivery.HOURLY)
    return team


def deliver(team, delivery, watch=None):
    number = (watch or team.watch).id
    team.write(lambda tx: tx.run("UPDATE watch SET delivery = :to WHERE id = :id", id=number, to=delivery.value))


def tell(team, at):
    team.write(tell_rollups, limits=LIMITS, now=at)


def states(team, kind="card"):
    sql = "SELECT state, COUNT(*) AS n FROM message WHERE kind = :kind GROUP BY state ORDER BY state"
    return {row["state"]: row["n"] for row in team.rows(sql, kind=kind)}


def rollups(team):
    return [team.read(find_rollup, row["id"]) for row in team.rows("SELECT id FROM rollup ORDER BY id")]


def test_a_card_of_a_calm_watch_waits_and_the_hour_is_told_once(calm):
    for minute, kind in [(5, Kind.OTHER), (10, Kind.QUESTION), (15, Kind.OTHER)]:
        calm.hear(kind=kind, at=later(minutes=minute))
    assert states(calm) == {"held": 3}

    for second in (0, 3598, 3601, 3602, 9000):
        tell(calm, later(seconds=second))

    [rollup] = rollups(calm)
    assert (rollup.starts_at, rollup.ends_at, rollup.told, rollup.waiting) == (NOW, later(hours=1), 3, 3)
    assert rollup.kinds == ((Kind.QUESTION, 1), (Kind.OTHER, 2))
    assert [row.waiting.kind for row in rollup.rows] == [Kind.QUESTION, Kind.OTHER, Kind.OTHER]
    assert states(calm, "rollup") == {"waiting": 1}
    assert states(calm) == {"held": 3}


def test_it_is_counted_what_waits_and_no_more_once_it_is_told(calm):
    calm.hear()
    assert calm.read(count_waiting_cards, TEAM) == 1

    tell(calm, AN_HOUR_LATER)
    assert calm.read(count_waiting_cards, TEAM) == 0


def test_what_asks_us_waits_for_us_also_while_its_card_waits(calm):
    calm.hear(kind=Kind.QUESTION)

    assert calm.read(count_waiting, TEAM) == 1


def test_what_came_while_nobody_ran_at_the_hour_is_told_at_the_next_look(calm):
    calm.hear(at=later(minutes=30))
    calm.hear(at=later(hours=20))

    tell(calm, later(hours=47, minutes=20))

    [rollup] = rollups(calm)
    assert (rollup.starts_at, rollup.ends_at, rollup.told) == (NOW, later(hours=47), 2)


def test_what_comes_too_late_for_its_hour_is_told_in_the_next(calm):
    calm.hear(at=later(minutes=5))
    tell(calm, AN_HOUR_LATER)
    # Another process stored it while the hour was being told.
    calm.hear(at=later(minutes=59))

    tell(calm, later(hours=1, minutes=50))
    assert [each.told for each in rollups(calm)] == [1]
    tell(calm, later(hours=2))
    assert [each.told for each in rollups(calm)] == [1, 1]


def test_one_message_tells_of_all_watches_of_a_channel_that_deliver_alike(calm):
    other = calm.add_watch("Harbour")
    daily = calm.add_watch("Pier")
    elsewhere = calm.add_watch("Quay", channel="C2")
    for watch, delivery in [(other, Delivery.HOURLY), (daily, Delivery.DAILY), (elsewhere, Delivery.HOURLY)]:
        deliver(calm, delivery, watch)
    for watch in (calm.watch, other, other, daily, elsewhere):
        calm.hear(watch=watch, at=later(minutes=1))

    tell(calm, AN_HOUR_LATER)
    assert [(each.channel, each.told, each.watches) for each in rollups(calm)] == [
        (CHANNEL, 3, ("Harbour", "Tidewiki")),
        ("C2", 1, ("Quay",)),
    ]

    tell(calm, later(hours=19))
    assert [(each.delivery, each.watches) for each in rollups(calm)][2:] == [(Delivery.DAILY, ("Pier",))]


def test_a_watch_that_delivers_at_once_again_lets_its_cards_out_through_the_brake(calm):
    numbers = [calm.hear(at=later(minutes=minute)) for minute in range(5)]
    deliver(calm, Delivery.NOW)

    tell(calm, later(minutes=10))

    assert states(calm) == {"held": 2, "waiting": 3}
    assert [calm.read(find_message, MessageKind.CARD, str(each)).state for each in numbers] == [
        *[MessageState.WAITING] * 3,
        *[MessageState.HELD] * 2,
    ]
    assert calm.read(find_brake, 1).held == 2
    assert rollups(calm) == []
    assert calm.read(bundles_due, now=later(days=2)) == []


def test_a_watch_that_becomes_daily_tells_what_waits_at_the_hour_of_the_digest(calm):
    calm.hear(at=later(minutes=1))
    deliver(calm, Delivery.DAILY)

    tell(calm, AN_HOUR_LATER)
    assert rollups(calm) == []
    tell(calm, later(hours=19))
    assert [each.delivery for each in rollups(calm)] == [Delivery.DAILY]


def test_cards_that_wait_for_a_roll_up_leave_room_in_the_channel(calm):
    for minute in range(10):
        calm.hear(at=later(minutes=minute))
    loud = calm.add_watch("Harbour")

    assert calm.read(count_untouched, TEAM, CHANNEL) == 0
    assert calm.read(count_cards_since, TEAM, CHANNEL, NOW - timedelta(days=1)) == 0
    post = a_new_post()
    calm.poll(post, sightings=[a_sighting(loud, post)], at=later(minutes=11), limits=BrakeLimits(cards_per_hour=1))
    assert states(calm) == {"held": 10, "waiting": 1}


def test_a_later_post_of_a_conversation_waits_with_its_card(calm):
    first = calm.hear(thread_key="thread")
    calm.hear(thread_key="thread", at=later(minutes=1))
    assert calm.send_all(at=later(minutes=2)) == []

    tell(calm, AN_HOUR_LATER)
    assert rollups(calm)[0].rows[0].more == 1
    assert calm.write(post_card, first, workspace_id=TEAM, at=AN_HOUR_LATER)

    sent = calm.send_all(at=AN_HOUR_LATER)
    assert [each.kind for each in sent] == [MessageKind.CARD, MessageKind.NOTE, MessageKind.ROLLUP]


def test_what_goes_on_is_told_again_in_the_next_hour_and_stands_in_one_roll_up(calm):
    first, other = calm.hear(thread_key="thread"), calm.hear(kind=Kind.OTHER, thread_key="other")
    tell(calm, AN_HOUR_LATER)
    calm.press(Act.LISTEN, other, at=AN_HOUR_LATER)

    # Hours later: no full hour has been told since, and still it waits for the next one.
    calm.hear(thread_key="thread", at=later(hours=4, minutes=10))
    calm.hear(thread_key="other", kind=Kind.OTHER, at=later(hours=4, minutes=10))
    tell(calm, later(hours=4, minutes=11))
    assert [each.told for each in rollups(calm)] == [1]
    tell(calm, later(hours=5))

    before, after = rollups(calm)
    assert [row.waiting.conversation_id for row in before.rows] == [other]
    assert [row.waiting.conversation_id for row in after.rows] == [first]
    assert (after.starts_at, after.ends_at, after.rows[0].more) == (later(hours=4), later(hours=5), 1)


def test_who_asks_again_after_a_roll_up_was_settled_is_told_of(calm):
    number = calm.hear(thread_key="thread")
    tell(calm, AN_HOUR_LATER)
    calm.press(Act.ANSWERED, number, at=AN_HOUR_LATER)
    assert isinstance(calm.write(show_rollup, 1, workspace_id=TEAM, drawn=1, by="U1", at=AN_HOUR_LATER), RollupShown)

    calm.hear(thread_key="thread", at=later(hours=3, minutes=30))
    tell(calm, later(hours=4))

    assert [row.waiting.still_waits for row in rollups(calm)[1].rows] == [True]


def test_a_conversation_whose_card_is_posted_goes_on_in_its_thread(calm):
    number = calm.hear(thread_key="thread")
    tell(calm, AN_HOUR_LATER)
    calm.write(post_card, number, workspace_id=TEAM, at=AN_HOUR_LATER)

    calm.hear(thread_key="thread", at=later(hours=1, minutes=30))
    tell(calm, later(hours=2))

    assert len(rollups(calm)) == 1


def test_a_card_is_posted_once_and_by_its_own_workspace_only(calm):
    number = calm.hear()
    tell(calm, AN_HOUR_LATER)

    assert not calm.write(post_card, number, workspace_id="T2", at=AN_HOUR_LATER)
    assert calm.write(post_card, number, workspace_id=TEAM, at=AN_HOUR_LATER)
    assert not calm.write(post_card, number, workspace_id=TEAM, at=AN_HOUR_LATER)

    [rollup] = rollups(calm)
    assert (rollup.waiting, rollup.posted, rollup.rows[0].is_posted) == (0, 1, True)
    assert calm.read(count_untouched, TEAM, CHANNEL) == 1


def test_show_all_posts_what_nobody_has_settled_and_only_once(calm):
    numbers = [calm.hear(at=later(minutes=minute)) for minute in range(3)]
    tell(calm, AN_HOUR_LATER)
    calm.press(Act.NOT_US, numbers[0], at=AN_HOUR_LATER)

    shows = {"workspace_id": TEAM, "drawn": 1, "at": AN_HOUR_LATER}
    assert calm.write(show_rollup, 1, **(shows | {"workspace_id": "T2"}), by="U1") is None
    assert isinstance(calm.write(show_rollup, 1, **shows, by="U1"), RollupShown)
    second = calm.write(show_rollup, 1, **shows, by="U2")

    assert isinstance(second, RollupShownBefore)
    assert (second.rollup.shown_by, second.rollup.posted) == ("U1", 2)
    assert states(calm) == {"held": 1, "waiting": 2}
    assert calm.rows("SELECT act, actor FROM history WHERE object = 'rollup'") == [{"act": "show all", "actor": "U1"}]


def test_a_decision_redraws_the_roll_up_that_tells_of_it(calm):
    number = calm.hear()
    tell(calm, AN_HOUR_LATER)
    calm.send_all(at=AN_HOUR_LATER)

    calm.press(Act.LISTEN, number, at=AN_HOUR_LATER)

    assert calm.read(find_message, MessageKind.ROLLUP, "1").stale
    assert rollups(calm)[0].rows[0].is_settled
