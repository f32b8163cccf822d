"""The forms of *Track this* and *Log a talk in person*, and where what they made stands."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from engagement.conversations.by_hand import FollowUp, Linked
from engagement.prose import clip
from engagement.understanding.reading import Kind
from engagement.watch import Watch
from handlers.views import blocks
from handlers.views.blocks import Block, Message, View
from handlers.views.mrkdwn import channel, web_address
from handlers.views.words import KIND_EMOJI, KIND_NAME

# The names under which the forms' values come back (block_id and action_id alike).
LINK: Final = "link"
WATCH: Final = "watch"
NEXT: Final = "next"
WHO: Final = "who"
WHERE: Final = "where"
SAID: Final = "said"
KIND: Final = "kind"
BY: Final = "by"

NAME_LENGTH: Final = 100
SAID_LENGTH: Final = 2_900
# Slack keeps 3,000 characters of what a form carries.
CARRIED_LENGTH: Final = 2_900
WORDS_LENGTH: Final = 300
OPTIONS_AT_MOST: Final = 100

NEXT_OF_A_LINK: Final[Mapping[FollowUp, str]] = {
    FollowUp.TEAM: "Let the team decide",
    FollowUp.SOMEBODY: "We owe a reply",
    FollowUp.MINE: "I'll reply",
}
NEXT_OF_A_TALK: Final[Mapping[FollowUp, str]] = {
    FollowUp.NONE: "No, just remember it",
    FollowUp.MINE: "Yes, and I'll do it",
    FollowUp.SOMEBODY: "Yes, somebody should",
}


def track_modal(links: Sequence[Linked], words: str, watches: Sequence[Watch]) -> View:
    """Return the form that asks which link, and for which watch; `words` are those of the message around them."""
    kept = _carried(links, clip(words, WORDS_LENGTH))
    options = [blocks.option(_called(each), str(number)) for number, each in enumerate(kept)]
    return blocks.form(
        "Track this",
        [
            blocks.field(LINK, "Which link?", blocks.static_select(LINK, options, options[0])),
            *_watch_field(watches),
            blocks.field(NEXT, "What next?", _choice(NEXT, NEXT_OF_A_LINK)),
        ],
        submit="Track",
        callback_id="track.submit",
        private_metadata=_dumped(kept, clip(words, WORDS_LENGTH)),
    )


def talk_modal(watches: Sequence[Watch]) -> View:
    """Return the form that asks with whom somebody talked, where, and what was said."""
    kinds = {kind.value: blocks.option(f"{KIND_EMOJI[kind]} {KIND_NAME[kind]}", kind.value) for kind in Kind}
    by_hint = "Left empty, it is due as any other reply."
    return blocks.form(
        "Log a talk in person",
        [
            blocks.field(WHO, "Who was it?", blocks.text_input(WHO, "Ada Lovelace", longest=NAME_LENGTH)),
            blocks.field(WHERE, "Where?", blocks.text_input(WHERE, "FOSDEM", longest=NAME_LENGTH), optional=True),
            blocks.field(
                SAID,
                "What was said?",
                blocks.text_input(SAID, "They would switch if it kept history.", multiline=True, longest=SAID_LENGTH),
            ),
            blocks.field(KIND, "What was it?", blocks.static_select(KIND, [*kinds.values()], kinds[Kind.OTHER])),
            *_watch_field(watches),
            blocks.field(NEXT, "Do we owe them a follow-up?", _choice(NEXT, NEXT_OF_A_TALK)),
            blocks.field(BY, "By when?", blocks.date_input(BY), hint=by_hint, optional=True),
        ],
        submit="Log it",
        callback_id="log.submit",
        private_metadata="{}",
    )


def done_modal(title: str, sentence: str) -> View:
    """Return what is shown once a form has done its work."""
    return blocks.modal(title, [blocks.section(sentence)], close="Done")


def say_tracked(channel_id: str, address: str, *, is_new: bool) -> str:
    """Return where the card stands; `address` is empty where it is still on its way."""
    link = web_address(address)
    card = f"<{link}|The card>" if link else "The card"
    if not is_new:
        return f"I had this one already. {card} is in {channel(channel_id)}."
    return f"Tracked. {card} {'is in' if link else 'comes to'} {channel(channel_id)}."


def say_logged(channel_id: str, address: str) -> str:
    """Return where the card of a talk stands; `address` as in `say_tracked`."""
    link = web_address(address)
    return (
        f"Logged. <{link}|The card> is in {channel(channel_id)}."
        if link
        else f"Logged. The card comes to {channel(channel_id)}."
    )


def say_no_link() -> Message:
    """Return what to say to a message without a web link."""
    return blocks.only(
        "There is no web link in that message. Use *Track this* on one that holds the address of what somebody wrote."
    )


def say_nothing_watched(command: str) -> str:
    """Return what to do first, where nothing is listened for: no channel would get the card."""
    return (
        "I do not listen for anything yet, so I do not know where the card should go. "
        f"Type `{command} watch add` in the channel where mentions should go."
    )


def _watch_field(watches: Sequence[Watch]) -> list[Block]:
    if len(watches) == 1:
        return []
    options = [blocks.option(watch.name, str(watch.id)) for watch in watches[:OPTIONS_AT_MOST]]
    return [blocks.field(WATCH, "For which watch?", blocks.static_select(WATCH, options, options[0]))]


def _choice(name: str, words: Mapping[FollowUp, str]) -> Block:
    options = [blocks.option(label, each.value) for each, label in words.items()]
    return blocks.static_select(name, options, options[0])


def _called(link: Linked) -> str:
    return link.label or link.url.partition("://")[2]


def _carried(links: Sequence[Linked], words: str) -> list[Linked]:
    """Return as many of the links as a form can carry, at least one."""
    kept = list(links)
    while len(kept) > 1 and len(_dumped(kept, words)) > CARRIED_LENGTH:
        kept.pop()
    return kept


def _dumped(links: Sequence[Linked], words: str) -> str:
    return json.dumps({"links": [[each.url, each.label] for each in links], "words": words}, ensure_ascii=False)
