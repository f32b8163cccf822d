"""People for tests: what they see, what they do, and what comes of it, so that a test reads as their day.

    async with start_sandbox() as slack:
        card = await slack.wait_for_message(channel="mentions", containing="Question")
        outcome = await slack.click("Interact", on=card, by="maya")
        await slack.wait_for_message(channel="mentions", containing="nobody has it yet")

People and channels are named by name or id. Everything handed out is a copy, as it looked at that moment.
"""

import copy
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from sandbox import interactions, membership, people, users
from sandbox.faults import Faults
from sandbox.inspector import Inspector
from sandbox.interactions import Result
from sandbox.outcome import Outcome, first_reaction, outcome_of
from sandbox.pressing import action_for, filled_in, words_of
from sandbox.shortcuts import use_shortcut
from sandbox.slack import Slack
from sandbox.views import View
from sandbox.workspace import Channel, Message, Workspace

T = TypeVar("T")

# How long a person looks for a reaction of the app before going on.
_PATIENCE = 3.0


class Actor:
    """Everybody in the workspace. `url` is the page's address, `api_url` what the app takes as SLACK_API_URL."""

    def __init__(self, slack: Slack, address: str) -> None:
        self.slack = slack
        self.url = f"{address}/"
        self.api_url = f"{address}/api/"
        self.workspace: Workspace = slack.workspace
        self.faults: Faults = slack.faults
        self.inspector: Inspector = slack.inspector

    # What people see.

    def messages(self, channel: str, *, containing: str = "") -> list[Message]:
        """Return the messages of a channel, replies among them, oldest first."""
        kept = self.channel(channel).messages.values()
        return [copy.deepcopy(one) for one in kept if containing in words_of(one)]

    def replies(self, message: Message) -> list[Message]:
        """Return the thread under a message, oldest first."""
        return copy.deepcopy(self.channel(message["channel"]).replies(message["ts"]))

    def current(self, message: Message) -> Message | None:
        """Return a message as it stands now, or None when it was deleted."""
        return copy.deepcopy(self.channel(message["channel"]).messages.get(message["ts"]))

    def ephemerals(self, user: str, *, containing: str = "") -> list[Message]:
        """Return what only this person saw, oldest first."""
        seen = self.workspace.ephemerals.get(self.user(user), [])
        return [copy.deepcopy(one) for one in seen if containing in words_of(one)]

    def view(self, user: str) -> View | None:
        """Return the modal this person looks at."""
        stack = self.slack.views.stack(self.user(user))
        return copy.deepcopy(stack[-1]) if stack else None

    def home(self, user: str) -> View | None:
        """Return this person's app home."""
        return copy.deepcopy(self.slack.views.home(self.user(user)))

    async def wait_for(self, found: Callable[[], T], timeout: float = 5.0) -> T:  # noqa: ASYNC109 - reads as a sentence
        """Return the first truthy answer of `found`; TimeoutError after `timeout` seconds."""
        return await self.slack.live.wait_until(found, seconds=timeout)

    async def wait_for_message(
        self, *, channel: str, containing: str = "", thread_of: Message | None = None, seconds: float = 5.0
    ) -> Message:
        """Return the newest message (or reply in the thread of `thread_of`) with these words on it."""

        def newest() -> Message | None:
            found = self.messages(channel, containing=containing)
            if thread_of:
                found = [one for one in found if one.get("thread_ts") == thread_of["ts"] != one["ts"]]
            return found[-1] if found else None

        return await self._await(newest, f"message with {containing!r} in {channel}", seconds)

    async def wait_for_ephemeral(self, *, to: str, containing: str = "", seconds: float = 5.0) -> Message:
        """Return the newest message that only `to` sees with these words on it."""
        what = f"ephemeral message with {containing!r} to {to}"
        return await self._await(
            lambda: next(reversed(self.ephemerals(to, containing=containing)), None), what, seconds
        )

    async def wait_for_view(self, *, by: str, containing: str = "", seconds: float = 5.0) -> View:
        """Return the top modal of `by` once these words stand on it."""
        return await self._await(lambda: _reads(self.view(by), containing), f"modal with {containing!r}", seconds)

    async def wait_for_home(self, *, by: str, containing: str = "", seconds: float = 5.0) -> View:
        """Return the app home of `by` once these words stand on it."""
        return await self._await(lambda: _reads(self.home(by), containing), f"home with {containing!r}", seconds)

    async def wait_until_connected(self, *, seconds: float = 10.0) -> None:
        """Return when the app can be told of events."""
        await self._await(lambda: self.slack.delivery.is_open or None, "connection of the app", seconds)

    async def _await(self, found: Callable[[], T | None], what: str, seconds: float) -> T:
        try:
            answer = await self.wait_for(found, timeout=seconds)
        except TimeoutError as error:
            seen = "\n".join(words_of(one) for one in self.slack.workspace.all_messages()[-10:])
            raise TimeoutError(f"no {what} within {seconds} s. The latest messages:\n{seen}") from error
        assert answer is not None  # noqa: S101 - wait_for returns truthy answers only
        return answer

    # What people do.

    async def click(
        self, wanted: str, *, on: Mapping[str, Any], by: str, choose: Any = None, patience: float = _PATIENCE
    ) -> Outcome:
        """Press the button (or overflow option) that reads `wanted`, or choose in the menu with that action_id.

        `on` is a message or view as the person saw it, perhaps long ago. LookupError when nothing there reads `wanted`.
        """
        user, action = self.user(by), action_for(on, wanted, choose=choose)
        if on["type"] != "message":
            container: dict[str, Any] = {"type": "view", "view_id": on["id"]}
            values = filled_in(on, {}) | on["state"]["values"]
        else:
            container = {"type": "message", "channel": on["channel"], "message_ts": on["ts"]}
            container["is_ephemeral"] = on.get("ephemeral", False)
            values = None
        deed = interactions.click(self.slack, user=user, container=container, action=action, values=values)
        return await self._seen(deed, user, on, patience=patience)

    async def command(self, text: str, *, by: str, channel: str, patience: float = _PATIENCE) -> Outcome:
        """Type a slash command."""
        user, place = self.user(by), self.channel(channel)
        deed = interactions.command(self.slack, user=user, channel=place, text=text)
        return await self._seen(deed, user, patience=patience)

    async def submit(self, view: View, answers: Mapping[str, Any] | None = None, *, by: str) -> Outcome:
        """Fill in a modal, by block_id, action_id or label, and submit it; what is not named keeps its first value."""
        user, values = self.user(by), filled_in(view, answers or {})
        deed = interactions.submit(self.slack, user=user, view_id=view["id"], values=values)
        return await self._seen(deed, user, view, patience=0)

    async def close(self, view: View, *, by: str) -> Result:
        """Close a modal with its cross."""
        return await interactions.close_view(self.slack, user=self.user(by), view_id=view["id"])

    async def say(self, text: str, *, by: str, channel: str, thread_of: Message | None = None) -> Message:
        """Write a message."""
        thread_ts = thread_of["ts"] if thread_of else None
        place = self.channel(channel)
        return copy.deepcopy(people.post(self.slack, user=self.user(by), channel=place, text=text, thread_ts=thread_ts))

    async def invite_bot(self, channel: str, *, by: str) -> None:
        """Invite the app into a channel."""
        membership.invite(self.slack, self.channel(channel), self.slack.app.bot_user, inviter=self.user(by))

    async def kick_bot(self, channel: str, *, by: str) -> None:
        """Remove the app from a channel."""
        membership.kick(self.slack, self.channel(channel), self.slack.app.bot_user, by=self.user(by))

    async def archive(self, channel: str, *, by: str, on: bool = True) -> None:
        """Archive a channel, or open it again."""
        membership.archive(self.slack, self.channel(channel), by=self.user(by), on=on)

    async def rename(self, channel: str, name: str, *, by: str) -> None:
        """Give a channel another name."""
        membership.rename(self.slack, self.channel(channel), name, by=self.user(by))

    async def deactivate(self, user: str, *, on: bool = True) -> None:
        """Take somebody's seat in the workspace away, or give it back."""
        users.deactivate(self.slack, self.slack.user(user), on=on)

    async def delete(self, message: Message) -> None:
        """Delete a message by hand, as an admin of the workspace may."""
        people.delete(self.slack, self.channel(message["channel"]), message["ts"])

    async def shortcut(
        self, callback_id: str, *, by: str, on: Message | None = None, patience: float = _PATIENCE
    ) -> Outcome:
        """Use a global shortcut, or one of the message `on`."""
        user, channel, ts = self.user(by), self.channel(on["channel"]) if on else None, on["ts"] if on else None
        deed = use_shortcut(self.slack, user=user, callback_id=callback_id, channel=channel, message_ts=ts)
        return await self._seen(deed, user, on, patience=patience)

    async def _seen(
        self, deed: Awaitable[Result], user: str, on: Mapping[str, Any] | None = None, *, patience: float
    ) -> Outcome:
        """Return what came of a deed on a message or view; it begins only here, so that no reaction is missed."""
        with self.slack.live.subscribe() as changes:
            result = await deed
            seen = await first_reaction(changes, user, on or {}, patience if result.ok else 0)
        message = self.current(dict(on)) if on and on["type"] == "message" else None
        return outcome_of(result, seen, user, message)

    async def open_home(self, *, by: str) -> None:
        """Look at the app's home."""
        self.slack.open_home(self.user(by))

    def im(self, user: str) -> str:
        """Return the id of this person's conversation with the app."""
        return self.workspace.open_im(self.user(user), self.slack.app.bot_user).id

    def channel(self, wanted: str) -> Channel:
        """Return the channel with this name or id; LookupError."""
        if found := self.workspace.channel(wanted):
            return found
        raise LookupError(f"no channel {wanted!r}")

    def user(self, wanted: str) -> str:
        """Return the id of the person with this name or id; LookupError."""
        if found := self.workspace.user(wanted):
            return found.id
        raise LookupError(f"nobody is called {wanted!r}")


def _reads(view: View | None, words: str) -> View | None:
    return view if view and words in words_of(view) else None
