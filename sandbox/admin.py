"""Controls that Slack does not have, under /admin: bad days, lost connections, and the world itself.

Everything takes and answers JSON: `{"ok": true, ...}`, or status 400 with `{"ok": false, "error": ...}`. `GET /admin`
lists what there is.
"""

from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox import admin_line, admin_world
from sandbox.admin_control import Body
from sandbox.errors import SlackError
from sandbox.slack import Slack
from sandbox.strict_json import read_json


def routes(slack: Slack) -> list[web.RouteDef]:
    """Return the endpoints under /admin."""
    controls = [*admin_line.controls(slack), *admin_world.controls(slack)]
    listed = [
        {"method": one.method, "path": one.path, "does": one.does, "takes": one.takes}
        for one in sorted(controls, key=lambda one: one.path)
    ]

    async def index(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "controls": listed})

    return [
        web.get("/admin", index),
        *(web.route(one.method, one.path, _answering(one.run)) for one in controls),
    ]


def _answering(run: Callable[[Body], Awaitable[Body]]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            body = read_json(await request.text()) if request.can_read_body else {}
            if not isinstance(body, dict):
                raise TypeError("the body must be a JSON object")  # noqa: TRY301 - the same answer as for other nonsense
            return web.json_response({"ok": True, **await run({**request.query, **body})})
        except SlackError as error:
            return web.json_response(error.answer(), status=400)
        except KeyError as error:
            return web.json_response({"ok": False, "error": f"missing: {error.args[0]}"}, status=400)
        except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
            return web.json_response({"ok": False, "error": str(error)}, status=400)

    return handle
