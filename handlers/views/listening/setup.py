"""From nothing to listening: the hello, the form, the places tried, and the word to the channel."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from engagement.listening.places import PlaceTried
from engagement.product import PRODUCT
from engagement.prose import times
from engagement.watch import Watch
from handlers.views import blocks
from handlers.views.blocks import Block, Message, View
from handlers.views.listening.watch import (
    WatchForm,
    expert_fields,
    more_button,
    outcome_field,
    site_field,
    word_fields,
)
from handlers.views.mrkdwn import channel, inline, some, when

# The name under which the choice of places comes back, one for each ten (block_id and action_id alike).
PLACES: Final = "places"

TITLE: Final = "Start listening"
REASON_LENGTH: Final = 120
PLACES_AT_MOST: Final = 12
SILENT_AT_MOST: Final = 5
NAMES_AT_MOST: Final = 3
# Slack's limit of checkboxes in one field; and of those fields, enough for every place there is.
BOXES_AT_MOST: Final = 10
CHOICES_AT_MOST: Final = 60


def draw_hello(command: str) -> Message:
    """Return what the bot says once, in a channel that has no watch."""
    hello = (
        f"Hello, I am *{PRODUCT}*. I listen where people talk about you and bring each conversation here, "
        "so that you can answer the person and act on what they say."
    )
    start = blocks.button("Start listening", "setup.start", "start", primary=True)
    hint = blocks.context(f"It takes a minute. `{command} help` lists everything else.")
    return Message(
        text=f"Hello, I am {PRODUCT}. Press Start listening.",
        blocks=[blocks.section(hello), blocks.actions(start), hint],
    )


def start_modal(channel_id: str, *, command: str, filled: WatchForm | None = None, is_unfolded: bool = False) -> View:
    """Return the form of set-up, `filled` as somebody left it; what it starts posts to `channel_id`."""
    filled = filled or WatchForm(channel=channel_id)
    where = "" if is_unfolded else f"Mentions come to {channel(channel_id)}. "
    return blocks.form(
        TITLE,
        [
            outcome_field(filled.outcome),
            *word_fields(filled),
            site_field(filled.site),
            *(expert_fields(filled) if is_unfolded else [blocks.actions(more_button("setup.more"))]),
            blocks.context(f"{where}`{command} watch add` opens this form again."),
        ],
        submit="Start listening",
        callback_id="setup.submit",
        private_metadata=json.dumps({"channel": channel_id}),
    )


def trying_modal(names: Sequence[str], places: Sequence[str]) -> View:
    """Return what is shown while the proposed `places` are tried."""
    sought = some([f"*{inline(name)}*" for name in names], NAMES_AT_MOST)
    listed = some([inline(place) for place in places], PLACES_AT_MOST)
    sentence = f"I look for {sought} in {times(len(places), 'place')}: {listed} …"
    closing = "Nothing is lost if you close this: then I listen in every place that answers."
    return blocks.modal(TITLE, [blocks.section(f"⏳ {sentence}"), blocks.context(closing)])


def choose_modal(watch: Watch, setup_id: int, answered: Sequence[PlaceTried], silent: Sequence[PlaceTried]) -> View:
    """Return the form that asks in which of the places that answered to listen, all of them chosen; why others did not.

    Closing it chooses all. The options are numbered as the set-up numbers the places.
    """
    tried = len(answered) + len(silent)
    verdict = f"*{len(answered)} of {times(tried, 'place')} answered.* Mentions come to {channel(watch.channel)}."
    options = [blocks.option(place.name, str(number), say_heard(place)) for number, place in enumerate(answered)]
    asked = options[:CHOICES_AT_MOST]
    groups = [asked[start : start + BOXES_AT_MOST] for start in range(0, len(asked), BOXES_AT_MOST)]
    labels = ["Listen in", *["and in"] * len(groups)]
    fields = [
        blocks.field(
            f"{PLACES}{n}", labels[n], blocks.checkboxes(f"{PLACES}{n}", group, group), optional=len(groups) > 1
        )
        for n, group in enumerate(groups)
    ]
    form = blocks.form(
        TITLE,
        [
            blocks.section(verdict),
            *fields,
            *_not_heard(silent),
            blocks.context("If you close this, I listen in all that answered."),
        ],
        submit="Listen here",
        callback_id="setup.listen",
        private_metadata=json.dumps({"setup": setup_id}),
    )
    return {**form, "close": blocks.plain("Listen in all", blocks.MODAL_TITLE_LENGTH), "notify_on_close": True}


def nothing_heard_modal(watch: Watch, silent: Sequence[PlaceTried], next_poll_at: datetime | None) -> View:
    """Return why no place answered, and when the next one is asked again."""
    verdict = f"*None of {times(len(silent), 'place')} answered yet.* I keep trying."
    where = f"Mentions come to {channel(watch.channel)}."
    next_look = f"Next look {when(next_poll_at)}. " if next_poll_at else ""
    return blocks.modal(
        TITLE, [blocks.section(verdict), *_not_heard(silent), blocks.context(f"{next_look}{where}")], close="Done"
    )


def no_more_places_modal(watch: Watch) -> View:
    """Return the word that every place we could propose is listened to."""
    said = f"I know no further places for *{inline(watch.name)}*. *Add a place…*, in my Home, takes any address."
    return blocks.modal(TITLE, [blocks.section(said)])


def listening_modal(watch: Watch, *, places: int) -> View:
    """Return the word that it is done."""
    said = f"👂 I listen for *{inline(watch.name)}* in {times(places, 'place')} now."
    found = f"What I found there already, the newest three at most, comes to {channel(watch.channel)} now."
    return blocks.modal(TITLE, [blocks.section(said), blocks.context(found)], close="Done")


def settled_modal(command: str) -> View:
    """Return what to say where the choice came too late."""
    said = f"Nobody chose for a while, so I listen in all places that answered. `{command} sources` leaves some."
    return blocks.modal(TITLE, [blocks.section(said)])


def draw_started(
    watch: Watch, answered: Sequence[PlaceTried], silent: Sequence[PlaceTried], next_poll_at: datetime | None
) -> Message:
    """Return what the channel is told once listening begins; `next_poll_at` is None where nothing will be polled."""
    name, listed = inline(watch.name), some([inline(place.name) for place in answered], PLACES_AT_MOST)
    if answered:
        places = f"in {times(len(answered), 'place')}: {listed}"
    else:
        places = "as soon as a place answers" if silent else "as soon as it has a place to listen to"
    unheard = [f"{inline(place.name)}: {why_silent(place)}" for place in silent[:SILENT_AT_MOST]]
    unheard += [f"{len(silent) - SILENT_AT_MOST:,} more"] if len(silent) > SILENT_AT_MOST else []
    details = [
        f"Next look {when(next_poll_at)}." if next_poll_at else "",
        f"No answer yet from {'; '.join(unheard)}." if unheard else "",
    ]
    said = " ".join(filter(None, details))
    return Message(
        text=f"Listening for {name} {places}",
        blocks=[blocks.section(f"👂 Listening for *{name}* {places}."), *([blocks.context(said)] if said else [])],
    )


def draw_stopped(watch: Watch, at: datetime) -> Message:
    """Return what the channel's word on a watch says once nobody listens for it any more."""
    said = f"I listen for *{inline(watch.name)}* no more, since {when(at)}. What was heard stays."
    return Message(text=f"No longer listening for {inline(watch.name)}", blocks=[blocks.section(said)])


def say_heard(place: PlaceTried) -> str:
    """Return how much was heard at a place that was tried, and what is to be known of it."""
    posts = f"{times(place.posts, 'post')} there" if place.posts else "no posts there yet"
    return f"{posts}; {place.note}" if place.note else posts


def _not_heard(silent: Sequence[PlaceTried]) -> list[Block]:
    return [blocks.section("\n".join(map(_silent_line, silent[:PLACES_AT_MOST])))] if silent else []


def _silent_line(place: PlaceTried) -> str:
    return f"{'⏳' if place.again_at else '⚠️'} *{inline(place.name)}*: {why_silent(place)}"


def why_silent(place: PlaceTried) -> str:
    """Return why nothing was heard there, without a full stop; where its host has to wait, until when."""
    again = f", next turn {when(place.again_at)}" if place.again_at else ""
    return (inline(place.detail, REASON_LENGTH).rstrip(".") or "no answer") + again
