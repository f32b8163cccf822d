"""What a card says of how its conversation stands: the tag, the reply, and why nothing is to do."""

from typing import Final

from engagement.calm.mute import Mute, MuteScope
from engagement.conversations.conversation import Card, Reply, ReplyState
from engagement.prose import short_duration
from engagement.understanding.reading import Kind, Pillar, Tag
from handlers.views.conversations.snooze import reason_of
from handlers.views.improvements.improvement import counted_for
from handlers.views.mrkdwn import inline, link, separated, some, user, when
from handlers.views.words import TAG_NAME

ANSWERED_ON: Final = "answered {date_short_pretty} {time}"
NEWS_LENGTH: Final = 200
AUTHORS_AT_MOST: Final = 3


def tag(card: Card, *, with_time: bool = True) -> str:
    """Return the team's decision, and whose it was."""
    conversation = card.conversation
    if conversation.tag is None:
        return ""
    at = conversation.tagged_at if with_time else None
    decided = f"✓ *{TAG_NAME[conversation.tag]}* by {user(conversation.tagged_by)}" + (f", {when(at)}" if at else "")
    return f"{decided} {counted_for(card.counted_for)}".rstrip()


def owed(card: Card) -> list[str]:
    """Return when the reply is due that nobody has promised."""
    conversation, reply = card.conversation, card.conversation.reply
    if reply.state is ReplyState.CANNOT_TELL:
        was_due = f"a reply was due {when(reply.due_at)}" if reply.due_at else ""
        return [part for part in (was_due, f"I cannot see {_replies(card)}: *please look*") if part]
    due = when(reply.due_at) if reply.due_at else ""
    if conversation.tag is Tag.INTERACT:
        return [f"a reply is due {due}" if due else "a reply is owed", "nobody has it yet"]
    owed_word = "*tell them it shipped*" if has_shipped(card) else "*the reply is still owed*"
    return [owed_word + (f", due {due}" if due else ""), "nobody has it yet"]


def has_shipped(card: Card) -> bool:
    """Return whether what they asked for is there."""
    return card.counted_for is not None and card.counted_for.improvement.is_shipped


def news(card: Card) -> str:
    """Return what can be told of what shipped, empty where it has not, or where nothing more is known."""
    if card.counted_for is None or not has_shipped(card):
        return ""
    improvement = card.counted_for.improvement
    read = link(improvement.link, "Read about it") if improvement.link else ""
    return separated([inline(improvement.note, NEWS_LENGTH), read])


def unseen(card: Card) -> str:
    """Return that only people can see whether it is answered; empty where the bot can, and where nothing is owed."""
    conversation = card.conversation
    if not conversation.unseen or not conversation.reply.is_open:
        return ""
    return f"I cannot see {_replies(card)}: press *We answered…* when you have"


def _replies(card: Card) -> str:
    """Return what cannot be seen, in a sentence."""
    if card.opening.reading.pillar is Pillar.IN_PERSON:
        return "what is said in person"
    return f"replies on {inline(card.opening.stored.post.community)}"


def promise(card: Card) -> str:
    """Return who replies, who asked them to, and when it is due; empty where nobody has promised."""
    reply = card.conversation.reply
    if reply.state is not ReplyState.CLAIMED:
        return ""
    asked = f", as {user(reply.assigned_by)} asked" if reply.assigned_by else ""
    does = "tells them it shipped" if has_shipped(card) else "replies"
    return f"*{user(reply.claimed_by)} {does}*{asked}" + (f", due {when(reply.due_at)}" if reply.due_at else "")


def drafts(card: Card) -> str:
    """Return whose drafts in the thread wait for approval, empty where none does."""
    authors = card.drafts_asking
    if not authors:
        return ""
    what = "A draft" if len(authors) == 1 else "Drafts"
    waits = "waits" if len(authors) == 1 else "wait"
    return f"{what} by {some([user(each) for each in authors], AUTHORS_AT_MOST)} {waits} for approval, in the thread"


