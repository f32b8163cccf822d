"""JSON for the page: everything it draws, live changes, and what people do in it."""

import asyncio
import copy
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any, Final

from aiohttp import web

from sandbox import interactions, membership, people
from sandbox.errors import SlackError
from sandbox.shortcuts import use_shortcut
from sandbox.slack import Slack
from sandbox.strict_json import read_json
from sandbox.workspace import Channel

Body = dict[str, Any]

# Between two signs of life on a quiet stream, so that a page notices a dead one.
_HEARTBEAT_SECONDS: Final = 15.0
# How long a browser waits before it asks again for a stream that broke: its own 3 to 5 s are long when we restart.
_FIRST_WORDS: Final = b"retry: 500\n\n"


def routes(slack: Slack) -> list[web.RouteDef]:
    """Return the page's endpoints."""
    page = Page(slack)
    posts: dict[str, Callable[[str, Body], Awaitable[Body]]] = {
        "message": page.message,
        "click": page.click,
        "view_submit": page.view_submit,
        "view_close": page.view_close,
        "invite": page.invite,
        "channel": page.channel,
        "home": page.home,
        "shortcut": page.shortcut,
        "delete": page.delete,
        "archive": page.archive,
        "rename": page.rename,
        "kick": page.kick,
    }
    served = [web.post(f"/ui/{name}", _answered(slack, run)) for name, run in posts.items()]
    return [web.get("/ui/snapshot", page.snapshot), web.get("/ui/live", page.live), *served]


