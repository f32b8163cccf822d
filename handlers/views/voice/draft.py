"""A draft in the thread of its card, ready to copy; the form that sends it back; the word to who wrote it."""

import json
from collections.abc import Sequence
from typing import Final

from engagement.conversations.conversation import Card
from engagement.voice.draft import Draft, DraftState, JudgedBefore, MayNotJudge
from handlers.views import blocks
from handlers.views.blocks import Block, Message, View
from handlers.views.conversations.quoting import heading, heading_link
from handlers.views.mrkdwn import channel, in_lines, inline, quoted, separated, some, user, when

# The name under which the note comes back (block_id and action_id alike).
NOTE: Final = "note"
NOTE_LENGTH: Final = 500

PASSED_AT_MOST: Final = 5
PASSED_LENGTH: Final = 150
PEOPLE_AT_MOST: Final = 5
SAID_LENGTH: Final = 300
NOTIFICATION_LENGTH: Final = 150

COPY: Final = "Copy it and post it there yourself"


def draw_draft(draft: Draft, card: Card, *, approvers: Sequence[str] = ()) -> Message:
    """Return the draft as it stands; `approvers` are named to approve it, nobody for everybody else."""
    title = heading_link(card.opening.stored.post)
    text = f"Draft by {user(draft.by)}: {inline(heading(card.opening.stored.post), NOTIFICATION_LENGTH)}"
    if not draft.is_open:
        said = quoted(inline(draft.text, SAID_LENGTH))
        return Message(text=text, blocks=[blocks.section(in_lines(f"{_over(draft, card)}  ·  {title}", said))])
    drawn = [
        blocks.section(f"✍️ *Draft* by {user(draft.by)}  ·  {title}"),
        blocks.to_copy(draft.text),
        blocks.context(in_lines(_standing(draft, card, approvers), _passed(draft))),
    ]
    return Message(text=text, blocks=[*drawn, *_buttons(draft)])


def _over(draft: Draft, card: Card) -> str:
    reply = card.conversation.reply
    match draft.state:
        case DraftState.POSTED:
            seen = " (seen at the source)" if reply.answer_seen else ""
            by = f", approved by {user(draft.judged_by)}" if draft.judged_by else ""
            return f"✅ Said by {user(draft.by)}{by}{seen}"
        case DraftState.UNAPPROVED:
            return f"⚠️ Said by {user(draft.by)} before anybody approved it"
        case DraftState.LEFT:
            return f"Left by {user(draft.by)}: it was answered meanwhile"
        case _:
            note = f" {user(draft.judged_by)} had said: “{inline(draft.note, NOTE_LENGTH)}”" if draft.note else ""
            return f"Replaced by {user(draft.by)}; the newer draft stands below.{note}"


def _standing(draft: Draft, card: Card, approvers: Sequence[str]) -> str:
    match draft.state:
        case DraftState.ASKED:
            who = some([user(each) for each in approvers], PEOPLE_AT_MOST) or "anybody else of you"
            return f"*Not to be posted yet*: {who} may approve it."
        case DraftState.SENT_BACK:
            note = f": “{inline(draft.note, NOTE_LENGTH)}”" if draft.note else ""
            return f"↩️ *Sent back* by {_judge(draft)}{note}"
        case DraftState.APPROVED:
            return f"✅ *Approved* by {_judge(draft)}. {_how_to_post(card)}"
        case _:
            return _how_to_post(card)


def _how_to_post(card: Card) -> str:
    if card.conversation.unseen:
        return f"{COPY}, then press *We answered…*: I cannot see it there."
    return f"{COPY}; I see it there, or you press *We answered…*."


def _judge(draft: Draft) -> str:
    return user(draft.judged_by) + (f", {when(draft.judged_at)}" if draft.judged_at else "")


def _passed(draft: Draft) -> str:
    passed = [inline(each, PASSED_LENGTH) for each in draft.passed[:PASSED_AT_MOST]]
    more = len(draft.passed) - len(passed)
    return f"Saved all the same: {' '.join(passed)}{f' And {more:,} more.' if more else ''}" if passed else ""


def _buttons(draft: Draft) -> list[Block]:
    if draft.state is not DraftState.ASKED:
        return []
    value = f"{draft.id}:{draft.version}"
    return [
        blocks.actions(
            blocks.button("Approve", "draft.approve", value, primary=True),
            blocks.button("Send back…", "draft.send_back", value),
        )
    ]


def send_back_modal(draft: Draft, *, drawn: int, channel_id: str) -> View:
    """Return the form that sends a draft back with a note, if it is still of the version `drawn` then."""
    return blocks.form(
        "Send back",
        [
            blocks.section(f"The draft by {user(draft.by)}:\n{quoted(inline(draft.text, SAID_LENGTH))}"),
            blocks.field(
                NOTE,
                "What should change?",
                blocks.text_input(NOTE, "Name the version it came with.", multiline=True, longest=NOTE_LENGTH),
                hint="I tell its author. The note stands beside the draft and in the history.",
            ),
        ],
        submit="Send back",
        callback_id="draft.send_back_submit",
        private_metadata=json.dumps({"value": f"{draft.id}:{drawn}", "channel": channel_id}),
    )


def draw_judged(draft: Draft, card: Card) -> Message:
    """Return the word to who wrote a draft: it was approved, or sent back with a note."""
    conversation, post = card.conversation, card.opening.stored.post
    where = f"It stands in the thread of the card in {channel(conversation.channel)}."
    match draft.state:
        case DraftState.APPROVED:
            text = f"{user(draft.judged_by)} approved your draft for *{heading_link(post)}*"
            return Message(
                text=f"Your draft was approved: {inline(heading(post), NOTIFICATION_LENGTH)}",
                blocks=[
                    blocks.section(f"✅ {text}."),
                    blocks.to_copy(draft.text),
                    blocks.context(f"{_how_to_post(card)} {where}"),
                ],
            )
        case DraftState.SENT_BACK:
            note = quoted(inline(draft.note, NOTE_LENGTH)) if draft.note else ""
            said = f"↩️ {user(draft.judged_by)} sent your draft back for *{heading_link(post)}*"
            value = f"{conversation.id}:{conversation.version}"
            return Message(
                text=f"Your draft was sent back: {inline(heading(post), NOTIFICATION_LENGTH)}",
                blocks=[
                    blocks.section(in_lines(said, note)),
                    blocks.actions(blocks.button("Write with the voice guide…", "reply.write", value, primary=True)),
                ],
            )
        case _:
            return blocks.only(separated([f"~{heading_link(post)}~", "Your draft for this is settled."]))


# ---- what one person alone reads -----------------------------------------------------------------------------------


def say_may_not_judge(result: MayNotJudge) -> str:
    """Return who may approve instead."""
    if not result.people:
        return "This is your own draft: somebody else has to read it."
    return f"Only {some([user(each) for each in result.people], PEOPLE_AT_MOST)} may approve what we say."


def say_judged_before(result: JudgedBefore) -> str:
    """Return why a press on an older drawing did nothing."""
    draft = result.draft
    if draft.judged_by and draft.judged_at:
        did = "sent it back" if draft.state is DraftState.SENT_BACK else "approved it"
        return f"{user(draft.judged_by)} {did} {when(draft.judged_at)}. The thread is up to date."
    return "The draft is another one by now. It is up to date in the thread: please read it again."


def say_may_not_answer(people: Sequence[str]) -> str:
    """Return who answers for us, to somebody who does not."""
    return f"Only {some([user(each) for each in people], PEOPLE_AT_MOST)} may answer for us. You can assign it to them."
