"""What to listen for, as a form: three fields, and the rest of it folded away."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from engagement.calendar import MINUTES_AN_HOUR
from engagement.dataclass import dataclass
from engagement.prose import work_time
from engagement.records.lookup import Topic
from engagement.turns.target import target_of
from engagement.watch import Delivery, Outcome, Watch
from handlers.views import blocks
from handlers.views.blocks import Block, View
from handlers.views.mrkdwn import channel, inline, user, when
from handlers.views.records.turning import history_button
from handlers.views.words import DELIVERY_MEANING, DELIVERY_NAME, OUTCOME_MEANING, OUTCOME_NAME

# The names under which the form's values come back (block_id and action_id alike).
OUTCOME: Final = "outcome"
NAMES: Final = "names"
EXCLUDED: Final = "excluded"
NEAR: Final = "near"
QUERY: Final = "query"
SITE: Final = "site"
HANDLES: Final = "handles"
DELIVERY: Final = "delivery"
CHANNEL: Final = "channel"
TARGET: Final = "target"
WATCH: Final = "watch"

# Slack's limit of a select's options, and of a field's text.
WATCHES_AT_MOST: Final = 100
LONGEST_TEXT: Final = 3_000
TITLE: Final = "What to listen for"
# Minutes of work that a first reply may take; 0: as the outcome asks.
TARGETS: Final = (0, *(hours * MINUTES_AN_HOUR for hours in (1, 2, 4, 8, 16, 40)))
QUERY_HINT: Final = (
    'Decides instead of names and ruled-out words. AND, OR, NOT, "phrases", tide*, NEAR/10, title:, is:question…'
)
BY_OUTCOME: Final = "As long as what you want asks for"


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchForm:
    """What stands in the fields: lists as people type them, one a line."""

    names: str = ""
    excluded: str = ""
    near: str = ""
    query: str = ""
    site: str = ""
    handles: str = ""
    outcome: Outcome = Outcome.SUPPORT
    delivery: Delivery = Delivery.NOW
    target_minutes: int = 0
    channel: str = ""


def form_of(watch: Watch) -> WatchForm:
    """Return a watch as its form shows it."""
    return WatchForm(
        names="\n".join(watch.terms.names),
        excluded="\n".join(watch.terms.excluded),
        near="\n".join(watch.terms.near),
        query=watch.terms.query,
        site=watch.site,
        handles="\n".join(watch.handles),
        outcome=watch.outcome,
        delivery=watch.delivery,
        target_minutes=watch.target_minutes or 0,
        channel=watch.channel,
    )


def watch_modal(watch: Watch, filled: WatchForm | None = None, *, is_unfolded: bool = False) -> View:
    """Return the form that changes a watch, `filled` as somebody left it; submitted, it says which version it shows."""
    filled = filled or form_of(watch)
    if max(len(text) for text in (filled.names, filled.excluded, filled.near, filled.handles)) > LONGEST_TEXT:
        long = "It has more words than fit into a form. `bot.py export` writes them into a file, and `import` reads it."
        return blocks.modal(TITLE, [blocks.section(f"*{inline(watch.name)}*"), blocks.context(long)])
    unfolded = [outcome_field(filled.outcome), site_field(filled.site), *expert_fields(filled), _stop(watch)]
    return blocks.form(
        TITLE,
        [
            blocks.section(f"*{inline(watch.name)}*, for {channel(watch.channel)}"),
            *word_fields(filled),
            *(unfolded if is_unfolded else _folded(watch, filled)),
        ],
        submit="Save",
        callback_id="watch.submit",
        private_metadata=json.dumps({"watch": watch.id, "version": watch.version}),
    )


def _folded(watch: Watch, filled: WatchForm) -> list[Block]:
    return [*_note_of_query(filled), blocks.actions(more_button("watch.more"), _history(watch))]


def _note_of_query(filled: WatchForm) -> list[Block]:
    said = "A query behind *More…* decides what a mention is. The names above are what I look for places with."
    return [blocks.context(said)] if filled.query else []


def word_fields(filled: WatchForm) -> list[Block]:
    """Return the three fields: any of, none of, must be near."""
    return [
        blocks.field(
            NAMES,
            "Any of these names",
            blocks.text_input(NAMES, "Tidewiki, Tide Wiki", multiline=True, value=filled.names),
            hint="What people call you: one a line, or with commas between.",
        ),
        blocks.field(
            EXCLUDED,
            "None of these words",
            blocks.text_input(EXCLUDED, "tide tables", multiline=True, value=filled.excluded),
            hint="Posts with any of these are about something else.",
            optional=True,
        ),
        blocks.field(
            NEAR,
            "Must be near",
            blocks.text_input(NEAR, "wiki, self-hosted", multiline=True, value=filled.near),
            hint="For a name that is also a word; where none is near, I ask you, once a day. "
            "For one name: “tide: wiki”. Must not be near: “-tables”.",
            optional=True,
        ),
    ]


def outcome_field(chosen: Outcome) -> Block:
    """Return the question of what the team wants from listening, and what each answer means."""
    options = {each: blocks.option(OUTCOME_NAME[each], each.value, _what_it_means(each)) for each in OUTCOME_NAME}
    radios = blocks.radio_buttons(OUTCOME, list(options.values()), options[chosen])
    return blocks.field(OUTCOME, "What do you want from it?", radios)


def _what_it_means(outcome: Outcome) -> str:
    return f"{OUTCOME_MEANING[outcome]}; first reply in {work_time(target_of(outcome))}"


def site_field(value: str) -> Block:
    """Return the field for the team's own site."""
    return blocks.field(SITE, "Your site", blocks.text_input(SITE, "tidewiki.example", value=value), optional=True)


