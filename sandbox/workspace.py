"""The workspace: people, channels, messages. In memory, and without an opinion on who may do what."""

import copy
import itertools
import math
import re
import time
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from sandbox.chance import LOGICAL_START, LogicalClock
from sandbox.live import Live

Message = dict[str, Any]

TEAM_ID: Final = "T0SANDBOX"
TEAM_NAME: Final = "Tidewiki"
TEAM_DOMAIN: Final = "tidewiki"
_COLOURS: Final = ("#2b6cb0", "#2f855a", "#b7791f", "#9b2c2c", "#6b46c1", "#2c7a7b", "#97266d")


def free_id(prefix: str, name: str, fallback: str, *, taken: Container[str]) -> str:
    """Return an id made from the letters A-Z and digits of a name, with a number behind it when it is taken."""
    stem = prefix + (re.sub(r"[^A-Z0-9]", "", name.upper()) or fallback)
    numbered = (f"{stem}{number}" for number in itertools.count(2))
    return next(one for one in itertools.chain((stem,), numbered) if one not in taken)


@dataclass(slots=True, kw_only=True)
class User:
    """Somebody with a seat, or the bot."""

    id: str
    name: str
    real_name: str
    color: str = _COLOURS[0]
    is_bot: bool = False
    is_admin: bool = False
    is_deactivated: bool = False


@dataclass(slots=True, kw_only=True)
class Channel:
    """A public channel, or (`im_of`) somebody's conversation with the app; `messages` by ts, oldest first."""

    id: str
    name: str
    topic: str = ""
    members: list[str] = field(default_factory=list)
    created: int = 0
    is_archived: bool = False
    messages: dict[str, Message] = field(default_factory=dict)
    im_of: str | None = None

    @property
    def is_im(self) -> bool:
        """Whether this is a direct message conversation."""
        return self.im_of is not None

    def summary(self) -> dict[str, Any]:
        """Return what the page shows of the channel."""
        shown = {"id": self.id, "name": self.name, "topic": self.topic, "members": list(self.members)}
        return {**shown, "is_archived": self.is_archived, "is_im": self.is_im, "user": self.im_of}

    def replies(self, thread_ts: str) -> list[Message]:
        """Return the replies in a thread, oldest first, without its parent."""
        return [one for one in self.messages.values() if one.get("thread_ts") == thread_ts and one["ts"] != thread_ts]


