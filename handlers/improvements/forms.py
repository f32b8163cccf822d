"""What people entered into the forms of improvements: checked, and stored in one transaction."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final, Protocol

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.dataclass import dataclass
from engagement.improvements.improvement import (
    ImprovementAct,
    ImprovementKind,
    ImprovementPress,
    ImprovementResult,
    Wanted,
)
from feeds.links import is_web
from handlers.improvements.improvements import tell_improvement
from handlers.payload import (
    PICKED_CHANNEL,
    BadPayloadError,
    Payload,
    carried,
    choice_of,
    entered,
    number_of,
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
from storage.improvements.improving import merge, press_improvement, split

LONGEST_LINK = 1_500


class Record(Protocol):
    """What stores a press on an improvement."""

    def __call__(
        self, tx: Tx, improvement_id: int, press: ImprovementPress, /, *, workspace_id: str
    ) -> ImprovementResult:
        """Return what became of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of an improvement that there is: the `act` it stands for, and what is done with what was entered.

    `find_problems` says what is wrong, under the field's name; `say` has the press say what was entered; `record` is
    what stores it.
    """

    act: ImprovementAct
    find_problems: Callable[[Payload, AsyncWebClient], Awaitable[dict[str, str]]]
    say: Callable[[ImprovementPress, Payload], ImprovementPress]
    record: Callable[[Payload], Record] = lambda _: press_improvement


def register(app: AsyncApp) -> None:
    """Tell Bolt which form goes where."""
    for name in FORMS:
        app.view(name)(submit)


async def submit(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Do to an improvement what its form says."""
    filled = FORMS[body["view"]["callback_id"]]
    if problems := await filled.find_problems(body, client):
        await ack(response_action="errors", errors=problems)
        return
    await ack()
    improvement_id, drawn = read_value(carried(body).get("value"))
    team, record = team_of(body), filled.record(body)
    press = filled.say(ImprovementPress(act=filled.act, by=user_of(body), at=now, drawn=drawn), body)
    result = await db.transact(lambda tx: record(tx, improvement_id, press, workspace_id=team))
    await tell_improvement(client, body, result)
    await outbox.redraw(now)


# ---- what was entered ----------------------------------------------------------------------------------------------


def read_wanted(body: Payload) -> Wanted:
    """Return what the form describes. Raises BadPayloadError for what it never offered."""
    return Wanted(
        title=" ".join(entered(body, form.TITLE).split())[: form.LONGEST_TITLE],
        kind=choice_of(ImprovementKind, entered(body, form.KIND)),
        channel=entered(body, form.CHANNEL),
        owner=entered(body, form.OWNER),
        tracker_url=entered(body, form.TRACKER),
    )


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


async def _problem_of_link(body: Payload, _: AsyncWebClient) -> dict[str, str]:
    link = entered(body, form.LINK)
    return {form.LINK: WHOLE_ADDRESS} if link and not _is_address(link) else {}


async def _no_reason(body: Payload, _: AsyncWebClient) -> dict[str, str]:
    return {} if _note(body) else {form.NOTE: form.SAY_WHY}


async def _nothing_to_merge_into(body: Payload, _: AsyncWebClient) -> dict[str, str]:
    return {} if entered(body, form.INTO) else {form.SEARCH_INTO: form.CHOOSE_INTO}


def _is_address(url: str) -> bool:
    return is_web(url) and len(url) <= LONGEST_LINK


def _note(body: Payload) -> str:
    return entered(body, form.NOTE)[: form.LONGEST_NOTE]


def _wanted(press: ImprovementPress, body: Payload) -> ImprovementPress:
    return replace(press, wanted=read_wanted(body))


def _split(body: Payload) -> Record:
    return partial(split, conversations=[number_of(each) for each in ticked(body, form.MOVED)])


FORMS: Final[Mapping[str, Form]] = {
    "improvement.change_submit": Form(act=ImprovementAct.CHANGE, find_problems=find_problems, say=_wanted),
    "improvement.ship_submit": Form(
        act=ImprovementAct.SHIP,
        find_problems=_problem_of_link,
        say=lambda press, body: replace(press, link=entered(body, form.LINK), note=_note(body)),
    ),
    "improvement.decline_submit": Form(
        act=ImprovementAct.DECLINE,
        find_problems=_no_reason,
        say=lambda press, body: replace(press, note=_note(body)),
    ),
    "improvement.merge_submit": Form(
        act=ImprovementAct.MERGE,
        find_problems=_nothing_to_merge_into,
        say=lambda press, body: replace(press, other=number_of(entered(body, form.INTO))),
        record=lambda _: merge,
    ),
    "improvement.split_submit": Form(act=ImprovementAct.SPLIT, find_problems=find_problems, say=_wanted, record=_split),
}
