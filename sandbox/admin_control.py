"""One of the controls that Slack does not have."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

Body = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """An endpoint under /admin: what it does, and what it takes, in words; `run` gets the body and returns the answer.

    What it raises (SlackError, or a built-in error about the body) is answered with status 400.
    """

    method: str
    path: str
    run: Callable[[Body], Awaitable[Body]]
    does: str
    takes: str = "nothing"
