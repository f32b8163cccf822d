"""The card: one conversation in a channel. Open work is tall, finished work shrinks to one or two lines."""

from collections.abc import Sequence
from typing import Final

from engagement.conversation import Card, Conversation, ReplyState
from engagement.prose import clip, ordinal, short_duration
from engagement.reading import Kind, Mood, Pillar, Tag
from engagement.standing import waits_for_us
from handlers.views import blocks
from handlers.views.blocks import Block, Message
from handlers.views.mrkdwn import SEPARATOR, in_lines, inline, link, quoted, separated, user, web_address, when
from handlers.views.quoting import excerpt, heading, heading_link
from handlers.views.words import KIND_EMOJI, KIND_NAME, PILLAR_WORDS, TAG_NAME

REASON_LENGTH: Final = 110
NOTIFICATION_LENGTH: Final = 200
WORDS_OF_MOOD: Final = 2


def draw_card(card: Card, *, names: Sequence[str] = ()) -> Message:
    """Return the card of a conversation as it stands; `names` are the watch's, bold in the excerpt.

    The first block has no block_id: `with_block_id` gives it the caller's.
    """
    conversation, reply = card.conversation, card.conversation.reply
    if conversation.dismissed_by:
        state, drawn = "Not us", _not_us(card)
    elif reply.is_answered:
        state, drawn = "Answered", _answered(card)
    elif reply.state is ReplyState.CLAIMED:
        state, drawn = "Claimed", _claimed(card, names)
    elif conversation.tag is None:
        state, drawn = "", _new(card, names)
    elif reply.state is ReplyState.NONE and conversation.tag is not Tag.INTERACT:
        state, drawn = TAG_NAME[conversation.tag], _noted(card)
    else:
        state, drawn = TAG_NAME[conversation.tag], _due(card, names)
    return Message(text=_notification(card, state), blocks=drawn)


# ---- the states ----------------------------------------------------------------------------------------------------


def _new(card: Card, names: Sequence[str]) -> list[Block]:
    reading = card.opening.reading
    suggestion = f"Suggested: *{TAG_NAME[reading.suggested]}*, {inline(reading.reason, REASON_LENGTH)}"
    choices = [_button(card, TAG_NAME[tag], f"mention.{tag}", primary=tag is reading.suggested) for tag in Tag]
    return [
        blocks.context(_origin(card)),
        blocks.section(_what_they_say(card, names)),
        blocks.context(in_lines(_background(card), _more(card))),
        blocks.context(separated([suggestion, _mood(card)])),
        blocks.actions(*choices, _button(card, "Not us", "mention.not_us")),
    ]


def _due(card: Card, names: Sequence[str]) -> list[Block]:
    """Tagged, and somebody should answer: with the excerpt after Interact, on one line after React."""
    conversation = card.conversation
    asks_for_words = conversation.tag is Tag.INTERACT
    what = [blocks.context(_origin(card)), blocks.section(_what_they_say(card, names))]
    react_too = [_button(card, "React too", "mention.react")]
    return [
        *(what if asks_for_words else [blocks.section(_one_line(card, with_time=True))]),
        blocks.context(in_lines(separated([_tag(conversation), *_owed(conversation)]), _more(card))),
        blocks.actions(
            _button(card, "I'll reply", "reply.claim", primary=True),
            *(react_too if asks_for_words else []),
            _button(card, "We answered…", "reply.answered"),
            _button(card, "Undo", "mention.undo"),
        ),
    ]


def _claimed(card: Card, names: Sequence[str]) -> list[Block]:
    conversation, reply = card.conversation, card.conversation.reply
    promise = f"*{user(reply.claimed_by)} replies*" + (f", due {when(reply.due_at)}" if reply.due_at else "")
    react_too = [_button(card, "React too", "mention.react")]
    return [
        blocks.context(_origin(card)),
        blocks.section(_what_they_say(card, names)),
        blocks.context(in_lines(separated([_tag(conversation), promise]), _more(card))),
        blocks.actions(
            _button(card, "We answered…", "reply.answered"),
            _button(card, "Hand back", "reply.hand_back"),
            *(react_too if conversation.tag is not Tag.REACT else []),
        ),
    ]


def _answered(card: Card) -> list[Block]:
    result = separated([_answer(card), _tag(card.conversation, with_time=False), _more(card)])
    return [
        blocks.section(_one_line(card), _button(card, "Reopen", "reply.reopen")),
        blocks.context(result),
    ]


def _noted(card: Card) -> list[Block]:
    """Shrink what the team only noted: listened, or reacted to what needs no reply."""
    conversation, undo = card.conversation, _button(card, "Undo", "mention.undo")
    if conversation.tag is Tag.LISTEN:
        line = separated([_one_line(card, emoji="👂"), _tag(conversation, with_time=False)])
        more = _more(card)
        return [blocks.section(line, undo), *([blocks.context(more)] if more else [])]
    next_step = "what would be more of it?" if card.opening.reading.kind is Kind.PRAISE else "no reply is owed"
    return [
        blocks.section(_one_line(card, with_time=True), undo),
        blocks.context(in_lines(separated([_tag(conversation), next_step]), _more(card))),
    ]


