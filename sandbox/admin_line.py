"""Controls for bad days: what goes wrong with the app's calls, and with the line to the app."""

from collections.abc import Awaitable, Callable
from typing import Final

from sandbox.admin_control import Body, Control
from sandbox.faults import ANY_METHOD, KINDS
from sandbox.hooks import SIGNING_SECRET
from sandbox.slack import SLOWEST, Slack
from sandbox.web_api.door import METHODS

_REASONS: Final = ("warning", "refresh_requested", "link_disabled")


def controls(slack: Slack) -> list[Control]:
    """Return the endpoints for faults of calls, and for the line."""
    return [*_Faults(slack).controls(), *_Connection(slack).controls()]


class _Faults:
    """What goes wrong with calls of the Web API."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def controls(self) -> list[Control]:
        path = "/admin/faults"
        takes = "method (or *), kind, times (null: always; default 1), seconds"
        return [
            Control(method="GET", path=path, run=self.show, does="The kinds there are, and what is armed."),
            Control(method="POST", path=path, run=self.arm, does="Let the next calls go wrong.", takes=takes),
            Control(
                method="DELETE", path=path, run=self.disarm, does="Disarm one fault, or all.", takes="id (or none)"
            ),
        ]

    async def show(self, _body: Body) -> Body:
        faults = self._slack.faults
        return {
            "kinds": [one.body() for one in KINDS],
            "methods": [ANY_METHOD, *sorted(METHODS)],
            "armed": [one.body() for one in faults.armed()],
        }

    async def arm(self, body: Body) -> Body:
        faults = self._slack.faults
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

    def controls(self) -> list[Control]:
        def control(method: str, name: str, run: Callable[[Body], Awaitable[Body]], does: str, takes: str) -> Control:
            return Control(method=method, path=f"/admin/{name}", run=run, does=does, takes=takes)

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
