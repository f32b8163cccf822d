"""All who wait for us, in a modal that a digest opens, which lists only the first."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.in_place import show_in_place
from handlers.payload import BadPayloadError, Payload, carried, channel_of, channel_of_form, pressed_value, team_of
from handlers.team.labels import known_label
from handlers.views import blocks
from handlers.views.blocks import Message, View
from handlers.views.digest.digest import EVERYBODY, OF_LABEL
from handlers.views.lists import ALL_AT_MOST, ALL_WAITING, waiting_modal
from storage.conversations.waiting import count_waiting, waiting_for_us
from storage.database import Database, Tx


def register(app: AsyncApp) -> None:
    """Tell Bolt about the button of a digest."""
    app.action("digest.show_all")(show_all)


async def show_all(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """List all who wait, of the label that the digest is of."""
    await ack()
    label, channel = label_of(pressed_value(body)), channel_of(body)
    view = await db.read(lambda tx: _draw(tx, team_of(body), label, channel=channel, now=now))
    await client.views_open(trigger_id=body["trigger_id"], view=view)


def label_of(value: str) -> str:
    """Return the label that *Show all* is of, empty for everybody. Raises BadPayloadError."""
    kind, _, label = value.partition(".")
    if value != EVERYBODY and (kind != OF_LABEL or not label):
        raise BadPayloadError("no digest has this button")
    return label


def is_in_list(body: Payload) -> bool:
    """Return whether a press was made in the list of all who wait."""
    return str((body.get("view") or {}).get("callback_id")) == ALL_WAITING


async def redraw_list(client: AsyncWebClient, db: Database, body: Payload, now: datetime, *, notice: str = "") -> None:
    """Draw the list anew in which somebody pressed; `notice` says why the press did nothing. Raises BadPayloadError."""
    label, channel = str(carried(body).get("label") or ""), channel_of_form(body)
    view = await db.read(lambda tx: _draw(tx, team_of(body), label, channel=channel, now=now, notice=notice))
    await show_in_place(client, body, view)


def _draw(tx: Tx, team: str, label: str, *, channel: str, now: datetime, notice: str = "") -> View:
    number = known_label(tx, team, [label] if label else [])
    if isinstance(number, Message):
        return blocks.modal("Who is waiting", number.blocks)
    rows = waiting_for_us(tx, team, limit=ALL_AT_MOST, label=number)
    more = count_waiting(tx, team, label=number) - len(rows)
    return waiting_modal(rows, more=more, now=now, channel_id=channel, label=label, notice=notice)
