"""Who may do what, in the settings: the form."""

from datetime import datetime
from typing import Final

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.voice.draft import Roles
from handlers.home.showing import end_form
from handlers.payload import Payload, number_of, picked_people, team_of, ticked, user_of, version_of
from handlers.views.home import roles as views
from handlers.views.refusals import OUTDATED
from storage.database import Database
from storage.listening.watches import watches_of
from storage.voice.guide import find_roles, save_roles

PEOPLE_AT_MOST: Final = 100
CROWD: Final = f"Please name at most {PEOPLE_AT_MOST} people, or nobody for everybody."


def register(app: AsyncApp) -> None:
    """Tell Bolt about the button of the roles, and their form."""
    app.action("voice.roles")(open_roles)
    app.view("voice.roles_submit")(keep_roles)


async def open_roles(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database) -> None:
    """Ask who may do what."""
    await ack()
    team = team_of(body)
    roles, watches = await db.read(lambda tx: (find_roles(tx, team), watches_of(tx, team)))
    await client.views_open(trigger_id=body["trigger_id"], view=views.roles_modal(roles, watches))


async def keep_roles(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Keep who may do what, unless somebody changed it meanwhile."""
    roles, team, by = read_roles(body), team_of(body), user_of(body)
    named = {views.SPEAK: roles.speak, views.APPROVE: roles.approve, views.CONFIGURE: roles.configure}
    problems = {name: CROWD for name, people in named.items() if len(people) > PEOPLE_AT_MOST}
    if not problems and not await db.transact(lambda tx: save_roles(tx, team, roles, by=by, at=now)):
        problems = {views.SPEAK: OUTDATED}
    await end_form(ack, body, client, db, problems, now)


def read_roles(body: Payload) -> Roles:
    """Return who may do what as it was entered. Raises BadPayloadError."""
    return Roles(
        speak=picked_people(body, views.SPEAK),
        approve=picked_people(body, views.APPROVE),
        configure=picked_people(body, views.CONFIGURE),
        approved=frozenset(map(number_of, ticked(body, views.WATCHES))),
        version=version_of(body),
    )
