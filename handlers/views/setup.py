"""From nothing to listening: the hello, the form, the places tried, and the word to the channel."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from engagement.listing import PlaceTried
from engagement.product import PRODUCT
from engagement.prose import times
from engagement.watch import Outcome, Watch
from handlers.views import blocks
from handlers.views.blocks import Message, View
from handlers.views.mrkdwn import channel, inline, separated, some, when

# The names under which the form's values come back (block_id and action_id alike).
OUTCOME: Final = "outcome"
NAMES: Final = "names"
EXCLUDED: Final = "excluded"
SITE: Final = "site"

REASON_LENGTH: Final = 120
NOTE_LENGTH: Final = 80
PLACES_AT_MOST: Final = 12
SILENT_AT_MOST: Final = 5
NAMES_AT_MOST: Final = 3

WISHES: Final[Mapping[Outcome, tuple[str, str]]] = {
    Outcome.SUPPORT: ("Answer people", "Nobody who asks us waits in vain"),
    Outcome.REPUTATION: ("Know our reputation", "Hear complaints and praise, early"),
    Outcome.AWARENESS: ("Be aware", "Know who talks about us, and where"),
    Outcome.LEADS: ("Find people we can help", "Meet those who look for something like ours"),
}


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


def start_modal(channel_id: str, *, command: str) -> View:
    """Return the one form of set-up; what it starts posts to `channel_id`."""
    wishes = {outcome: blocks.option(wish, outcome.value, meaning) for outcome, (wish, meaning) in WISHES.items()}
    return blocks.form(
        "Start listening",
        [
            blocks.field(
                OUTCOME,
                "What do you want from it?",
                blocks.static_select(OUTCOME, list(wishes.values()), wishes[Outcome.SUPPORT]),
            ),
            blocks.field(
                NAMES,
                "Your names",
                blocks.text_input(NAMES, "Tidewiki, Tide Wiki", multiline=True),
                hint="What people call you: one a line, or with commas between.",
            ),
            blocks.field(
                EXCLUDED,
                "Words to leave out",
                blocks.text_input(EXCLUDED, "tide tables"),
                hint="Posts with any of these are about something else.",
                optional=True,
            ),
            blocks.field(SITE, "Your site", blocks.text_input(SITE, "tidewiki.example"), optional=True),
            blocks.context(f"Mentions come to {channel(channel_id)}. `{command} watch add` opens this form again."),
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
    return blocks.modal("Start listening", [blocks.section(f"⏳ {sentence}")])


def result_modal(tried: Sequence[PlaceTried], *, channel_id: str, next_poll_at: datetime | None) -> View:
    """Return which places answered, and why others did not; `next_poll_at` as in `draw_started`."""
    answered = [place for place in tried if place.ok]
    silent = [place for place in tried if not place.ok]
    if answered:
        verdict = f"*{len(answered)} of {times(len(tried), 'place')} answered.* Mentions come to {channel(channel_id)}."
    else:
        verdict = f"*None of {times(len(tried), 'place')} answered yet.* I keep trying."
    listed = [blocks.section("\n".join(map(_answered_line, answered[:PLACES_AT_MOST])))] if answered else []
    not_heard = [blocks.section("\n".join(map(_silent_line, silent[:PLACES_AT_MOST])))] if silent else []
    next_look = [blocks.context(f"Next look {when(next_poll_at)}.")] if next_poll_at else []
    return blocks.modal("Start listening", [blocks.section(verdict), *listed, *not_heard, *next_look], close="Done")


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


def _answered_line(place: PlaceTried) -> str:
    newest = f", newest {when(place.newest)}" if place.newest else ""
    heard = f"{times(place.posts, 'post') if place.posts else 'no posts yet'}{newest}"
    return separated([f"✅ *{inline(place.name)}*: {heard}", inline(place.note, NOTE_LENGTH)])


def _silent_line(place: PlaceTried) -> str:
    return f"{'⏳' if place.again_at else '⚠️'} *{inline(place.name)}*: {why_silent(place)}"


def why_silent(place: PlaceTried) -> str:
    """Return why nothing was heard there, without a full stop; where its host has to wait, until when."""
    again = f", next turn {when(place.again_at)}" if place.again_at else ""
    return (inline(place.detail, REASON_LENGTH).rstrip(".") or "no answer") + again
