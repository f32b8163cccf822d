"""Signed HTTP: events, commands and interactions posted to the app as Slack posts them; its answer acknowledges."""

import asyncio
import hashlib
import hmac
import json
import time
from typing import Any, Final
from urllib.parse import urlencode

import aiohttp

from sandbox.delivery import Delivery, Means, NoAnswerError, NoRetryError
from sandbox.strict_json import read_json

SIGNING_SECRET: Final = "sandbox-signing-secret"  # noqa: S105 - signs for this sandbox only
_LOOK_AGAIN_SECONDS: Final = 0.25
_FORM: Final = "application/x-www-form-urlencoded"
_JSON: Final = "application/json"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return `X-Slack-Signature` of a request: version 0, HMAC-SHA256 over version, timestamp and body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class Hooks(Delivery):
    """One request URL for everything, as Bolt apps have it. Events wait until the URL has answered the challenge."""

    def __init__(self, means: Means, url: str, *, signing_secret: str = SIGNING_SECRET) -> None:
        super().__init__(means)
        self.url, self._secret = url, signing_secret
        self._is_verified = False
        self._session: aiohttp.ClientSession | None = None
        self._verifying: asyncio.Task[None] | None = None

    @property
    def is_open(self) -> bool:
        """Whether the URL has answered the challenge."""
        return self._is_verified

    @property
    def unreachable_reason(self) -> str:
        """Return the retry reason of an event that could not be sent."""
        return "connection_failed"

    def start(self) -> None:
        """Ask the URL to echo a challenge, again and again until it does (an app may start after its sandbox)."""
        self._session = aiohttp.ClientSession()
        self._verifying = asyncio.create_task(self._verify())

    async def _verify(self) -> None:
        said = ""
        while not self._is_verified:
            challenge = self._chance.hex("challenge", 16)
            body = {"token": "sandbox", "challenge": challenge, "type": "url_verification"}
            try:
                status, text, _ = await self._post(json.dumps(body), _JSON)
            except (aiohttp.ClientError, TimeoutError):
                await asyncio.sleep(_LOOK_AGAIN_SECONDS)
                continue
            if status == 200 and challenge in text:  # noqa: PLR2004 - HTTP's OK
                self._is_verified = True
                self._inspector.record("envelope", "url_verification", ok=True, request=body, response={"text": text})
                self._live.publish("connected", {"connected": True})
                return
            if said != (said := f"{status}: {text[:200]}"):
                self._inspector.refuse("url_verification", f"the challenge did not come back, but {said}", request=body)
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)

    async def _post(
        self, body: str, content_type: str, headers: dict[str, str] | None = None
    ) -> tuple[int, str, dict[str, str]]:
        """Post signed; status, text and headers (names in lower case) of the answer."""
        if self._session is None:
            raise aiohttp.ClientConnectionError("not started")
        timestamp, data = str(int(time.time())), body.encode()
        signed = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, data),
            **(headers or {}),
        }
        timeout = aiohttp.ClientTimeout(total=self.ack_seconds)
        async with self._session.post(self.url, data=data, headers=signed, timeout=timeout) as response:
            text = await response.text(errors="replace")
            return response.status, text, {name.lower(): value for name, value in response.headers.items()}

    async def _ask(self, kind: str, payload: dict[str, Any]) -> dict[str, Any] | None:
        fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        try:
            status, text, _ = await self._post(urlencode(fields), _FORM)
        except TimeoutError as error:
            raise NoAnswerError("operation_timeout") from error
        except aiohttp.ClientError as error:
            raise NoAnswerError("dispatch_failed") from error
        if status != 200:  # noqa: PLR2004 - HTTP's OK
            raise NoAnswerError("http_service_error")
        return _answer(text)

    async def _attempt(self, envelope_id: str, payload: dict[str, Any], *, attempt: int, reason: str) -> str | None:
        retry = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason} if attempt else None
        del envelope_id  # envelopes belong to Socket Mode
        try:
            status, _, headers = await self._post(json.dumps(payload), _JSON, retry)
        except TimeoutError:
            return "http_timeout"
        except aiohttp.ClientError:
            return "connection_failed"
        if 200 <= status < 300:  # noqa: PLR2004 - HTTP's successes
            return None
        if headers.get("x-slack-no-retry") == "1":
            raise NoRetryError(f"{status} with X-Slack-No-Retry")
        return "http_error"

    async def close(self) -> None:
        """Stop sending."""
        await self.stop_telling()
        if self._verifying is not None:
            self._verifying.cancel()
            await asyncio.wait([self._verifying])
        if self._session is not None:
            await self._session.close()


def _answer(text: str) -> dict[str, Any] | None:
    """Return what an answer says: an object as it is, words as the text of a message, nothing for an empty one."""
    try:
        answer = read_json(text) if text.strip() else None
    except ValueError:
        return {"text": text}
    return answer if isinstance(answer, dict) else None
