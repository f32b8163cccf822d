"""The short answer to `/ears`: how it stands."""

from collections.abc import Sequence
from typing import Final

from engagement.conversations.conversation import ReplyState
from engagement.listing import Status, Waiting
from engagement.prose import times
from engagement.sending.outbox import Unsent
from handlers.views import blocks
from handlers.views.blocks import Message
from handlers.views.conversations.quoting import UNTITLED
from handlers.views.digest.numbers import say_left_out
from handlers.views.listening.hearing import sick_lines, verdict
from handlers.views.mrkdwn import channel, in_lines, inline, link, separated, some, user, when
from handlers.views.words import KIND_EMOJI

SICK_AT_MOST: Final = 3
WATCHES_AT_MOST: Final = 3
TITLE_LENGTH: Final = 80
REASON_LENGTH: Final = 120
URL_LENGTH: Final = 300


def draw_status(status: Status, *, command: str, unread: Sequence[str] = ()) -> Message:
    """Return how it stands in at most ten lines: how we hear, who waits, what is sick, what comes next.

    `unread` are the watches whose query cannot be read.
    """
    if not status.watches or not status.hearing.places:
        return blocks.only(
            "I do not listen anywhere yet. Invite me to a channel and press *Start listening*, "
            f"or type `{command} watch add` in the channel where mentions should go."
        )
    watches = some([inline(name) for name in status.watches], WATCHES_AT_MOST)
    lines = [
        f"*{verdict(status.hearing)}*, for {watches}",
        _who_waits(status),
        *map(_waiting_line, status.waiting),
        separated(
            [
                f"{times(status.untagged, 'conversation')} not tagged yet" if status.untagged else "",
                say_left_out(status.left_out),
            ]
        ),
        *(f"⚠️ {line}" for line in sick_lines(status.hearing, SICK_AT_MOST - bool(status.unsent.count) - bool(unread))),
        _unread(unread, command),
        _unsent(status.unsent),
        _what_comes(status),
    ]
    return Message(
        text=f"{verdict(status.hearing)}. {_who_waits(status).replace('*', '')}.",
        blocks=[blocks.section(in_lines(*lines))],
    )


def _unread(watches: Sequence[str], command: str) -> str:
    if not watches:
        return ""
    named = some([f"*{inline(name)}*" for name in watches], WATCHES_AT_MOST)
    return f"⚠️ I cannot read the query of {named}, and listen by names: `{command} watch` says what is wrong"


def _who_waits(status: Status) -> str:
    count = len(status.waiting) + status.more_waiting
    return f"*{times(count, 'person is', 'people are')} waiting for an answer*" if count else "Nobody is waiting for us"


def _waiting_line(waiting: Waiting) -> str:
    claimed = waiting.reply.state is ReplyState.CLAIMED
    title = link(waiting.url, waiting.title or UNTITLED, limit=TITLE_LENGTH, longest=URL_LENGTH)
    facts = [
        f"• {KIND_EMOJI[waiting.kind]} {title}",
        inline(waiting.community),
        f"since {when(waiting.since, '{date_short_pretty}')}",
        f"{user(waiting.reply.claimed_by)} has it" if claimed else "",
    ]
    return separated(facts)


def _unsent(unsent: Unsent) -> str:
    if not unsent.count:
        return ""
    why = inline(unsent.reason, REASON_LENGTH)
    return f"⚠️ Slack did not take {times(unsent.count, 'message')} (`{why}`); `python bot.py check` says what to do"


def _what_comes(status: Status) -> str:
    digest = f"Digest {when(status.next_digest_at)}" if status.next_digest_at else ""
    where = f" in {channel(status.digest_channel)}" if digest and status.digest_channel else ""
    look = f"Next look {when(status.next_poll_at)}" if status.next_poll_at else ""
    return separated([look, f"{digest}{where}"])
