"""Themes in the settings: made, changed and ended by their form, or taken from what people say with one click."""

import asyncio
from datetime import datetime
from typing import Final

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.improvements.asked_for import Person
from engagement.improvements.theme_phrases import SUGGESTED_AT_MOST, Suggested, suggest
from engagement.improvements.themes import (
    COUNTED,
    LONGEST_PHRASE,
    LONGEST_THEME,
    PHRASES_AT_MOST,
    THEMES_AT_MOST,
    Theme,
    are_too_many,
    as_phrases,
    as_theme_name,
)
from engagement.post import Post
from handlers.home.showing import end_form, show_home
from handlers.home.visit import visit_of
from handlers.payload import (
    BadPayloadError,
    Payload,
    carried,
    entered,
    number_of,
    pressed_value,
    team_of,
    ticked,
    user_of,
)
from handlers.views.home import themes as views
from handlers.views.refusals import OUTDATED
from storage.database import Database, Tx
from storage.improvements.themes import ThemeSaved, end_theme, find_theme, save_theme, themes_of
from storage.improvements.themes_heard import newest_said
from storage.listening.watches import watches_of
from triage.plain import parts_of

# Of each mention: what somebody keeps coming back to they say early.
LOOKED_AT: Final = 600
NO_NAME: Final = "Please give it a name."
NO_PHRASE: Final = "Please say at least one phrase by which I find it."
TOO_MANY: Final = f"At most {PHRASES_AT_MOST} phrases, each of at most {LONGEST_PHRASE} characters."
# What the form says, under the field it is about.
REFUSED: Final = {
    ThemeSaved.TAKEN: (views.NAME, "You have a theme of this name already."),
    ThemeSaved.OUTDATED: (views.NAME, OUTDATED),
    ThemeSaved.FULL: (views.NAME, f"There are {THEMES_AT_MOST} themes already. End one that nobody needs."),
}


def register(app: AsyncApp) -> None:
    """Tell Bolt about the buttons of themes in the settings, and their forms."""
    app.action("theme.add")(open_new)
    app.action("theme.change")(ask_which)
    app.view("theme.picked")(open_picked)
    app.view("theme.save")(save)
    app.action("theme.suggest")(open_suggestions)
    app.action("theme.use")(use)


async def open_new(ack: AsyncAck, body: Payload, client: AsyncWebClient) -> None:
    """Ask for a new theme."""
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=views.theme_modal(Theme(name="", phrases=())))


async def ask_which(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database) -> None:
    """Ask which theme to change."""
    await ack()
    themes = await db.read(lambda tx: themes_of(tx, team_of(body)))
    await client.views_open(trigger_id=body["trigger_id"], view=views.which_theme_modal(themes))


async def open_picked(ack: AsyncAck, body: Payload, db: Database) -> None:
    """Go on with the theme that was picked."""
    picked = number_of(entered(body, views.THEME))
    theme = await db.read(lambda tx: find_theme(tx, team_of(body), picked))
    await ack(response_action="update", view=views.theme_modal(theme) if theme else views.which_theme_modal([]))


async def save(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Keep a theme as it was entered, or end it, unless somebody changed it meanwhile."""
    theme, team, by = read_theme(body), team_of(body), user_of(body)
    ends = bool(theme.id and ticked(body, views.END))
    problems = {} if ends else find_problems(theme)
    if not problems:
        store = end_theme if ends else save_theme
        saved = await db.transact(lambda tx: store(tx, team, theme, by=by, at=now))
        problems = dict([REFUSED[saved]]) if saved in REFUSED else {}
    await end_form(ack, body, client, db, problems, now)


def find_problems(theme: Theme) -> dict[str, str]:
    """Return what is wrong with a theme as it was entered, under the field's name."""
    problems = {} if theme.name else {views.NAME: NO_NAME}
    if not theme.phrases:
        problems[views.PHRASES] = NO_PHRASE
    elif are_too_many(theme.phrases):
        problems[views.PHRASES] = TOO_MANY
    return problems


def read_theme(body: Payload) -> Theme:
    """Return the theme as the form has it. Raises BadPayloadError."""
    drawn = carried(body)
    if not all(isinstance(drawn.get(name), int) for name in ("theme", "version")):
        raise BadPayloadError("the form does not say which theme it is of")
    return Theme(
        id=drawn["theme"],
        version=drawn["version"],
        name=as_theme_name(entered(body, views.NAME)),
        phrases=as_phrases(entered(body, views.PHRASES)),
    )


# ---- what could be one ---------------------------------------------------------------------------------------------


async def open_suggestions(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Show what several people say in the same words."""
    await ack()
    suggested = await find_suggestions(db, team_of(body), now)
    await client.views_open(trigger_id=body["trigger_id"], view=views.suggestions_modal(suggested))


async def use(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Make a phrase a theme, and show what else could be one."""
    await ack()
    phrase, team, by = as_theme_name(pressed_value(body)), team_of(body), user_of(body)
    theme = Theme(name=phrase[:1].upper() + phrase[1:], phrases=(phrase,))
    if not phrase or len(theme.name) > LONGEST_THEME:
        raise BadPayloadError("no phrase that was suggested")
    saved = await db.transact(lambda tx: save_theme(tx, team, theme, by=by, at=now))
    # Pressed twice, or somebody was first: it is a theme all the same.
    added = "" if saved is ThemeSaved.FULL else theme.name
    suggested = await find_suggestions(db, team, now)
    await client.views_update(view_id=body["view"]["id"], view=views.suggestions_modal(suggested, added=added))
    await show_home(client, db, visit_of(body, now))


async def find_suggestions(db: Database, team: str, now: datetime) -> list[Suggested]:
    """Return what could be a theme; words are counted beside the loop and in no transaction."""
    said, names, known = await db.read(lambda tx: _what_is_known(tx, team, now))
    return await asyncio.to_thread(
        lambda: suggest(
            ((person, "\n".join(parts_of(post))[:LOOKED_AT]) for person, post in said),
            names=names,
            known=known,
            limit=SUGGESTED_AT_MOST,
        )
    )


def _what_is_known(tx: Tx, team: str, now: datetime) -> tuple[list[tuple[Person, Post]], list[str], list[str]]:
    watches = watches_of(tx, team)
    names = [name for watch in watches for name in (watch.name, *watch.terms.names)]
    known = [phrase for theme in themes_of(tx, team) for phrase in theme.phrases]
    return newest_said(tx, team, since=now - COUNTED), names, known
