"""Who may change the settings: everybody, or those who are named and the admins of the workspace."""

import re
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncAck
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from engagement.voice.draft import Role
from handlers.clients import FAILED_CALL
from handlers.payload import Payload
from handlers.views import blocks
from handlers.views.home.roles import say_may_not_configure
from handlers.whisper import heard, way_directly, ways_nearby
from storage.database import Database
from storage.voice.guide import find_roles

# Every button and form that changes a setting of the team, by its action_id or callback_id.
CONFIGURES = re.compile(
    r"(settings|watch|places|team|calm|voice|theme|setup)\.\w+|home\.(start|channel_submit)|labels\.(choose|drop)"
    r"|channel\.move(d)?|forget\.\w+",
    re.ASCII,
)
WATCH_ADD = re.compile(r"\s*watch\s+add\b", re.IGNORECASE)


async def guard_settings(
    body: Payload, ack: AsyncAck, client: AsyncWebClient, db: Database, next_: Callable[[], Awaitable[None]]
) -> BoltResponse | None:
    """Let a press or a form pass unless it changes a setting and its person may not; then tell them, and only them."""
    if not configures(body):
        await next_()
        return None
    user, team = _user(body), _team(body)
    people = await _who_instead(client, db, team, user)
    if not people:
        await next_()
        return None
    word = say_may_not_configure(people)
    if body.get("type") == "view_submission":
        return await ack(response_action="push", view=blocks.modal("Not for you", [blocks.section(word)]))
    response = await ack()
    message = blocks.only(word)
    await heard([*ways_nearby(client, body, user, message), way_directly(client, user, message)])
    return response


def configures(body: Payload) -> bool:
    """Return whether a payload would change a setting of the team."""
    if body.get("command"):
        return bool(WATCH_ADD.match(str(body.get("text") or "")))
    if body.get("type") == "view_submission":
        named = [str((body.get("view") or {}).get("callback_id"))]
    else:
        named = [str(action.get("action_id")) for action in body.get("actions") or []]
    return any(CONFIGURES.fullmatch(name) for name in named)


async def _who_instead(client: AsyncWebClient, db: Database, team: str, user: str) -> tuple[str, ...]:
    """Return who may change settings where `user` may not; empty where they may."""
    roles = await db.read(lambda tx: find_roles(tx, team))
    if roles.lets(user, Role.CONFIGURE) or await is_admin(client, user):
        return ()
    return roles.configure


async def is_admin(client: AsyncWebClient, user: str) -> bool:
    """Return whether Slack calls somebody an admin or an owner of the workspace; no where it does not answer."""
    try:
        person = (await client.users_info(user=user)).get("user") or {}
    except FAILED_CALL:
        return False
    return bool(person.get("is_admin") or person.get("is_owner"))


def _user(body: Payload) -> str:
    return str((body.get("user") or {}).get("id") or body.get("user_id") or "")


def _team(body: Payload) -> str:
    team = (body.get("team") or {}).get("id") or (body.get("user") or {}).get("team_id") or body.get("team_id")
    return str(team or "")
