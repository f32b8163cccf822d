"""When and where the digest comes, in the settings: its form."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.calendar import Schedule, zone_of
from engagement.workspace import DigestWish
from handlers.home.showing import end_form
from handlers.payload import Payload, carried, entered, number_of, team_of, user_of
from handlers.sending.channels import is_member
from handlers.views.home.digest import CHANNEL, DAY, HOUR, ZONE, digest_modal
from handlers.views.refusals import NOT_INVITED, OUTDATED
from storage.database import Database
from storage.workspaces import asking_workspace, set_digest


def register(app: AsyncApp) -> None:
    """Tell Bolt about the button of the digest, and its form."""
    app.action("settings.digest")(open_digest)
    app.view("settings.digest_submit")(save_digest)


async def open_digest(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database) -> None:
    """Ask when and where the digest is wanted."""
    await ack()
    workspace = await db.read(lambda tx: asking_workspace(tx, team_of(body)))
    await client.views_open(trigger_id=body["trigger_id"], view=digest_modal(workspace))


async def save_digest(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Have the digest come at another time or to another channel."""
    wish, team, by = read_digest(body), team_of(body), user_of(body)
    if isinstance(wish, dict):
        problems = wish
    elif wish.channel and not await is_member(client, wish.channel):
        problems = {CHANNEL: NOT_INVITED}
    else:
        is_set = await db.transact(lambda tx: set_digest(tx, team, wish, by=by, at=now))
        problems = {} if is_set else {DAY: OUTDATED}
    await end_form(ack, body, client, db, problems, now)


def read_digest(body: Payload) -> DigestWish | dict[str, str]:
    """Return what was entered, or what is wrong with it under the field's name. Raises BadPayloadError."""
    day, hour = number_of(entered(body, DAY)), number_of(entered(body, HOUR))
    try:
        zone = zone_of(entered(body, ZONE))
    except ValueError as error:
        return {ZONE: str(error)}
    drawn = number_of(str(carried(body).get("digest")))
    try:
        schedule = Schedule(weekday=day, hour=hour, zone=zone)
        return DigestWish(drawn=drawn, schedule=schedule, channel=entered(body, CHANNEL))
    except ValueError as error:
        return {DAY: str(error)}
