"""The form *Calm*, opened from the settings in the App Home."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.calm.calm import CalmWish, DeliveryWish, is_score
from engagement.watch import Delivery
from engagement.workspace import QuietHours
from handlers.home.showing import end_form
from handlers.payload import PICKED_CHANNEL, BadPayloadError, Payload, carried, entered, number_of, team_of, user_of
from handlers.sending.channels import is_member
from handlers.views.calm.calm import (
    NEVER,
    QUIET_FROM,
    QUIET_TO,
    URGENT_CHANNEL,
    URGENT_SCORE,
    calm_modal,
    delivery_field,
)
from handlers.views.refusals import NOT_INVITED, OUTDATED
from storage.calm.calm import find_calm, save_calm
from storage.database import Database


def register(app: AsyncApp) -> None:
    """Tell Bolt about the form and the button that opens it."""
    app.action("calm.open")(open_form)
    app.view("calm.submit")(save)


async def open_form(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database) -> None:
    """Open the form as things stand."""
    await ack()
    calm = await db.read(lambda tx: find_calm(tx, team_of(body)))
    if calm is None:
        raise BadPayloadError("a workspace that never installed the bot asked")
    await client.views_open(trigger_id=body["trigger_id"], view=calm_modal(calm))


async def save(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Store what was entered, or say under the field why not."""
    problems = find_problems(body)
    channel = entered(body, URGENT_CHANNEL)
    if not problems and channel and not await is_member(client, channel):
        problems = {URGENT_CHANNEL: NOT_INVITED}
    if not problems:
        wish, team, by = read_wish(body), team_of(body), user_of(body)
        is_kept = await db.transact(lambda tx: save_calm(tx, team, wish, by=by, at=now))
        problems = {} if is_kept else {URGENT_SCORE: OUTDATED}
    await end_form(ack, body, client, db, problems, now)


def find_problems(body: Payload) -> dict[str, str]:
    """Return what is wrong with the form, under the field's name; empty when nothing is."""
    problems = {}
    if not is_score(entered(body, URGENT_SCORE)):
        problems[URGENT_SCORE] = "Please enter a whole number from 10 to 1,000,000."
    if entered(body, QUIET_FROM) == entered(body, QUIET_TO):
        problems[QUIET_TO] = "Quiet hours must end at another hour than they begin."
    return problems


def read_wish(body: Payload) -> CalmWish:
    """Return what was entered into a form in which nothing is wrong. Raises BadPayloadError."""
    offer, channel = carried(body), entered(body, URGENT_CHANNEL)
    if channel and not PICKED_CHANNEL.fullmatch(channel):
        raise BadPayloadError("the form names no channel")
    try:
        drawn = {int(number): int(version) for number, version in offer["watches"]}
        return CalmWish(
            drawn=int(offer["calm"]),
            urgent_channel=channel,
            urgent_score=number_of(entered(body, URGENT_SCORE)),
            quiet=_quiet(body),
            deliveries=tuple(
                DeliveryWish(watch_id=number, drawn=version, delivery=Delivery(entered(body, delivery_field(number))))
                for number, version in drawn.items()
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadPayloadError("the form does not say what it offered") from error


def _quiet(body: Payload) -> QuietHours | None:
    begin, end = entered(body, QUIET_FROM), entered(body, QUIET_TO)
    return None if begin == NEVER else QuietHours(from_hour=number_of(begin), to_hour=number_of(end))
