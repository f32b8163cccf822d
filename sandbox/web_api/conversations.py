"""conversations.*: channels, their members and their history."""

import base64
import math
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from sandbox import limits, membership
from sandbox.errors import RateLimitedError, SlackError, invalid_arguments
from sandbox.faults import FaultKind
from sandbox.web_api.call import Answer, Call, Method
from sandbox.workspace import Channel, Message

# Private channels and conversations of several people may be asked for; there are none here.
_SCOPE_OF_TYPE: Final = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "mpim": "mpim:read",
    "im": "im:read",
}


def _described(call: Call, channel: Channel) -> dict[str, Any]:
    if channel.is_im:
        facts = {"id": channel.id, "user": channel.im_of, "created": channel.created, "is_im": True}
        return {**facts, "is_archived": False, "is_org_shared": False, "context_team_id": call.slack.workspace.id}
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
    wanted = [one.strip() for one in (call.text("types") or "public_channel").split(",")]
    if not _SCOPE_OF_TYPE.keys() >= set(wanted):
        raise SlackError("invalid_types")
    for needed in (_SCOPE_OF_TYPE[one] for one in wanted):
        if needed not in call.slack.app.scopes:
            raise SlackError("missing_scope", needed=needed, provided=",".join(sorted(call.slack.app.scopes)))
    workspace = call.slack.workspace
    channels = [*workspace.channels.values()] if "public_channel" in wanted else []
    if "im" in wanted:
        channels += workspace.ims.values()
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
        number = _decoded(cursor, "next:")
        if not re.fullmatch(r"[0-9]{1,9}", number):
            raise SlackError("invalid_cursor")
        start = int(number)
    end = start + limit
    return items[start:end], _encoded(f"next:{end}") if end < len(items) else ""


def _ts(call: Call, name: str, default: str) -> Decimal:
    try:
        ts = Decimal(call.text(name) or default)
    except InvalidOperation as error:
        raise SlackError(f"invalid_ts_{name}") from error
    if not ts.is_finite():
        raise SlackError(f"invalid_ts_{name}")
    return ts


def _between(call: Call, messages: list[Message]) -> list[Message]:
    """Return the messages between `oldest` and `latest`; both ends belong to it only when `inclusive`.

    Without either there is no end to be inclusive about, and `inclusive` means nothing.
    """
    oldest, latest = _ts(call, "oldest", "0"), _ts(call, "latest", "9999999999")
    if call.flag("inclusive") and (call.text("oldest") or call.text("latest")):
        return [one for one in messages if oldest <= Decimal(one["ts"]) <= latest]
    return [one for one in messages if oldest < Decimal(one["ts"]) < latest]


def _visible(call: Call, messages: Iterable[Message]) -> list[Message]:
    """Return the messages without those that a lagging Slack does not show yet."""
    age = call.faults.get(FaultKind.LATE_HISTORY)
    return [one for one in messages if age is None or call.slack.workspace.age(one["ts"]) >= age]


def _page_of_messages(call: Call, messages: list[Message], *, default: int, maximum: int) -> tuple[list[Message], str]:
    """Return one page, and the cursor of the next; it names the next message, so that new ones do not move it."""
    limit = min(max(call.number("limit", default=default), 1), maximum)
    start = 0
    if cursor := call.text("cursor"):
        ts = [one["ts"] for one in messages]
        wanted = _decoded(cursor, "next_ts:")
        descending = len(ts) > 1 and ts[0] > ts[-1]
        start = next(
            (index for index, one in enumerate(ts) if (one <= wanted if descending else one >= wanted)), len(ts)
        )
    end = start + limit
    return messages[start:end], _encoded(f"next_ts:{messages[end]['ts']}") if end < len(messages) else ""


def _encoded(cursor: str) -> str:
    return base64.b64encode(cursor.encode()).decode()


def _decoded(cursor: str, prefix: str) -> str:
    try:
        text = base64.b64decode(cursor, validate=True).decode()
    except ValueError as error:
        raise SlackError("invalid_cursor") from error
    if not text.startswith(prefix):
        raise SlackError("invalid_cursor")
    return text.removeprefix(prefix)


def _shown(call: Call, messages: list[Message], *, default: int) -> Answer:
    maximum = limits.HISTORY_PAGE_MAX
    if FaultKind.NON_MARKETPLACE in call.faults:
        default = maximum = limits.HISTORY_PAGE_NON_MARKETPLACE
    page, following = _page_of_messages(call, messages, default=default, maximum=maximum)
    metadata = call.flag("include_all_metadata") and FaultKind.HISTORY_WITHOUT_METADATA not in call.faults
    return {
        "messages": [call.slack.as_the_app_sees(one, metadata=metadata) for one in page],
        "has_more": bool(following),
        "response_metadata": {"next_cursor": following},
    }


def _history(call: Call) -> Answer:
    channel = call.joined_channel()
    _keep_pace(call, "conversations.history")
    messages = _visible(call, channel.messages.values())
    top = [one for one in messages if one.get("thread_ts", one["ts"]) == one["ts"]]
    return {**_shown(call, _between(call, top)[::-1], default=limits.HISTORY_PAGE), "pin_count": 0}


def _replies(call: Call) -> Answer:
    channel, ts = call.joined_channel(), call.required("ts")
    _keep_pace(call, "conversations.replies")
    message = next(iter(_visible(call, [channel.messages[ts]])), None) if ts in channel.messages else None
    if message is None:
        raise SlackError("thread_not_found")
    root = channel.messages.get(message.get("thread_ts", ts), message)
    replies = _between(call, _visible(call, channel.replies(root["ts"])))
    return _shown(call, [root, *replies], default=limits.REPLIES_PAGE)


def _keep_pace(call: Call, method: str) -> None:
    """Hold an app from outside the Marketplace to one call a minute."""
    if FaultKind.NON_MARKETPLACE in call.faults:
        minute = limits.NON_MARKETPLACE_SECONDS * call.slack.time_factor
        if left := call.slack.pace.wait(method, seconds=minute):
            raise RateLimitedError(max(1, math.ceil(left)))


def _open(call: Call) -> Answer:
    """Open the conversation with one user; those of several people are not modelled, and refused."""
    workspace, bot = call.slack.workspace, call.slack.app.bot_user
    wanted = call.text("users")
    if wanted is None:
        channel = call.channel()
    else:
        if "," in wanted:
            raise invalid_arguments("the sandbox models no conversations of several people [json-pointer:/users]")
        user = workspace.users.get(wanted)
        if user is None or user.is_bot:
            raise SlackError("cannot_dm_bot" if user else "user_not_found")
        channel = workspace.open_im(user.id, bot)
    shown = _described(call, channel) if call.flag("return_im") else {"id": channel.id}
    return {"channel": shown, "no_op": bool(channel.messages), "already_open": bool(channel.messages)}


def _join(call: Call) -> Answer:
    channel = call.channel()
    if channel.is_im:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    bot = call.slack.app.bot_user
    if bot not in channel.members:
        membership.invite(call.slack, channel, bot, inviter=bot)
    return {"channel": _described(call, channel)}


METHODS: Final[Mapping[str, Method]] = {
    "conversations.info": Method(run=_info, scope="channels:read"),
    # Its scopes depend on the types that are asked for.
    "conversations.list": Method(run=_list),
    "conversations.members": Method(run=_members, scope="channels:read"),
    "conversations.history": Method(run=_history, scope="channels:history"),
    "conversations.replies": Method(run=_replies, scope="channels:history"),
    "conversations.open": Method(run=_open, scope="im:write"),
    "conversations.join": Method(run=_join, scope="channels:join"),
}
