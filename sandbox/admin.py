"""Controls that Slack does not have: faults, lost sockets."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.slack import Slack

Handler = Callable[[web.Request], Awaitable[web.Response]]


def routes(slack: Slack) -> list[web.RouteDef]:
    """Return the endpoints under /admin; each takes and answers JSON."""

    async def faults(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "faults": slack.faults.waiting()})

    async def add_fault(body: dict[str, Any]) -> None:
        slack.faults.one_message_a_second = bool(body.get("one_message_a_second", slack.faults.one_message_a_second))
        if "method" in body:
            times, seconds = int(body.get("times", 1)), float(body.get("seconds", 1.0))
            slack.faults.add(body["method"], body["kind"], times=times, seconds=seconds)

    async def clear_faults(_request: web.Request) -> web.Response:
        slack.faults.clear()
        return web.json_response({"ok": True})

    async def disconnect(body: dict[str, Any]) -> None:
        await slack.sockets.disconnect(body.get("reason", "refresh_requested"))

    async def half_open(body: dict[str, Any]) -> None:
        slack.sockets.half_open = bool(body.get("on", True))

    return [
        web.get("/admin/faults", faults),
        web.post("/admin/faults", _takes_json(add_fault)),
        web.delete("/admin/faults", clear_faults),
        web.post("/admin/disconnect", _takes_json(disconnect)),
        web.post("/admin/half_open", _takes_json(half_open)),
    ]


def _takes_json(run: Callable[[dict[str, Any]], Awaitable[None]]) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        try:
            await run(await request.json())
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            return web.json_response({"ok": False, "error": repr(error)}, status=400)
        return web.json_response({"ok": True})

    return handle
