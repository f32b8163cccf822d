"""Shortcuts from the composer or from a message's menu, as the app hears of them."""

from typing import Any

from sandbox.delivery import NoAnswerError
from sandbox.errors import SlackError
from sandbox.interactions import Result, no_answer, who
from sandbox.slack import Slack
from sandbox.workspace import Channel


async def use_shortcut(
    slack: Slack, *, user: str, callback_id: str, channel: Channel | None = None, message_ts: str | None = None
) -> Result:
    """Send a global shortcut, or with `channel` and `message_ts` one of a message.

    SlackError `shortcut_not_found` for one that the manifest does not declare for this place, `message_not_found`.
    """
    kind = "global" if message_ts is None else "message"
    known = {(one.kind, one.callback_id) for one in slack.app.shortcuts}
    if (kind, callback_id) not in known:
        raise SlackError("shortcut_not_found", known=sorted(name for of, name in known if of == kind))
    payload: dict[str, Any] = {
        **who(slack, user),
        "type": "shortcut",
        "callback_id": callback_id,
        "trigger_id": slack.triggers.issue(user),
        "action_ts": slack.workspace.new_ts(),
    }
    if message_ts is not None:
        payload |= _on_message(slack, user, channel, message_ts)
    try:
        await slack.delivery.ask("interactive", payload)
    except NoAnswerError as error:
        return no_answer(slack.app.name, error)
    return Result()


def _on_message(slack: Slack, user: str, channel: Channel | None, ts: str) -> dict[str, Any]:
    if channel is None or ts not in channel.messages:
        raise SlackError("message_not_found")
    message = channel.messages[ts]
    link = slack.responses.issue(user=user, channel=channel.id, message_ts=ts, thread_ts=message.get("thread_ts"))
    return {
        "type": "message_action",
        "message_ts": ts,
        "channel": {"id": channel.id, "name": channel.name},
        "message": slack.as_the_app_sees(message),
        "response_url": link,
    }
