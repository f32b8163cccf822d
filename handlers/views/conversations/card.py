"""The card: one conversation in a channel. Open work is tall, finished work shrinks to one or two lines."""

from collections.abc import Sequence
from typing import Final

from engagement.conversations.conversation import Card, ReplyState
from engagement.conversations.standing import awaits_change, is_reacted
from engagement.understanding.reading import Kind, Tag
from handlers.views import blocks
from handlers.views.blocks import Block, Message
from handlers.views.conversations import card_lines as lines
from handlers.views.conversations import standing_lines as standing
from handlers.views.conversations.quoting import heading_link
from handlers.views.conversations.story_lines import in_whose_thread, perhaps_the_same
from handlers.views.mrkdwn import SEPARATOR, in_lines, separated
from handlers.views.words import TAG_NAME

# What is done now and then: the word of each in its value (`word:id:version`), and what people read. Slack shows five.
MENU: Final = (
    ("assign", "Assign…"),
    ("snooze", "Snooze…"),
    ("correct", "Correct this…"),
    ("mute", "Mute…"),
    ("history", "History"),
)


def draw_card(card: Card, *, names: Sequence[str] = ()) -> Message:
    """Return the card of a conversation as it stands; `names` are the watch's, bold in the excerpt.

    The first block has no block_id: `with_block_id` gives it the caller's.
    """
    state, drawn = _drawn(card, names)
    return Message(text=lines.notification(card, state), blocks=drawn)


def _drawn(card: Card, names: Sequence[str]) -> tuple[str, list[Block]]:  # noqa: PLR0911 one state each, side by side
    """Return the state as a phone says it, and the blocks."""
    conversation, reply = card.conversation, card.conversation.reply
    if conversation.dismissed_by:
        return "Not us", _not_us(card)
    if conversation.is_muted:
        return "Muted", _muted(card)
    if conversation.told_in:
        return "Put together", _put_together(card)
    if conversation.is_snoozed:
        return "Snoozed", _snoozed(card)
    if reply.is_answered:
        return "Answered", _answered(card)
    if reply.state is ReplyState.CLAIMED:
        return "Claimed", _claimed(card, names)
    if conversation.tag is None:
        return "", _new(card, names)
    if reply.state is ReplyState.NONE and conversation.tag is not Tag.INTERACT:
        return TAG_NAME[conversation.tag], _noted(card)
    return TAG_NAME[conversation.tag], _due(card, names)


# ---- open work -----------------------------------------------------------------------------------------------------


def _new(card: Card, names: Sequence[str]) -> list[Block]:
    suggested = card.opening.reading.suggested
    known = [lines.offered(card), standing.drafts(card), lines.more(card)]
    choices = [_button(card, TAG_NAME[tag], f"mention.{tag}", primary=tag is suggested) for tag in Tag]
    return [
        blocks.context(lines.origin(card)),
        blocks.section(lines.what_they_say(card, names)),
        blocks.context(in_lines(standing.back(card), lines.background(card), *known)),
        blocks.context(separated([lines.suggestion(card), lines.likes(card), lines.mood(card), lines.taught(card)])),
        *_perhaps_the_same(card),
        blocks.actions(*choices, _button(card, "Not us", "mention.not_us"), menu_of(_value(card))),
    ]


def _due(card: Card, names: Sequence[str]) -> list[Block]:
    """Tagged, and somebody should answer: with the excerpt after Interact, on one line after React."""
    asks_for_words = card.conversation.tag is Tag.INTERACT
    what = [blocks.context(lines.origin(card)), blocks.section(lines.what_they_say(card, names))]
    state = separated([standing.tag(card), *standing.owed(card)])
    return [
        *(what if asks_for_words else [blocks.section(lines.one_line(card, with_time=True))]),
        _standing(card, state),
        blocks.actions(
            _button(card, "I'll reply", "reply.claim", primary=True),
            *([_react_or_improve(card)] if card.conversation.tag is not Tag.LISTEN else []),
            _button(card, "We answered…", "reply.answered"),
            _button(card, "Undo", "mention.undo"),
            menu_of(_value(card)),
        ),
    ]


def _claimed(card: Card, names: Sequence[str]) -> list[Block]:
    state = separated([standing.tag(card), standing.promise(card)])
    return [
        blocks.context(lines.origin(card)),
        blocks.section(lines.what_they_say(card, names)),
        _standing(card, state),
        blocks.actions(
            _button(card, "Write with the voice guide…", "reply.write"),
            _button(card, "We answered…", "reply.answered"),
            _button(card, "Hand back", "reply.hand_back"),
            _react_or_improve(card),
            menu_of(_value(card)),
        ),
    ]


