"""Which machines a feed may come from: public ones, unless the operator allows private hosts."""

import ipaddress
import socket
from typing import Final

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver

# RFC 6052: the prefix behind which an IPv6-only network reaches IPv4 hosts.
NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class PrivateHostError(OSError):
    """A host has no public address, so nothing is fetched from it."""


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
    if isinstance(address, ipaddress.IPv6Address) and address.is_site_local:
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
    (DNS rebinding) gains nothing.
    """

    def __init__(self, resolver: AbstractResolver | None = None) -> None:
        """Ask `resolver`, the system's unless one is given."""
        self._resolver = resolver or DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the public addresses of `host`; PrivateHostError if it has others only."""
        found = await self._resolver.resolve(host, port, family)
        public = [result for result in found if is_public(result["host"])]
        if found and not public:
            raise PrivateHostError(None, f"{host} is not on the public internet")
        return public

    async def close(self) -> None:
        """Let go of the resolver underneath."""
        await self._resolver.close()
