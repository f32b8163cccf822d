"""The one place where an unexpected error is answered, in the surface the person used."""

import asyncio
import logging
import secrets

from slack_bolt.async_app import AsyncApp, AsyncRespond
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.clients import FAILED_CALL, reason_of
from handlers.payload import BadPayloadError, Payload, channel_of, channel_of_form, is_in_home
from handlers.views.blocks import modal, section
from handlers.views.refusals import say_failed, say_unknown

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
    error: Exception, body: Payload, client: AsyncWebClient, respond: AsyncRespond, response: BoltResponse | None
) -> BoltResponse | None:
    """Log the error under a reference and tell the person, so that nobody is left with a dead button."""
    if isinstance(error, BoltUnhandledRequestError):
        log.warning("nothing listens to this", extra={"payload": str(body.get("type") or body.get("command"))})
        text, reference = say_unknown(), ""
    else:
        reference = secrets.token_hex(4)
        text = say_failed(reference)
        _log(error, reference)
    if response is None:
        await asyncio.sleep(FORM_SECONDS if body.get("type") == "view_submission" else ACK_SECONDS)
    try:
        await _tell(body, client, respond, text)
    except (*FAILED_CALL, ValueError) as second:
        log.warning("nobody could be told", extra={"reference": reference, "reason": type(second).__name__})
    # After an acknowledgement Bolt has no response to fill, and asserts that none is given.
    return BoltResponse(status=200, body="") if response else None


def _log(error: Exception, reference: str) -> None:
    hostile = isinstance(error, BadPayloadError)
    log.error(
        "a listener failed",
        exc_info=None if hostile else error,
        extra={"reference": reference, "reason": str(error) if hostile else reason_of(error)},
    )


async def _tell(body: Payload, client: AsyncWebClient, respond: AsyncRespond, text: str) -> None:
    user = (body.get("user") or {}).get("id") if isinstance(body.get("user"), dict) else None
    channel = channel_of(body) or _channel_of_form(body)
    if body.get("type") == "view_submission" and await _show(client, body["view"]["id"], text):
        return
    if body.get("response_url"):
        await respond(text=text, response_type="ephemeral", replace_original=False)
    elif user and channel:
        await client.chat_postEphemeral(channel=channel, user=user, text=text)
    elif is_in_home(body):
        await client.views_open(trigger_id=body["trigger_id"], view=modal("That did not work", [section(text)]))


async def _show(client: AsyncWebClient, view_id: str, text: str) -> bool:
    """Show the text in place of the form; False when the form is closed already."""
    try:
        await client.views_update(view_id=view_id, view=modal("That did not work", [section(text)]))
    except SlackApiError:
        return False
    return True


def _channel_of_form(body: Payload) -> str:
    """Return the channel that a form of ours was opened from, empty where it does not say."""
    try:
        return channel_of_form(body)
    except BadPayloadError:
        return ""
