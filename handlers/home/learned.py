"""All that a team has taught, a page at a time, with a button in each line that has it forgotten."""

import re
from datetime import datetime
from typing import Final

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.records.lookup import Step, Turn, page_of
from engagement.understanding.learned import Lesson
from handlers.home.settings.understanding import learned_lines
from handlers.home.showing import show_home
from handlers.home.taking_back import TAKEN_BACK_BY
from handlers.home.visit import visit_of
from handlers.in_place import show_in_place
from handlers.payload import NUMBER, BadPayloadError, Payload, choice_of, pressed_value, read_turn, team_of, user_of
from handlers.views.blocks import View
from handlers.views.home import learned as views
from storage.database import Database, Tx

FORGOTTEN: Final = re.compile(rf"(?P<lesson>\w+):(?P<number>{NUMBER.pattern}):(?P<first>{NUMBER.pattern})", re.ASCII)


def register(app: AsyncApp) -> None:
    """Tell Bolt about the button that lists all, and those of the list."""
    app.action(views.OPEN)(open_all)
    app.action(re.compile(rf"^{re.escape(views.TURN)}\.\w+$"))(turn)
    app.action(views.FORGET)(forget_in_list)


def page_of_learned(tx: Tx, workspace_id: str, lesson: Lesson, turned: Turn | None = None) -> View:
    """Return a page of all of one lesson; the latest where nothing is left of the page that was turned to."""
    lines = learned_lines(tx, workspace_id)[lesson]
    numbered = [(number, (number, said)) for number, said in lines]
    page, turns = page_of(numbered, turned)
    if not page:
        page, turns = page_of(numbered, None)
    return views.learned_modal(lesson, page, turns=turns, count=len(lines))


def page_from(tx: Tx, workspace_id: str, lesson: Lesson, first: int) -> View:
    """Return the page that began with this line, as it stands by now; without the line itself where it is forgotten."""
    newer = [number for number, _ in learned_lines(tx, workspace_id)[lesson] if number > first]
    return page_of_learned(tx, workspace_id, lesson, Turn(step=Step.OLDER, line=newer[-1]) if newer else None)


async def open_all(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database) -> None:
    """Show the latest page of all that there is of one lesson."""
    await ack()
    lesson, team = choice_of(Lesson, pressed_value(body)), team_of(body)
    view = await db.read(lambda tx: page_of_learned(tx, team, lesson))
    await client.views_open(trigger_id=body["trigger_id"], view=view)


async def turn(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database) -> None:
    """Show the page before or behind."""
    await ack()
    of_what, turned = read_turn(pressed_value(body))
    lesson, team = choice_of(Lesson, of_what), team_of(body)
    view = await db.read(lambda tx: page_of_learned(tx, team, lesson, turned))
    await show_in_place(client, body, view)


async def forget_in_list(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Forget what a line says, and show the list without it, as it stands by now, and the Home behind it."""
    await ack()
    found, team, by = FORGOTTEN.fullmatch(pressed_value(body)), team_of(body), user_of(body)
    if found is None:
        raise BadPayloadError("a button forgets nothing that was learned")
    lesson, number, first = choice_of(Lesson, found["lesson"]), int(found["number"]), int(found["first"])
    await db.transact(lambda tx: TAKEN_BACK_BY[views.FORGET_BY[lesson]](tx, team, number, by=by, at=now))
    view = await db.read(lambda tx: page_from(tx, team, lesson, first))
    await show_in_place(client, body, view)
    await show_home(client, db, visit_of(body, now))
