"""One polite HTTP exchange: a conditional GET with a time limit, a size limit and a guard against private hosts."""

import asyncio
import logging
import socket
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from types import TracebackType
from typing import Final, Self
from weakref import WeakValueDictionary

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from engagement.dataclass import dataclass
from engagement.product import PRODUCT
from feeds.links import host_of, is_literal
from feeds.wire.credentials import Credentials, Dressed
from feeds.wire.fetched import Fetched, FetchFailed, FetchRequest, FetchResult, NotModified
from feeds.wire.guard import PRIVATE, PublicResolver, RefusedError, checked, is_of_a_private_host
from feeds.wire.headers import allowance, fresh_seconds
from feeds.wire.inflate import unpacker_for
from feeds.wire.reddit_login import RedditLogin
from feeds.wire.refusals import is_unreachable, refusal, why

log = logging.getLogger(__name__)

MAX_BODY_BYTES: Final = 15 * 1024 * 1024
CONNECT_SECONDS: Final = 10.0
TOTAL_SECONDS: Final = 30.0
MAX_REDIRECTS: Final = 5
REQUESTS_PER_HOST: Final = 2
CHUNK_BYTES: Final = 64 * 1024
BREATH_BYTES: Final = 1024 * 1024
PIECES_AT_MOST: Final = 10_000
ACCEPT: Final = "application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.9, */*;q=0.5"
SUCCESS: Final = range(200, 300)
PERMANENT: Final = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})
REDIRECTS: Final = PERMANENT | {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}
NO_CREDENTIALS: Final = Credentials()
# All servers speak these two; brotli would save a few percent of the bytes for one more decompressor to trust.
ACCEPT_ENCODING: Final = "gzip, deflate"


def user_agent(contact: str = "") -> str:
    """Return the User-Agent to introduce us with; `contact` is a URL or a mail address of whoever runs the bot."""
    name = f"{PRODUCT.replace(' ', '')}/0.1"
    plain = "".join(character for character in contact if " " < character < "\x7f" and character not in "()")
    return f"{name} (+{plain})" if plain else name


