"""What people do in the page, as the app hears of it: clicks, commands, filled-in modals."""

import copy
import re
from dataclasses import dataclass, field
from typing import Any, Final

from sandbox.blockkit import nested, validate_message, validate_view
from sandbox.delivery import NoAnswerError
from sandbox.errors import SlackError, refuse_problems
from sandbox.inputs import missing_answers, with_choice
from sandbox.slack import Slack
from sandbox.views import View, fill_ids
from sandbox.workspace import Channel, Message

_COMMAND: Final = re.compile(r"(/\S+)\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What the person sees at once: nothing (`ok`), or Slackbot's `text` about an `error`."""

    ok: bool = True
    error: str | None = None
    text: str | None = None
    response_action: str | None = None
    errors: dict[str, str] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """Return the answer for the page."""
        facts = {"error": self.error, "text": self.text, "errors": self.errors}
        return {"ok": self.ok, "response_action": self.response_action, **{k: v for k, v in facts.items() if v}}


def no_answer(what: str, error: NoAnswerError) -> Result:
    """Return what Slackbot says when the app did not acknowledge."""
    return Result(ok=False, error=str(error), text=f"{what} failed because the app did not respond")


def who(slack: Slack, user: str) -> dict[str, Any]:
    """Return the fields that every interaction carries."""
    name = slack.workspace.users[user].name
    return {
        "team": {"id": slack.workspace.id, "domain": slack.workspace.domain},
        "user": {"id": user, "username": name, "name": name, "team_id": slack.workspace.id},
        "api_app_id": slack.app.id,
        "token": "sandbox",
        "enterprise": None,
        "is_enterprise_install": False,
    }


async def command(slack: Slack, *, user: str, channel: Channel, text: str) -> Result:
    """Send a slash command; what the app acknowledges it with is shown to the user alone, or as it says."""
    found = _COMMAND.fullmatch(text.strip())
    word, rest = found.groups() if found else (text, "")
    if word not in {one.command for one in slack.app.commands}:
        return Result(ok=False, error="unknown_command", text=f"{word} is not a valid command.")
    payload = {
        "token": "sandbox",
        "team_id": slack.workspace.id,
        "team_domain": slack.workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": user,
        "user_name": slack.workspace.users[user].name,
        "command": word,
        "text": rest,
        "api_app_id": slack.app.id,
        "is_enterprise_install": "false",
        "response_url": slack.responses.issue(user=user, channel=channel.id),
        "trigger_id": slack.triggers.issue(user),
    }
    try:
        answer = await slack.delivery.ask("slash_commands", payload)
    except NoAnswerError as error:
        return no_answer(word, error)
    if answer and (answer.get("text") or answer.get("blocks")):
        return _say(slack, user, channel, answer, command=word)
    return Result()


def _say(slack: Slack, user: str, channel: Channel, answer: Message, *, command: str) -> Result:
    try:
        refuse_problems(validate_message(answer))
    except SlackError as error:
        slack.inspector.refuse(command, error.error, request=answer, response=error.answer())
        text = f'{command} failed with the error "invalid_command_response"'
        return Result(ok=False, error="invalid_command_response", text=text)
    message = {**slack.by_the_app(), **spoken(slack, answer)}
    if answer.get("response_type") == "in_channel":
        slack.post(channel, message)
    else:
        slack.workspace.whisper(user, channel, message)
    return Result()


def spoken(slack: Slack, answer: Message) -> Message:
    """Return `text` and `blocks` of an answer, as a message keeps them."""
    blocks = answer.get("blocks")
    return {"text": answer.get("text") or "", **({"blocks": fill_ids(blocks, slack.chance)} if blocks else {})}


async def click(
    slack: Slack,
    *,
    user: str,
    container: dict[str, Any],
    action: dict[str, Any],
    values: dict[str, Any] | None = None,
) -> Result:
    """Send a press or a choice in a message or a view; SlackError when that message or view is no longer there."""
    payload = {"type": "block_actions", **who(slack, user)}
    action = {**action, "action_ts": slack.workspace.new_ts()}
    if container["type"] == "view":
        payload |= _in_view(slack, user, container["view_id"], action, values)
        payload["trigger_id"] = slack.triggers.issue(user, view_id=container["view_id"])
    else:
        payload |= _in_message(slack, user, container)
        payload["state"] = {"values": with_choice(values or {}, action)}
        payload["trigger_id"] = slack.triggers.issue(user)
    try:
        await slack.delivery.ask("interactive", {**payload, "actions": [action]})
    except NoAnswerError as error:
        return no_answer(slack.app.name, error)
    return Result()


def _in_view(
    slack: Slack, user: str, view_id: str, action: dict[str, Any], values: dict[str, Any] | None
) -> dict[str, Any]:
    view = slack.views.looked_at(user, view_id)
    slack.views.remember(view_id, with_choice(view["state"]["values"] if values is None else values, action))
    return {"container": {"type": "view", "view_id": view["id"]}, "view": _sent(view)}


def _sent(view: View) -> View:
    """Return a view as it is sent to the app: without the errors that the client draws."""
    return {name: copy.deepcopy(value) for name, value in view.items() if name != "errors"}


def _in_message(slack: Slack, user: str, container: dict[str, Any]) -> dict[str, Any]:
    channel = slack.place(container["channel"])
    ts, ephemeral = container["message_ts"], bool(container.get("is_ephemeral"))
    whispered = slack.workspace.ephemerals.get(user, [])
    message = next((one for one in whispered if one["ts"] == ts), None) if ephemeral else channel.messages.get(ts)
    if message is None:
        raise SlackError("message_not_found")
    place = {"type": "message", "message_ts": ts, "channel_id": channel.id, "is_ephemeral": ephemeral}
    thread_ts = message.get("thread_ts")
    link = slack.responses.issue(user=user, channel=channel.id, message_ts=ts, thread_ts=thread_ts, ephemeral=ephemeral)
    return {
        "container": {**place, **({"thread_ts": thread_ts} if thread_ts else {})},
        "channel": {"id": channel.id, "name": channel.name},
        # An ephemeral message is not kept by Slack: the app is told of its container only.
        **({} if ephemeral else {"message": slack.as_the_app_sees(message)}),
        "response_url": link,
    }


async def submit(slack: Slack, *, user: str, view_id: str, values: dict[str, Any]) -> Result:
    """Send a filled-in modal, and do with it what the app answers; required fields left empty are refused before.

    SlackError `not_found` when it is closed, or somebody else's.
    """
    view = slack.views.looked_at(user, view_id, is_modal=True)
    slack.views.remember(view_id, values)
    if missing := missing_answers(view, values):
        slack.views.complain(view_id, missing)
        return Result(ok=False, response_action="errors", errors=missing)
    trigger_id = slack.triggers.issue(user, view_id=view_id)
    payload = {"type": "view_submission", **who(slack, user), "trigger_id": trigger_id}
    try:
        answer = await slack.delivery.ask("interactive", {**payload, "view": _sent(view), "response_urls": []})
    except NoAnswerError as error:
        return Result(ok=False, error=str(error), text="We had some trouble connecting. Try again?")
    try:
        return _after_submission(slack, user, view_id, answer or {})
    except SlackError as error:
        slack.inspector.refuse("view_submission", error.error, request=answer, response=error.answer())
        return Result(ok=False, error=error.error, text="We had some trouble connecting. Try again?")


def _after_submission(slack: Slack, user: str, view_id: str, answer: dict[str, Any]) -> Result:
    wanted = answer.get("response_action")
    if wanted not in (None, "errors", "update", "push", "clear"):
        raise SlackError("invalid_arguments")
    if wanted == "errors":
        return _show_errors(slack, view_id, answer.get("errors"))
    slack.views.complain(view_id, {})
    if wanted in ("update", "push"):
        view = answer.get("view")
        refuse_problems(validate_view(view if isinstance(view, dict) else {}), view=True)
        if wanted == "update":
            slack.views.update(view_id, answer["view"])
        else:
            slack.views.show(user, answer["view"])
    else:
        slack.views.close(view_id, all_of_stack=wanted == "clear")
    return Result(response_action=wanted)


def _show_errors(slack: Slack, view_id: str, errors: Any) -> Result:
    _, view = slack.views.find(view_id)
    asked = {block["block_id"] for block in nested(view["blocks"]) if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not asked.issuperset(errors):
        raise SlackError("invalid_arguments", hint="errors must name input blocks of the view", known=sorted(asked))
    if not all(isinstance(words, str) and words for words in errors.values()):
        raise SlackError("invalid_arguments", hint="each error must be words")
    slack.views.complain(view_id, errors)
    return Result(ok=False, response_action="errors", errors=errors)


async def close_view(slack: Slack, *, user: str, view_id: str) -> Result:
    """Close a modal, and tell the app where it asked to be told; SlackError `not_found` as in `submit`."""
    view = slack.views.looked_at(user, view_id, is_modal=True)
    for closed in slack.views.close(view_id, all_of_stack=view["clear_on_close"]):
        if closed["notify_on_close"]:
            payload = {"type": "view_closed", **who(slack, user), "view": _sent(closed), "is_cleared": False}
            try:
                await slack.delivery.ask("interactive", payload)
            except NoAnswerError as error:
                return no_answer(slack.app.name, error)
    return Result()
