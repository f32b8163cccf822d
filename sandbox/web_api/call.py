"""One call of a method: its arguments, however they were sent, and the sandbox to act on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from sandbox.errors import SlackError, invalid_arguments
from sandbox.faults import FaultKind
from sandbox.slack import Slack
from sandbox.strict_json import read_json
from sandbox.workspace import Channel, User

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The arguments of one call; each accessor raises SlackError `invalid_arguments` for a value of the wrong kind."""

    slack: Slack
    arguments: Mapping[str, Any]
    faults: Mapping[FaultKind, float] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """Return a string, or None when it was not sent or is empty."""
        value = self.arguments.get(name)
        if value is not None and not isinstance(value, str):
            raise invalid_arguments(f"must be a string [json-pointer:/{name}]")
        return value or None

    def required(self, name: str) -> str:
        """Return a string that must be there."""
        value = self.text(name)
        if value is None:
            raise invalid_arguments(f"missing required field: {name}")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a boolean; forms send `true`, `1` and the like."""
        value = self.arguments.get(name)
        return default if value is None else str(value).lower() in ("true", "1")

    def number(self, name: str, *, default: int) -> int:
        """Return a whole number."""
        try:
            return int(self.arguments.get(name) or default)
        except (TypeError, ValueError, OverflowError) as error:
            raise invalid_arguments(f"must be an integer [json-pointer:/{name}]") from error

    def structure(self, name: str) -> Any:
        """Return an object or array, sent as JSON text or (in a JSON body) as it is; None when it was not sent."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        try:
            return read_json(value) if value else None
        except ValueError as error:
            invalid = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}
            raise SlackError(invalid.get(name, "invalid_arguments")) from error

    def channel(self) -> Channel:
        """Return the channel with the id that was sent; SlackError `channel_not_found`."""
        return self.slack.place(self.required("channel"))

    def joined_channel(self) -> Channel:
        """Return the channel, which the bot must be a member of; SlackError `not_in_channel`."""
        channel = self.channel()
        if self.slack.app.bot_user not in channel.members:
            raise SlackError("not_in_channel")
        return channel

    def user(self) -> User:
        """Return the user with the id that was sent; SlackError `user_not_found`."""
        user = self.slack.workspace.users.get(self.required("user"))
        if user is None:
            raise SlackError("user_not_found")
        return user


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A method: what it does, and the scope that the token needs for it.

    A scope that begins with `channels:` is one with `im:` where the channel is a direct message conversation.
    """

    run: Callable[[Call], Answer]
    scope: str | None = None
    app_token: bool = False


async def read_arguments(request: web.Request) -> dict[str, Any]:
    """Return the arguments of a GET, a form or a JSON body.

    SlackError `invalid_json`, `json_not_object`, `invalid_form_data` or `invalid_charset` for a body that is none.
    """
    arguments: dict[str, Any] = dict(request.query)
    try:
        if request.content_type == "application/json":
            return arguments | _object(await request.text())
        fields = await request.post()
    except LookupError as error:
        raise SlackError("invalid_charset") from error
    except ValueError as error:
        raise SlackError("invalid_form_data") from error
    return arguments | {name: value for name, value in fields.items() if isinstance(value, str)}


def _object(text: str) -> dict[str, Any]:
    try:
        body = read_json(text or "{}")
    except ValueError as error:
        raise SlackError("invalid_json") from error
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return body
