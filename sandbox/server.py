"""The sandbox as a web server on 127.0.0.1: Slack's addresses, the page's, and the test controls."""

import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any, Final

from aiohttp import web

from sandbox import admin, limits, ui
from sandbox.actor import Actor
from sandbox.guard import only_our_own_page
from sandbox.hooks import SIGNING_SECRET
from sandbox.manifest import App, app_of, read_app
from sandbox.responses import answer_response
from sandbox.saving import kept_in
from sandbox.slack import CHANNELS, USERS, Slack
from sandbox.web_api.door import answer_call

PAGE: Final = Path(__file__).parent / "page"
HOST: Final = "127.0.0.1"
_BODY_BYTES: Final = 4 * 1024 * 1024


def application(slack: Slack) -> web.Application:
    """Return the web application that serves one sandbox."""
    app = web.Application(client_max_size=_BODY_BYTES, middlewares=[only_our_own_page])

    async def call(request: web.Request) -> web.StreamResponse:
        return await answer_call(slack, request)

    async def respond(request: web.Request) -> web.Response:
        return await answer_response(slack, request)

    async def index(_request: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-cache"})

    async def stop(_app: web.Application) -> None:
        slack.live.close()
        await slack.sockets.close()
        if slack.hooks:
            await slack.hooks.close()

    app.add_routes([web.get("/api/{method}", call), web.post("/api/{method}", call)])
    app.add_routes([web.get("/socket", slack.sockets.serve), web.post("/response/{token}", respond)])
    app.add_routes([web.get("/", index), web.get("/archives/{channel}/{message}", index)])
    app.add_routes([*ui.routes(slack), *admin.routes(slack)])
    app.router.add_static("/page", PAGE)
    app.on_shutdown.append(stop)
    app.on_response_prepare.append(_keep_fresh)
    return app


async def _keep_fresh(request: web.Request, response: web.StreamResponse) -> None:
    """Have browsers ask again for the page's modules, so that an update is not mixed with what they kept."""
    if request.path.startswith("/page/"):
        response.headers["Cache-Control"] = "no-cache"


@contextlib.asynccontextmanager
async def serve(slack: Slack, *, port: int = 0) -> AsyncIterator[str]:
    """Serve one sandbox on 127.0.0.1 (port 0: any free one) and give its address, without a slash at the end."""
    runner = web.AppRunner(application(slack), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, HOST, port)
        await site.start()
        address = f"http://{HOST}:{runner.addresses[0][1]}"
        slack.responses.base_url = address
        yield address
    finally:
        await runner.cleanup()


@contextlib.asynccontextmanager
async def start_sandbox(
    *,
    port: int = 0,
    manifest: Path | Mapping[str, Any] | None = None,
    users: Mapping[str, str] = USERS,
    channels: tuple[str, ...] = CHANNELS,
    ack_seconds: float = limits.ACK_SECONDS,
    trigger_seconds: float = limits.TRIGGER_SECONDS,
    ping_seconds: float = 10.0,
    time_factor: float = 1.0,
    seed: str | None = None,
    clock: Callable[[], float] | None = None,
    deliver_to: str | None = None,
    signing_secret: str = SIGNING_SECRET,
    state: Path | None = None,
) -> AsyncIterator[Actor]:
    """Run a sandbox for a test, and give the people in it.

    `users` are names and real names; the bot is a member of the first of `channels`. `manifest` is a file or what
    stands in one (ValueError for what is no manifest); without it the app has one command, /ears, and five scopes.
    For `ack_seconds`, `trigger_seconds`, `time_factor`, `seed` and `clock` see `Slack`; `deliver_to` is the request URL
    of an app that is to hear by signed HTTP instead of Socket Mode, `state` a file that the world lives in.
    """
    match manifest:
        case None:
            app = App()
        case Path():
            app = read_app(manifest)
        case _:
            app = app_of(dict(manifest))
    slack = Slack(
        app=app,
        users=users,
        channels=channels,
        ack_seconds=ack_seconds,
        trigger_seconds=trigger_seconds,
        ping_seconds=ping_seconds,
        time_factor=time_factor,
        seed=seed,
        clock=clock,
    )
    async with kept_in(slack, state) if state else contextlib.nullcontext(), serve(slack, port=port) as address:
        if deliver_to:
            await slack.deliver_to(deliver_to, signing_secret=signing_secret)
        yield Actor(slack, address)
