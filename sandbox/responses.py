"""response_url: answers that an app sends in its own time, without a token."""

from typing import Any

from aiohttp import web

from sandbox.blockkit import validate_message
from sandbox.errors import SlackError, refuse_problems
from sandbox.grants import Response
from sandbox.interactions import spoken
from sandbox.people import thread_of
from sandbox.slack import Slack
from sandbox.strict_json import read_json
from sandbox.workspace import Channel


async def answer_response(slack: Slack, request: web.Request) -> web.Response:
    """Show, replace or delete what the app says through a response url: `ok`, or the error as plain text."""
    try:
        answer = read_json(await request.text())
        if not isinstance(answer, dict):
            raise SlackError("invalid_payload")  # noqa: TRY301 - the same answer as for a body that is no JSON
        _speak(slack, slack.responses.use(request.match_info["token"]), answer)
    except (ValueError, LookupError):
        return web.Response(status=400, text="invalid_payload")
    except SlackError as error:
        slack.inspector.refuse("response_url", error.error, response=error.answer())
        gone = error.error in ("used_url", "expired_url")
        return web.Response(status=404 if gone else 400, text=error.error)
    slack.inspector.record("api", "response_url", ok=True, request=answer, response={"ok": True})
    return web.Response(text="ok")


def _speak(slack: Slack, place: Response, answer: dict[str, Any]) -> None:
    channel = slack.place(place.channel)
    if answer.get("delete_original"):
        _delete(slack, channel, place)
        return
    refuse_problems(validate_message(answer))
    thread = _thread(channel, place, answer)
    message = spoken(slack, answer)
    if answer.get("replace_original") and place.message_ts and not place.ephemeral:
        if place.message_ts in channel.messages:
            slack.edit(channel, place.message_ts, {"blocks": None, **message})
        return
    if answer.get("replace_original") and place.message_ts:
        slack.workspace.unwhisper(place.user, place.message_ts)
    message |= {**slack.by_the_app(), **thread}
    if answer.get("response_type") == "in_channel":
        slack.post(channel, message)
    else:
        slack.workspace.whisper(place.user, channel, message)


def _delete(slack: Slack, channel: Channel, place: Response) -> None:
    if place.message_ts and place.ephemeral:
        slack.workspace.unwhisper(place.user, place.message_ts)
    elif place.message_ts in channel.messages:
        slack.delete(channel, str(place.message_ts))


def _thread(channel: Channel, place: Response, answer: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a reply: in the thread that the answer names, or in that of what was pressed."""
    wanted = answer.get("thread_ts")
    if wanted:
        return {"thread_ts": thread_of(channel, str(wanted))["thread_ts"]}
    return {"thread_ts": place.thread_ts} if place.thread_ts else {}
