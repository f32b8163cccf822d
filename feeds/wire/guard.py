"""Where a feed may come from: public hosts on the ports of websites, unless the operator allows private hosts."""

import ipaddress
import socket
from typing import Final

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver
from yarl import URL

from feeds.links import is_literal

WEB_PORTS: Final = frozenset({80, 443})
FIRST_USER_PORT: Final = 1024
# RFC 6052: the prefix behind which an IPv6-only network reaches IPv4 hosts.
NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
# What the IANA has given out for the public internet; the rest of IPv6 belongs to nobody, or to somebody's own network.
GLOBAL_UNICAST: Final = ipaddress.IPv6Network("2000::/3")
# Reached by no website, though the ipaddress of some Pythons calls them global: protocol assignments (RFC 6890; a cloud
# keeps its machines' secrets at 192.0.0.192), relays that are retired (RFC 7526), documentation (RFC 9637), and the
# address at which Azure serves its own machines.
NO_WEBSITE: Final = (
    ipaddress.IPv4Network("192.0.0.0/24"),
    ipaddress.IPv4Network("192.88.99.0/24"),
    ipaddress.IPv6Network("3fff::/20"),
    ipaddress.IPv4Network("168.63.129.16/32"),
)
PRIVATE: Final = "the address is inside a private network, and fetching from there is not allowed"

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class PrivateHostError(OSError):
    """A host has no public address, so nothing is fetched from it."""


def is_of_a_private_host(error: BaseException) -> bool:
    """Return whether an error is a PrivateHostError, or one of aiohttp's in which it is wrapped up."""
    causes = (error, error.__cause__, getattr(error, "os_error", None))
    return any(isinstance(cause, PrivateHostError) for cause in causes)


class RefusedError(Exception):
    """We do not go where this URL leads; the message is for people."""


def checked(url: URL, *, allow_private_hosts: bool) -> URL:
    """Return `url` if we may go there, as far as its text tells; RefusedError if not.

    Addresses are judged here, because aiohttp asks no resolver about them; names are judged by PublicResolver.
    """
    host = url.raw_host
    if url.scheme not in ("http", "https") or not host:
        raise RefusedError("this is not a web address (http or https)")
    if allow_private_hosts:
        return url
    if is_literal(host) and not is_public(host):
        raise RefusedError(PRIVATE)
    if url.port not in WEB_PORTS and (url.port or 0) < FIRST_USER_PORT:
        raise RefusedError(f"port {url.port} is not one that websites use")
    return url


def is_public(text: str) -> bool:
    """Say whether `text`, an IP address in its usual spelling, belongs to the public internet.

    IPv4 addresses inside IPv6 ones (mapped, 6to4, NAT64) are judged by what they lead to. Shared address space
    (100.64/10), multicast and everything the IANA registries call not globally reachable is not public.
    """
    try:
        address: _Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    address = _unwrapped(address)
    if isinstance(address, ipaddress.IPv6Address) and address not in GLOBAL_UNICAST:
        return False
    if any(address in network for network in NO_WEBSITE):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _unwrapped(address: _Address) -> _Address:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


class PublicResolver(AbstractResolver):
    """Resolve names to public addresses only.

    The check sits where the connection gets its address, so a name that answers differently the second time
    (DNS rebinding) gains nothing. With `strict`, a name that has private addresses beside public ones is refused as
    well: for where somebody else picks the address (a proxy).
    """

    def __init__(self, resolver: AbstractResolver | None = None, *, strict: bool = False) -> None:
        """Ask `resolver`, the system's unless one is given."""
        self._resolver = resolver or DefaultResolver()
        self._strict = strict

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the public addresses of `host`; PrivateHostError if it has others only (or at all, if strict)."""
        found = await self._resolver.resolve(host, port, family)
        public = [result for result in found if is_public(result["host"])]
        if found and (not public or (self._strict and len(public) < len(found))):
            raise PrivateHostError(None, f"{host} is not on the public internet")
        return public

    async def close(self) -> None:
        """Let go of the resolver underneath."""
        await self._resolver.close()
