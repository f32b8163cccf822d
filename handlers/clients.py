"""The Slack client of each workspace; the clock and the handlers both ask here."""

from collections.abc import Callable
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from settings import Settings

# For workspace_id, the client that speaks with its token.
ClientFor = Callable[[str], AsyncWebClient]

CALL_SECONDS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """What Slack says of the token: whose bot it is, in which workspace, with which scopes."""

    workspace_id: str
    workspace_name: str
    bot_user: str
    scopes: frozenset[str]


def talking_client(settings: Settings) -> AsyncWebClient:
    """Return the client for answers to people: it waits out one 429.

    The SDK's own default is left out: it repeats chat.postMessage when a connection drops after the write.
    """
    return AsyncWebClient(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=str(settings.slack_api_url),
        timeout=CALL_SECONDS,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=1)],
    )


def posting_client(settings: Settings) -> AsyncWebClient:
    """Return the client of the outbox: it repeats nothing, because the outbox does."""
    return AsyncWebClient(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=str(settings.slack_api_url),
        timeout=CALL_SECONDS,
        retry_handlers=[],
    )


async def who_am_i(client: AsyncWebClient) -> Installed:
    """Ask Slack whose token this is. Raises SlackApiError, or a connection error of aiohttp."""
    answer = await client.auth_test()
    return Installed(
        workspace_id=str(answer["team_id"]),
        workspace_name=str(answer["team"]),
        bot_user=str(answer["user_id"]),
        scopes=frozenset(_header(answer.headers, "x-oauth-scopes").replace(" ", "").split(",")) - {""},
    )


def error_of(error: SlackApiError) -> str:
    """Return Slack's error word, such as "channel_not_found"."""
    return str(error.response.get("error") or f"http_{error.response.status_code}")


def retry_after_of(error: SlackApiError) -> int | None:
    """Return how many seconds Slack asks us to wait, None unless it does (429)."""
    too_many = 429
    if error.response.status_code != too_many and error_of(error) != "ratelimited":
        return None
    seconds = _header(error.response.headers, "retry-after")
    return int(seconds) if seconds.isdecimal() else 1


def _header(headers: object, name: str) -> str:
    if not hasattr(headers, "items"):
        return ""
    return next((str(value) for key, value in headers.items() if str(key).lower() == name), "")
