"""I am away: what somebody promised goes to whoever covers, and nothing is assigned to them until they are back."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.calendar import clock_at
from handlers.home.showing import show_home
from handlers.home.visit import visit_of
from handlers.payload import Payload, entered, team_of, user_of
from handlers.sending.outbox import Outbox
from handlers.team.people import meet
from handlers.views.conversations.assign import LEFT
from handlers.views.team.away import (
    BACK_ON,
    COVER,
    NOT_ME,
    NOT_YOURSELF,
    PAST,
    away_modal,
    gone_modal,
    say_away,
)
from storage.database import Database, Tx
from storage.team.absences import come_back, go_away
from storage.team.availability import availability_of
from storage.team.leaving import has_left
from storage.workspaces import asking_workspace

# Longer is not an absence; and a year that was mistyped keeps nobody away for ever.
LONGEST = timedelta(days=366)


def register(app: AsyncApp) -> None:
    """Tell Bolt about the buttons, wherever they stand, and the form."""
    app.action("me.away")(open_form)
    app.action("me.back")(take_back)
    app.view("me.away_submit")(take_leave)


async def open_form(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Ask until when, and who has their replies meanwhile."""
    await ack()
    await meet(client, db, team_of(body), user_of(body), now)
    zone = await db.read(lambda tx: _zone_of(tx, body))
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    await client.views_open(trigger_id=body["trigger_id"], view=away_modal(tomorrow=tomorrow.isoformat()))


async def take_leave(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, bot_user: str, now: datetime
) -> None:
    """Hand over what they promised, and say where it went."""
    team, by, cover = team_of(body), user_of(body), entered(body, COVER)
    zone = await db.read(lambda tx: _zone_of(tx, body))
    until = read_day(entered(body, BACK_ON), zone, now=now)
    person = await db.read(lambda tx: availability_of(tx, team, cover))
    problems = {BACK_ON: PAST} if until is None else {}
    if cover in (by, bot_user) or person.is_away(now):
        problems[COVER] = say_away(person) if person.is_away(now) else NOT_YOURSELF if cover == by else NOT_ME
    if person.has_left or (cover and await db.read(lambda tx: has_left(tx, team, cover))):
        problems[COVER] = LEFT
    if problems or until is None:
        await ack(response_action="errors", errors=problems)
        return
    leave = until
    handed = await db.transact(lambda tx: go_away(tx, team, by, until=leave, cover=cover, at=now))
    done = gone_modal(handed.covered, handed.handed_back, cover=cover, until=leave, barred=handed.barred)
    await ack(response_action="update", view=done)
    await outbox.redraw(now)
    await show_home(client, db, visit_of(body, now))


async def take_back(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Have somebody be here again."""
    await ack()
    await db.transact(lambda tx: come_back(tx, team_of(body), user_of(body), at=now))
    await show_home(client, db, visit_of(body, now))


def read_day(entry: str, zone: ZoneInfo, *, now: datetime) -> datetime | None:
    """Return when the day begins that was picked, in `zone`; None for none, one that has begun, or one too far."""
    try:
        begins_at = clock_at(date.fromisoformat(entry), 0, zone)
    except (ValueError, OverflowError):
        return None
    return begins_at if now < begins_at <= now + LONGEST else None


def _zone_of(tx: Tx, body: Payload) -> ZoneInfo:
    person = availability_of(tx, team_of(body), user_of(body))
    return person.hours.zone if person.hours else asking_workspace(tx, team_of(body)).schedule.zone
