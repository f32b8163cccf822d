"""Logging in at Reddit as an app, without a user (https://github.com/reddit-archive/reddit/wiki/OAuth2)."""

import asyncio
import json
import logging
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

import aiohttp

from feeds.wire.credentials import Login
from feeds.wire.fetched import FetchFailed
from feeds.wire.refusals import refusal

log = logging.getLogger(__name__)

TOKEN_PATH: Final = "/api/v1/access_token"  # noqa: S105 the path that gives tokens
# A token that ends while a request is under way would cost a poll.
MARGIN_SECONDS: Final = 120.0
# A wrong secret stays wrong: asked for each place anew, Reddit would block the address.
SULK_SECONDS: Final = 900.0
LONGEST_TOKEN: Final = 4096
MOST_BYTES: Final = 64 * 1024
HOST: Final = "www.reddit.com"
WRONG: Final = "Reddit does not accept REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET"


class RedditLogin:
    """Keep a token until shortly before it ends; whoever comes meanwhile waits for the one request that gets it."""

    def __init__(self, app: Login, origin: str) -> None:
        """Log in with the id and secret of `app` at `origin`."""
        self._app = app
        self._url = origin + TOKEN_PATH
        self._turn = asyncio.Lock()
        self._token = ""
        self._until = 0.0
        self._refused: FetchFailed | None = None

    async def token(self, session: aiohttp.ClientSession) -> str | FetchFailed:
        """Return a token that holds for a while, or why there is none. Raises aiohttp.ClientError as any request."""
        async with self._turn:
            now = asyncio.get_running_loop().time()
            if now >= self._until:
                await self._log_in(session, now)
            return self._refused or self._token

    def forget(self) -> None:
        """Get a new token next time: this one is not accepted."""
        if self._refused is None:
            self._until = 0.0

    async def _log_in(self, session: aiohttp.ClientSession, now: float) -> None:
        login = {"Authorization": aiohttp.encode_basic_auth(self._app.name, self._app.secret)}
        form = {"grant_type": "client_credentials"}
        async with session.post(self._url, data=form, headers=login, allow_redirects=False) as answer:
            body = await _beginning(answer)
            status, headers = answer.status, answer.headers
        token, seconds = _read(body) if status == HTTPStatus.OK else ("", 0.0)
        if token:
            self._token, self._refused, self._until = token, None, now + max(0.0, seconds - MARGIN_SECONDS)
            return
        log.warning("Reddit gives no token", extra={"status": status})
        failed = refusal(status, headers, host=HOST, now=datetime.now(UTC))
        if not failed.throttled:
            failed = FetchFailed(reason=f"{WRONG} ({status})")
        self._refused, self._until = failed, now + max(SULK_SECONDS, failed.retry_after_seconds or 0)


async def _beginning(answer: aiohttp.ClientResponse) -> bytes:
    body = b""
    async for chunk in answer.content.iter_chunked(MOST_BYTES):
        body += chunk
        if len(body) > MOST_BYTES:
            answer.close()
            break
    return body


def _read(body: bytes) -> tuple[str, float]:
    """Return a token and for how many seconds it holds; an empty one if there is none that fits into a header."""
    try:
        said = json.loads(body)
        token, seconds = said["access_token"], float(said.get("expires_in", 3600))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "", 0.0
    fits = isinstance(token, str) and len(token) <= LONGEST_TOKEN and _is_plain(token)
    return (token, seconds) if fits and 0 < seconds < 10**9 else ("", 0.0)


def _is_plain(token: str) -> bool:
    """Say whether `token` is made of visible ASCII characters alone."""
    return bool(token) and all("!" <= character <= "~" for character in token)
