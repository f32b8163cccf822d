"""One polite HTTP exchange: a conditional GET with a time limit, a size limit and a guard against private hosts."""

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Final, Self
from weakref import WeakValueDictionary

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from engagement.words import PRODUCT
from feeds.headers import Budget, budget, fresh_seconds
from feeds.hosts import PrivateHostError, PublicResolver, is_public
from feeds.links import host_of, is_literal
from feeds.refusals import FetchFailed, refusal, why

__all__ = ["Budget", "FetchFailed", "FetchRequest", "FetchResult", "Fetched", "Fetcher", "NotModified", "user_agent"]

log = logging.getLogger(__name__)

MAX_BODY_BYTES: Final = 15 * 1024 * 1024
CONNECT_SECONDS: Final = 10.0
TOTAL_SECONDS: Final = 30.0
MAX_REDIRECTS: Final = 5
REQUESTS_PER_HOST: Final = 2
CHUNK_BYTES: Final = 64 * 1024
WEB_PORTS: Final = frozenset({80, 443})
FIRST_USER_PORT: Final = 1024
ACCEPT: Final = "application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.9, */*;q=0.5"
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
PERMANENT: Final = frozenset({301, 308})
NOT_MODIFIED: Final = 304


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """What to fetch, with the validators of the last stored body (empty: fetch whatever is there)."""

    url: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A body, already inflated. `content_type` is the whole header, charset included.

    `permanent_url` is where the server says the feed has moved for good (301 or 308 all the way), else empty.
    `fresh_seconds` is for how long asking again would bring nothing new, if the server says so; `budget` is how many
    more requests its host takes.
    """

    body: bytes
    content_type: str
    etag: str
    last_modified: str
    final_url: str
    permanent_url: str = ""
    fresh_seconds: int | None = None
    budget: Budget | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The server says that nothing has changed since the validators were given (304). The rest is as in Fetched."""

    permanent_url: str = ""
    fresh_seconds: int | None = None
    budget: Budget | None = None


FetchResult = Fetched | NotModified | FetchFailed


class _RefusedError(Exception):
    """We do not go where this URL leads; the message is for people."""


def user_agent(contact: str = "") -> str:
    """Return the User-Agent to introduce us with; `contact` is a URL or a mail address of whoever runs the bot."""
    name = f"{PRODUCT.replace(' ', '')}/0.1"
    plain = "".join(character for character in contact if " " < character < "\x7f" and character not in "()")
    return f"{name} (+{plain})" if plain else name


