"""What the buttons of the settings do in the App Home: the digest, and an end to a mute; and set-up.

Set-up is opened in the channel that takes the mentions. Here it asks for the channel first.
"""

from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.calendar import Schedule, zone_of
from engagement.workspace import DigestWish
from handlers.home.showing import show_home
from handlers.home.visit import visit_of
from handlers.payload import Payload, carried, entered, number_of, pressed_value, shown_hash, team_of, user_of
from handlers.sending.channels import is_member
from handlers.sending.outbox import Outbox
from handlers.views.home.forms import (
    CHANNEL,
    DAY,
    HOUR,
    ZONE,
    channel_modal,
    digest_modal,
)
from handlers.views.listening.setup import start_modal
from handlers.views.refusals import NOT_INVITED, OUTDATED
from storage.calm.muting import unmute
from storage.database import Database
from storage.digest.unlisted import take_back
from storage.understanding.beside import forget_beside
from storage.understanding.learned import forget_word
from storage.understanding.preferences import forget_preference
from storage.workspaces import asking_workspace, set_digest


def register(app: AsyncApp) -> None:
    """Tell Bolt about the buttons of the settings, and their forms."""
    app.action("home.start")(ask_for_channel)
    app.view("home.channel_submit")(open_setup)
    app.action("settings.digest")(open_digest)
    app.view("settings.digest_submit")(save_digest)
    app.action("settings.unmute")(take_back_mute)
    app.action("settings.forget_word")(forget)
    app.action("settings.forget_beside")(forget_what_a_word_tells)
    app.action("settings.forget_preference")(forget_choices)
    app.action("settings.name_again")(name_again)


async def ask_for_channel(ack: AsyncAck, body: Payload, client: AsyncWebClient) -> None:
    """Ask where mentions should go."""
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=channel_modal())


async def open_setup(ack: AsyncAck, body: Payload, client: AsyncWebClient, slash_command: str) -> None:
    """Go on with the form of set-up for the channel."""
    wanted = entered(body, CHANNEL)
    if not await is_member(client, wanted):
        await ack(response_action="errors", errors={CHANNEL: NOT_INVITED})
        return
    await ack(response_action="update", view=start_modal(wanted, command=slash_command))


async def open_digest(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database) -> None:
    """Ask when and where the digest is wanted."""
    await ack()
    workspace = await db.read(lambda tx: asking_workspace(tx, team_of(body)))
    await client.views_open(trigger_id=body["trigger_id"], view=digest_modal(workspace))


async def save_digest(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Have the digest come at another time or to another channel."""
    wish = read_digest(body)
    if isinstance(wish, dict):
        await ack(response_action="errors", errors=wish)
        return
    if wish.channel and not await is_member(client, wish.channel):
        await ack(response_action="errors", errors={CHANNEL: NOT_INVITED})
        return
    team, by = team_of(body), user_of(body)
    if not await db.transact(lambda tx: set_digest(tx, team, wish, by=by, at=now)):
        await ack(response_action="errors", errors={DAY: OUTDATED})
        return
    await ack()
    await show_home(client, db, visit_of(body, now))


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


async def name_again(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Have digests name somebody again."""
    await ack()
    unlisted_id, team, by = number_of(pressed_value(body)), team_of(body), user_of(body)
    await db.transact(lambda tx: take_back(tx, team, unlisted_id, by=by, at=now))
    await show_home(client, db, visit_of(body, now), drawn=shown_hash(body))


async def forget(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Forget a word that corrections have taught."""
    await ack()
    word_id, team, by = number_of(pressed_value(body)), team_of(body), user_of(body)
    await db.transact(lambda tx: forget_word(tx, team, word_id, by=by, at=now))
    await show_home(client, db, visit_of(body, now), drawn=shown_hash(body))


async def forget_choices(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Forget what the team chose for a kind of post in a community."""
    await ack()
    number, team, by = number_of(pressed_value(body)), team_of(body), user_of(body)
    await db.transact(lambda tx: forget_preference(tx, team, number, by=by, at=now))
    await show_home(client, db, visit_of(body, now), drawn=shown_hash(body))


async def forget_what_a_word_tells(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime
) -> None:
    """Forget what *Us* and *Not us* have taught of a word beside a name."""
    await ack()
    number, team, by = number_of(pressed_value(body)), team_of(body), user_of(body)
    await db.transact(lambda tx: forget_beside(tx, team, number, by=by, at=now))
    await show_home(client, db, visit_of(body, now), drawn=shown_hash(body))


async def take_back_mute(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Have cards again of what was muted."""
    await ack()
    mute_id, team, by = number_of(pressed_value(body)), team_of(body), user_of(body)
    await db.transact(lambda tx: unmute(tx, team, mute_id, by=by, at=now))
    await show_home(client, db, visit_of(body, now), drawn=shown_hash(body))
    await outbox.redraw(now)
