"""Who is in which channel, and what a channel is called: the deeds, and what the app hears of them."""

import re
from typing import Any, Final

from sandbox.errors import SlackError
from sandbox.slack import Slack
from sandbox.workspace import Channel

_CHANNEL_NAME: Final = re.compile(r"[a-z0-9_-]{1,80}")


def create_channel(slack: Slack, *, user: str, name: str) -> Channel:
    """Create a channel whose members are all people; SlackError `invalid_name` or `name_taken`."""
    _check_name(slack, name)
    people = [one.id for one in slack.workspace.users.values() if not one.is_bot]
    return slack.workspace.add_channel(name, members=[user, *(one for one in people if one != user)])


def invite(slack: Slack, channel: Channel, user_id: str, *, inviter: str) -> None:
    """Make somebody, or the bot, a member; SlackError `already_in_channel` or `is_archived`."""
    _check_open(channel)
    if user_id in channel.members:
        raise SlackError("already_in_channel")
    slack.workspace.join(channel, user_id)
    who = {"user": user_id, "inviter": inviter, "channel": channel.id, "team": slack.workspace.id}
    _tell(slack, channel, "member_joined_channel", {**who, "channel_type": "C"})
    text = f"<@{user_id}> has joined the channel"
    slack.post(channel, {"subtype": "channel_join", "user": user_id, "text": text, "inviter": inviter})


def kick(slack: Slack, channel: Channel, user_id: str, *, by: str) -> None:
    """Remove somebody, or the bot; SlackError `not_in_channel`. The bot hears no more of the channel than that."""
    if channel.is_im or user_id not in channel.members:
        raise SlackError("not_in_channel")
    if user_id == slack.app.bot_user:
        _tell(slack, channel, "channel_left", {"channel": channel.id, "actor_id": by})
    who = {"user": user_id, "channel": channel.id, "channel_type": "C", "team": slack.workspace.id}
    channel.members.remove(user_id)
    _tell(slack, channel, "member_left_channel", who)
    slack.workspace.show(channel)
    text = f"<@{user_id}> was removed from the channel"
    slack.post(channel, {"subtype": "channel_leave", "user": user_id, "text": text})


def archive(slack: Slack, channel: Channel, *, by: str, on: bool = True) -> None:
    """Archive a channel, or open it again; SlackError `already_archived` or `not_archived`."""
    if channel.is_im:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived == on:
        raise SlackError("already_archived" if on else "not_archived")
    word = "archive" if on else "unarchive"
    slack.post(channel, {"subtype": f"channel_{word}", "user": by, "text": f"{word}d the channel"})
    channel.is_archived = on
    slack.workspace.show(channel)
    _tell(slack, channel, f"channel_{word}", {"channel": channel.id, "user": by})


def rename(slack: Slack, channel: Channel, name: str, *, by: str) -> None:
    """Give a channel another name; SlackError `invalid_name`, `name_taken` or `is_archived`."""
    _check_open(channel)
    _check_name(slack, name)
    old, channel.name = channel.name, name
    slack.workspace.show(channel)
    changed = {"id": channel.id, "name": name, "name_normalized": name, "created": channel.created}
    _tell(slack, channel, "channel_rename", {"channel": changed})
    text = f'has renamed the channel from "{old}" to "{name}"'
    slack.post(channel, {"subtype": "channel_name", "user": by, "text": text, "old_name": old, "name": name})


def _tell(slack: Slack, channel: Channel, event_type: str, event: dict[str, Any]) -> None:
    if slack.app.bot_user in channel.members:
        slack.tell(event_type, {"type": event_type, **event})


def _check_open(channel: Channel) -> None:
    if channel.is_im:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")


def _check_name(slack: Slack, name: str) -> None:
    if not _CHANNEL_NAME.fullmatch(name):
        raise SlackError("invalid_name")
    if slack.workspace.channel(name):
        raise SlackError("name_taken")
