"""What a person who pressed reads when the press changed nothing. Only they see it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from engagement.conversations.conversation import Conversation, ReplyState
from engagement.conversations.press import Act, Outdated, Past
from engagement.product import PRODUCT
from handlers.views.mrkdwn import doer, inline, user, when

# Under the field of a form that names a channel.
NOT_INVITED: Final = f"I am not in that channel. Type /invite @{PRODUCT} there, then try again."
# Under a field that wants a link.
WHOLE_ADDRESS: Final = "Please paste the whole address, beginning with https://"
# Under a field of a form that was drawn before somebody else saved it.
OUTDATED: Final = "Somebody changed this since you opened it, so nothing was saved. Close the form and open it again."

DEEDS: Final[Mapping[Act, str]] = {
    Act.LISTEN: "tagged this *Listen*",
    Act.INTERACT: "tagged this *Interact*",
    Act.REACT: "tagged this *React*",
    Act.NOT_US: "said *Not us*",
    Act.US: "said *Us*",
    Act.UNDO: "undid the last decision",
    Act.CLAIM: "took this one",
    Act.HAND_BACK: "handed this one back",
    Act.ANSWERED: "answered this",
    Act.REOPEN: "reopened this",
    Act.ASSIGN: "assigned this",
    Act.SNOOZE: "put this aside",
    Act.WAKE: "fetched this back",
    Act.CORRECT: "corrected this",
    Act.MUTE: "muted this",
    Act.UNMUTE: "unmuted this",
    Act.ASKED_AGAIN: "asked again",
    Act.ANSWERED_THERE: "answered at the source",
    Act.IMPROVE: "counted this for an improvement",
    Act.SHIPPED: "shipped what they asked for",
    Act.NOT_SHIPPED: "took back that it shipped",
    Act.SOLVED_THERE: "answered for us",
    Act.LOST_SIGHT: "lost sight of this",
    Act.TOGETHER: "put this together with the same story",
    Act.APART: "said that this is not the same story",
    Act.PERHAPS: "took back that this is not the same story",
    Act.BRING: "brought this",
    Act.FORGET: "had a person forgotten who asked for it",
}
# What nobody did, but the clock or somebody outside.
BY_ITSELF: Final[Mapping[Act, str]] = {
    Act.WAKE: "It came back",
    Act.UNMUTE: "It was heard again after a mute",
    Act.ASKED_AGAIN: "They asked again",
    Act.SOLVED_THERE: "Somebody else answered",
    Act.LOST_SIGHT: "The reply was due, and I cannot see replies there",
    Act.TOGETHER: "It tells the same story as an earlier one, so I put it into the thread of that card",
    Act.APART: "Somebody asked us here, so I gave it a card of its own",
    Act.FORGET: "A person was forgotten who asked for it",
    Act.US: "A later post showed that it is about us",
}


def say_who_was_first(outdated: Outdated, *, presser: str) -> str:
    """Return why the press on an older drawing did nothing: who decided what, and when."""
    reply, first = outdated.conversation.reply, outdated.first
    if reply.claimed_by and not reply.is_answered and reply.claimed_at and reply.claimed_by != presser:
        return f"{user(reply.claimed_by)} has had this one since {when(reply.claimed_at)}."
    if first is None:
        return "The card has changed since you saw it. It is up to date now: please press again."
    return f"{deed_of(first, reader=presser)} {when(first.at)}. The card is up to date now."


def say_cannot_be_put_off(conversation: Conversation) -> str:
    """Return why a person cannot snooze a conversation: another has promised the reply, or nothing is left to do."""
    if conversation.reply.state is ReplyState.CLAIMED:
        owner = user(conversation.reply.claimed_by)
        return f"{owner} has promised this reply, so only {owner} can put it off. You can assign it to somebody else."
    return "Nothing is left to do here, so there is nothing to put off."


def say_who_showed(shown_by: str, shown_at: datetime | None) -> str:
    """Return why *Show all* did nothing: somebody was first."""
    if not shown_by:
        return "The message has changed since you saw it. It is up to date now: please press again."
    at = f" {when(shown_at)}" if shown_at else ""
    return f"{user(shown_by)} had them shown{at}."


def say_posted() -> str:
    """Return why *Open card* did nothing: somebody was first."""
    return "Its card is in the channel already."


def say_who_asked(by: str, at: datetime) -> str:
    """Return why *Show the next* did nothing: somebody was first."""
    return f"{user(by)} had the next ones shown {when(at)}. They stand in the thread."


def say_gone() -> str:
    """Return what to say when the conversation is no longer there."""
    return "I no longer have this conversation, so nothing was changed."


def say_it_is_yours() -> str:
    """Return what to say to a promise from a digest that is too old to show it."""
    return "It is yours now. This digest is more than a week old and stays as it was; the card shows it."


def say_card_stands() -> str:
    """Return why *Post it again* did nothing."""
    return "The card stands in the channel already, so nothing was changed."


def say_mended_before() -> str:
    """Return why *Post elsewhere…* did nothing: the channel is back, or somebody was first."""
    return "I can post again already: the channel is back, or somebody chose another one. Nothing was changed."


def say_unknown() -> str:
    """Return what to say to a press or a command that nothing of ours listens to."""
    return (
        "I do not know this button or command: perhaps another release of me made it. Nothing was changed; "
        "please use a newer message of mine."
    )


def say_failed(reference: str) -> str:
    """Return what to say after an error of ours; `reference` is in the log beside the error."""
    look = "Something went wrong on my side; please look how it stands before you try again."
    return f"{look} The log has it under `{inline(reference)}`."


def deed_of(past: Past, *, reader: str = "") -> str:
    """Return who did what, as the beginning of a sentence to `reader`."""
    by_itself = "" if past.by else BY_ITSELF.get(past.act, "")
    return by_itself or f"{doer(past.by, reader=reader)} {DEEDS[past.act]}"
