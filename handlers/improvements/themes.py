"""Themes where people read of them: all of them at a click, and the form that decides about one."""

import re
from datetime import datetime
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.digest.week import WEEK
from engagement.improvements.improvement import Wanted
from engagement.improvements.themes import Theme, ThemeHeard
from handlers.improvements.choosing import find_problems_of_choice
from handlers.improvements.forms import read_wanted
from handlers.improvements.seeking import show_found, sought_words
from handlers.payload import (
    PICKED_CHANNEL,
    Payload,
    carried,
    channel_of,
    channel_of_form,
    entered,
    number_of,
    pressed_value,
    read_value,
    team_of,
    user_of,
)
from handlers.sending.outbox import Outbox
from handlers.views.blocks import View
from handlers.views.improvements import forms as form
from handlers.views.improvements import heard as views
from handlers.whisper import whisper
from storage.batches import batches
from storage.database import Database, Tx
from storage.improvements.improvements import improvements_to_choose
from storage.improvements.theme_decisions import conversations_about, count_conversations, decide_theme
from storage.improvements.themes import find_theme
from storage.improvements.themes_heard import improving_of, themes_heard
from storage.listening.watches import watches_of

# Conversations that are counted in one transaction: a click that comes meanwhile has its turn between.
AT_ONCE = 10


def register(app: AsyncApp) -> None:
    """Tell Bolt about the buttons of themes outside the settings, and the form that decides."""
    app.action("heard.all")(show_all)
    app.action(re.compile(r"^heard\.decide\.\d+$"))(open_decision)
    app.action(views.SEARCH_THEME)(search)
    app.view("heard.decide_submit")(decide)


async def show_all(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """List every theme that anybody spoke of, as of now."""
    await ack()
    team = team_of(body)
    heard = await db.read(lambda tx: themes_heard(tx, team, starts_at=now - WEEK, ends_at=now))
    await client.views_open(trigger_id=body["trigger_id"], view=views.all_themes_modal(heard))


async def open_decision(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Ask what is to change because of a theme, on top of the list that was pressed if it was one."""
    await ack()
    theme_id, team, channel = number_of(pressed_value(body)), team_of(body), channel_of(body)
    view = await db.read(lambda tx: _form_of(tx, team, theme_id, channel=channel, now=now))
    show = client.views_push if (body.get("view") or {}).get("type") == "modal" else client.views_open
    await show(trigger_id=body["trigger_id"], view=view)


async def search(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Offer the improvements with these words in their names to the theme."""
    await ack()
    (theme_id, _), words = read_value(carried(body).get("value")), sought_words(body)
    team, channel = team_of(body), channel_of_form(body)
    view = await db.read(lambda tx: _form_of(tx, team, theme_id, channel=channel, now=now, words=words))
    await show_found(client, body, view)


def _form_of(tx: Tx, team: str, theme_id: int, *, channel: str, now: datetime, words: str = "") -> View:
    theme = find_theme(tx, team, theme_id)
    if theme is None:
        return views.gone_modal()
    heard = _heard_of(tx, team, theme, now=now)
    if not heard.may_be_decided:
        return views.decided_before_modal(heard)
    departments = [channel, *(watch.channel for watch in watches_of(tx, team))]
    return views.decide_modal(
        heard,
        f"{theme.id}:{theme.version}",
        improvements_to_choose(tx, team, words, limit=form.OFFERED_AT_MOST),
        conversations=len(conversations_about(tx, team, theme.id, at=now)),
        channel_id=channel,
        department=next((each for each in departments if PICKED_CHANNEL.fullmatch(each)), ""),
        words=words,
    )


def _heard_of(tx: Tx, team: str, theme: Theme, *, now: datetime) -> ThemeHeard:
    for heard in themes_heard(tx, team, starts_at=now - WEEK, ends_at=now):
        if heard.theme_id == theme.id:
            return heard
    return ThemeHeard(theme_id=theme.id, name=theme.name, people=0, new=0, improving=improving_of(tx, theme))


async def decide(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Decide about a theme, and count what people said for what was decided."""
    existing, title = entered(body, form.EXISTING), entered(body, form.TITLE)
    # The name of the theme is only proposed: it gives way to a choice.
    is_new = bool(title) and not (existing and title == carried(body).get("proposed"))
    if problems := await find_problems_of_choice(body, client, title=title if is_new else "", chosen=existing):
        await ack(response_action="errors", errors=problems)
        return
    await ack(response_action="clear")
    wanted = read_wanted(body) if is_new else number_of(existing)
    if await _record(db, body, wanted, now):
        await outbox.redraw(now)
    else:
        await whisper(client, body, views.DECIDED_BEFORE)


async def _record(db: Database, body: Payload, wanted: Wanted | int, now: datetime) -> bool:
    """Store what was decided; False where somebody was first."""
    theme_id, version = read_value(carried(body).get("value"))
    team, by = team_of(body), user_of(body)
    decision = await db.transact(lambda tx: decide_theme(tx, team, theme_id, wanted, drawn=version, by=by, at=now))
    if decision is None:
        return False
    for part in batches(decision.conversations, AT_ONCE):
        count = partial(count_conversations, workspace_id=team, conversations=part, by=by, at=now)
        await db.transact(partial(count, improvement_id=decision.improvement.id))
    return True
