"""Controls for the world itself: scopes, channels, messages, and the beginning of it all."""

import re
from collections.abc import Awaitable, Callable
from typing import Final

from sandbox import membership, people, users
from sandbox.admin_control import Body, Control
from sandbox.slack import Slack
from sandbox.workspace import Channel

_SCOPE: Final = re.compile(r"[a-zA-Z_.:-]{1,80}")


def controls(slack: Slack) -> list[Control]:
    """Return the endpoints that change scopes, channels and messages, or begin anew."""
    return _World(slack).controls()


def _scopes(body: Body, name: str) -> frozenset[str]:
    given = body.get(name, [])
    if not isinstance(given, list) or not all(isinstance(one, str) and _SCOPE.fullmatch(one) for one in given):
        raise TypeError(f"{name} must be a list of scopes, such as chat:write")
    return frozenset(given)


class _World:
    """Scopes, channels, messages, and the beginning of it all."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def controls(self) -> list[Control]:
        def control(name: str, run: Callable[[Body], Awaitable[Body]], does: str, takes: str) -> Control:
            return Control(method="POST", path=f"/admin/{name}", run=run, does=does, takes=takes)

        shown = Control(method="GET", path="/admin/scopes", run=self.show_scopes, does="The app's scopes.")
        return [
            shown,
            control("scopes", self.scopes, "Replace, add or remove scopes.", "scopes, or add and remove: lists"),
            control("archive", self.archive, "Archive a channel, or open it again.", "channel, on (default true)"),
            control("rename", self.rename, "Rename a channel.", "channel, name"),
            control("kick", self.kick, "Remove the app, or somebody.", "channel, user (default: the app)"),
            control("deactivate", self.deactivate, "Take somebody's seat, or give it back.", "user, on (default true)"),
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
        wanted = self._slack.user(body.get("user", self._slack.app.bot_user))
        membership.kick(self._slack, self._channel(body), wanted.id, by=self._somebody())
        return {}

    async def deactivate(self, body: Body) -> Body:
        users.deactivate(self._slack, self._slack.user(body["user"]), on=bool(body.get("on", True)))
        return {}

    async def delete(self, body: Body) -> Body:
        people.delete(self._slack, self._channel(body), body["message_ts"])
        return {}

    async def reset(self, _body: Body) -> Body:
        self._slack.reset()
        return {}

    def _channel(self, body: Body) -> Channel:
        return self._slack.channel(body["channel"])

    def _somebody(self) -> str:
        """Return the first person, who stands for an admin of the workspace."""
        return next(one.id for one in self._slack.workspace.users.values() if not one.is_bot)
