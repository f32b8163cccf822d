"""What a channel is told when one of us has left the workspace."""

from typing import Final

from engagement.conversations.conversation import ReplyState
from engagement.listing import Waiting
from engagement.prose import times
from engagement.team.departure import Departure
from handlers.views import blocks
from handlers.views.blocks import Block, Message
from handlers.views.conversations.quoting import UNTITLED
from handlers.views.digest.digest import settled
from handlers.views.mrkdwn import inline, link, separated, user, when
from handlers.views.words import KIND_EMOJI

ROW_TITLE_LENGTH: Final = 100
ROW_URL_LENGTH: Final = 1_000


def draw_departure(departure: Departure) -> Message:
    """Return who left and what they had promised, each with the button that takes it."""
    who, many = user(departure.slack_user), times(departure.promised, "conversation")
    if departure.heir:
        line = f"{who} has left the workspace. {user(departure.heir)}, who covers for them, has what they had promised:"
        text = f"A teammate has left: {many} handed over"
    else:
        needs = "needs" if departure.promised == 1 else "need"
        barred = (
            f" {user(departure.barred)}, who covers for them, may not answer for the team." if departure.barred else ""
        )
        line = f"{who} has left the workspace.{barred} {many} that they had promised to answer {needs} somebody:"
        text = f"A teammate has left: {many} {needs} somebody"
    more = departure.promised - len(departure.rows)
    rest = f"and {more:,} more; *Needs someone* in my Home lists what nobody has"
    return Message(
        text=text,
        blocks=[
            blocks.section(line),
            *(_row(row) for row in departure.rows),
            *([blocks.context(rest)] if more > 0 else []),
        ],
    )


def _row(row: Waiting) -> Block:
    title = link(row.url, row.title or UNTITLED, limit=ROW_TITLE_LENGTH, longest=ROW_URL_LENGTH)
    if not row.still_waits:
        return blocks.section(f"~{title}~ {settled(row)}")
    due = f"due {when(row.reply.due_at)}" if row.reply.due_at else ""
    owner = f"{user(row.reply.claimed_by)} has it" if row.reply.state is ReplyState.CLAIMED else ""
    said = f"{KIND_EMOJI[row.kind]} {separated([title, inline(row.community), owner, due])}"
    claim = blocks.button("I'll reply", "reply.claim", f"{row.conversation_id}:{row.version}")
    return blocks.section(said, None if owner else claim)
