"""Where every Web API call comes in: token, scope, fault, method, answer, in this order."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from sandbox.errors import RateLimitedError, SlackError
from sandbox.faults import FaultKind
from sandbox.manifest import APP_TOKEN, BOT_TOKEN
from sandbox.slack import Slack
from sandbox.web_api import chat, conversations, views, workspace
from sandbox.web_api.call import Answer, Call, Method, read_arguments

METHODS: Final[Mapping[str, Method]] = {
    **chat.METHODS,
    **conversations.METHODS,
    **views.METHODS,
    **workspace.METHODS,
}

# What stands for a token that was good until now.
_REFUSED: Final = "refused"


async def answer_call(slack: Slack, request: web.Request) -> web.StreamResponse:
    """Answer one call as Slack would, or with the fault that was ordered for it; the inspector keeps every call."""
    name = request.match_info["method"]
    faults = slack.faults.take(name)
    arguments: dict[str, Any] = {}
    headers: dict[str, str] = {}
    status = 200
    try:
        arguments = await read_arguments(request)
        token = _token(request, arguments)
        await _before(faults)
        method = _method(slack, name, _REFUSED if FaultKind.INVALID_AUTH in faults else token, arguments)
        body: Answer = {"ok": True, **method.run(Call(slack=slack, arguments=arguments, faults=faults))}
        if not method.app_token:
            headers["X-OAuth-Scopes"] = ",".join(sorted(slack.app.scopes))
    except RateLimitedError as error:
        status, body, headers["Retry-After"] = 429, error.answer(), str(error.retry_after)
    except SlackError as error:
        body = error.answer()
    except _Dropped:
        _record(slack, name, arguments, {"ok": False, "error": "connection dropped before the call was done"})
        return _drop(request)
    except _ServerError:
        _record(slack, name, arguments, {"ok": False, "error": "500"})
        return web.Response(status=500, text="Internal Server Error")
    if FaultKind.DROP_AFTER_WRITE in faults:
        _record(slack, name, arguments, {**body, "ok": False, "error": "done, but the connection dropped"})
        return _drop(request)
    if body.get("error") == "unknown_method":
        slack.inspector.refuse(name, "unknown_method: the sandbox does not model it", request=arguments, response=body)
    else:
        _record(slack, name, arguments, body)
    return web.json_response(body, status=status, headers=headers)


class _Dropped(Exception):  # noqa: N818 - not an error but an order
    """The connection is to be dropped before anything is done."""


class _ServerError(Exception):
    """Slack is to be broken."""


def _token(request: web.Request, arguments: dict[str, Any]) -> str | None:
    """Return the token from the header or the arguments, and take it out of these."""
    argument = arguments.pop("token", None)
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else argument


async def _before(faults: Mapping[FaultKind, float]) -> None:
    """Let happen what keeps a call from being done."""
    if FaultKind.SLOW in faults:
        await asyncio.sleep(faults[FaultKind.SLOW])
    if FaultKind.DROP_BEFORE_WRITE in faults:
        raise _Dropped
    if FaultKind.SERVER_ERROR in faults:
        raise _ServerError
    if FaultKind.RATE_LIMITED in faults:
        raise RateLimitedError(max(1, round(faults[FaultKind.RATE_LIMITED])))


def _method(slack: Slack, name: str, token: str | None, arguments: Mapping[str, Any]) -> Method:
    """Return the method, if it exists and the token may call it."""
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", req_method=name)
    if not token:
        raise SlackError("not_authed")
    if token not in (BOT_TOKEN, APP_TOKEN):
        raise SlackError("invalid_auth")
    if method.app_token != (token == APP_TOKEN):
        raise SlackError("not_allowed_token_type")
    needed = method.scope
    if needed and needed.startswith("channels:") and str(arguments.get("channel")) in slack.workspace.ims:
        needed = needed.replace("channels:", "im:")
    if needed and needed not in slack.app.scopes:
        raise SlackError("missing_scope", needed=needed, provided=",".join(sorted(slack.app.scopes)))
    return method


def _record(slack: Slack, name: str, arguments: dict[str, Any], body: Answer) -> None:
    slack.inspector.record("api", name, ok=body["ok"], request=arguments, response=body)


def _drop(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
