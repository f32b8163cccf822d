"""What people entered into the forms of improvements: checked, and stored in one transaction."""

from datetime import datetime
from functools import partial
from typing import Protocol

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.conversations.press import Act, PressResult
from engagement.improvements.improvement import (
    ImprovementAct,
    ImprovementKind,
    ImprovementPress,
    ImprovementResult,
    Wanted,
)
from feeds.links import is_web
from handlers.conversations.buttons import answer_form
from handlers.improvements.improvements import tell_improvement
from handlers.payload import (
    PICKED_CHANNEL,
    BadPayloadError,
    Payload,
    carried,
    entered,
    number_of,
    read_submitted,
    read_value,
    team_of,
    ticked,
    user_of,
)
from handlers.sending.channels import is_member
from handlers.sending.outbox import Outbox
from handlers.views.improvements import forms as form
from handlers.views.refusals import NOT_INVITED, WHOLE_ADDRESS
from storage.database import Database, Tx
from storage.improvements.improving import count_for, count_for_new, merge, press_improvement, split

LONGEST_LINK = 1_500


class Record(Protocol):
    """What stores a press on an improvement."""

    def __call__(
        self, tx: Tx, improvement_id: int, press: ImprovementPress, /, *, workspace_id: str
    ) -> ImprovementResult:
        """Return what became of it."""


def register(app: AsyncApp) -> None:
    """Tell Bolt which form goes where."""
    app.view("improvement.choose_submit")(choose)
    app.view("improvement.change_submit")(change)
    app.view("improvement.ship_submit")(ship)
    app.view("improvement.decline_submit")(decline)
    app.view("improvement.merge_submit")(merge_into)
    app.view("improvement.split_submit")(split_off)


async def choose(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Count a mention for the improvement that was chosen, or for the new one that was described."""
    existing, title = entered(body, form.EXISTING), entered(body, form.TITLE)
    # What the select was drawn with is no choice beside a new name.
    chosen = "" if existing == str(carried(body).get("counted_for")) else existing
    if problems := await find_problems_of_choice(body, client, title=title, chosen=chosen, keeps=bool(existing)):
        await ack(response_action="errors", errors=problems)
        return
    await ack()
    if not title and not chosen:
        return
    team, press = team_of(body), read_submitted(body, Act.IMPROVE, improvement_id=0 if title else number_of(chosen))

    def record(tx: Tx) -> PressResult:
        if title:
            return count_for_new(tx, press, read_wanted(body), workspace_id=team, at=now)
        return count_for(tx, press, workspace_id=team, at=now)

    await answer_form(client, db, body, await db.transact(record), now)
    await outbox.redraw(now)


async def change(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Say anew what an improvement is."""
    if problems := await find_problems(body, client):
        await ack(response_action="errors", errors=problems)
        return
    await ack()
    press = _press(body, ImprovementAct.CHANGE, now, wanted=read_wanted(body))
    await _record(client, db, body, press, outbox, now)


async def ship(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Say that it shipped; whoever asked is owed a word."""
    link = entered(body, form.LINK)
    if link and not _is_address(link):
        await ack(response_action="errors", errors={form.LINK: WHOLE_ADDRESS})
        return
    await ack()
    press = _press(body, ImprovementAct.SHIP, now, link=link, note=_note(body))
    await _record(client, db, body, press, outbox, now)


async def decline(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Decline it, with a reason."""
    if not _note(body):
        await ack(response_action="errors", errors={form.NOTE: form.SAY_WHY})
        return
    await ack()
    press = _press(body, ImprovementAct.DECLINE, now, note=_note(body))
    await _record(client, db, body, press, outbox, now)


async def merge_into(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Have everybody who asked for it counted for the one that was chosen."""
    if not entered(body, form.INTO):
        await ack(response_action="errors", errors={form.SEARCH_INTO: form.CHOOSE_INTO})
        return
    await ack()
    press = _press(body, ImprovementAct.MERGE, now, other=number_of(entered(body, form.INTO)))
    await _record(client, db, body, press, outbox, now, record=merge)


async def split_off(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Have what was chosen counted for a new improvement."""
    if problems := await find_problems(body, client):
        await ack(response_action="errors", errors=problems)
        return
    await ack()
    press = _press(body, ImprovementAct.SPLIT, now, wanted=read_wanted(body))
    going = [number_of(each) for each in ticked(body, form.MOVED)]
    await _record(client, db, body, press, outbox, now, record=partial(split, conversations=going))


async def _record(
    client: AsyncWebClient,
    db: Database,
    body: Payload,
    press: ImprovementPress,
    outbox: Outbox,
    now: datetime,
    *,
    record: Record = press_improvement,
) -> None:
    improvement_id, _ = read_value(carried(body).get("value"))
    team = team_of(body)
    result = await db.transact(lambda tx: record(tx, improvement_id, press, workspace_id=team))
    await tell_improvement(client, body, result)
    await outbox.redraw(now)


def _press(
    body: Payload,
    act: ImprovementAct,
    at: datetime,
    *,
    wanted: Wanted | None = None,
    note: str = "",
    link: str = "",
    other: int = 0,
) -> ImprovementPress:
    _, drawn = read_value(carried(body).get("value"))
    return ImprovementPress(
        act=act, by=user_of(body), at=at, drawn=drawn, wanted=wanted, note=note, link=link, other=other
    )


def read_wanted(body: Payload) -> Wanted:
    """Return what the form describes. Raises BadPayloadError for what it never offered."""
    try:
        kind = ImprovementKind(entered(body, form.KIND))
    except ValueError as error:
        raise BadPayloadError("the form offers no such kind of improvement") from error
    return Wanted(
        title=" ".join(entered(body, form.TITLE).split())[: form.LONGEST_TITLE],
        kind=kind,
        channel=entered(body, form.CHANNEL),
        owner=entered(body, form.OWNER),
        tracker_url=entered(body, form.TRACKER),
    )


async def find_problems_of_choice(
    body: Payload, client: AsyncWebClient, *, title: str, chosen: str, keeps: bool = False
) -> dict[str, str]:
    """Return what is wrong with choosing an improvement or giving a new one a title; `keeps`: nothing is to change."""
    if title and chosen:
        return {form.TITLE: form.ONE_OF_BOTH}
    if title:
        return await find_problems(body, client)
    return {} if chosen or keeps else {form.TITLE: form.CHOOSE_ONE}


async def find_problems(body: Payload, client: AsyncWebClient) -> dict[str, str]:
    """Return what is wrong with the description, under the field's name. Raises BadPayloadError for no channel."""
    channel, tracker = entered(body, form.CHANNEL), entered(body, form.TRACKER)
    if not PICKED_CHANNEL.fullmatch(channel):
        raise BadPayloadError("the form names no channel")
    problems = {}
    if not entered(body, form.TITLE).split():
        problems[form.TITLE] = form.NAME_IT
    if tracker and not _is_address(tracker):
        problems[form.TRACKER] = WHOLE_ADDRESS
    if not problems and not await is_member(client, channel):
        problems[form.CHANNEL] = NOT_INVITED
    return problems


def _is_address(url: str) -> bool:
    return is_web(url) and len(url) <= LONGEST_LINK


def _note(body: Payload) -> str:
    return entered(body, form.NOTE)[: form.LONGEST_NOTE]
