"""The one place where an unexpected error is answered, in the surface the person used."""

import logging
import secrets

from slack_bolt.async_app import AsyncApp, AsyncRespond
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.clients import error_of
from handlers.payload import BadPayloadError, Payload, channel_of
from handlers.views.blocks import modal, section
from handlers.views.refusals import say_failed

log = logging.getLogger(__name__)


def register(app: AsyncApp) -> None:
    """Tell Bolt who answers when a listener fails."""
    app.error(answer_error)


async def answer_error(
    error: Exception, body: Payload, client: AsyncWebClient, respond: AsyncRespond
) -> BoltResponse | None:
    """Log the error under a reference and tell the person, so that nobody is left with a dead button."""
    if isinstance(error, BoltUnhandledRequestError):
        log.warning("nothing listens to this", extra={"payload": str(body.get("type"))})
        return BoltResponse(status=404, body="")
    reference = secrets.token_hex(4)
    reason = error_of(error) if isinstance(error, SlackApiError) else type(error).__name__
    hostile = isinstance(error, BadPayloadError)
    log.error(
        "a listener failed",
        exc_info=None if hostile else error,
        extra={"reference": reference, "reason": str(error) if hostile else reason},
    )
    try:
        await _tell(body, client, respond, say_failed(reference))
    except (SlackApiError, OSError, TimeoutError, ValueError) as second:
        log.warning("nobody could be told", extra={"reference": reference, "reason": type(second).__name__})
    return BoltResponse(status=200, body="")


async def _tell(body: Payload, client: AsyncWebClient, respond: AsyncRespond, text: str) -> None:
    user = (body.get("user") or {}).get("id") if isinstance(body.get("user"), dict) else None
    if body.get("type") == "view_submission":
        await client.views_update(view_id=body["view"]["id"], view=modal("That did not work", [section(text)]))
    elif body.get("response_url"):
        await respond(text=text, response_type="ephemeral", replace_original=False)
    elif user and channel_of(body):
        await client.chat_postEphemeral(channel=channel_of(body), user=user, text=text)
