"""Places that are not heard well: noticed by the polls, told once, and told again when they are well."""

from datetime import timedelta

from builders import CHANNEL, TEAM
from rounds import NOON, a_feed

from engagement.listening.trouble import Trouble
from engagement.sending.outbox import MessageKind, OutMessage
from handlers.sending.draw import draw
from storage.listening.troubles import deaf_since, troubles_of_sources
from storage.sending.messages import messages_to_send

HOUR = timedelta(hours=1)


async def told(poll) -> list[str]:
    """Return the messages about troubles, as the channel reads them."""
    rows = await poll.rows("SELECT id, channel, subject, part FROM message WHERE kind = 'trouble' ORDER BY id")
    messages = [
        OutMessage(
            id=row["id"],
            workspace_id=TEAM,
            channel=row["channel"],
            kind=MessageKind.TROUBLE,
            subject=row["subject"],
            state="waiting",
            created_at=NOON,
            not_before=NOON,
        )
        for row in rows
    ]
    drawn = [await poll.db.read(lambda tx, message=message: draw(tx, message, command="/ears")) for message in messages]
    return ["\n".join(block["text"]["text"] for block in each.blocks if block["type"] == "section") for each in drawn]


async def test_a_place_that_stays_broken_is_told_of_once_and_once_more_when_it_is_well(poll):
    await poll.listen("talk", "other")
    await poll.turn()
    poll.places["talk"].status = 500
    await poll.turns(until=NOON + timedelta(days=2), every=HOUR)

    (message,) = await told(poll)
    assert "I have not heard *talk* since" in message
    assert "(500)" in message
    troubles = await poll.db.read(lambda tx: troubles_of_sources(tx, TEAM))
    assert [(each.place, each.kind) for each in troubles] == [("talk", Trouble.BROKEN)]
    assert await poll.db.read(lambda tx: troubles_of_sources(tx, "T0OTHER")) == []

    poll.places["talk"].status = 200
    await poll.turns(until=NOON + timedelta(days=4), every=HOUR)
    assert len(await told(poll)) == 2
    assert "I hear *talk* again" in (await told(poll))[1]
    assert await poll.db.read(lambda tx: troubles_of_sources(tx, TEAM)) == []


async def test_places_that_fail_together_are_told_of_together_and_a_channel_hears_once_an_hour(poll):
    names = [f"talk{number}" for number in range(5)]
    await poll.listen(*names, "other", "late")
    for name in names:
        poll.places[name].status = 410
    await poll.turns(until=NOON + timedelta(minutes=6), every=timedelta(minutes=2))
    assert "5 places need a look" in (await told(poll))[0]

    poll.places["late"].status = 410
    await poll.turns(until=NOON + timedelta(minutes=62), every=timedelta(minutes=2))
    assert (await poll.source("late")).troubles == {Trouble.GONE}
    assert len(await told(poll)) == 1
    await poll.turn()
    assert "1 place needs a look" in (await told(poll))[1]


async def test_a_trouble_that_is_over_before_it_was_told_is_never_told(poll):
    await poll.listen("talk", "other")
    poll.places["talk"].status = 410
    await poll.turn()
    assert await poll.count("trouble_notice") == 1

    source = await poll.source("talk")
    await poll.db.transact(
        lambda tx: tx.run("UPDATE source SET paused_at = NULL, next_poll_at = tried_at WHERE id = :id", id=source.id)
    )
    poll.places["talk"].status = 200
    await poll.turn(seconds=30)
    await poll.turns(until=NOON + timedelta(hours=3), every=timedelta(minutes=10))

    assert await told(poll) == []
    assert await poll.count("trouble") == 1


async def test_one_way_of_being_deaf_after_another_is_not_told_as_a_recovery(poll):
    await poll.listen("talk", "other")
    await poll.turn()
    poll.places["talk"].status = 500
    await poll.turns(until=NOON + timedelta(days=2), every=HOUR)
    poll.places["talk"].status = 410
    await poll.turns(until=NOON + timedelta(days=4), every=HOUR)

    messages = await told(poll)
    assert len(messages) == 2
    assert "closed its feed for good" in messages[1]
    assert not any("again" in message for message in messages)


async def a_dead_network(poll, *, hours):
    for place in poll.places.values():
        place.is_cut = True
    await poll.turns(until=poll.now + timedelta(hours=hours), every=timedelta(minutes=2))


async def test_a_broken_network_of_ours_is_one_message_and_blames_no_place(poll):
    names = [f"{host}/{number}" for host in ("a.test", "b.test", "c.test") for number in range(4)]
    await poll.listen(*names)
    await poll.turns(until=NOON + timedelta(minutes=20), every=timedelta(minutes=2))
    await a_dead_network(poll, hours=9)

    (message,) = await told(poll)
    assert "I hear nothing at all" in message
    since = await poll.db.read(deaf_since)
    assert since < NOON + timedelta(minutes=40)
    assert await poll.count("trouble") == 1

    for place in poll.places.values():
        place.is_cut = False
    ended = poll.now
    await poll.turns(until=ended + timedelta(minutes=90), every=timedelta(minutes=2))

    messages = await told(poll)
    assert len(messages) == 2
    assert "I hear again" in messages[1]
    # Nobody was put off by what was not their fault.
    for name in names:
        assert poll.places[name].asked_at[-1] >= ended
        assert (await poll.source(name)).failures == 0


