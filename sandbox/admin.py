"""Controls that Slack does not have, under /admin: bad days, lost connections, and the world itself.

Everything takes and answers JSON: `{"ok": true, ...}`, or status 400 with `{"ok": false, "error": ...}`. `GET /admin`
lists what there is.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from sandbox import membership, people
from sandbox.errors import SlackError
from sandbox.faults import ANY_METHOD, KINDS
from sandbox.hooks import SIGNING_SECRET
from sandbox.reading import read_json
from sandbox.slack import SLOWEST, Slack
from sandbox.web_api.door import METHODS
from sandbox.workspace import Channel

Body = dict[str, Any]
_SCOPE: Final = re.compile(r"[a-zA-Z_.:-]{1,80}")
_REASONS: Final = ("warning", "refresh_requested", "link_disabled")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Control:
    method: str
    path: str
    run: Callable[[Body], Awaitable[Body]]
    does: str
    takes: str = "nothing"


def routes(slack: Slack) -> list[web.RouteDef]:
    """Return the endpoints under /admin."""
    faults, connection, world = _Faults(slack), _Connection(slack), _World(slack)
    controls = [*faults.controls(), *connection.controls(), *world.controls()]
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


class _Faults:
    """What goes wrong with calls of the Web API."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def controls(self) -> list[_Control]:
        path = "/admin/faults"
        takes = "method (or *), kind, times (null: always; default 1), seconds"
        return [
            _Control(method="GET", path=path, run=self.show, does="The kinds there are, and what is armed."),
            _Control(method="POST", path=path, run=self.arm, does="Let the next calls go wrong.", takes=takes),
            _Control(
                method="DELETE", path=path, run=self.disarm, does="Disarm one fault, or all.", takes="id (or none)"
            ),
        ]

    async def show(self, _body: Body) -> Body:
        faults = self._slack.faults
        return {
            "kinds": [one.body() for one in KINDS],
            "methods": [ANY_METHOD, *sorted(METHODS)],
            "armed": [one.body() for one in faults.armed()],
            "faults": faults.waiting(),
        }

    async def arm(self, body: Body) -> Body:
        faults = self._slack.faults
        if "one_message_a_second" in body:
            faults.one_message_a_second = bool(body["one_message_a_second"])
        if "method" not in body and "one_message_a_second" in body:
            return {}
        if body["method"] not in (ANY_METHOD, *METHODS):
            raise LookupError(f"the sandbox has no method {body['method']}")
        times, seconds = body.get("times", 1), body.get("seconds")
        fault = faults.add(
            body["method"],
            body["kind"],
            times=None if times is None else int(times),
            seconds=None if seconds is None else float(seconds),
        )
        return {"fault": fault.body()}

    async def disarm(self, body: Body) -> Body:
        if "id" in body:
            self._slack.faults.disarm(int(body["id"]))
        else:
            self._slack.faults.clear()
        return {}


