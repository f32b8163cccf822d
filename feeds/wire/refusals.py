"""Why a fetch gave nothing, in words for people, and how long to wait."""

import socket
import ssl
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Final

import aiohttp
from multidict import MultiMapping

from feeds.links import is_reddit
from feeds.wire.fetched import FetchFailed
from feeds.wire.headers import allowance, retry_after
from feeds.wire.inflate import NotPackedError

# What a place says that lets in only who is known, or nobody from where we are.
CLOSED: Final = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.PAYMENT_REQUIRED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.PROXY_AUTHENTICATION_REQUIRED,
        HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS,
    }
)
# What some places answer to a wrong credential (Stack Exchange 400), and to much else.
DOUBTFUL: Final = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN})

REASONS: Final[Mapping[int, str]] = {
    HTTPStatus.UNAUTHORIZED: "the place wants us to log in",
    HTTPStatus.PAYMENT_REQUIRED: "the place wants to be paid",
    HTTPStatus.FORBIDDEN: "the place does not let us in",
    HTTPStatus.NOT_FOUND: "there is nothing at this address",
    HTTPStatus.NOT_ACCEPTABLE: "the place does not give this to programs",
    HTTPStatus.PROXY_AUTHENTICATION_REQUIRED: "a proxy wants us to log in",
    HTTPStatus.GONE: "the feed has been closed for good",
    HTTPStatus.TOO_MANY_REQUESTS: "the server asks us to slow down",
    HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS: "the place may not show this where we are",
    HTTPStatus.SERVICE_UNAVAILABLE: "the server is overloaded or under repair",
}

# The first that fits: special errors stand before the general ones they inherit from.
TROUBLE: Final[tuple[tuple[tuple[type[BaseException], ...], str], ...]] = (
    ((aiohttp.ClientProxyConnectionError,), "the proxy of FEED_PROXY does not answer"),
    ((aiohttp.ClientHttpProxyError,), "the proxy of FEED_PROXY does not let us through"),
    ((aiohttp.ClientConnectorDNSError, socket.gaierror), "no such host, or the name server does not answer"),
    ((aiohttp.ClientConnectorCertificateError, ssl.CertificateError), "its certificate is not valid"),
    ((aiohttp.ClientSSLError,), "no secure connection is possible"),
    ((aiohttp.ClientPayloadError, aiohttp.ClientResponseError, NotPackedError), "the answer is broken"),
    ((aiohttp.ClientConnectorError,), "nobody answers at this address"),
    ((ValueError,), "this is not a web address"),
)


def refusal(status: int, headers: MultiMapping[str], *, host: str, now: datetime, credential: str = "") -> FetchFailed:
    """Return what an answer that carries no feed means; `credential` names the settings that it was asked with."""
    left, wait = allowance(headers, now=now), retry_after(headers, now=now)
    throttled = status == HTTPStatus.TOO_MANY_REQUESTS or (
        status == HTTPStatus.SERVICE_UNAVAILABLE and wait is not None
    )
    reason = f"{_words(status)} ({status})"
    if status == HTTPStatus.FORBIDDEN and is_reddit(host):
        # Reddit answers 403 where others answer 429, and lets us in again later.
        reason, throttled = "Reddit asks us to slow down (403)", True
    elif status == HTTPStatus.FORBIDDEN and wait is not None:
        # So does GitHub, and names the moment.
        reason, throttled = "the server asks us to slow down (403)", True
    elif credential and status == HTTPStatus.UNAUTHORIZED:
        reason = f"the place does not accept {credential} (401)"
    elif credential and status in DOUBTFUL:
        reason = f"{reason}; is {credential} right?"
    return FetchFailed(
        reason=reason,
        retry_after_seconds=wait,
        gone=status == HTTPStatus.GONE,
        missing=status == HTTPStatus.NOT_FOUND,
        closed=status in CLOSED and not throttled and not credential,
        throttled=throttled,
        allowance=left,
    )


def _words(status: int) -> str:
    return REASONS.get(
        status, "the server has a problem" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "the server gives no feed"
    )


def why(error: BaseException, total_seconds: float) -> str:
    """Say in words for people what an error of the network means."""
    if isinstance(error, TimeoutError):
        return f"no complete answer within {total_seconds:g} seconds"
    return next((words for kinds, words in TROUBLE if isinstance(error, kinds)), "the connection broke off")


def is_unreachable(error: BaseException) -> bool:
    """Say whether an error of the network means that nobody answered, rather than nonsense."""
    nonsense = (aiohttp.ClientPayloadError, aiohttp.ClientResponseError, aiohttp.ClientSSLError, ssl.CertificateError)
    return isinstance(error, OSError | TimeoutError | aiohttp.ClientConnectionError) and not isinstance(error, nonsense)
