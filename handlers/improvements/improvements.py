"""The buttons of improvements on their own cards, and the forms that these open."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import assert_never

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.dataclass import dataclass
from engagement.improvements.asked_for import Demand
from engagement.improvements.improvement import (
    ImprovementAct,
    ImprovementDecided,
    ImprovementOutdated,
    ImprovementPress,
    ImprovementResult,
)
from handlers.improvements.seeking import show_found, sought_words
from handlers.open_or_say import open_or_say
from handlers.payload import (
    BadPayloadError,
    Payload,
    carried,
    channel_of,
    channel_of_form,
    number_of,
    pressed_value,
    read_choice,
    read_value,
    team_of,
    user_of,
)
from handlers.records.lookups import of_improvement
from handlers.sending.outbox import Outbox
from handlers.views.blocks import View
from handlers.views.improvements.forms import (
    OFFERED_AT_MOST,
    SEARCH_INTO,
    change_modal,
    decline_modal,
    merge_modal,
    people_modal,
    ship_modal,
    split_modal,
)
from handlers.views.improvements.improvement import say_improvement_gone, say_what_was_done_first
from handlers.whisper import whisper
from storage.database import Database, Tx
from storage.improvements.demands import find_demand
from storage.improvements.improvements import improvements_to_choose, latest_press
from storage.improvements.improving import press_improvement
from storage.workspaces import asking_workspace

ACTS = {"improvement.plan": ImprovementAct.PLAN, "improvement.reopen": ImprovementAct.REOPEN}


def register(app: AsyncApp) -> None:
    """Tell Bolt which button goes where."""
    app.action(SEARCH_INTO)(search_into)
    app.action(re.compile(f"^({'|'.join(map(re.escape, ACTS))})$"))(press)
    app.action(re.compile(r"^improvement\.(ship|decline|more)$"))(open_form)
    app.action("improvement.people")(show_people)


async def press(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Plan an improvement, or open it again."""
    await ack()
    improvement_id, drawn = read_value(pressed_value(body))
    act, team = ACTS[body["actions"][0]["action_id"]], team_of(body)
    pressed = ImprovementPress(act=act, by=user_of(body), at=now, drawn=drawn)
    result = await db.transact(lambda tx: press_improvement(tx, improvement_id, pressed, workspace_id=team))
    await tell_improvement(client, body, result)
    await outbox.redraw(now)


async def open_form(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Open the form of a button or of an option of the menu, or say who was first."""
    await ack()
    name = str(body["actions"][0]["action_id"]).removeprefix("improvement.")
    what, value = read_choice(body) if name == "more" else (name, pressed_value(body))
    open_ = OPENED_BY.get(what)
    if open_ is None:
        raise BadPayloadError("no menu of an improvement has this option")
    opened = await db.read(lambda tx: _open(tx, open_, body, value, channel_of(body)))
    await open_or_say(client, db, body, opened, now)


async def search_into(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database) -> None:
    """Offer the improvements with these words in their names to merge this one into."""
    await ack()
    value, words = carried(body).get("value"), sought_words(body)
    merge = partial(_merge, words=words)
    await show_found(client, body, await db.read(lambda tx: _open(tx, merge, body, value, channel_of_form(body))))


async def show_people(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """List who is still to be told that it shipped."""
    await ack()
    team, number = team_of(body), number_of(pressed_value(body))
    demand, url = await db.read(lambda tx: (find_demand(tx, number), asking_workspace(tx, team).url))
    is_ours = demand is not None and demand.improvement.workspace_id == team
    opened = people_modal(demand, team_url=url) if demand and is_ours else say_improvement_gone()
    await open_or_say(client, db, body, opened, now)


async def tell_improvement(client: AsyncWebClient, body: Payload, result: ImprovementResult) -> None:
    """Tell the person, and only them, why their press changed nothing; say nothing when it counted."""
    match result:
        case ImprovementDecided():
            return
        case ImprovementOutdated(improvement=improvement, first=first):
            await whisper(client, body, say_what_was_done_first(improvement, first, reader=user_of(body)))
        case None:
            await whisper(client, body, say_improvement_gone())
        case _:
            assert_never(result)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was opened: of which improvement, by whom, and where."""

    demand: Demand
    by: str
    channel: str


Open = Callable[[Tx, Chosen], View]


def _open(tx: Tx, open_: Open, body: Payload, value: object, channel: str) -> View | str:
    improvement_id, drawn = read_value(value)
    demand = find_demand(tx, improvement_id)
    if demand is None or demand.improvement.workspace_id != team_of(body):
        return say_improvement_gone()
    if drawn != demand.improvement.version and open_ is not _history:
        first = latest_press(tx, improvement_id)
        return say_what_was_done_first(demand.improvement, first, reader=user_of(body))
    return open_(tx, Chosen(demand=demand, by=user_of(body), channel=channel))


def _merge(tx: Tx, chosen: Chosen, *, words: str = "") -> View:
    improvement = chosen.demand.improvement
    offered = improvements_to_choose(tx, improvement.workspace_id, words, limit=OFFERED_AT_MOST + 1)
    others = [each for each in offered if each.id != improvement.id]
    return merge_modal(improvement, others, channel_id=chosen.channel, words=words)


def _history(tx: Tx, chosen: Chosen) -> View:
    return of_improvement(tx, chosen.demand.improvement, reader=chosen.by)


OPENED_BY: Mapping[str, Open] = {
    "ship": lambda _tx, chosen: ship_modal(chosen.demand, channel_id=chosen.channel),
    "decline": lambda _tx, chosen: decline_modal(chosen.demand.improvement, channel_id=chosen.channel),
    "change": lambda _tx, chosen: change_modal(chosen.demand.improvement, channel_id=chosen.channel),
    "merge": _merge,
    "split": lambda _tx, chosen: split_modal(chosen.demand, channel_id=chosen.channel),
    "history": _history,
}
