"""The sandbox as a whole: its parts, and the deeds that both the app and people can do."""

import copy
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from sandbox import limits
from sandbox.errors import SlackError
from sandbox.faults import Faults
from sandbox.grants import Responses, Triggers
from sandbox.inspector import Inspector
from sandbox.live import Live
from sandbox.manifest import App
from sandbox.socket_mode import Sockets
from sandbox.views import Views
from sandbox.workspace import Channel, Message, Workspace

USERS: Final[Mapping[str, str]] = {
    "maya": "Maya (community)",
    "sam": "Sam (support)",
    "priya": "Priya (product)",
    "finn": "Finn (founder)",
}
CHANNELS: Final = ("mentions", "general", "product")
TOPICS: Final[Mapping[str, str]] = {
    "mentions": "What people say about us, one card a conversation",
    "general": "Invite the app here to see it say hello",
    "product": "What we build next",
}

# What an event of the app needs besides the subscription.
_SCOPE_OF_EVENT: Final = {
    "message.channels": "channels:history",
    "member_joined_channel": "channels:read",
    "app_mention": "app_mentions:read",
}
# Kept with a message, and shown by the API only to whoever asks, or never.
_HIDDEN: Final = ("channel", "metadata", "unfurl_links", "unfurl_media")


class Slack:
    """One workspace with one app installed; the bot is a member of the first channel only.

    `ack_seconds` (to acknowledge) and `trigger_seconds` (to open a view) are Slack's 3 s unless a test says otherwise.
    """

    def __init__(
        self,
        *,
        app: App,
        users: Mapping[str, str] = USERS,
        channels: tuple[str, ...] = CHANNELS,
        ack_seconds: float = limits.ACK_SECONDS,
        trigger_seconds: float = limits.TRIGGER_SECONDS,
        ping_seconds: float = 10.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.app = app
        self.live = Live()
        self.inspector = Inspector(self.live, clock)
        self.faults = Faults()
        self.workspace = Workspace(self.live, clock=clock)
        self.views = Views(self.workspace, app, self.live)
        self.triggers = Triggers(clock, seconds=trigger_seconds)
        self.responses = Responses(clock)
        self.sockets = Sockets(
            app_id=app.id,
            live=self.live,
            inspector=self.inspector,
            ack_seconds=ack_seconds,
            ping_seconds=ping_seconds,
        )
        people = [self.workspace.add_user(name, real_name).id for name, real_name in users.items()]
        handle = app.bot_user.removeprefix("U0").lower()
        self.workspace.add_user(handle, app.name, user_id=app.bot_user, is_bot=True)
        for number, name in enumerate(channels):
            members = [*people, app.bot_user] if number == 0 else people
            self.workspace.add_channel(name, members=members, topic=TOPICS.get(name, ""))

    def as_the_app_sees(self, message: Message, *, metadata: bool = False) -> Message:
        """Return a copy of a message as the Web API returns it."""
        hidden = tuple(name for name in _HIDDEN if not (metadata and name == "metadata"))
        return {name: copy.deepcopy(value) for name, value in message.items() if name not in hidden}

    def by_the_app(self) -> dict[str, Any]:
        """Return the fields that tell the app's messages from people's."""
        profile = {"id": self.app.bot_id, "app_id": self.app.id, "name": self.app.name, "team_id": self.workspace.id}
        return {
            "user": self.app.bot_user,
            "bot_id": self.app.bot_id,
            "app_id": self.app.id,
            "team": self.workspace.id,
            "bot_profile": {**profile, "deleted": False, "icons": {}, "updated": 0},
        }

    def post(self, channel: Channel, message: Message) -> Message:
        """Post a message, and tell the app if it is in the channel."""
        posted = self.workspace.add(channel, message)
        self._tell_of_message(channel, self.as_the_app_sees(posted))
        if f"<@{self.app.bot_user}>" in posted.get("text", "") and posted["user"] != self.app.bot_user:
            self._tell("app_mention", {**self.as_the_app_sees(posted), "type": "app_mention", "channel": channel.id})
        return posted

    def edit(self, channel: Channel, ts: str, fields: dict[str, Any]) -> Message:
        """Change a message, and tell the app."""
        before = self.as_the_app_sees(channel.messages[ts])
        changed = self.workspace.change(channel, ts, fields)
        event = {"message": self.as_the_app_sees(changed), "previous_message": before}
        self._tell_of_message(channel, {**event, "subtype": "message_changed", "hidden": True, "ts": ts})
        return changed

    def delete(self, channel: Channel, ts: str) -> None:
        """Delete a message, and tell the app."""
        removed = self.workspace.remove(channel, ts)
        event = {"previous_message": self.as_the_app_sees(removed), "deleted_ts": ts}
        self._tell_of_message(channel, {**event, "subtype": "message_deleted", "hidden": True, "ts": ts})

    def invite(self, channel: Channel, user_id: str, *, inviter: str) -> None:
        """Make somebody, or the bot, a member; SlackError `already_in_channel`."""
        if user_id in channel.members:
            raise SlackError("already_in_channel")
        self.workspace.join(channel, user_id)
        if self.app.bot_user in channel.members:
            who = {"user": user_id, "inviter": inviter, "channel": channel.id, "team": self.workspace.id}
            self._tell("member_joined_channel", {"type": "member_joined_channel", **who, "channel_type": "C"})
        text = f"<@{user_id}> has joined the channel"
        self.post(channel, {"subtype": "channel_join", "user": user_id, "text": text, "inviter": inviter})

    def open_home(self, user_id: str) -> None:
        """Tell the app that a user looks at its home."""
        event: dict[str, Any] = {"type": "app_home_opened", "user": user_id, "channel": "D0HOME", "tab": "home"}
        if view := self.views.home(user_id):
            event["view"] = copy.deepcopy(view)
        self._tell("app_home_opened", event)

    def _tell_of_message(self, channel: Channel, event: dict[str, Any]) -> None:
        if self.app.bot_user in channel.members:
            self._tell(
                "message.channels", {"type": "message", "channel": channel.id, "channel_type": "channel", **event}
            )

    def _tell(self, subscription: str, event: dict[str, Any]) -> None:
        needed = _SCOPE_OF_EVENT.get(subscription)
        if subscription not in self.app.events or (needed and needed not in self.app.scopes):
            lacking = needed if subscription in self.app.events else f"the subscription {subscription}"
            self.inspector.record("event", event["type"], ok=True, request=event, reason=f"not sent: no {lacking}")
            return
        now = self.workspace.clock()
        grant = {"team_id": self.workspace.id, "user_id": self.app.bot_user, "is_bot": True, "enterprise_id": None}
        self.sockets.tell(
            {
                "token": "sandbox",
                "team_id": self.workspace.id,
                "api_app_id": self.app.id,
                "event": {"event_ts": event.get("ts") or self.workspace.new_ts(), **event},
                "type": "event_callback",
                # Never the same again, also after a restart: an app remembers the ids it has seen.
                "event_id": f"Ev{secrets.token_hex(5).upper()}",
                "event_time": int(now),
                "authorizations": [{**grant, "is_enterprise_install": False}],
                "is_ext_shared_channel": False,
                "event_context": f"1-{event['type']}-{self.workspace.id}",
            }
        )
