"""What comes back to a person in a test: the app's first reaction, or Slackbot's refusal."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.interactions import Result
from sandbox.live import Change
from sandbox.pressing import words_of
from sandbox.views import View
from sandbox.workspace import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a person saw come back: Slackbot's refusal, or the first reaction of the app.

    `ephemerals` and `views` are those that came up to the first reaction; for later ones there are the `wait_for`s.
    `message` is the pressed message as it stands now, if it still does.
    """

    ok: bool
    error: str | None = None
    text: str | None = None
    response_action: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    ephemerals: list[Message] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    message: Message | None = None

    @property
    def words(self) -> str:
        """Return all that was said to this person alone."""
        return "\n".join(map(words_of, self.ephemerals))


def outcome_of(result: Result, seen: list[Change], user: str, message: Message | None) -> Outcome:
    """Return what `user` saw, out of all changes since the deed."""
    own = [change for change in seen if change.to == user]
    views = [change.data["view"] for change in own if change.name in ("view_opened", "view_updated")]
    return Outcome(
        ok=result.ok,
        error=result.error,
        text=result.text,
        response_action=result.response_action,
        errors=result.errors,
        ephemerals=[change.data["message"] for change in own if change.name == "ephemeral"],
        views=views,
        message=message,
    )


async def first_reaction(
    changes: asyncio.Queue[Change | None], user: str, on: Mapping[str, Any], patience: float
) -> list[Change]:
    """Return the changes up to the first that answers `user`, and those that came with it."""
    seen: list[Change] = []
    deadline = time.monotonic() + patience
    while (left := deadline - time.monotonic()) > 0 and not any(_answers(one, user, on) for one in seen):
        try:
            change = await asyncio.wait_for(changes.get(), timeout=left)
        except TimeoutError:
            break
        if change:
            seen.append(change)
    while not changes.empty():
        if change := changes.get_nowait():
            seen.append(change)
    return seen


def _answers(change: Change, user: str, on: Mapping[str, Any]) -> bool:
    if change.to == user:
        return True
    message = change.data.get("message", change.data)
    return change.name in ("message", "message_deleted") and on.get("ts") in (message["ts"], message.get("thread_ts"))