class Fetcher:
    """Fetch over one session; at most two requests are under way per host. An async context manager.

    Each hop is dressed with the credential of its own host. Names are looked up and judged here (`resolver` replaces
    that, not the judgement of addresses and ports), also before they are handed to `proxy`, which then connects by
    itself. Proxies of the environment are not used.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        allow_private_hosts: bool = False,
        total_seconds: float = TOTAL_SECONDS,
        max_body_bytes: int = MAX_BODY_BYTES,
        credentials: Credentials = NO_CREDENTIALS,
        proxy: str = "",
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._user_agent = user_agent
        self._allow_private_hosts = allow_private_hosts
        self._total_seconds = total_seconds
        self._max_body_bytes = max_body_bytes
        self._credentials = credentials
        self._proxy = URL(proxy) if proxy else None
        self._resolver = resolver
        self._turns: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._session: aiohttp.ClientSession | None = None
        self._reddit: RedditLogin | None = None

    async def __aenter__(self) -> Self:
        if self._resolver is None and not self._allow_private_hosts:
            self._resolver = PublicResolver(strict=self._proxy is not None)
        if self._credentials.reddit_app:
            self._reddit = RedditLogin(self._credentials.reddit_app, self._credentials.origins.reddit)
        self._session = aiohttp.ClientSession(
            # The proxy itself may stand in a private network. No limit: as many as look at places side by side.
            connector=aiohttp.TCPConnector(resolver=None if self._proxy else self._resolver, limit=0),
            # The total is counted over all redirects, by ourselves.
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
            headers={"User-Agent": self._user_agent, "Accept": ACCEPT, "Accept-Encoding": ACCEPT_ENCODING},
            cookie_jar=aiohttp.DummyCookieJar(),
            proxy=self._proxy,
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
        except RefusedError as error:
            return FetchFailed(reason=str(error))
        except (aiohttp.ClientError, OSError, ValueError, asyncio.IncompleteReadError) as error:
            # Neither the address nor what the error says of it: both may carry a password or a token.
            log.info("fetch failed", extra={"host": host_of(request.url), "error": type(error).__name__})
            # aiohttp keeps the error with the connection, and its traceback keeps what we have read: up to 15 MB would
            # stay until somebody looks for garbage.
            error.__traceback__ = None
            if is_of_a_private_host(error):
                return FetchFailed(reason=PRIVATE)
            return FetchFailed(reason=why(error, self._total_seconds), unreachable=is_unreachable(error))

    async def _follow(self, request: FetchRequest) -> FetchResult:
        url = self._checked(URL(request.url.strip()))
        left, moved_for_good, permanent_url = self._total_seconds, True, ""
        for hops in range(MAX_REDIRECTS + 1):
            async with self._turn(url), asyncio.timeout(left) as limit:
                result = await self._exchange(url, request)
            if not isinstance(result, _Moved):
                return replace(result, permanent_url=permanent_url, final_url=str(url)) if hops else result
            left = (limit.when() or 0.0) - asyncio.get_running_loop().time()
            moved_for_good = moved_for_good and result.for_good
            url = result.url
            permanent_url = str(url) if moved_for_good else permanent_url
        raise RefusedError(f"it sends us from one address to the next, more than {MAX_REDIRECTS} times")

    def _turn(self, url: URL) -> asyncio.Semaphore:
        """Return the turn to wait for; a host nobody waits for is forgotten by itself."""
        host = url.raw_host or ""
        turn = self._turns.get(host)
        if turn is None:
            turn = self._turns[host] = asyncio.Semaphore(REQUESTS_PER_HOST)
        return turn

    def _checked(self, url: URL) -> URL:
        return checked(url, allow_private_hosts=self._allow_private_hosts)

    async def _exchange(self, url: URL, request: FetchRequest) -> "FetchResult | _Moved":
        if self._session is None:
            raise RuntimeError("Fetcher is used outside of its `async with`")
        dressed = await self._dressed(self._session, url)
        if isinstance(dressed, FetchFailed):
            return dressed
        if self._proxy:
            await self._judged(dressed.url)
        headers = {**_conditions(request), **dressed.headers}
        # Unpacked by ourselves, who notice when it is cut short.
        asking = self._session.get(dressed.url, headers=headers, allow_redirects=False, auto_decompress=False)
        async with asking as answer:
            if answer.status in REDIRECTS and "Location" in answer.headers:
                return self._moved(dressed.url, answer)
            if answer.status in SUCCESS or answer.status == HTTPStatus.NOT_MODIFIED:
                return await self._answered(url, answer)
            return self._refused(dressed, answer)

    async def _dressed(self, session: aiohttp.ClientSession, url: URL) -> Dressed | FetchFailed:
        token: str | FetchFailed = ""
        if self._reddit and self._credentials.needs_reddit_token(url):
            token = await self._reddit.token(session)
        return token if isinstance(token, FetchFailed) else self._credentials.dress(url, reddit_token=token)

    async def _judged(self, url: URL) -> None:
        """Look up a name that a proxy will connect to; without a proxy, connecting looks it up and judges it."""
        if self._resolver and url.raw_host and not is_literal(url.raw_host):
            await self._resolver.resolve(url.raw_host, url.port or 0, socket.AF_UNSPEC)

    async def _answered(self, url: URL, answer: aiohttp.ClientResponse) -> Fetched | NotModified:
        headers, now = answer.headers, datetime.now(UTC)
        fresh, left = fresh_seconds(headers, now=now), allowance(headers, now=now)
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return NotModified(fresh_seconds=fresh, allowance=left)
        body, is_whole = await self._read(answer)
        return Fetched(
            body=body,
            content_type=headers.get("Content-Type", ""),
            # Of a body that was cut short the rest would be missed until it changes: it is asked for again.
            etag=_text(headers.get("ETag", "")) if is_whole else "",
            last_modified=_text(headers.get("Last-Modified", "")) if is_whole else "",
            final_url=str(url),
            fresh_seconds=fresh,
            allowance=left,
        )

    def _moved(self, asked: URL, answer: aiohttp.ClientResponse) -> "_Moved":
        # Joined by yarl, which keeps a user and password to the host they belong to.
        target = self._checked(asked.join(URL(answer.headers["Location"])))
        target = self._credentials.undress(target)
        if self._credentials.stands_in(target):
            raise RefusedError("it sends us elsewhere with our own credential in the address")
        # An address of Reddit's API is of no use to whoever has no token.
        at_api = str(target.origin()) == self._credentials.origins.reddit_api
        return _Moved(url=target, for_good=answer.status in PERMANENT and not at_api)

    def _refused(self, dressed: Dressed, answer: aiohttp.ClientResponse) -> FetchFailed:
        if answer.status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED and self._proxy:
            return FetchFailed(reason=f"the proxy of FEED_PROXY wants us to log in ({answer.status})")
        if (
            answer.status == HTTPStatus.UNAUTHORIZED
            and self._reddit
            and self._credentials.needs_reddit_token(dressed.url)
        ):
            self._reddit.forget()
        host = dressed.url.host or ""
        now = datetime.now(UTC)
        return refusal(answer.status, answer.headers, host=host, now=now, credential=dressed.settings)

    async def _read(self, answer: aiohttp.ClientResponse) -> tuple[bytes, bool]:
        """Return the body, and whether it is whole.

        In pieces: inflated all at once, a small gzip bomb would fill the memory before we counted.
        """
        if (answer.content_length or 0) > self._max_body_bytes:
            raise self._too_large(answer)
        # Joined in the end: the one piece of a usual body is not copied.
        body: list[bytes] = []
        size = rested = 0
        unpacker = unpacker_for(answer.headers.get("Content-Encoding", ""))
        while chunk := await answer.content.read(CHUNK_BYTES):
            for piece in unpacker.pieces(chunk):
                body.append(piece)
                if len(body) > PIECES_AT_MOST:
                    # One of two bytes takes more than a hundred.
                    body = [b"".join(body)]
                size += len(piece)
                if size > self._max_body_bytes:
                    raise self._too_large(answer)
                if size - rested > BREATH_BYTES:
                    # What is here already is inflated without a pause; a click waits no longer than for this much.
                    rested = size
                    await asyncio.sleep(0)
        return b"".join(body), unpacker.is_whole()

    def _too_large(self, answer: aiohttp.ClientResponse) -> RefusedError:
        answer.close()
        return RefusedError(f"the answer is larger than {_size(self._max_body_bytes)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moved:
    url: URL
    for_good: bool


def _text(header: str) -> str:
    """Return a header, empty if it is no text: bytes that are no UTF-8 can neither be stored nor sent back."""
    return header if header.isprintable() else ""


def _conditions(request: FetchRequest) -> dict[str, str]:
    pairs = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {name: value for name, value in pairs.items() if value}


def _size(count: int) -> str:
    return f"{count // (1024 * 1024)} MB" if count >= 1024 * 1024 else f"{count // 1024} KB"
