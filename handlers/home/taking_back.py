"""What stands in a line of the settings, and is taken back by the button beside it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Protocol

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.home.showing import show_home
from handlers.home.visit import visit_of
from handlers.payload import Payload, number_of, pressed_value, shown_hash, team_of, user_of
from handlers.sending.outbox import Outbox
from storage.calm.muting import unmute
from storage.database import Database, Tx
from storage.digest.unlisted import take_back
from storage.understanding.beside import forget_beside
from storage.understanding.learned import forget_word
from storage.understanding.preferences import forget_preference


class TakeBack(Protocol):
    """What takes back the line of this number; nothing where somebody was first."""

    def __call__(self, tx: Tx, workspace_id: str, number: int, /, *, by: str, at: datetime) -> object:
        """Do so in the transaction."""


TAKEN_BACK_BY: Final[Mapping[str, TakeBack]] = {
    "settings.unmute": unmute,
    "settings.name_again": take_back,
    "settings.forget_word": forget_word,
    "settings.forget_beside": forget_beside,
    "settings.forget_preference": forget_preference,
}


def register(app: AsyncApp) -> None:
    """Tell Bolt about the buttons beside the lines."""
    for action_id in TAKEN_BACK_BY:
        app.action(action_id)(take_back_line)


async def take_back_line(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Take the line back, and draw the settings without it, and whatever else showed it."""
    await ack()
    take, number = TAKEN_BACK_BY[body["actions"][0]["action_id"]], number_of(pressed_value(body))
    team, by = team_of(body), user_of(body)
    await db.transact(lambda tx: take(tx, team, number, by=by, at=now))
    await show_home(client, db, visit_of(body, now), drawn=shown_hash(body))
    await outbox.redraw(now)