async def test_one_host_that_is_down_is_no_network_of_ours(poll):
    await poll.listen(*[f"a.test/{number}" for number in range(6)])
    await poll.turns(until=NOON + timedelta(minutes=20), every=timedelta(seconds=30))
    await a_dead_network(poll, hours=1)

    assert await poll.db.read(deaf_since) is None


async def test_a_place_that_refuses_proves_the_network(poll):
    await poll.listen("a.test/1", "a.test/2", "b.test/1", "c.test/1")
    await poll.turns(until=NOON + timedelta(minutes=20), every=timedelta(seconds=30))
    for name in list(poll.places)[:3]:
        poll.places[name].is_cut = True
    poll.places["c.test/1"].status = 500
    await poll.turns(until=NOON + timedelta(hours=2), every=timedelta(minutes=2))

    assert await poll.db.read(deaf_since) is None


async def test_messages_about_troubles_hold_up_no_card(poll):
    """What is to be told waits beside the outbox, not in it: a channel's messages go out in their order."""
    await poll.listen("talk", "gone")
    poll.places["gone"].status = 410
    await poll.turn()

    assert await poll.count("trouble_notice") == 1
    waiting = await poll.db.read(lambda tx: messages_to_send(tx, now=poll.now))
    assert [(message.kind, message.channel) for message in waiting] == [(MessageKind.CARD, CHANNEL)]


async def test_a_throttled_host_is_told_of_after_an_hour(poll):
    await poll.listen("a.test/1", "b.test/1")
    await poll.turn()
    poll.places["a.test/1"].status = 429
    await poll.turns(until=NOON + timedelta(hours=20), every=timedelta(minutes=1))

    (message,) = await told(poll)
    assert "*a.test/1* has slowed me down" in message


async def test_a_place_that_locks_us_out_is_told_of_and_again_when_it_lets_us_in(poll):
    await poll.listen("talk", "other")
    await poll.turn()
    poll.places["talk"].status = 401
    await poll.turns(until=NOON + timedelta(hours=9), every=timedelta(minutes=10))
    (message,) = await told(poll)
    assert "*talk* has not let me in since" in message
    assert "wants us to log in (401)" in message

    poll.places["talk"].status = 200
    await poll.turns(until=NOON + timedelta(days=2), every=timedelta(minutes=30))
    assert "I hear *talk* again" in (await told(poll))[1]


async def test_a_place_that_falls_silent_is_told_of_and_again_when_it_speaks(poll):
    await poll.listen("talk")
    place = poll.places["talk"]
    place.headers = {}
    for day in range(8):
        place.body = a_feed(f"News of day {day}")
        await poll.turns(until=NOON + timedelta(days=day + 1), every=timedelta(hours=6))
    assert await told(poll) == []
    await poll.turns(until=NOON + timedelta(days=20), every=timedelta(hours=6))
    (message,) = await told(poll)
    assert "*talk* answers, but has had nothing new for far longer than usual" in message

    place.body = a_feed("News at last")
    await poll.turns(until=NOON + timedelta(days=21), every=timedelta(hours=6))
    assert "*talk* has something new again" in (await told(poll))[1]


async def test_a_place_that_brings_more_than_an_answer_holds_is_told_of(poll):
    await poll.listen("talk")
    place = poll.places["talk"]
    place.headers = {}
    for hour in range(4):
        place.body = a_feed(*(f"Post {hour} {number}" for number in range(6)))
        poll.now = (await poll.source("talk")).next_poll_at
        await poll.turn()
    await poll.turn(minutes=3)

    (message,) = await told(poll)
    assert "*talk* brings more between two looks than one answer holds" in message
    await poll.turns(until=NOON + timedelta(days=3), every=HOUR)
    assert "*talk* fits into one answer again" in (await told(poll))[1]


async def test_a_place_that_renames_its_posts_is_told_of(poll):
    await poll.listen("talk")
    place = poll.places["talk"]
    place.headers = {}
    for day in range(3):
        body = a_feed(*(f"Post {number}" for number in range(4)))
        for number in range(4):
            body = body.replace(
                f"<title>Post {number}", f"<guid isPermaLink='false'>{day}-{number}</guid><title>Post {number}"
            )
        place.body = body
        await poll.turn(days=1)
    await poll.turn(minutes=3)

    (message,) = await told(poll)
    assert "*talk* gives its old posts new names" in message
    assert await poll.count("post") == 4
    await poll.turns(until=poll.now + timedelta(days=9), every=timedelta(hours=6))
    assert "*talk* keeps the names of its posts again" in (await told(poll))[1]