class Fetcher:
    """Fetch over one session; at most two requests are under way per host. An async context manager.

    Proxies of the environment are not used: a proxy would connect where the guard cannot look. `resolver` replaces the
    guard where names are looked up (PublicResolver), not the one of addresses and ports.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        allow_private_hosts: bool = False,
        connect_seconds: float = CONNECT_SECONDS,
        total_seconds: float = TOTAL_SECONDS,
        max_body_bytes: int = MAX_BODY_BYTES,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._user_agent = user_agent
        self._allow_private_hosts = allow_private_hosts
        self._connect_seconds = connect_seconds
        self._total_seconds = total_seconds
        self._max_body_bytes = max_body_bytes
        self._resolver = resolver
        self._turns: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        resolver = self._resolver or (None if self._allow_private_hosts else PublicResolver())
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=resolver),
            # The total is counted over all redirects, by ourselves.
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._connect_seconds),
            headers={"User-Agent": self._user_agent, "Accept": ACCEPT},
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._session:
            await self._session.close()

    async def fetch(self, request: FetchRequest) -> FetchResult:
        """Fetch once; whatever goes wrong comes back as FetchFailed, with a reason for people."""
        try:
            return await self._follow(request)
        except _RefusedError as error:
            return FetchFailed(reason=str(error))
        except PrivateHostError:
            return FetchFailed(reason=_PRIVATE)
        except (aiohttp.ClientError, OSError, ValueError, asyncio.IncompleteReadError) as error:
            # Neither the address nor what the error says of it: both may carry a password or a token.
            log.info("fetch failed", extra={"host": host_of(request.url), "error": type(error).__name__})
            return FetchFailed(reason=_PRIVATE if _is_private(error) else why(error, self._total_seconds))

    async def _follow(self, request: FetchRequest) -> FetchResult:
        url = self._checked(URL(request.url.strip()))
        left, moved_for_good, permanent_url = self._total_seconds, True, ""
        for _ in range(MAX_REDIRECTS + 1):
            async with self._turn(url):
                started = asyncio.get_running_loop().time()
                async with asyncio.timeout(left):
                    result = await self._exchange(url, request)
                left -= asyncio.get_running_loop().time() - started
            if not isinstance(result, _Moved):
                return _with_permanent_url(result, permanent_url)
            moved_for_good = moved_for_good and result.for_good
            url = self._checked(result.url)
            permanent_url = str(url) if moved_for_good else permanent_url
        raise _RefusedError(f"it sends us from one address to the next, more than {MAX_REDIRECTS} times")

    def _turn(self, url: URL) -> asyncio.Semaphore:
        """Return the turn to wait for; a host nobody waits for is forgotten by itself."""
        host = url.host or ""
        turn = self._turns.get(host)
        if turn is None:
            turn = self._turns[host] = asyncio.Semaphore(REQUESTS_PER_HOST)
        return turn

    def _checked(self, url: URL) -> URL:
        if url.scheme not in ("http", "https") or not url.host:
            raise _RefusedError("this is not a web address (http or https)")
        if self._allow_private_hosts:
            return url
        if is_literal(url.host) and not is_public(url.host):
            raise _RefusedError(_PRIVATE)
        if url.port not in WEB_PORTS and (url.port or 0) < FIRST_USER_PORT:
            raise _RefusedError(f"port {url.port} is not one that websites use")
        return url

    async def _exchange(self, url: URL, request: FetchRequest) -> "FetchResult | _Moved":
        if self._session is None:
            raise RuntimeError("Fetcher is used outside of its `async with`")
        async with self._session.get(url, headers=_conditions(request), allow_redirects=False) as answer:
            if answer.status in REDIRECTS and "Location" in answer.headers:
                # Joined by yarl, which keeps a user and password to the host they belong to.
                return _Moved(url=url.join(URL(answer.headers["Location"])), for_good=answer.status in PERMANENT)
            now = datetime.now(UTC)
            fresh, left = fresh_seconds(answer.headers), budget(answer.headers, now=now)
            if answer.status == NOT_MODIFIED:
                return NotModified(fresh_seconds=fresh, budget=left)
            if not answer.ok or answer.status in REDIRECTS:
                return refusal(answer.status, answer.headers, host=url.host or "", now=now)
            return Fetched(
                body=await self._read(answer),
                content_type=answer.headers.get("Content-Type", ""),
                etag=_text(answer.headers.get("ETag", "")),
                last_modified=_text(answer.headers.get("Last-Modified", "")),
                final_url=str(url),
                fresh_seconds=fresh,
                budget=left,
            )

    async def _read(self, answer: aiohttp.ClientResponse) -> bytes:
        """Read the body in chunks: inflated as a whole, a small gzip bomb would fill the memory before we counted."""
        body = bytearray()
        async for chunk in answer.content.iter_chunked(CHUNK_BYTES):
            body += chunk
            if len(body) > self._max_body_bytes:
                answer.close()
                raise _RefusedError(f"the answer is larger than {_size(self._max_body_bytes)}")
        return bytes(body)


_PRIVATE: Final = "the address is inside a private network, and fetching from there is not allowed"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moved:
    url: URL
    for_good: bool


def _with_permanent_url(result: FetchResult, permanent_url: str) -> FetchResult:
    return replace(result, permanent_url=permanent_url) if permanent_url else result


def _text(header: str) -> str:
    """Return a header, empty if it is no text: bytes that are no UTF-8 can neither be stored nor sent back."""
    return header if header.isprintable() else ""


def _conditions(request: FetchRequest) -> dict[str, str]:
    pairs = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {name: value for name, value in pairs.items() if value}


def _is_private(error: BaseException) -> bool:
    return isinstance(getattr(error, "os_error", None), PrivateHostError) or isinstance(
        error.__cause__, PrivateHostError
    )


def _size(count: int) -> str:
    return f"{count // (1024 * 1024)} MB" if count >= 1024 * 1024 else f"{count // 1024} KB"