def _not_us(card: Card) -> list[Block]:
    line = f"~{heading_link(card.opening.stored.post)}~{SEPARATOR}*Not us*, {user(card.conversation.dismissed_by)}"
    return [blocks.section(line, _button(card, "Undo", "mention.undo"))]


# ---- their lines ---------------------------------------------------------------------------------------------------


def _origin(card: Card) -> str:
    stored, kind = card.opening.stored, card.opening.reading.kind
    return separated(
        [
            f"{KIND_EMOJI[kind]} *{KIND_NAME[kind]}*",
            inline(stored.post.community),
            inline(stored.post.author),
            when(stored.written_at),
        ]
    )


def _what_they_say(card: Card, names: Sequence[str]) -> str:
    """Return the title and an excerpt; a post without a title is its own words, and a link below them."""
    post, withdrawn_at = card.opening.stored.post, card.opening.stored.withdrawn_at
    if withdrawn_at:
        return f"*{heading_link(post)}*\n_Deleted where it was written; I saw that {when(withdrawn_at)}._"
    words = excerpt(post, names)
    if words and not post.title.strip():
        return in_lines(quoted(words), link(post.url, "Open it") if web_address(post.url) else "")
    return in_lines(f"*{heading_link(post)}*", quoted(words) if words else "")


def _one_line(card: Card, *, emoji: str = "", with_time: bool = False) -> str:
    stored = card.opening.stored
    parts = [
        f"{emoji or KIND_EMOJI[card.opening.reading.kind]} *{heading_link(stored.post)}*",
        inline(stored.post.community),
        when(stored.written_at) if with_time else "",
    ]
    return separated(parts)


def _background(card: Card) -> str:
    reading, reply = card.opening.reading, card.conversation.reply
    waits = waits_for_us(card.conversation, ours_to_answer=reading.ours_to_answer)
    known = card.times_seen > 1 and reading.pillar is not Pillar.PROVIDER_INITIATED
    return separated(
        [
            PILLAR_WORDS[reading.pillar],
            "from before I came" if card.opening.before_start else "",
            "no reply from us yet" if waits and not card.opening.before_start else "",
            "I cannot see replies there" if reply.state is ReplyState.CANNOT_TELL else "",
            f"{ordinal(card.times_seen)} time they write about us" if known else "",
        ]
    )


def _mood(card: Card) -> str:
    reading = card.opening.reading
    because = [f"“{inline(word)}”" for word in reading.mood_words[:WORDS_OF_MOOD]]
    told = bool(because) and reading.mood is not Mood.UNSURE
    return f"mood: {reading.mood}" + (f" ({', '.join(because)})" if told else "")


def _tag(conversation: Conversation, *, with_time: bool = True) -> str:
    if conversation.tag is None:
        return ""
    at = conversation.tagged_at if with_time else None
    return f"✓ *{TAG_NAME[conversation.tag]}* by {user(conversation.tagged_by)}" + (f", {when(at)}" if at else "")


def _owed(conversation: Conversation) -> list[str]:
    reply = conversation.reply
    if reply.state is ReplyState.CANNOT_TELL:
        return ["I cannot see replies there, please look"]
    due = when(reply.due_at) if reply.due_at else ""
    if conversation.tag is Tag.INTERACT:
        return [f"a reply is due {due}" if due else "a reply is owed", "nobody has it yet"]
    return ["*the reply is still owed*" + (f", due {due}" if due else ""), "nobody has it yet"]


def _answer(card: Card) -> str:
    reply, stored = card.conversation.reply, card.opening.stored
    by_us = reply.state is ReplyState.ANSWERED
    who = user(reply.answered_by) if by_us else "Others"
    if reply.answered_at is None:
        return f"✅ {who} {link(reply.answer_url, 'answered')}"
    thing = "question" if card.opening.reading.kind is Kind.QUESTION else "post"
    seconds = (reply.answered_at - stored.written_at).total_seconds()
    took = f", {short_duration(seconds)} after the {thing}" if by_us and seconds >= 0 else ""
    return f"✅ {who} {when(reply.answered_at, 'answered {date_short_pretty} {time}', reply.answer_url)}{took}"


def _more(card: Card) -> str:
    waiting = f", *{card.waiting:,} waiting for us*" if card.waiting else ""
    return f"+{card.more:,} more in this conversation{waiting}" if card.more else ""


# ---- small parts ---------------------------------------------------------------------------------------------------


def _notification(card: Card, state: str) -> str:
    post, kind = card.opening.stored.post, card.opening.reading.kind
    what = f"{KIND_NAME[kind]} on {clip(post.community, NOTIFICATION_LENGTH // 4)}: {heading(post)}"
    return inline(f"{state}. {what}" if state else what, NOTIFICATION_LENGTH)


def _button(card: Card, label: str, action_id: str, *, primary: bool = False) -> Block:
    conversation = card.conversation
    return blocks.button(label, action_id, f"{conversation.id}:{conversation.version}", primary=primary)