def _standing(card: Card, state: str) -> Block:
    """Return how tagged work stands: `state`, and what whoever replies should know."""
    known = [standing.news(card), lines.offered(card), standing.drafts(card), standing.unseen(card), lines.more(card)]
    return blocks.context(in_lines(standing.back(card), state, *known))


# ---- finished, or put aside ----------------------------------------------------------------------------------------


def _answered(card: Card) -> list[Block]:
    result = separated([standing.answer(card), standing.tag(card, with_time=False), lines.more(card)])
    return [
        blocks.section(lines.one_line(card), _button(card, "Reopen", "reply.reopen")),
        blocks.context(result),
        *([blocks.actions(_improve(card))] if lacks_improvement(card) else []),
    ]


def _noted(card: Card) -> list[Block]:
    """Shrink what the team only noted: listened, or reacted to what needs no reply."""
    undo, more = _button(card, "Undo", "mention.undo"), lines.more(card)
    if card.conversation.tag is Tag.LISTEN:
        line = separated([lines.one_line(card, emoji="👂"), standing.tag(card, with_time=False)])
        return [blocks.section(line, undo), *([blocks.context(more)] if more else [])]
    next_step = lines.more_of(card) if card.opening.reading.kind is Kind.PRAISE else "no reply is owed"
    counted = card.counted_for
    if not awaits_change(card.conversation, counted.improvement if counted else None):
        decided = in_lines(standing.tag(card), more)
        return [blocks.section(lines.one_line(card, with_time=True), undo), blocks.context(decided)]
    state = separated([standing.tag(card), "" if counted else next_step])
    return [
        blocks.section(lines.one_line(card, with_time=True)),
        blocks.context(in_lines(state, lines.offered(card), more)),
        blocks.actions(_improve(card), undo),
    ]


def _snoozed(card: Card) -> list[Block]:
    state = separated([standing.asleep(card), standing.promise(card), standing.drafts(card), lines.more(card)])
    return [
        blocks.section(lines.one_line(card), _button(card, "Back now", "mention.wake")),
        blocks.context(state),
    ]


def _muted(card: Card) -> list[Block]:
    return [
        blocks.section(lines.one_line(card), _button(card, "Unmute", "mention.unmute")),
        blocks.context(standing.muted(card.mute)),
    ]


def _put_together(card: Card) -> list[Block]:
    return [
        blocks.section(lines.one_line(card), _button(card, "Undo", "story.apart")),
        blocks.context(separated([in_whose_thread(card), lines.more(card)])),
    ]


def _perhaps_the_same(card: Card) -> list[Block]:
    """Say what it may be the same story as; a press says that it is, or is not, or takes that back."""
    line, earlier = perhaps_the_same(card), card.earlier
    if earlier is None:
        return []
    if card.conversation.apart_from:
        undo = "story.together" if earlier.were_joined and earlier.may_be_joined else "story.perhaps"
        return [blocks.section(line, _button(card, "Undo", undo))]
    wave_away = _button(card, "Not the same", "story.apart")
    if not earlier.may_be_joined:
        return [blocks.section(line, wave_away)]
    return [blocks.context(line), blocks.actions(_button(card, "Put together", "story.together"), wave_away)]


def _not_us(card: Card) -> list[Block]:
    line = f"~{heading_link(card.opening.stored.post)}~{SEPARATOR}{standing.not_us(card)}"
    return [blocks.section(line, _button(card, "Undo", "mention.undo"))]


# ---- improvements --------------------------------------------------------------------------------------------------


def lacks_improvement(card: Card) -> bool:
    """Return whether the team reacted, and counted it for nothing yet."""
    return is_reacted(card.conversation) and card.counted_for is None


def _react_or_improve(card: Card) -> Block:
    is_react = card.conversation.tag is Tag.REACT
    return _improve(card) if is_react else _button(card, "React too", "mention.react")


def _improve(card: Card) -> Block:
    label = "Change improvement…" if card.counted_for else "Improvement…"
    return _button(card, label, "improvement.choose")


# ---- small parts ---------------------------------------------------------------------------------------------------


def menu_of(drawn: str) -> Block:
    """Return the menu of what is done now and then; `drawn` is the conversation's `id:version`."""
    return blocks.overflow("mention.more", [blocks.option(label, f"{what}:{drawn}") for what, label in MENU])


def _button(card: Card, label: str, action_id: str, *, primary: bool = False) -> Block:
    return blocks.button(label, action_id, _value(card), primary=primary)


def _value(card: Card) -> str:
    return f"{card.conversation.id}:{card.conversation.version}"
