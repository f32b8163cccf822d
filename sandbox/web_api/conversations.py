"""conversations.*: channels, their members and their history."""

import base64
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from sandbox import limits
from sandbox.errors import SlackError
from sandbox.web_api.call import Answer, Call, Method
from sandbox.workspace import Channel, Message


def _described(call: Call, channel: Channel) -> dict[str, Any]:
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": False,
        "is_archived": channel.is_archived,
        "is_general": channel.name == "general",
        "is_member": call.slack.app.bot_user in channel.members,
        "created": channel.created,
        "context_team_id": call.slack.workspace.id,
        "num_members": len(channel.members),
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def _info(call: Call) -> Answer:
    return {"channel": _described(call, call.channel())}


def _list(call: Call) -> Answer:
    wanted = (call.text("types") or "public_channel").split(",")
    channels = call.slack.workspace.channels.values() if "public_channel" in wanted else ()
    hidden = call.flag("exclude_archived")
    described = [_described(call, one) for one in channels if not (hidden and one.is_archived)]
    page, following = _page(call, described, default=100)
    return {"channels": page, "response_metadata": {"next_cursor": following}}


def _members(call: Call) -> Answer:
    page, following = _page(call, call.channel().members, default=100)
    return {"members": page, "response_metadata": {"next_cursor": following}}


def _page(call: Call, items: list[Any], *, default: int) -> tuple[list[Any], str]:
    """Return one page of `items`, and the cursor of the next or an empty string."""
    limit = min(max(call.number("limit", default=default), 1), limits.HISTORY_PAGE_MAX)
    start = 0
    if cursor := call.text("cursor"):
        try:
            start = int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
        except ValueError as error:
            raise SlackError("invalid_cursor") from error
    end = start + limit
    return items[start:end], base64.b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""


def _ts(call: Call, name: str, default: str) -> Decimal:
    try:
        return Decimal(call.text(name) or default)
    except InvalidOperation as error:
        raise SlackError(f"invalid_ts_{name}") from error


def _between(call: Call, messages: list[Message]) -> list[Message]:
    """Return the messages between `oldest` and `latest`; both ends belong to it only when `inclusive`."""
    oldest, latest = _ts(call, "oldest", "0"), _ts(call, "latest", "9999999999")
    if call.flag("inclusive"):
        return [one for one in messages if oldest <= Decimal(one["ts"]) <= latest]
    return [one for one in messages if oldest < Decimal(one["ts"]) < latest]


def _shown(call: Call, messages: list[Message]) -> Answer:
    page, following = _page(call, messages, default=limits.HISTORY_PAGE)
    metadata = call.flag("include_all_metadata")
    return {
        "messages": [call.slack.as_the_app_sees(one, metadata=metadata) for one in page],
        "has_more": bool(following),
        "response_metadata": {"next_cursor": following},
    }


def _history(call: Call) -> Answer:
    messages = call.joined_channel().messages.values()
    top = [one for one in messages if one.get("thread_ts", one["ts"]) == one["ts"]]
    return {**_shown(call, _between(call, top)[::-1]), "pin_count": 0}


def _replies(call: Call) -> Answer:
    channel, ts = call.joined_channel(), call.required("ts")
    message = channel.messages.get(ts)
    if message is None:
        raise SlackError("thread_not_found")
    root = channel.messages.get(message.get("thread_ts", ts), message)
    return _shown(call, [root, *_between(call, channel.replies(root["ts"]))])


def _join(call: Call) -> Answer:
    channel = call.channel()
    if channel.is_archived:
        raise SlackError("is_archived")
    bot = call.slack.app.bot_user
    if bot not in channel.members:
        call.slack.invite(channel, bot, inviter=bot)
    return {"channel": _described(call, channel)}


METHODS: Final[Mapping[str, Method]] = {
    "conversations.info": Method(run=_info, scope="channels:read"),
    "conversations.list": Method(run=_list, scope="channels:read"),
    "conversations.members": Method(run=_members, scope="channels:read"),
    "conversations.history": Method(run=_history, scope="channels:history"),
    "conversations.replies": Method(run=_replies, scope="channels:history"),
    "conversations.join": Method(run=_join, scope="channels:join"),
}
