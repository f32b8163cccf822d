"""A flood meets the brake: a few cards, one message that stands for the rest, and nothing lost."""

from bots import Desk, running

from sandbox.pressing import words_of


def numbers(desk: Desk) -> list[int]:
    """The flood's posts that stand in the channel as cards, in their order there."""
    return [int(words_of(card).partition("export number ")[2].partition("?")[0]) for card in desk.cards()]


async def test_a_flood_is_held_behind_one_message_and_let_out_once(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    desk.changes = {"cards_per_hour": 3}
    await desk.watch(feed.url)
    feed.add_many(2)
    await start()
    await desk.card("export number 2?")

    feed.add_many(5)
    brake = await slack.wait_for_message(channel="mentions", containing="waiting behind this message", seconds=20)
    assert "*4 more* from “Tidewiki” are waiting" in words_of(brake)
    assert numbers(desk) == [1, 2, 3]

    await slack.click("Show all", on=brake, by="maya")
    await desk.shows(brake, "4 shown by <@U0MAYA>", without="Show all")
    # An old drawing of it, pressed by somebody else, lets nothing out twice.
    await slack.click("Show all", on=brake, by="sam", patience=0.2)

    await desk.until(lambda: len(desk.cards()) == 7, seconds=30, what="seven cards")
    assert numbers(desk) == list(range(1, 8))
    assert len(desk.posted("brake")) == 1
    await desk.until(lambda: desk.rows("SELECT DISTINCT state FROM message") == [("sent",)])
    assert desk.rows("SELECT released_by FROM brake") == [("U0MAYA",)]


async def test_what_came_while_the_bot_was_down_meets_the_brake_too(desk: Desk, street):
    slack, feed = desk.slack, street.feed()
    desk.changes = {"cards_per_hour": 2}
    await desk.watch(feed.url)
    feed.add_many(1)
    async with running(desk):
        await desk.card("export number 1?")

    feed.add_many(40)
    async with running(desk):
        brake = await slack.wait_for_message(channel="mentions", containing="waiting behind this message", seconds=20)
        assert "*39 more*" in words_of(brake)
        feed.add_many(2)
        await desk.shows(brake, "*41 more*", seconds=10)

    assert numbers(desk) == [1, 2]
    assert len(desk.posted("brake")) == 1
    assert desk.rows("SELECT state, COUNT(*) FROM message WHERE kind = 'card' GROUP BY state ORDER BY state") == [
        ("held", 41),
        ("sent", 2),
    ]
