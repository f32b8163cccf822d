"""*Approve* and *Send back…* under a draft."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from engagement.voice.draft import Judged, JudgedBefore, JudgeResult, MayNotJudge, Verdict, judge
from handlers.payload import Payload, carried, channel_of, entered, pressed_value, read_value, team_of, user_of
from handlers.sending.outbox import Outbox
from handlers.views.refusals import say_gone
from handlers.views.voice.draft import NOTE, NOTE_LENGTH, say_judged_before, say_may_not_judge, send_back_modal
from handlers.whisper import whisper
from storage.database import Database, Tx
from storage.voice.drafts import find_draft, judge_draft
from storage.voice.guide import find_roles


def register(app: AsyncApp) -> None:
    """Tell Bolt about the buttons and the form."""
    app.action("draft.approve")(approve)
    app.action("draft.send_back")(ask_for_the_note)
    app.view("draft.send_back_submit")(send_back)


async def approve(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Approve a draft as it was drawn; its author is told."""
    await ack()
    result = await _judge(db, body, pressed_value(body), Verdict.APPROVE, "", now)
    await _tell(client, body, result)
    await outbox.redraw(now)


async def ask_for_the_note(ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, now: datetime) -> None:
    """Ask what should change, whoever may send it back."""
    await ack()
    draft_id, drawn = read_value(pressed_value(body))
    result = await db.read(lambda tx: _as_if(tx, body, draft_id, drawn, now))
    if isinstance(result, Judged):
        view = send_back_modal(result.draft, drawn=drawn, channel_id=channel_of(body))
        await client.views_open(trigger_id=body["trigger_id"], view=view)
    else:
        await _tell(client, body, result)


async def send_back(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, db: Database, outbox: Outbox, now: datetime
) -> None:
    """Send a draft back with what was entered; its author is told."""
    note = entered(body, NOTE)
    if not note:
        await ack(response_action="errors", errors={NOTE: "Please say what should change."})
        return
    await ack()
    value = str(carried(body).get("value"))
    result = await _judge(db, body, value, Verdict.SEND_BACK, note[:NOTE_LENGTH], now)
    await _tell(client, body, result)
    await outbox.redraw(now)


async def _judge(db: Database, body: Payload, value: str, verdict: Verdict, note: str, now: datetime) -> JudgeResult:
    draft_id, drawn = read_value(value)
    team, by = team_of(body), user_of(body)
    return await db.transact(
        lambda tx: judge_draft(tx, draft_id, verdict, workspace_id=team, by=by, drawn=drawn, note=note, at=now)
    )


def _as_if(tx: Tx, body: Payload, draft_id: int, drawn: int, now: datetime) -> JudgeResult:
    """Return what would come of sending it back."""
    draft = find_draft(tx, draft_id, workspace_id=team_of(body))
    if draft is None:
        return None
    roles = find_roles(tx, team_of(body))
    return judge(draft, Verdict.SEND_BACK, roles, by=user_of(body), drawn=drawn, note="", at=now)


async def _tell(client: AsyncWebClient, body: Payload, result: JudgeResult) -> None:
    """Tell the person, and only them, why their press changed nothing; say nothing when it counted."""
    match result:
        case Judged():
            return
        case JudgedBefore():
            await whisper(client, body, say_judged_before(result))
        case MayNotJudge():
            await whisper(client, body, say_may_not_judge(result))
        case _:
            await whisper(client, body, say_gone())
