"""What a person at the page can do with words: write, answer in a thread, send a slash command, delete a message."""

import re
from typing import Any, Final

from sandbox import interactions
from sandbox.errors import SlackError
from sandbox.interactions import Result
from sandbox.slack import Slack
from sandbox.workspace import Channel, Message

_ID_MENTION: Final = re.compile(r"&lt;([@#][A-Z0-9]+)&gt;")
# Up to what ends a sentence rather than the address.
_ADDRESS: Final = re.compile(
    r"(?<![<\w])https?://(?:(?!&[lg]t;)\S)+?(?=[.,;:!?)\]'\"]*(?:\s|&[lg]t;|\Z))", re.IGNORECASE
)


def composed(slack: Slack, text: str) -> str:
    """Return what a person typed as Slack's client sends it: escaped, with names as mentions and addresses as links."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = _ID_MENTION.sub(r"<\1>", escaped)
    for user in sorted(slack.workspace.users.values(), key=lambda one: -len(one.real_name)):
        for name in (user.real_name, user.name):
            escaped = re.sub(rf"(?<!<)@{re.escape(name)}(?!\w)", f"<@{user.id}>", escaped)
    return _ADDRESS.sub(r"<\g<0>>", escaped)


async def write(slack: Slack, *, user: str, channel: Channel, text: str, thread_ts: str | None = None) -> Result:
    """Send what a person typed: a message, or a slash command when it begins with one."""
    if text.startswith("/"):
        if thread_ts:
            word = text.split(maxsplit=1)[0]
            said = f"{word} is not supported in threads. Sorry!"
            return Result(ok=False, error="not_supported_in_threads", text=said)
        return await interactions.command(slack, user=user, channel=channel, text=text)
    post(slack, user=user, channel=channel, text=text, thread_ts=thread_ts)
    return Result()


def post(slack: Slack, *, user: str, channel: Channel, text: str, thread_ts: str | None = None) -> Message:
    """Post a person's message; SlackError `no_text`, `is_archived`, `not_in_channel` or `thread_not_found`."""
    if not text.strip():
        raise SlackError("no_text")
    if channel.is_archived:
        raise SlackError("is_archived")
    if user not in channel.members:
        raise SlackError("not_in_channel")
    message: dict[str, Any] = {"user": user, "team": slack.workspace.id, "text": composed(slack, text)}
    if thread_ts:
        message |= thread_of(channel, thread_ts)
    return slack.post(channel, message)


def thread_of(channel: Channel, ts: str) -> dict[str, Any]:
    """Return the fields of a reply to the message `ts`; SlackError `thread_not_found` when there is none.

    There are no threads in threads: a reply to a reply stands beside it.
    """
    answered = channel.messages.get(ts)
    if answered is None:
        raise SlackError("thread_not_found")
    root = answered.get("thread_ts") or ts
    return {"thread_ts": root, "parent_user_id": channel.messages.get(root, answered)["user"]}


def delete(slack: Slack, channel: Channel, ts: str) -> None:
    """Delete a message by hand, as a workspace admin may; SlackError `message_not_found`."""
    if ts not in channel.messages:
        raise SlackError("message_not_found")
    slack.delete(channel, ts)
