"""The Slack client of each workspace; the clock and the handlers both ask here."""

from collections.abc import Callable

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from engagement.sending.outbox import RATE_LIMITED
from settings import Settings

# For workspace_id, the client that speaks with its token.
ClientFor = Callable[[str], AsyncWebClient]

CALL_SECONDS = 15
SERVER_ERROR = 500
# What a call raises when no answer of Slack came: aiohttp has errors of its own, the SDK wraps some, a time-out is
# neither, and on an answer in plain text the SDK fails with AttributeError.
NO_ANSWER = (aiohttp.ClientError, SlackClientError, TimeoutError, OSError, AttributeError)
# Slack said no, or nobody answered as Slack does.
FAILED_CALL = (SlackApiError, *NO_ANSWER)
# The same around more than calls: there an AttributeError is a fault of ours, and a file or a process that cannot be
# opened is none of Slack's.
UNHELPFUL = (SlackApiError, SlackClientError, aiohttp.ClientError, TimeoutError, ConnectionError)


def talking_client(settings: Settings) -> AsyncWebClient:
    """Return the client for answers to people: it waits out one 429.

    The SDK's own default is left out: it repeats chat.postMessage when a connection drops after the write.
    """
    return _client(settings, [AsyncRateLimitErrorRetryHandler(max_retry_count=1)])


def posting_client(settings: Settings) -> AsyncWebClient:
    """Return the client of the outbox: it repeats nothing, because the outbox does."""
    return _client(settings, [])


def _client(settings: Settings, retry_handlers: list[AsyncRetryHandler]) -> AsyncWebClient:
    return AsyncWebClient(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=str(settings.slack_api_url),
        timeout=CALL_SECONDS,
        retry_handlers=retry_handlers,
    )


def refusal(error: Exception, settings: Settings) -> str:
    """Return what a command says when Slack said no, or did not say anything (one of UNHELPFUL)."""
    word = word_of(error)
    if word:
        return f"Slack refuses: {word}. `python bot.py check` says what to do."
    reason = error_of(error) if isinstance(error, SlackApiError) else str(error)
    return f"Slack does not answer at {settings.slack_api_url}: {reason}"


def word_of(error: Exception) -> str:
    """Return Slack's error word such as "not_in_channel"; empty where nothing answered as Slack does."""
    if not isinstance(error, SlackApiError):
        return ""
    if retry_after_of(error) is not None:
        return RATE_LIMITED
    return error_of(error) if is_no(error) else ""


def error_of(error: SlackApiError) -> str:
    """Return Slack's error word, such as "channel_not_found"; "http_502" where Slack itself said nothing."""
    return _said(error) or f"http_{_status_of(error)}"


def reason_of(error: Exception) -> str:
    """Return why a call failed, for the log: Slack's error word, else the kind of error, never what was sent."""
    return error_of(error) if isinstance(error, SlackApiError) else type(error).__name__


def is_no(error: SlackApiError) -> bool:
    """Return whether Slack itself refused: a server in trouble, or a proxy before it, does not say what was done."""
    return bool(_said(error)) and _status_of(error) < SERVER_ERROR


def retry_after_of(error: SlackApiError) -> int | None:
    """Return how many seconds Slack asks us to wait, None unless it does (429)."""
    too_many = 429
    if _status_of(error) != too_many and error_of(error) != RATE_LIMITED:
        return None
    seconds = header(getattr(error.response, "headers", None), "retry-after")
    return int(seconds) if seconds.isdecimal() else 1


def _said(error: SlackApiError) -> str:
    # The SDK's answer holds the JSON, or the text of a page, as data; a broken JSON comes as aiohttp's own response.
    data = getattr(error.response, "data", error.response)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def _status_of(error: SlackApiError) -> int:
    response = error.response
    return int(getattr(response, "status_code", None) or getattr(response, "status", None) or 0)


def header(headers: object, name: str) -> str:
    """Return a header of an answer, whatever the case of its name; empty where there is none."""
    if not hasattr(headers, "items"):
        return ""
    return next((str(value) for key, value in headers.items() if str(key).lower() == name), "")
