"""The sandbox as a whole: its parts, and the deeds that both the app and people can do."""

import copy
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sandbox import limits
from sandbox.chance import Chance, LogicalClock
from sandbox.delivery import Delivery, Means
from sandbox.errors import SlackError
from sandbox.faults import Faults, Pace
from sandbox.grants import Responses, Triggers
from sandbox.hooks import SIGNING_SECRET, Hooks
from sandbox.inspector import Inspector
from sandbox.live import Live
from sandbox.manifest import App
from sandbox.socket_mode import Sockets
from sandbox.views import Views
from sandbox.workspace import Channel, Message, User, Workspace

USERS: Final[Mapping[str, str]] = {
    "maya": "Maya (community)",
    "sam": "Sam (support)",
    "priya": "Priya (product)",
    "finn": "Finn (founder)",
}
ADMINS: Final = frozenset({"finn"})
CHANNELS: Final = ("mentions", "general", "product")
# A minute of Slack's as 16 hours; far beyond it, pauses are no numbers any more.
SLOWEST: Final = 1_000.0
TOPICS: Final[Mapping[str, str]] = {
    "mentions": "What people say about us, one card a conversation",
    "general": "Invite the app here to see it say hello",
    "product": "What we build next",
}

# What an event of the app needs besides the subscription (the event pages of docs.slack.dev).
_SCOPE_OF_EVENT: Final = {
    "message.channels": "channels:history",
    "message.im": "im:history",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "channel_left": "channels:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_rename": "channels:read",
    "user_change": "users:read",
    "app_mention": "app_mentions:read",
}
# Kept with a message, and shown by the API only to whoever asks, or never.
_HIDDEN: Final = ("channel", "metadata", "unfurl_links", "unfurl_media")