def answer(card: Card) -> str:
    """Return who answered, when, and how long they took."""
    reply, stored = card.conversation.reply, card.opening.stored
    if reply.state is ReplyState.ANSWERED_BY_OTHERS:
        return _answered_for_us(reply)
    who = user(reply.answered_by)
    if reply.answered_at is None:
        return f"✅ {who} {link(reply.answer_url, 'answered')}"
    if has_shipped(card) and card.counted_for and reply.answered_at >= card.counted_for.improvement.decided_at:
        return f"✅ {who} {when(reply.answered_at, 'told them {date_short_pretty} {time}', reply.answer_url)}"
    thing = "question" if card.opening.reading.kind is Kind.QUESTION else "post"
    seconds = (reply.answered_at - stored.written_at).total_seconds()
    took = f", {short_duration(seconds)} after the {thing}" if seconds >= 0 else ""
    seen = " (seen at the source)" if reply.answer_seen else ""
    return f"✅ {who} {when(reply.answered_at, ANSWERED_ON, reply.answer_url)}{took}{seen}"


def _answered_for_us(reply: Reply) -> str:
    """Return who of the community answered, and what is left to do; whoever had promised a reply reads it here."""
    answered = when(reply.answered_at, ANSWERED_ON, reply.answer_url) if reply.answered_at else "answered"
    seen = " (seen at the source)" if reply.answer_seen else ""
    who = inline(reply.helper) if reply.helper else "Somebody else"
    promised = f"{user(reply.claimed_by)} had promised a reply, which is owed no more" if reply.claimed_by else ""
    return separated([f"✅ {who} {answered} for us{seen}: thank them", promised])


# ---- put aside -----------------------------------------------------------------------------------------------------


def asleep(card: Card) -> str:
    """Return until when it is put aside, by whom and why; empty while it is not."""
    snooze = card.conversation.snooze
    if snooze is None or not snooze.lasts:
        return ""
    return f"💤 until {when(snooze.until)}, by {user(snooze.by)}{reason_of(snooze)}"


def back(card: Card) -> str:
    """Return why it stands here again, empty where it was not put aside."""
    snooze = card.conversation.snooze
    if snooze is None or snooze.lasts:
        return ""
    if snooze.came_early:
        return f"*Back before {when(snooze.until)}*, when {user(snooze.by)} wanted it{reason_of(snooze)}"
    return f"*Back, as {user(snooze.by)} asked*{reason_of(snooze)}"


def not_us(card: Card) -> str:
    """Return who took it out, and what that teaches."""
    term = card.opening.term
    noted = f". Noted: “{inline(term)}” is not us here" if term else ""
    return f"*Not us*, {user(card.conversation.dismissed_by)}{noted}"


def muted(mute: Mute | None) -> str:
    """Return what is muted, by whom and for how long."""
    return f"🔇 muted by {user(mute.by)}: {muted_what(mute)}" if mute else "🔇 muted"


def muted_what(mute: Mute, *, conversation: str = "this conversation") -> str:
    """Return what is muted, and for how long; `conversation` is what a muted one is called here."""
    what = {
        MuteScope.AUTHOR: f"all of {inline(mute.author)} in {inline(mute.community)}",
        MuteScope.COMMUNITY: f"all of {inline(mute.community)}",
        MuteScope.CONVERSATION: conversation,
        MuteScope.TERM: f"posts with “{inline(mute.value)}”",
        MuteScope.SITE: f"all that stands on {inline(mute.value)}",
    }[mute.scope]
    if mute.scope is MuteScope.AUTHOR and not mute.community:
        what = f"all of {inline(mute.author)}"
    of_one = f" for *{inline(mute.watch)}*" if mute.watch else ""
    how_long = f"until {when(mute.until)}" if mute.until else "for good"
    return f"{what}{of_one}, {how_long}"
