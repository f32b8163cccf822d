"""Slack's way of saying no."""

from collections.abc import Iterable
from typing import Any

from sandbox.schema import BlockProblem


class SlackError(Exception):
    """A refusal with Slack's error code, for example `not_in_channel`, and the facts Slack adds to it."""

    def __init__(self, error: str, **facts: Any) -> None:
        super().__init__(error)
        self.error = error
        self.facts = facts

    def answer(self) -> dict[str, Any]:
        """Return the body of Slack's answer."""
        return {"ok": False, "error": self.error, **self.facts}


class RateLimitedError(SlackError):
    """429: come back after `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


def invalid_arguments(*messages: str) -> SlackError:
    """Return the refusal of arguments that are missing or of the wrong kind."""
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {one}" for one in messages]})


def refuse_problems(problems: Iterable[BlockProblem], *, view: bool = False) -> None:
    """Raise what Slack answers to these problems, if any of them is one that Slack refuses.

    For a message that is `invalid_blocks` with `errors`; for a view `invalid_arguments` with messages only.
    """
    refused = [problem for problem in problems if problem.refused]
    if not refused:
        return
    messages = [str(problem) for problem in refused]
    metadata = {"messages": [f"[ERROR] {one}" for one in messages]}
    error = refused[0].error
    if error != "invalid_blocks":
        raise SlackError(error)
    if view:
        raise SlackError("invalid_arguments", response_metadata=metadata)
    raise SlackError("invalid_blocks", errors=messages, response_metadata=metadata)