class _Connection:
    """What goes wrong between the app and this Slack."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def controls(self) -> list[_Control]:
        def control(method: str, name: str, run: Callable[[Body], Awaitable[Body]], does: str, takes: str) -> _Control:
            return _Control(method=method, path=f"/admin/{name}", run=run, does=does, takes=takes)

        return [
            control("GET", "connection", self.show, "How the app is reached, and what is wrong with it.", "nothing"),
            control(
                "POST", "disconnect", self.disconnect, "Send a disconnect frame.", f"reason: {', '.join(_REASONS)}"
            ),
            control(
                "POST",
                "half_open",
                self.half_open,
                "Let nothing through any more, and tell nobody; with open_now only on the sockets that are open.",
                "on (default true), open_now",
            ),
            control("POST", "never_pong", self.never_pong, "Answer no ping.", "on (default true)"),
            control("POST", "lose", self.lose, "Lose what is sent next.", "envelopes, acks: how many"),
            control("POST", "again", self.again, "Send the latest envelope again.", "kind (default events_api)"),
            control("POST", "time", self.time, "Scale Slack's minutes.", "factor, such as 0.001"),
            control("POST", "deliver", self.deliver, "Deliver by signed HTTP.", "url, signing_secret"),
        ]

    async def show(self, _body: Body) -> Body:
        sockets, hooks = self._slack.sockets, self._slack.hooks
        return {
            "connected": self._slack.delivery.is_open,
            "sockets": sockets.count,
            "half_open": sockets.half_open,
            "never_pong": sockets.never_pong,
            "lose": {"envelopes": sockets.lose_envelopes, "acks": sockets.lose_acks},
            "time_factor": self._slack.time_factor,
            "deliver_to": hooks.url if hooks else None,
        }

    async def disconnect(self, body: Body) -> Body:
        reason = body.get("reason", "refresh_requested")
        if reason not in _REASONS:
            raise ValueError(f"reason must be one of: {', '.join(_REASONS)}")
        await self._slack.sockets.disconnect(reason)
        return {}

    async def half_open(self, body: Body) -> Body:
        if body.get("open_now"):
            self._slack.sockets.freeze()
        else:
            self._slack.sockets.half_open = bool(body.get("on", True))
        return {}

    async def never_pong(self, body: Body) -> Body:
        self._slack.sockets.never_pong = bool(body.get("on", True))
        return {}

    async def lose(self, body: Body) -> Body:
        envelopes, acks = int(body.get("envelopes", 0)), int(body.get("acks", 0))
        if min(envelopes, acks) < 0:
            raise ValueError("envelopes and acks must be 0 or more" if acks < 0 else "envelopes must be 0 or more")
        self._slack.sockets.lose_envelopes, self._slack.sockets.lose_acks = envelopes, acks
        return {}

    async def again(self, body: Body) -> Body:
        await self._slack.sockets.send_again(body.get("kind", "events_api"))
        return {}

    async def time(self, body: Body) -> Body:
        factor = float(body["factor"])
        if not 0 < factor <= SLOWEST:
            raise ValueError(f"factor must be more than 0, and at most {SLOWEST:g}")
        self._slack.time_factor = factor
        return {"factor": factor}

    async def deliver(self, body: Body) -> Body:
        url, secret = body["url"], body.get("signing_secret", SIGNING_SECRET)
        for name, value in (("url", url), ("signing_secret", secret)):
            if not isinstance(value, str):
                raise TypeError(f"{name} must be a string")
        await self._slack.deliver_to(url, signing_secret=secret)
        return {}


def _scopes(body: Body, name: str) -> frozenset[str]:
    given = body.get(name, [])
    if not isinstance(given, list) or not all(isinstance(one, str) and _SCOPE.fullmatch(one) for one in given):
        raise TypeError(f"{name} must be a list of scopes, such as chat:write")
    return frozenset(given)


class _World:
    """Scopes, channels, messages, and the beginning of it all."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def controls(self) -> list[_Control]:
        def control(name: str, run: Callable[[Body], Awaitable[Body]], does: str, takes: str) -> _Control:
            return _Control(method="POST", path=f"/admin/{name}", run=run, does=does, takes=takes)

        shown = _Control(method="GET", path="/admin/scopes", run=self.show_scopes, does="The app's scopes.")
        return [
            shown,
            control("scopes", self.scopes, "Replace, add or remove scopes.", "scopes, or add and remove: lists"),
            control("archive", self.archive, "Archive a channel, or open it again.", "channel, on (default true)"),
            control("rename", self.rename, "Rename a channel.", "channel, name"),
            control("kick", self.kick, "Remove the app, or somebody.", "channel, user (default: the app)"),
            control("delete", self.delete, "Delete a message by hand.", "channel, message_ts"),
            control("reset", self.reset, "Begin again as on the first start.", "nothing"),
        ]

    async def show_scopes(self, _body: Body) -> Body:
        return {"scopes": sorted(self._slack.app.scopes)}

    async def scopes(self, body: Body) -> Body:
        granted = _scopes(body, "scopes") if "scopes" in body else self._slack.app.scopes
        self._slack.grant((granted | _scopes(body, "add")) - _scopes(body, "remove"))
        return await self.show_scopes({})

    async def archive(self, body: Body) -> Body:
        membership.archive(self._slack, self._channel(body), by=self._somebody(), on=bool(body.get("on", True)))
        return {}

    async def rename(self, body: Body) -> Body:
        membership.rename(self._slack, self._channel(body), body["name"], by=self._somebody())
        return {}

    async def kick(self, body: Body) -> Body:
        wanted = self._slack.workspace.user(body.get("user", self._slack.app.bot_user))
        if wanted is None:
            raise SlackError("user_not_found")
        membership.kick(self._slack, self._channel(body), wanted.id, by=self._somebody())
        return {}

    async def delete(self, body: Body) -> Body:
        people.delete(self._slack, self._channel(body), body["message_ts"])
        return {}

    async def reset(self, _body: Body) -> Body:
        self._slack.reset()
        return {}

    def _channel(self, body: Body) -> Channel:
        channel = self._slack.workspace.channel(body["channel"])
        if channel is None:
            raise SlackError("channel_not_found")
        return channel

    def _somebody(self) -> str:
        """Return the first person, who stands for an admin of the workspace."""
        return next(one.id for one in self._slack.workspace.users.values() if not one.is_bot)
