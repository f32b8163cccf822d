"""What other programs are told of what the team does: signed events, sent at least once, in order for each object.

As Standard Webhooks has it (https://www.standardwebhooks.com, specification 1.0.0): an id by which a receiver knows an
event that it has had, a moment, and a signature of both with the body. An event keeps no words of anybody: it names a
line of the history, and its body is made when it is sent.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from engagement.conversations.conversation import Conversation, ReplyState
from engagement.dataclass import dataclass

SECRET_PREFIX: Final = "whsec_"  # noqa: S105 - what a secret begins with
# As the specification has it, in bytes.
SECRET_BYTES: Final = range(24, 65)
# So long a receiver may take to answer; nobody else asks for the same event meanwhile.
ANSWER_WITHIN: Final = timedelta(seconds=15)
LEASE: Final = timedelta(seconds=30)
# Twenty tries: the waits grow to four hours at most, and add up to a day or so.
TRIES: Final = 20
FIRST_WAIT: Final = timedelta(seconds=10)
LONGEST_WAIT: Final = timedelta(hours=4)
# So long at most we wait where the receiver says how long (Retry-After).
TOLD_TO_WAIT_AT_MOST: Final = timedelta(days=1)


class EventType(StrEnum):
    """What happened, as a receiver reads it."""

    TAGGED = "mention.tagged"
    ANSWERED = "reply.answered"
    IMPROVEMENT = "improvement.changed"
    TEST = "test"


class EventState(StrEnum):
    """Where an event is on its way; one that arrived is kept no longer."""

    WAITING = "waiting"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event on its way. `line` is the line of the history that it tells of, `key` what a receiver knows it by.

    `attempts` counts the calls that were made, or begun.
    """

    id: int
    workspace_id: str
    key: str
    type: EventType
    line: int
    created_at: datetime
    not_before: datetime
    state: EventState = EventState.WAITING
    attempts: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a receiver answered; its body is of no interest. `retry_after` is how long it asks us to wait."""

    status: int
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """Nobody answered; the reason is for people, and names no address."""

    reason: str


class Arrived:
    """The receiver has it: the event is done with."""


class Unwanted:
    """The receiver wants no more, of this or of any other event (410 Gone)."""


ARRIVED: Final = Arrived()
UNWANTED: Final = Unwanted()
Outcome = Arrived | Unwanted | Event


def types_of(before: Conversation, after: Conversation) -> list[EventType]:
    """Return what a decision about a conversation is to others: a tag given or taken back, a reply that stands now."""
    types = []
    if (before.tag, bool(before.dismissed_by)) != (after.tag, bool(after.dismissed_by)):
        types.append(EventType.TAGGED)
    answered = ReplyState.ANSWERED
    if after.reply.state is answered and before.reply.state is not answered:
        types.append(EventType.ANSWERED)
    return types


def key_of(workspace_id: str, kind: EventType, line: int, at: datetime) -> str:
    """Return what a receiver knows an event by: always the same for it, and another one after an older backup."""
    said = f"{workspace_id} {kind} {line} {at.isoformat()}"
    return f"evt_{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def key_bytes(secret: str) -> bytes:
    """Return the key in a secret as people write it (`whsec_` and base64). ValueError where it is none."""
    if not secret.startswith(SECRET_PREFIX):
        raise ValueError(f"must begin with {SECRET_PREFIX}")
    try:
        key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError(f"must be {SECRET_PREFIX} and base64") from error
    if len(key) not in SECRET_BYTES:
        raise ValueError(f"must hold {SECRET_BYTES.start} to {SECRET_BYTES.stop - 1} bytes")
    return key


def signed_headers(secret: str, key: str, body: bytes, *, at: datetime) -> dict[str, str]:
    """Return the three headers by which a receiver knows that the body is ours, and sent now."""
    moment = str(int(at.timestamp()))
    signed = hmac.new(key_bytes(secret), f"{key}.{moment}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": key,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(signed).decode()}",
    }


def begun(event: Event, *, now: datetime, chance: float) -> Event:
    """Return the event with a call to come, which counts before it is made; a run that ends in it tries again.

    The wait until then grows and is drawn by lot, `chance` from [0, 1): all of it, lest many come back at once
    (M. Brooker, Exponential Backoff and Jitter, AWS 2015).
    """
    longest = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(event.attempts, TRIES))
    return replace(event, attempts=event.attempts + 1, not_before=now + LEASE + longest * chance)


def after_answer(event: Event, answer: Answered | Unanswered, *, now: datetime) -> Outcome:
    """Return what becomes of an event that was `begun`. Where it goes is nobody else's choice: no redirect counts."""
    if isinstance(answer, Answered):
        if answer.status in range(200, 300):
            return ARRIVED
        if answer.status == HTTPStatus.GONE:
            return UNWANTED
        reason = f"it answered {answer.status}"
        if answer.retry_after is not None:
            told = now + min(answer.retry_after, TOLD_TO_WAIT_AT_MOST)
            event = replace(event, not_before=max(event.not_before, told))
    else:
        reason = answer.reason
    state = EventState.FAILED if event.attempts >= TRIES else EventState.WAITING
    return replace(event, state=state, error=reason)
