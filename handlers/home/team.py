"""The names of the team, added and forgotten in the settings of the App Home."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.listening.source import NewSource
from engagement.team.handles import network_of
from engagement.team.team import Handle, Teammate
from feeds.places.authors import FORUM, NETWORK, NotHeard, find_author
from feeds.places.catalogue import Author
from handlers.clients import FAILED_CALL
from handlers.home.showing import show_home
from handlers.home.visit import visit_of
from handlers.in_place import show_result
from handlers.listening.scouts import Scouts
from handlers.payload import Payload, entered, team_of, ticked, user_of
from handlers.views.home.team import (
    COMMUNITY,
    FORGOTTEN,
    NAME,
    NAME_LENGTH,
    VALUE_LENGTH,
    WHO,
    forget_modal,
    forgotten_modal,
    looking_for_modal,
    name_modal,
    named_modal,
    value_of,
)
from storage.conversations.queue import communities_of
from storage.database import Database, Tx
from storage.team.teammates import save_teammate, teammates_of

COMMUNITIES_AT_MOST: Final = 100
NO_NAME: Final = f"Please enter a name of at most {NAME_LENGTH} characters."
NOT_THE_BOT: Final = "That is me. Please choose one of you."


def register(app: AsyncApp) -> None:
    """Tell Bolt about the buttons of the team, and their forms."""
    app.action("team.name")(open_name)
    app.view("team.name_submit")(save_name)
    app.action("team.forget")(open_forget)
    app.view("team.forget_submit")(forget)


async def open_name(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, scouts: Scouts) -> None:
    """Ask under which name somebody of us writes where."""
    await ack()
    heard = await db.read(lambda tx: communities_of(tx, team_of(body), limit=COMMUNITIES_AT_MOST))
    view = name_modal(communities_to_name(heard, scouts.catalogue.authors), asker=user_of(body))
    await client.views_open(trigger_id=body["trigger_id"], view=view)


def communities_to_name(heard: Sequence[str], authors: Sequence[Author]) -> list[str]:
    """Return where people have one name: the known communities, then those we were heard of in.

    A subreddit is a part of Reddit; software that many sites run on is known by the sites.
    """
    known = [author.community for author in authors if author.community not in (FORUM, NETWORK)]
    return list(dict.fromkeys([*known, *(network_of(community) for community in heard)]))


async def save_name(
    ack: AsyncAck,
    body: Payload,
    client: AsyncWebClient,
    db: Database,
    scouts: Scouts,
    bot_user: str,
    now: datetime,
) -> None:
    """Keep a name of somebody of us, and have their posts read there if that is possible."""
    who, community, name = entered(body, WHO), entered(body, COMMUNITY), entered(body, NAME)
    if not name or len(name) > NAME_LENGTH or len(community) > VALUE_LENGTH:
        await ack(response_action="errors", errors={NAME: NO_NAME})
        return
    if who == bot_user:
        await ack(response_action="errors", errors={WHO: NOT_THE_BOT})
        return
    await ack(response_action="update", view=looking_for_modal(Handle(community=community, name=name)))
    finding = find_author(scouts.fetcher, community, name, scouts.catalogue.authors)
    found, called, _ = await asyncio.gather(finding, name_of(client, who), asyncio.sleep(scouts.settle_seconds))
    feed = found if isinstance(found, NewSource) else None
    handle = Handle(community=community, name=name, feed=feed)
    team, by, interval = team_of(body), user_of(body), scouts.poll_every_seconds

    def keep(tx: Tx) -> None:
        mate = with_handle(teammates_of(tx, team), who, called, handle)
        save_teammate(tx, team, mate, by=by, interval_seconds=interval, at=now)

    await db.transact(keep)
    reason = found.reason if isinstance(found, NotHeard) else ""
    await show_result(client, body, named_modal(who, handle, reason=reason))
    await show_home(client, db, visit_of(body, now))


def with_handle(team: Sequence[Teammate], slack_user: str, called: str, handle: Handle) -> Teammate:
    """Return the teammate of that Slack user with one more name; one that they have already is kept once."""
    mate = next((each for each in team if each.slack_user == slack_user), None)
    mate = mate or Teammate(slack_user=slack_user, name=called)
    others = [each for each in mate.handles if (each.community, each.name) != (handle.community, handle.name)]
    return replace(mate, handles=(*others, handle))


async def name_of(client: AsyncWebClient, slack_user: str) -> str:
    """Return what Slack calls somebody; their id where it does not say."""
    try:
        answer = await client.users_info(user=slack_user)
    except FAILED_CALL:
        return slack_user
    user = answer.get("user") or {}
    return str(user.get("real_name") or user.get("name") or slack_user)


async def open_forget(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Ask which names are nobody's of us any more; where none is left, draw the Home anew."""
    await ack()
    team = await db.read(lambda tx: teammates_of(tx, team_of(body)))
    if any(mate.handles for mate in team):
        await client.views_open(trigger_id=body["trigger_id"], view=forget_modal(team))
    else:
        await show_home(client, db, visit_of(body, now))


async def forget(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, scouts: Scouts, now: datetime
) -> None:
    """Forget the chosen names."""
    chosen, team, by, interval = set(ticked(body, FORGOTTEN)), team_of(body), user_of(body), scouts.poll_every_seconds

    def go(tx: Tx) -> int:
        before = teammates_of(tx, team)
        for mate in before:
            save_teammate(tx, team, without(mate, chosen), by=by, interval_seconds=interval, at=now)
        return sum(len(mate.handles) - len(without(mate, chosen).handles) for mate in before)

    await ack(response_action="update", view=forgotten_modal(await db.transact(go)))
    await show_home(client, db, visit_of(body, now))


def without(mate: Teammate, chosen: Collection[str]) -> Teammate:
    """Return the teammate without the names that were chosen."""
    return replace(mate, handles=tuple(handle for handle in mate.handles if value_of(mate, handle) not in chosen))