def expert_fields(filled: WatchForm) -> list[Block]:
    """Return what few people need: a query, names of our own, where the cards go, and when."""
    # One that was imported is offered as well.
    minutes = sorted({*TARGETS, filled.target_minutes})
    targets = {each: blocks.option(work_time(each) if each else BY_OUTCOME, str(each)) for each in minutes}
    return [
        blocks.field(
            QUERY,
            "Or a query",
            blocks.text_input(
                QUERY, 'tidewiki OR tide NEAR/10 (wiki OR "self hosted")', multiline=True, value=filled.query
            ),
            hint=QUERY_HINT,
            optional=True,
        ),
        blocks.field(
            HANDLES,
            "Names you write under",
            blocks.text_input(HANDLES, "tidewiki_team, @tidewiki", multiline=True, value=filled.handles),
            hint="Posts by these were started by you; nobody waits for an answer to them.",
            optional=True,
        ),
        blocks.field(CHANNEL, "Cards go to", blocks.conversation_select(CHANNEL, "Channel", chosen=filled.channel)),
        blocks.field(DELIVERY, "Cards come", delivery_select(DELIVERY, filled.delivery)),
        blocks.field(
            TARGET,
            "First reply within",
            blocks.static_select(TARGET, list(targets.values()), targets[filled.target_minutes]),
            hint="Counted while you work. A reply that is owed keeps its date.",
        ),
    ]


def delivery_select(name: str, chosen: Delivery) -> Block:
    """Return the choice of how cards come, and what each means; `name` is its action_id."""
    options = {each: blocks.option(label, each.value, DELIVERY_MEANING[each]) for each, label in DELIVERY_NAME.items()}
    return blocks.static_select(name, list(options.values()), options[chosen])


def more_button(action_id: str) -> Block:
    """Return the button that unfolds the rest of a form."""
    return blocks.button("More…", action_id, "more")


def _history(watch: Watch) -> Block:
    return history_button(Topic.WATCH, watch.id)


def _stop(watch: Watch) -> Block:
    sure = blocks.confirm(
        "Stop listening?",
        f"I listen for {watch.name} no more. What was heard stays: cards, promises and figures.",
        yes="Stop listening",
        no="Keep listening",
    )
    value = f"{watch.id}:{watch.version}"
    return blocks.actions(
        blocks.button("Find places…", "watch.find_places", str(watch.id)),
        blocks.button("Leave out…", "watch.noise", str(watch.id)),
        _history(watch),
        blocks.danger("Stop listening for this", "watch.stop", value, sure=sure),
    )


def pick_watch_modal(watches: Sequence[Watch]) -> View:
    """Return the form that asks which watch to change."""
    options = [blocks.option(watch.name, str(watch.id)) for watch in watches[:WATCHES_AT_MOST]]
    return blocks.form(
        TITLE,
        [blocks.field(WATCH, "Which one?", blocks.static_select(WATCH, options, options[0]))],
        submit="Open",
        callback_id="watch.picked",
        private_metadata="{}",
    )


def saved_modal(watch: Watch, *, has_new_names: bool) -> View:
    """Return the word that a watch was changed; with new names, how to search for these, too."""
    said = f"👂 Saved. From the next look on I listen for *{inline(watch.name)}* this way. What stands here stays."
    searches = "The searches I listen to still ask for the old names. I can look for places that know the new ones."
    find = blocks.button("Find places…", "watch.find_places", str(watch.id), primary=True)
    more = [blocks.section(searches), blocks.actions(find)] if has_new_names else []
    return blocks.modal(TITLE, [blocks.section(said), *more], close="Done")


def outdated_modal(watch: Watch, by: str, at: datetime | None) -> View:
    """Return why nothing was changed: somebody was first."""
    who = f"{user(by)} changed" if by else "An import changed"
    changed = f"{who} *{inline(watch.name)}* {when(at) if at else 'meanwhile'}, after this form was opened."
    said = f"Nothing was changed: {changed}"
    again = blocks.button("Open it as it is now", "watch.edit", str(watch.id), primary=True)
    return blocks.modal(TITLE, [blocks.section(said), blocks.actions(again)])


def stopped_modal(watch: Watch) -> View:
    """Return the word that a watch is listened for no more."""
    said = f"I listen for *{inline(watch.name)}* no more. What was heard stays: cards, promises and figures."
    return blocks.modal(TITLE, [blocks.section(said)], close="Done")


def gone_modal() -> View:
    """Return what to say where somebody stopped it meanwhile."""
    return blocks.modal(TITLE, [blocks.section("Somebody stopped this one meanwhile, so nothing was changed.")])
