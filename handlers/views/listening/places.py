"""Adding a place: its address, what was found there, and the word that it is listened to."""

import json
from collections.abc import Sequence
from typing import Final

from engagement.listening.places import Listened, PlaceTried
from engagement.listening.source import NewSource
from engagement.prose import clip
from engagement.watch import Watch
from handlers.views import blocks
from handlers.views.blocks import Block, View
from handlers.views.listening.setup import say_heard, why_silent
from handlers.views.mrkdwn import inline, some, web_address

# The names under which the forms' values come back (block_id and action_id alike).
ADDRESS: Final = "address"
WATCH: Final = "watch"
FOUND: Final = "found"
LEFT: Final = "left"

TITLE: Final = "Add a place"
LEAVE: Final = "Leave places"
ADDRESS_LENGTH: Final = 100
LONGEST_ADDRESS: Final = 2_000
NAME_LENGTH: Final = 100
WATCHES_AT_MOST: Final = 100
FOUND_AT_MOST: Final = 5
SILENT_AT_MOST: Final = 3
# Slack's limit of a select's options.
PLACES_AT_MOST: Final = 100
# Slack takes 3,000 characters of private_metadata.
METADATA_LENGTH: Final = 3_000


def add_place_modal(watches: Sequence[Watch], *, silent: PlaceTried | None = None, address: str = "") -> View:
    """Return the form that asks for an address; `silent` is what the `address` before led to, and was not heard."""
    choices = [blocks.option(watch.name, str(watch.id)) for watch in watches[:WATCHES_AT_MOST]]
    return blocks.form(
        TITLE,
        [
            *([blocks.section(_nothing(silent))] if silent else []),
            blocks.field(
                ADDRESS,
                "Where do they talk?",
                blocks.text_input(ADDRESS, "forum.tidewiki.example", value=clip(address, LONGEST_ADDRESS)),
                hint="The address of a site, forum, subreddit, tag, channel or feed. I find what can be listened to.",
            ),
            blocks.field(WATCH, "What to listen for", blocks.static_select(WATCH, choices, choices[0])),
            blocks.context("Nothing is added before it has answered me."),
        ],
        submit="Look",
        callback_id="places.look",
        private_metadata="{}",
    )


def looking_modal(address: str) -> View:
    """Return what is shown while we look."""
    return blocks.modal(TITLE, [blocks.section(f"⏳ I look at *{inline(address, ADDRESS_LENGTH)}* …")])


def found_modal(watch: Watch, found: Sequence[tuple[NewSource, PlaceTried]], silent: Sequence[PlaceTried]) -> View:
    """Return the form that offers what answered, the first one chosen; at most five, and what the form can carry."""
    offered = [(source, place) for source, place in found if web_address(source.url)][:FOUND_AT_MOST]
    while len(_carried(watch, offered)) > METADATA_LENGTH:
        offered = offered[:-1]
    options = [blocks.option(place.name, str(number), say_heard(place)) for number, (_, place) in enumerate(offered)]
    unheard = [f"{inline(place.name)}: {why_silent(place)}" for place in silent[:SILENT_AT_MOST]]
    return blocks.form(
        TITLE,
        [
            blocks.field(FOUND, f"Listen for {watch.name} in", blocks.checkboxes(FOUND, options, options[:1])),
            *([blocks.context(f"No answer from {'; '.join(unheard)}.")] if unheard else []),
        ],
        submit="Listen",
        callback_id="places.listen",
        private_metadata=_carried(watch, offered),
    )


def listening_modal(watch: Watch, names: Sequence[str]) -> View:
    """Return the word that it is done."""
    places = some([f"*{inline(name)}*" for name in names], FOUND_AT_MOST)
    said: list[Block] = [
        blocks.section(f"👂 I listen to {places} for *{inline(watch.name)}* now."),
        blocks.context("The first look is under way. The newest mentions become cards, the rest counts as read."),
    ]
    return blocks.modal(TITLE, said, close="Done")


def _carried(watch: Watch, offered: Sequence[tuple[NewSource, PlaceTried]]) -> str:
    listed = [[clip(each.name, NAME_LENGTH), each.url, clip(each.community, NAME_LENGTH)] for each, _ in offered]
    return json.dumps({"watch": watch.id, "found": listed}, ensure_ascii=False, separators=(",", ":"))


def _nothing(silent: PlaceTried) -> str:
    if silent.again_at:
        return f"⏳ I have not asked there yet: {why_silent(silent)}. Please look again then."
    return f"⚠️ I heard nothing there: {why_silent(silent)}."


def leave_modal(places: Sequence[Listened]) -> View:
    """Return the form that asks which places are not worth it any more, of a hundred at most."""
    options = [blocks.option(each.place, f"{each.watch_id}:{each.source_id}", _for_whom(each)) for each in places]
    return blocks.form(
        LEAVE,
        [
            blocks.field(
                LEFT, "Listen no more in", blocks.multi_static_select(LEFT, "Places", options[:PLACES_AT_MOST])
            ),
            blocks.context("What was heard there stays: cards, promises and figures."),
        ],
        submit="Leave",
        callback_id="places.left",
        private_metadata="{}",
    )


def left_modal(places: Sequence[Listened]) -> View:
    """Return the word that it is done."""
    names = some([f"*{inline(each.place)}* (for {inline(each.watch)})" for each in places], FOUND_AT_MOST)
    said = f"I listen no more in {names}." if places else "Somebody was faster: these places are left already."
    return blocks.modal(LEAVE, [blocks.section(said)], close="Done")


def _for_whom(place: Listened) -> str:
    return f"for {place.watch}, not heard at the last try" if place.is_sick else f"for {place.watch}"
