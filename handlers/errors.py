"""The one place where an unexpected error is answered, in the surface the person used."""

import asyncio
import logging
import secrets
from functools import partial

from slack_bolt.async_app import AsyncApp
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from handlers.clients import reason_of
from handlers.payload import BadPayloadError, Payload
from handlers.views.blocks import Message, View, modal, section
from handlers.views.refusals import say_failed, say_unknown
from handlers.whisper import Way, heard, way_directly, ways_nearby

log = logging.getLogger(__name__)

# Bolt looks every 10 ms whether a listener has acknowledged, and forgets that it has if we return before it looked
# (slack_bolt/listener/asyncio_runner.py): Slack would then say that we did not respond.
ACK_SECONDS = 0.05
# An acknowledgement closes or replaces the form; it must be there before we look what is left to write on.
FORM_SECONDS = 1.0


def register(app: AsyncApp) -> None:
    """Tell Bolt who answers when a listener fails."""
    app.error(answer_error)


async def answer_error(
    error: Exception, body: Payload, client: AsyncWebClient, response: BoltResponse | None
) -> BoltResponse | None:
    """Log the error under a reference and tell the person, so that nobody is left with a dead button."""
    if isinstance(error, BoltUnhandledRequestError):
        log.warning("nothing listens to this", extra={"payload": str(body.get("type") or body.get("command"))})
        text, reference = say_unknown(), ""
    else:
        reference = secrets.token_hex(4)
        text = say_failed(reference)
        _log(error, reference)
    if response is not None and body.get("type") == "view_submission":
        # The form is open still, and an empty acknowledgement would close it: the word stands on top of what was typed.
        return BoltResponse(status=200, body={"response_action": "push", "view": _word(text)})
    if response is None:
        await asyncio.sleep(FORM_SECONDS if body.get("type") == "view_submission" else ACK_SECONDS)
    if not await heard(ways_to_tell(body, client, text), reference):
        log.warning("nobody could be told", extra={"reference": reference})
    # After an acknowledgement Bolt has no response to fill, and asserts that none is given.
    return BoltResponse(status=200, body="") if response else None


def _log(error: Exception, reference: str) -> None:
    hostile = isinstance(error, BadPayloadError)
    log.error(
        "a listener failed",
        exc_info=None if hostile else error,
        extra={"reference": reference, "reason": str(error) if hostile else reason_of(error)},
    )


def ways_to_tell(body: Payload, client: AsyncWebClient, text: str) -> list[Way]:
    """Return the ways to tell a person, the nearest to where they stand first; none for what no person did.

    A press in a form has neither a channel nor a response_url, nor has one in the Home or a global shortcut: there a
    form says it. What nothing else can reach is said directly.
    """
    user, view, trigger = _user(body), _view(body), body.get("trigger_id")
    if not user:
        return []
    message, word, ways = Message(text=text, blocks=[]), _word(text), list[Way]()
    if body.get("type") == "view_submission":
        # Refused where the form is closed already.
        ways.append(partial(client.views_update, view_id=str(view.get("id")), view=word))
    elif view.get("type") == "modal":
        ways.append(partial(client.views_push, trigger_id=trigger, view=word))
        ways.append(partial(client.views_update, view_id=str(view.get("id")), view=word))
    nearby = ways_nearby(client, body, user, message)
    if trigger and not nearby:
        nearby = [partial(client.views_open, trigger_id=trigger, view=word)]
    return [*ways, *nearby, way_directly(client, user, message)]


def _word(text: str) -> View:
    return modal("That did not work", [section(text)])


def _user(body: Payload) -> str:
    """Return who did what failed: a press or a form names them in one way, a command in another, an event in none."""
    user = body.get("user")
    return str((user.get("id") if isinstance(user, dict) else body.get("user_id")) or "")


def _view(body: Payload) -> Payload:
    view = body.get("view")
    return view if isinstance(view, dict) else {}