class Slack:
    """One workspace with one app installed; the bot is a member of the first channel only.

    `ack_seconds` (to acknowledge) and `trigger_seconds` (to open a view) are Slack's 3 s unless a test says otherwise;
    `time_factor` scales Slack's minutes: the pauses between retries, and the one call a minute outside the Marketplace.
    `ping_seconds` lie between two pings to a socket.
    With a `seed`, ids, tokens and timestamps follow from it and from what happens, and from nothing else;
    `clock` gives the time of messages instead, in epoch seconds. What expires does so in real time.
    ValueError for somebody without a name, and for no channel or two of the same name.
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
        time_factor: float = 1.0,
        seed: str | None = None,
        clock: Callable[[], float] | None = None,
    ) -> None:
        _check_names(users, channels)
        self.app = app
        self._first = (app, dict(users), channels)
        self.chance = Chance(seed)
        self.live = Live()
        clock = clock or (time.time if seed is None else LogicalClock())
        self.inspector = Inspector(self.live, clock)
        self.faults = Faults()
        self.pace = Pace()
        self.workspace = Workspace(self.live, clock=clock)
        self.views = Views(self.workspace, app, self.live, self.chance)
        self.triggers = Triggers(self.chance, seconds=trigger_seconds)
        self.responses = Responses(self.chance)
        self._means = Means(
            live=self.live,
            inspector=self.inspector,
            chance=self.chance,
            ack_seconds=ack_seconds,
            time_factor=time_factor,
        )
        self.sockets = Sockets(self._means, app_id=app.id, ping_seconds=ping_seconds)
        self.hooks: Hooks | None = None
        self._people()

    def _people(self) -> None:
        """Fill the workspace with those who are there at first."""
        app, users, channels = self._first
        bot = (app.bot_user,)
        people = [
            self.workspace.add_user(name, real_name, is_admin=name in ADMINS, reserved=bot).id
            for name, real_name in users.items()
        ]
        handle = app.bot_user.removeprefix("U0").lower()
        self.workspace.add_user(handle, app.name, user_id=app.bot_user, is_bot=True)
        for number, name in enumerate(channels):
            members = [*people, app.bot_user] if number == 0 else people
            self.workspace.add_channel(name, members=members, topic=TOPICS.get(name, ""))
        for person in people:
            self.workspace.open_im(person, app.bot_user)

    def reset(self) -> None:
        """Begin again as on the first start; sockets stay open, and open pages read everything anew.

        Nothing of the old world reaches the app any more, and the ids of what happens then are new to it.
        """
        self.app = self._first[0]
        for way in (self.sockets, self.hooks):
            if way:
                way.forget()
        for lasting in (self.triggers, self.responses, self.pace):
            lasting.clear()
        self.chance.start_over()
        self.faults.clear()
        self.sockets.work_again()
        self.time_factor = self._means.time_factor
        self.views.clear()
        self.inspector.calls.clear()
        self.workspace.clear()
        self._people()
        self.live.close()

    @property
    def delivery(self) -> Delivery:
        """Return the way to the app: its sockets, or its request URL where one was given."""
        return self.hooks or self.sockets

    @property
    def time_factor(self) -> float:
        """Return the factor on Slack's minutes; a thousandth makes a minute 60 ms."""
        return self.sockets.time_factor

    @time_factor.setter
    def time_factor(self, factor: float) -> None:
        self.sockets.time_factor = factor
        if self.hooks:
            self.hooks.time_factor = factor

    async def deliver_to(self, url: str, *, signing_secret: str = SIGNING_SECRET) -> None:
        """Post everything to this request URL from now on, instead of sending it through sockets; ValueError."""
        if not re.match(r"https?://[^/\s]", url):
            raise ValueError(f"the request URL must begin with http:// or https://, not {url!r}")
        if self.hooks:
            await self.hooks.close()
        self.hooks = Hooks(self._means, url, signing_secret=signing_secret)
        self.hooks.time_factor = self.time_factor
        self.hooks.start()

    def user(self, wanted: str) -> User:
        """Return the user with this id or name; SlackError `user_not_found`."""
        if found := self.workspace.user(wanted):
            return found
        raise SlackError("user_not_found")

    def channel(self, wanted: str) -> Channel:
        """Return the channel with this id or name, or the conversation with this id; SlackError `channel_not_found`."""
        if found := self.workspace.channel(wanted):
            return found
        raise SlackError("channel_not_found")

    def place(self, channel_id: str) -> Channel:
        """Return the channel or conversation with this id; SlackError `channel_not_found`."""
        if found := self.workspace.place(channel_id):
            return found
        raise SlackError("channel_not_found")

    def grant(self, scopes: Iterable[str]) -> None:
        """Replace the app's scopes, as a new installation would."""
        self.app = replace(self.app, scopes=frozenset(scopes))

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
            self.tell("app_mention", {**self.as_the_app_sees(posted), "type": "app_mention", "channel": channel.id})
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

    def open_home(self, user_id: str, *, tab: str = "home") -> None:
        """Tell the app that a user looks at its home, or at its messages (`tab`)."""
        place = self.workspace.open_im(user_id, self.app.bot_user)
        event: dict[str, Any] = {"type": "app_home_opened", "user": user_id, "channel": place.id, "tab": tab}
        if tab == "home" and (view := self.views.home(user_id)):
            event["view"] = copy.deepcopy(view)
        self.tell("app_home_opened", event)

    def _tell_of_message(self, channel: Channel, event: dict[str, Any]) -> None:
        if self.app.bot_user in channel.members:
            kind = ("message.im", "im") if channel.is_im else ("message.channels", "channel")
            self.tell(kind[0], {"type": "message", "channel": channel.id, "channel_type": kind[1], **event})

    def tell(self, subscription: str, event: dict[str, Any]) -> None:
        """Send the app an event if it subscribed to it and may hear of it."""
        needed = _SCOPE_OF_EVENT.get(subscription)
        if subscription not in self.app.events or (needed and needed not in self.app.scopes):
            lacking = needed if subscription in self.app.events else f"the subscription {subscription}"
            self.inspector.record("event", event["type"], ok=True, request=event, reason=f"not sent: no {lacking}")
            return
        now = self.workspace.clock()
        grant = {"team_id": self.workspace.id, "user_id": self.app.bot_user, "is_bot": True, "enterprise_id": None}
        self.delivery.tell(
            {
                "token": "sandbox",
                "team_id": self.workspace.id,
                "api_app_id": self.app.id,
                "event": {"event_ts": event.get("ts") or self.workspace.new_ts(), **event},
                "type": "event_callback",
                # New also after a reset, because an app remembers the ids it has seen. Only a restart with a seed and
                # without a state repeats them.
                "event_id": f"Ev{self.chance.hex('event', 5).upper()}",
                "event_time": int(now),
                "authorizations": [{**grant, "is_enterprise_install": False}],
                "is_ext_shared_channel": False,
                "event_context": f"1-{event['type']}-{self.workspace.id}",
            }
        )


def _check_names(users: Iterable[str], channels: Sequence[str]) -> None:
    if not all(name.strip() for name in users):
        raise ValueError("everybody in the workspace needs a name")
    if not channels or not all(name.strip() for name in channels):
        raise ValueError("there must be a channel, and every channel needs a name")
    if twice := sorted({name for name in channels if list(channels).count(name) > 1}):
        raise ValueError(f"the channel {twice[0]} stands twice among the channels")
