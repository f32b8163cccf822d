"""Keeps strangers' web pages out: they may not drive this Slack, or what it tells of, through somebody's browser."""

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

_HOSTS: Final = ("127.0.0.1", "localhost", "::1")
_GUARDED: Final = ("/ui/", "/admin")


@web.middleware
async def only_our_own_page(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse /ui and /admin to another site's page, and to a name that only points to this machine."""
    if request.path.startswith(_GUARDED):
        origin = request.headers.get("Origin")
        is_here = urlsplit(f"//{request.host}").hostname in _HOSTS
        if not is_here or (origin is not None and urlsplit(origin).netloc != request.host):
            raise web.HTTPForbidden(text="Only the sandbox's own page may do this.")
    return await handler(request)
