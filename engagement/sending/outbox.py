"""What we post to Slack, and what each answer of Slack means for it.

A message is `sending` before the call is made, so a crash leaves a trace; whatever is not known to have been
posted is `uncertain` and looked for in the channel's history before anything is sent again. Slack has no
idempotency key for chat.postMessage (slackapi/slack-api-specs#10).
"""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from engagement.dataclass import dataclass


class MessageKind(StrEnum):
    """What a message is; `subject` says of what."""

    CARD = "card"  # subject: conversation id
    NOTE = "note"  # subject: mention id; in the card's thread
    ASSIGNED = "assigned"  # subject: conversation id, part: its version; to the person it was given to
    BACK = "back"  # subject: the line of the history that woke the conversation; in the card's thread
    HELLO = "hello"  # subject: channel id
    STARTED = "started"  # subject: watch id
    UNSURE = "unsure"  # subject: list id
    BRAKE = "brake"  # subject: brake id
    REMINDER = "reminder"  # subject: reminder id
    IMPROVEMENT = "improvement"  # subject: improvement id
    DIGEST = "digest"  # subject: digest id
    DRAFT = "draft"  # subject: draft id; in the card's thread
    JUDGED = "judged"  # subject: draft id, part: its version; to who wrote it
    DETAILS = "details"  # subject: digest id, part: which of its lists; in the digest's thread
    LOST_CHANNEL = "lost channel"  # subject: lost channel id; to one person
    DEPARTURE = "departure"  # subject: departure id; to each channel in which something had been promised
    UNWANTED = "unwanted"  # subject: when the receiver of events said that it wants no more; to whoever configures
    DELETED = "deleted"  # subject: conversation id, whose card somebody deleted
    ALERT = "alert"  # subject: alert id
    ROLLUP = "rollup"  # subject: roll-up id
    BAD_QUERY = "bad query"  # subject: watch id, part: its version
    TROUBLE = "trouble"  # subject: trouble id, the first it tells of; part 0: began, 1: is over


class MessageState(StrEnum):
    """Where a message is on its way.

    `held` waits behind a brake or for a roll-up, `deleted` was sent, and somebody took it away.
    """

    HELD = "held"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutMessage:
    """One row of the outbox. `thread_ts` is the sent parent's ts, empty outside threads; `tried_at` the latest call.

    `part` tells apart the messages of one kind about one subject.

    `channel` is the id of a channel; or of a person, for what only they read. That then `stands_in` a conversation with
    an id of its own, which is empty until the message is sent, and for what stands in its channel.
    """

    id: int
    workspace_id: str
    channel: str
    kind: MessageKind
    subject: str
    state: MessageState
    created_at: datetime
    not_before: datetime
    ts: str = ""
    stands_in: str = ""
    thread_ts: str = ""
    part: int = 0
    attempts: int = 0
    error: str = ""
    tried_at: datetime | None = None
    stale: bool = False

    @property
    def is_direct(self) -> bool:
        """Whether it goes to one person, in their conversation with the bot."""
        return self.channel.startswith(("U", "W"))