class Workspace:
    """The state of the sandbox. Users and channels are found by id or by name."""

    def __init__(self, live: Live, *, clock: Callable[[], float] = time.time) -> None:
        self.id, self.name, self.domain = TEAM_ID, TEAM_NAME, TEAM_DOMAIN
        self.clock = clock
        self._live = live
        self.clear()

    def clear(self) -> None:
        """Forget everybody and everything; a logical clock begins again."""
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.ims: dict[str, Channel] = {}
        self.ephemerals: dict[str, list[Message]] = {}
        self.last_ts = 0
        self.numbered = 0
        self._posted_at: dict[str, float] = {}
        if isinstance(self.clock, LogicalClock):
            self.clock.now = LOGICAL_START

    def new_ts(self) -> str:
        """Return a timestamp as Slack's messages have it: unique, and later than every earlier one."""
        if isinstance(self.clock, LogicalClock):
            self.clock.step()
        self.last_ts = max(int(self.clock() * 1_000_000), self.last_ts + 1)
        return f"{self.last_ts // 1_000_000}.{self.last_ts % 1_000_000:06d}"

    def new_id(self, letter: str) -> str:
        """Return an id of Slack's look that begins with `letter`."""
        self.numbered += 1
        return f"{letter}{self.numbered:08d}"

    def add_user(
        self,
        name: str,
        real_name: str,
        *,
        user_id: str = "",
        is_bot: bool = False,
        is_admin: bool = False,
        reserved: Iterable[str] = (),
    ) -> User:
        """Seat somebody; the id is made from the name, so that it is the same on every start.

        Whoever is named like somebody who is there already (by the letters that ids have) gets a number to the id.
        """
        color = _COLOURS[len(self.users) % len(_COLOURS)]
        user_id = user_id or free_id("U0", name, "USER", taken=(*self.users, *reserved))
        user = User(id=user_id, name=name, real_name=real_name, color=color, is_bot=is_bot, is_admin=is_admin)
        self.users[user.id] = user
        return user

    def add_channel(self, name: str, *, members: Iterable[str] = (), topic: str = "") -> Channel:
        """Create a channel; the id is made from the name."""
        channel_id = free_id("C0", name, "CHANNEL", taken=self.channels)
        created = int(self.clock())
        channel = Channel(id=channel_id, name=name, topic=topic, members=list(members), created=created)
        self.channels[channel.id] = channel
        self._live.publish("channel", {"channel": channel.summary()})
        return channel

    def open_im(self, user_id: str, bot_user: str) -> Channel:
        """Return the conversation of a user with the app, which is made when there is none yet."""
        channel_id = "D" + user_id.removeprefix("U")
        if channel_id not in self.ims:
            members, created = [user_id, bot_user], int(self.clock())
            im = Channel(id=channel_id, name="directmessage", members=members, created=created, im_of=user_id)
            self.ims[channel_id] = im
            self._live.publish("im", {"channel": im.summary()}, to=user_id)
        return self.ims[channel_id]

    def place(self, channel_id: str) -> Channel | None:
        """Return the channel or direct message conversation with this id."""
        return self.channels.get(channel_id) or self.ims.get(channel_id)

    def user(self, wanted: str) -> User | None:
        """Return the user with this id or name, written with or without `@`."""
        return self.users.get(wanted) or self._named(self.users.values(), wanted.lstrip("@"))

    def channel(self, wanted: str) -> Channel | None:
        """Return the channel with this id or name, written with or without `#`; a conversation by its id only."""
        return self.place(wanted) or self._named(self.channels.values(), wanted.lstrip("#"))

    @staticmethod
    def _named(candidates: Iterable[Any], name: str) -> Any:
        return next((one for one in candidates if one.name == name), None)

    def all_messages(self) -> list[Message]:
        """Return the messages of all channels and conversations, oldest first."""
        places = [*self.channels.values(), *self.ims.values()]
        messages = [one for channel in places for one in channel.messages.values()]
        return sorted(messages, key=lambda one: str(one["ts"]))

    def join(self, channel: Channel, user_id: str) -> None:
        """Add a member."""
        channel.members.append(user_id)
        self.show(channel)

    def show(self, channel: Channel) -> None:
        """Tell the pages how a channel is now."""
        self._live.publish("channel", {"channel": channel.summary()}, to=channel.im_of)

    def add(self, channel: Channel, message: Message) -> Message:
        """Keep a new message, give it its `ts`, and count it in its thread."""
        ts = self.new_ts()
        message = {"type": "message", "channel": channel.id, "ts": ts, **message}
        channel.messages[ts] = message
        self._posted_at[ts] = time.monotonic()
        self._live.publish("message", {"message": copy.deepcopy(message)}, to=channel.im_of)
        if parent := self._parent(channel, message):
            parent["thread_ts"] = parent["ts"]
            self._count_replies(channel, parent)
        return message

    def change(self, channel: Channel, ts: str, fields: dict[str, Any]) -> Message:
        """Replace fields of a message; a field that is None goes."""
        message = channel.messages[ts]
        message.update(fields)
        for name in [name for name, value in message.items() if value is None]:
            del message[name]
        self._live.publish("message", {"message": copy.deepcopy(message)}, to=channel.im_of)
        return message

    def remove(self, channel: Channel, ts: str) -> Message:
        """Delete a message; its replies stay."""
        message = channel.messages.pop(ts)
        self._live.publish("message_deleted", {"channel": channel.id, "ts": ts}, to=channel.im_of)
        if parent := self._parent(channel, message):
            self._count_replies(channel, parent)
        return message

    def age(self, ts: str) -> float:
        """Return how many real seconds ago a message was posted; one from an earlier run is as old as can be."""
        return time.monotonic() - self._posted_at.get(ts, -math.inf)

    def whisper(self, user_id: str, channel: Channel, message: Message) -> Message:
        """Show `user_id` a message that nobody else sees."""
        fields = {"type": "message", "channel": channel.id, "ts": self.new_ts(), "ephemeral": True}
        message = {**fields, **message}
        self.ephemerals.setdefault(user_id, []).append(message)
        self._live.publish("ephemeral", {"message": copy.deepcopy(message)}, to=user_id)
        return message

    def unwhisper(self, user_id: str, ts: str) -> None:
        """Take back what only `user_id` saw."""
        kept = [one for one in self.ephemerals.get(user_id, []) if one["ts"] != ts]
        gone = [one for one in self.ephemerals.get(user_id, []) if one["ts"] == ts]
        self.ephemerals[user_id] = kept
        for message in gone:
            self._live.publish("message_deleted", {"channel": message["channel"], "ts": ts}, to=user_id)

    def _parent(self, channel: Channel, message: Message) -> Message | None:
        thread_ts = message.get("thread_ts")
        return channel.messages.get(thread_ts) if thread_ts and thread_ts != message["ts"] else None

    def _count_replies(self, channel: Channel, parent: Message) -> None:
        replies = channel.replies(parent["ts"])
        people = list(dict.fromkeys(one["user"] for one in replies))
        self.change(
            channel,
            parent["ts"],
            {
                "reply_count": len(replies) or None,
                "reply_users": people or None,
                "reply_users_count": len(people) or None,
                "latest_reply": replies[-1]["ts"] if replies else None,
            },
        )
