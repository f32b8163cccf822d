"""A word that one person alone reads, said as near to where they stand as Slack lets us."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from http import HTTPStatus

from slack_bolt.async_app import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.clients import FAILED_CALL, reason_of
from handlers.payload import BadPayloadError, Payload, channel_of, channel_of_form, user_of
from handlers.views.blocks import Message

log = logging.getLogger(__name__)

# One way to tell a person; it raises where nobody heard it.
Way = Callable[[], Awaitable[object]]


async def whisper(client: AsyncWebClient, body: Payload, message: Message | str) -> None:
    """Tell whoever pressed something or submitted a form, and only them.

    Our command works in every conversation, also in those where we are no member and may post nothing.
    """
    message = Message(text=message, blocks=[]) if isinstance(message, str) else message
    user = user_of(body)
    if not await heard([*ways_nearby(client, body, user, message), way_directly(client, user, message)]):
        log.warning("nobody could be told", extra={"said": message.text})


def ways_nearby(client: AsyncWebClient, body: Payload, user: str, message: Message) -> list[Way]:
    """Return the ways to tell a person where they pressed, or where they opened the form; none in the Home."""
    ways: list[Way] = []
    if address := body.get("response_url"):
        ways.append(partial(_respond, AsyncRespond(response_url=address, proxy=client.proxy, ssl=client.ssl), message))
    if channel := channel_of(body) or _channel_of_form(body):
        say = partial(client.chat_postEphemeral, channel=channel, user=user)
        ways.append(partial(say, text=message.text, blocks=message.blocks or None))
    return ways


def way_directly(client: AsyncWebClient, user: str, message: Message) -> Way:
    """Return the way into a person's conversation with the bot, for what nothing else can reach."""
    return partial(client.chat_postMessage, channel=user, text=message.text, blocks=message.blocks or None)


async def heard(ways: Sequence[Way], reference: str = "") -> bool:
    """Try one way after the other until one of them was heard; False where none was, or there is nobody to tell."""
    for way in ways:
        try:
            await way()
        except (*FAILED_CALL, ValueError) as error:
            log.info("not told this way", extra={"reference": reference, "reason": reason_of(error)})
        else:
            return True
    return False


async def _respond(respond: AsyncRespond, message: Message) -> None:
    """Answer by the press's own address. Raises ValueError where Slack does not take it, half an hour later at last."""
    answer = await respond(
        text=message.text, blocks=message.blocks or None, response_type="ephemeral", replace_original=False
    )
    if answer.status_code != HTTPStatus.OK:
        raise ValueError("the response_url is no longer good")


def _channel_of_form(body: Payload) -> str:
    """Return the channel that a form of ours was opened from, empty where it does not say."""
    try:
        return channel_of_form(body)
    except BadPayloadError:
        return ""