# Waits between looks into the history: a message may show up there some seconds late.
LOOKS = (timedelta(seconds=1), timedelta(seconds=3), timedelta(seconds=8))
# Slack's advice for chat.postMessage: about one message a second in each channel.
CHANNEL_GAP = timedelta(seconds=1)
# Slack's word where it asks us to slow down (429).
RATE_LIMITED = "ratelimited"
# Refusals that somebody can lift (invite the bot again, unarchive): kept, and tried again.
TRY_LATER = timedelta(minutes=10)
LIFTABLE = frozenset(
    {
        "not_in_channel",
        "channel_not_found",
        "is_archived",
        "account_inactive",
        "invalid_auth",
        "not_authed",
        "token_expired",
        "token_revoked",
        "missing_scope",
        "restricted_action",
        "team_access_not_granted",
        "messages_tab_disabled",
    }
)
# A person whom nothing can be sent to (chat.postMessage and conversations.open, Errors): nobody invites us there again.
NOBODY_THERE = frozenset({"channel_not_found", "user_not_found", "user_disabled", "cannot_dm_bot", "is_archived"})
# Slack failed half-way or was too busy to say: it may stand in the channel all the same (chat.postMessage, Errors).
DOUBTFUL = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
# Somebody deleted the message that was to be redrawn, or the one whose thread was to go on.
MESSAGE_GONE = "message_not_found"
THREAD_GONE = "thread_not_found"
# So long the rows of a digest follow what people do; then the next one says how things stand.
DIGEST_FOLLOWS = timedelta(days=7)
# Reminders of what was done meanwhile, and lists that have become empty.
MISSED_BY_NOBODY = frozenset({MessageKind.REMINDER, MessageKind.DETAILS})
# Blocks Slack would not take: the words still go out, without the blocks.
UNDRAWABLE = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"})


def is_redrawn(message: OutMessage, *, now: datetime) -> bool:
    """Return whether a message that was sent still follows its rows: all do, but a digest only for seven days."""
    return message.kind is not MessageKind.DIGEST or now - (message.tried_at or message.created_at) < DIGEST_FOLLOWS


def nothing_to_say(message: OutMessage) -> OutMessage:
    """Nothing is left of what it was about. What was only to tell of something open, nobody misses once it is done."""
    error = "" if message.kind in MISSED_BY_NOBODY else "there is nothing to draw"
    return replace(message, state=MessageState.FAILED, error=error)


def posted(message: OutMessage, ts: str, *, stands_in: str = "") -> OutMessage:
    """Slack has it: under `ts`, and in which conversation, unless that is the channel."""
    return replace(message, state=MessageState.SENT, ts=ts, stands_in=stands_in, error="")


def slowed_down(message: OutMessage, *, now: datetime, retry_after: timedelta) -> OutMessage:
    """Slack asks us to wait (429): it was not posted."""
    return replace(message, state=MessageState.WAITING, not_before=now + retry_after, error=RATE_LIMITED)


def refused(message: OutMessage, *, now: datetime, error: str) -> OutMessage:
    """Slack said no. What somebody can lift is tried again, the rest is kept as failed.

    An error of Slack's own does not say whether the message was posted: it is looked for before it is sent again.
    """
    if error in DOUBTFUL:
        return unheard(message, now=now, error=error)
    if error == THREAD_GONE:
        return replace(message, state=MessageState.WAITING, not_before=now, error=error)
    if message.is_direct and error in NOBODY_THERE:
        return replace(message, state=MessageState.FAILED, error=error)
    if error in LIFTABLE:
        return replace(message, state=MessageState.WAITING, not_before=now + TRY_LATER, error=error)
    return replace(message, state=MessageState.FAILED, error=error)


def unheard(message: OutMessage, *, now: datetime, error: str) -> OutMessage:
    """No answer came: it may or may not have been posted.

    A direct message cannot be looked for, because we may not read people's conversations with the bot: it is sent once
    more, and no more often than that.
    """
    if message.is_direct:
        if message.attempts:
            return replace(message, state=MessageState.FAILED, error=error)
        return replace(message, state=MessageState.WAITING, attempts=1, not_before=now + LOOKS[-1], error=error)
    return replace(message, state=MessageState.UNCERTAIN, attempts=0, not_before=now + LOOKS[0], error=error)


def not_found(message: OutMessage, *, now: datetime) -> OutMessage:
    """Look again: the history does not have it yet. After the last look it is sent again."""
    looks = message.attempts + 1
    if looks < len(LOOKS):
        return replace(message, attempts=looks, not_before=now + LOOKS[looks])
    return replace(message, state=MessageState.WAITING, attempts=0, not_before=now, error="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """Messages that Slack would not take: how many, and the latest reason, as Slack words it."""

    count: int = 0
    reason: str = ""
