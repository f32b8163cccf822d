"""A loopback server of made-up communities: their feeds in the shape of the real ones, and a page per thread.

`python -m sandbox.community --story sandbox/demo/story.toml` serves a story that goes on by itself.
"""

import argparse
import asyncio
import contextlib
import hashlib
import re
import signal
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.community_pages import front_page, site_page, thread_page
from sandbox.community_shapes import SHAPES, Page
from sandbox.community_state import ROUTES, THROTTLED_PATH, THROTTLED_SECONDS, Community, Route, Served, now_utc
from sandbox.community_story import Story, load_story
from sandbox.guard import only_our_own_page


def make_app(community: Community) -> web.Application:
    """Build the server's routes: feeds, pages, and `POST /admin/post`."""

    @web.middleware
    async def count(request: web.Request, handler: Handler) -> web.StreamResponse:
        answer = _throttled() if request.path == THROTTLED_PATH else await handler(request)
        community.served.append(Served(path=request.path_qs, status=answer.status))
        return answer

    async def admin_post(request: web.Request) -> web.Response:
        fields = await request.json()
        try:
            url = community.add(**fields)
        except (TypeError, ValueError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response({"url": url}, status=201)

    async def front(_request: web.Request) -> web.Response:
        return _html(front_page(community.written()))

    async def site(request: web.Request) -> web.Response:
        return _html(site_page(request.query.get("of", "")))

    async def thread(request: web.Request) -> web.Response:
        found = community.thread_at(request.path_qs)
        return _html(thread_page(*found)) if found else web.Response(status=404, text="Nobody wrote anything here.")

    app = web.Application(middlewares=[only_our_own_page, count])
    app.router.add_post("/admin/post", admin_post)
    for route in ROUTES:
        app.router.add_get(route.path, _feed_handler(community, route))
    app.add_routes([web.get("/", front), web.get("/site", site), web.get("/site/", site)])
    app.router.add_get("/{path:.*}", thread)
    return app


def _html(page: str) -> web.Response:
    return web.Response(text=page, content_type="text/html")


def _throttled() -> web.Response:
    return web.Response(status=429, text="Please come back later.", headers={"Retry-After": str(THROTTLED_SECONDS)})


def _feed_handler(community: Community, route: Route) -> Handler:
    async def feed(request: web.Request) -> web.Response:
        asked = request.query.get(route.asks) or request.match_info.get(route.asks, "")
        here = route.of_type(request.query.get("type", ""))
        posts = community.found(here, asked, request.match_info.get("place", ""))
        origin = f"http://{request.host}"
        page = Page(origin=origin, path=request.path_qs, asked=asked, posts=posts)
        return _answer(request, page, route)

    return feed


def _answer(request: web.Request, page: Page, route: Route) -> web.Response:
    """Answer a conditional GET (RFC 9110, 13.2.2: a date is looked at only where no ETag was sent)."""
    shape = SHAPES[route.feed]
    body = shape.draw(page).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"ETag": etag, "Last-Modified": format_datetime(page.changed_at, usegmt=True)}
    if _is_known(request, etag, page.changed_at):
        return web.Response(status=304, headers=headers)
    return web.Response(body=body, headers=headers | {"Content-Type": shape.content_type})


def _is_known(request: web.Request, etag: str, changed_at: datetime) -> bool:
    if "If-None-Match" in request.headers:
        return etag in re.split(r"\s*,\s*", request.headers["If-None-Match"].replace("W/", ""))
    try:
        since = parsedate_to_datetime(request.headers["If-Modified-Since"])
    except (KeyError, ValueError):
        return False
    return changed_at.replace(microsecond=0) <= since


@contextlib.asynccontextmanager
async def start_community(
    script: Path | Story | None = None,
    *,
    port: int = 0,
    clock: Callable[[], datetime] = now_utc,
    speed: float = 1.0,
) -> AsyncIterator[Community]:
    """Serve communities on 127.0.0.1 until the block is left.

    `script` is a story or its file; without one nothing stands anywhere until somebody posts. `port` 0 takes any.
    """
    story = load_story(script) if isinstance(script, Path) else script or Story()
    community = Community(story, clock=clock, speed=speed)
    runner = web.AppRunner(make_app(community), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        community.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield community
    finally:
        await runner.cleanup()


async def _serve(story: Path | None, port: int, speed: float) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with start_community(story, port=port, speed=speed) as community:
        print(f"Communities: {community.url}/", flush=True)  # noqa: T201 - the address is what the caller waits for
        await stop.wait()


def main() -> None:
    """Serve communities until SIGINT or SIGTERM; the first line says where."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.community", description="Made-up communities on loopback.")
    parser.add_argument("--story", type=Path, help="what happens there (TOML); nothing without it")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--speed", type=float, default=1.0, help="how many seconds of story pass in one second")
    options = parser.parse_args()
    asyncio.run(_serve(options.story, options.port, options.speed))


if __name__ == "__main__":
    main()
