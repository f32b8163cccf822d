"""Something happens: said once, where urgent things are said, not at night, and once more that it is over."""

from datetime import UTC, datetime, timedelta

from bots import Desk

from sandbox.pressing import words_of
from storage.stamps import stamp


def listened_for_weeks(desk: Desk) -> None:
    """Make the watch old enough to know what is usual."""
    desk.change("UPDATE watch SET created_at = '2020-01-01T00:00:00.000Z', version = version + 1")


def be_quiet(desk: Desk, *, hours: int) -> None:
    """Have it be quiet from this hour on for so many; without hours it is never quiet."""
    hour = datetime.now(UTC).hour
    begin, end = (hour, (hour + hours) % 24) if hours else (None, None)
    desk.change("UPDATE workspace SET urgent_channel = 'C0GENERAL', quiet_from = ?, quiet_to = ?", begin, end)


async def test_quiet_hours_hold_an_alert_and_let_cards_through_and_a_surge_is_said_once_and_that_it_is_over(
    desk: Desk, start, street
):
    slack, talk = desk.slack, street.feed("talk")
    await slack.invite_bot("general", by="maya")
    desk.changes = {"cards_per_hour": 2}
    await desk.watch(talk.url)
    listened_for_weeks(desk)
    be_quiet(desk, hours=3)
    await start()
    await desk.looked_at(talk)

    for number in range(9):
        talk.add(f"Tidewiki ate page {number}", author=f"person {number}")
    await desk.looked_at(talk)
    await desk.card("Tidewiki ate page 1")
    assert desk.rows("SELECT told_at FROM alert") == [(None,)]
    assert desk.posted("alert", "general") == []

    be_quiet(desk, hours=0)
    alert = await slack.wait_for_message(channel="general", containing="Far more than usual about “Tidewiki”")
    assert "9 mentions by 9 people since" in words_of(alert)
    assert "Tidewiki ate page" in words_of(alert)

    talk.add("Mine too, Tidewiki", author="person 10")
    await desk.shows(alert, "10 mentions by 10 people since")

    desk.change("UPDATE mention SET noticed_at = ?", stamp(datetime.now(UTC) - timedelta(hours=2)))
    desk.change("UPDATE alert SET began_at = ?", stamp(datetime.now(UTC) - timedelta(hours=3)))
    await desk.shows(alert, "The surge about “Tidewiki” is over", "10 mentions by 10 people", without="usual")
    assert len(desk.posted("alert", "general")) == 1
