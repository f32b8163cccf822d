"""Channels that we cannot post to any more: archived, or we were removed."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from engagement.dataclass import dataclass


class Loss(StrEnum):
    """Why nothing can be posted to a channel."""

    ARCHIVED = "archived"
    REMOVED = "removed"
    GONE = "gone"


# Slack's words where a message is refused for its channel (chat.postMessage, Errors).
LOSSES: Final[Mapping[str, Loss]] = {
    "is_archived": Loss.ARCHIVED,
    "not_in_channel": Loss.REMOVED,
    "channel_not_found": Loss.GONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LostChannel:
    """A channel (a Slack channel id) that was lost at `lost_at`, aware UTC; over since `back_at`.

    `watches` are the names of those that post there, `waiting` counts the messages that wait for it. `moved_to` is the
    channel that somebody had us post to instead, `moved_by` that person; both empty until then.
    """

    id: int
    workspace_id: str
    channel: str
    loss: Loss
    lost_at: datetime
    back_at: datetime | None = None
    moved_to: str = ""
    moved_by: str = ""
    watches: tuple[str, ...] = ()
    waiting: int = 0