def _answered(
    slack: Slack, run: Callable[[str, Body], Awaitable[Body]]
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            body = read_json(await request.text())
            return web.json_response(await run(_acting(slack, str(body.get("user", ""))), body))
        except SlackError as error:
            return web.json_response(error.answer())
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            return web.json_response({"ok": False, "error": "invalid_arguments", "text": repr(error)}, status=400)

    return handle


def _acting(slack: Slack, user: str) -> str:
    """Return who acts; a page that does not know anybody yet acts as the first person there is."""
    people = (each.id for each in slack.workspace.users.values() if not each.is_bot)
    found = slack.workspace.user(user or next(people, ""))
    if found is None or found.is_bot:
        raise SlackError("user_not_found")
    return found.id


class Page:
    """What the page asks for and sends; each method gets the acting user's id and the request's body."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def snapshot(self, request: web.Request) -> web.Response:
        """Return everything a page draws for `user`."""
        slack = self._slack
        try:
            user = _acting(slack, request.query.get("user", ""))
        except SlackError as error:
            return web.json_response(error.answer(), status=404)
        workspace = slack.workspace
        channels, ims = workspace.channels.values(), [one for one in workspace.ims.values() if one.im_of == user]
        drawn = {
            "workspace": {"id": workspace.id, "name": workspace.name},
            "users": [asdict(one) for one in workspace.users.values()],
            "channels": [channel.summary() for channel in channels],
            "ims": [im.summary() for im in ims],
            "commands": [asdict(command) for command in slack.app.commands],
            "shortcuts": [asdict(shortcut) for shortcut in slack.app.shortcuts],
            "app": {"name": slack.app.name, "has_home": slack.app.has_home, "has_messages": slack.app.has_messages},
            "bot_user": slack.app.bot_user,
            "connected": slack.delivery.is_open,
            "messages": {channel.id: list(channel.messages.values()) for channel in (*channels, *ims)},
            "ephemerals": workspace.ephemerals.get(user, []),
            "views": slack.views.stack(user),
            "home": slack.views.home(user),
            "calls": list(slack.inspector.calls),
        }
        return web.json_response(drawn)

    async def live(self, request: web.Request) -> web.StreamResponse:
        """Stream the changes that `user` may see, as Server-Sent Events."""
        user = _acting(self._slack, request.query.get("user", ""))
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        with self._slack.live.subscribe() as changes:
            await response.prepare(request)
            try:
                await response.write(_FIRST_WORDS)
                while True:
                    try:
                        change = await asyncio.wait_for(changes.get(), timeout=_HEARTBEAT_SECONDS)
                    except TimeoutError:
                        await response.write(b": still here\n\n")
                        continue
                    if change is None:
                        break
                    if change.to in (None, user):
                        data = json.dumps(change.data)
                        await response.write(f"event: {change.name}\ndata: {data}\n\n".encode())
            except ConnectionError:
                pass
        return response

    async def message(self, user: str, body: Body) -> Body:
        """Post, or send a slash command."""
        thread_ts = body.get("thread_ts")
        channel = self._channel(user, body["channel"])
        result = await people.write(self._slack, user=user, channel=channel, text=body["text"], thread_ts=thread_ts)
        return result.body()

    async def click(self, user: str, body: Body) -> Body:
        """Press or choose."""
        values = body.get("state", {}).get("values") if isinstance(body.get("state"), dict) else None
        container, action = body["container"], body["action"]
        if container["type"] == "message":
            container = {**container, "channel": self._channel(user, container["channel"]).id}
        result = await interactions.click(self._slack, user=user, container=container, action=action, values=values)
        return result.body()

    async def view_submit(self, user: str, body: Body) -> Body:
        """Submit a modal."""
        values = body["state"]["values"]
        result = await interactions.submit(self._slack, user=user, view_id=body["view_id"], values=values)
        return result.body()

    async def view_close(self, user: str, body: Body) -> Body:
        """Close a modal."""
        return (await interactions.close_view(self._slack, user=user, view_id=body["view_id"])).body()

    async def invite(self, user: str, body: Body) -> Body:
        """Invite somebody, or the bot, into a channel."""
        invitee = self._slack.user(body["invitee"])
        membership.invite(self._slack, self._channel(user, body["channel"]), invitee.id, inviter=user)
        return {"ok": True}

    async def channel(self, user: str, body: Body) -> Body:
        """Create a channel."""
        created = membership.create_channel(self._slack, user=user, name=body["name"])
        return {"ok": True, "channel": copy.deepcopy(created.summary())}

    async def home(self, user: str, body: Body) -> Body:
        """Look at the app's home, or at its messages: `tab` is `home` or `messages`."""
        self._slack.open_home(user, tab=str(body.get("tab", "home")))
        return {"ok": True}

    async def shortcut(self, user: str, body: Body) -> Body:
        """Use a shortcut; with `channel` and `message_ts` that of a message."""
        channel = self._channel(user, body["channel"]) if body.get("channel") else None
        ts = body.get("message_ts")
        result = await use_shortcut(
            self._slack, user=user, callback_id=body["callback_id"], channel=channel, message_ts=ts
        )
        return result.body()

    async def delete(self, user: str, body: Body) -> Body:
        """Delete a message, whoever wrote it."""
        people.delete(self._slack, self._channel(user, body["channel"]), body["message_ts"])
        return {"ok": True}

    async def archive(self, user: str, body: Body) -> Body:
        """Archive a channel, or with `on` false open it again."""
        membership.archive(self._slack, self._channel(user, body["channel"]), by=user, on=bool(body.get("on", True)))
        return {"ok": True}

    async def rename(self, user: str, body: Body) -> Body:
        """Give a channel another name."""
        membership.rename(self._slack, self._channel(user, body["channel"]), str(body["name"]), by=user)
        return {"ok": True}

    async def kick(self, user: str, body: Body) -> Body:
        """Remove somebody (`member`), or without one the app, from a channel."""
        wanted = self._slack.user(str(body.get("member") or self._slack.app.bot_user))
        membership.kick(self._slack, self._channel(user, body["channel"]), wanted.id, by=user)
        return {"ok": True}

    def _channel(self, user: str, wanted: str) -> Channel:
        channel = self._slack.workspace.channel(wanted)
        if channel is None or channel.im_of not in (None, user):
            raise SlackError("channel_not_found")
        return channel
