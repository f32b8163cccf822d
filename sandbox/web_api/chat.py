"""chat.*: posting, changing and deleting messages."""

import json
from collections.abc import Mapping
from typing import Any, Final

from sandbox import limits
from sandbox.blockkit import validate_message
from sandbox.errors import RateLimitedError, SlackError, invalid_arguments, refuse_problems
from sandbox.faults import FaultKind
from sandbox.people import thread_of
from sandbox.views import fill_ids
from sandbox.web_api.call import Answer, Call, Method
from sandbox.workspace import Channel, Message


def _content(call: Call) -> Message:
    """Return text, blocks and metadata as they are kept; SlackError for what Slack would not show."""
    text, blocks = call.text("text"), call.structure("blocks")
    problems = validate_message({"text": text, "blocks": blocks})
    refuse_problems(problems)
    for problem in problems:
        call.slack.inspector.refuse("message", f"accepted, but {problem}", request=dict(call.arguments))
    content: Message = {"text": text or ""}
    if blocks:
        content["blocks"] = fill_ids(blocks, call.slack.chance)
    if metadata := _metadata(call):
        content["metadata"] = metadata
    return content


def _metadata(call: Call) -> dict[str, Any] | None:
    metadata = call.structure("metadata")
    if metadata is None or metadata == {}:
        return None
    if not isinstance(metadata, dict) or set(metadata) != {"event_type", "event_payload"}:
        raise SlackError("invalid_metadata_format")
    kind, payload = metadata["event_type"], metadata["event_payload"]
    if not isinstance(kind, str) or not kind or not isinstance(payload, dict):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata, ensure_ascii=False).encode(errors="replace")) > limits.METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return dict(metadata)


def _writable(call: Call) -> Channel:
    """Return the channel to write to: by id, by name, or by the id of the user it is a conversation with."""
    wanted, workspace = call.required("channel"), call.slack.workspace
    if wanted in workspace.users and not workspace.users[wanted].is_bot:
        channel = workspace.open_im(wanted, call.slack.app.bot_user)
    else:
        channel = call.slack.channel(wanted)
    if channel.is_archived:
        raise SlackError("is_archived")
    if call.slack.app.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    if channel.is_im and not call.slack.app.has_messages:
        raise SlackError("messages_tab_disabled")
    return channel


def _post_message(call: Call) -> Answer:
    channel = _writable(call)
    message = {**call.slack.by_the_app(), **_content(call)}
    if thread_ts := call.text("thread_ts"):
        message |= thread_of(channel, thread_ts)
    for name in ("unfurl_links", "unfurl_media"):
        message[name] = call.flag(name, default=name == "unfurl_media")
    _keep_pace(call, channel)
    posted = call.slack.post(channel, message)
    return {"channel": channel.id, "ts": posted["ts"], "message": call.slack.as_the_app_sees(posted, metadata=True)}


def _keep_pace(call: Call, channel: Channel) -> None:
    if FaultKind.ONE_MESSAGE_A_SECOND in call.faults and call.slack.pace.wait("message", channel.id, seconds=1.0):
        raise RateLimitedError(1)


def _own_message(call: Call, refusal: str) -> tuple[Channel, str]:
    channel, ts = call.channel(), call.required("ts")
    if ts not in channel.messages:
        raise SlackError("message_not_found")
    if channel.messages[ts]["user"] != call.slack.app.bot_user:
        raise SlackError(refusal)
    if channel.is_archived:
        raise SlackError("is_archived")
    return channel, ts


def _update(call: Call) -> Answer:
    """Change a message; blocks go when only `text` is sent, metadata stays when none is sent (chat.update's page)."""
    channel, ts = _own_message(call, "cant_update_message")
    blocks, text = call.structure("blocks"), call.text("text")
    kept = channel.messages[ts]
    if text is None and blocks is None and call.structure("metadata") is not None:
        changes: Message = {"metadata": _metadata(call)}
    else:
        changes = _content(call)
        if text is not None and not blocks:
            changes["blocks"] = None
            changes["edited"] = {"user": call.slack.app.bot_user, "ts": call.slack.workspace.new_ts()}
        if text is None:
            changes["text"] = kept["text"]
        if call.structure("metadata") == {}:
            changes["metadata"] = None
    changed = call.slack.as_the_app_sees(call.slack.edit(channel, ts, changes), metadata=True)
    return {"channel": channel.id, "ts": ts, "text": changed["text"], "message": changed}


def _delete(call: Call) -> Answer:
    channel, ts = _own_message(call, "cant_delete_message")
    call.slack.delete(channel, ts)
    return {"channel": channel.id, "ts": ts}


def _post_ephemeral(call: Call) -> Answer:
    channel = _writable(call)
    user = call.slack.workspace.users.get(call.required("user"))
    if user is None or user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    content = _content(call)
    content.pop("metadata", None)
    if thread_ts := call.text("thread_ts"):
        content["thread_ts"] = thread_of(channel, thread_ts)["thread_ts"]
    _keep_pace(call, channel)
    shown = call.slack.workspace.whisper(user.id, channel, {**call.slack.by_the_app(), **content})
    return {"message_ts": shown["ts"]}


def _get_permalink(call: Call) -> Answer:
    channel, ts = call.channel(), call.required("message_ts")
    if ts not in channel.messages:
        raise SlackError("message_not_found")
    # The address opens in the sandbox's page.
    address = f"{call.slack.responses.base_url}/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": address}


def _validate(call: Call) -> Answer:
    blocks = call.structure("blocks")
    if blocks is None:
        raise invalid_arguments("missing required field: blocks")
    refuse_problems(validate_message({"text": "-", "blocks": blocks}))
    return {}


METHODS: Final[Mapping[str, Method]] = {
    "chat.postMessage": Method(run=_post_message, scope="chat:write"),
    "chat.update": Method(run=_update, scope="chat:write"),
    "chat.delete": Method(run=_delete, scope="chat:write"),
    "chat.postEphemeral": Method(run=_post_ephemeral, scope="chat:write"),
    "chat.getPermalink": Method(run=_get_permalink),
    "blocks.validate": Method(run=_validate),
}
