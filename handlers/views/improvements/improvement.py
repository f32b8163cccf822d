"""The card of an improvement in its department's channel: what it is, who asked, and how far it is."""

from collections.abc import Mapping, Sequence
from typing import Final

from engagement.calendar import DAY
from engagement.conversations.conversation import CountedFor
from engagement.improvements.asked_for import Asked, Demand, count_people
from engagement.improvements.improvement import (
    Improvement,
    ImprovementAct,
    ImprovementKind,
    ImprovementPress,
    ImprovementState,
)
from engagement.prose import short_duration, times
from handlers.views import blocks
from handlers.views.blocks import Block, Message
from handlers.views.conversations.quoting import UNTITLED
from handlers.views.mrkdwn import channel, doer, in_lines, inline, link, separated, some, user, when

TITLE_LENGTH: Final = 100
NOTE_LENGTH: Final = 300
URL_LENGTH: Final = 500
EXAMPLES: Final = 3
PLACES_AT_MOST: Final = 4
WEEKS_FROM: Final = 14 * DAY

KIND_NAME: Final[Mapping[ImprovementKind, str]] = {
    ImprovementKind.FIX: "Fix",
    ImprovementKind.BUILD: "Build",
    ImprovementKind.MORE: "More of",
}
KIND_EMOJI: Final[Mapping[ImprovementKind, str]] = {
    ImprovementKind.FIX: "🔧",
    ImprovementKind.BUILD: "🧱",
    ImprovementKind.MORE: "🌱",
}
STATE_NAME: Final[Mapping[ImprovementState, str]] = {
    ImprovementState.PROPOSED: "Proposed",
    ImprovementState.PLANNED: "Planned",
    ImprovementState.SHIPPED: "Shipped",
    ImprovementState.DECLINED: "Declined",
}
# What is done now and then: the word of each in its value (`word:id:version`), and what people read.
MENU: Final = (("change", "Change…"), ("merge", "Merge…"), ("split", "Split…"), ("history", "History"))
MENU_OF_DECIDED: Final = (("change", "Change…"), ("history", "History"))
# `other` is what it was merged with, or what was split off.
DEEDS: Final[Mapping[ImprovementAct, str]] = {
    ImprovementAct.CREATE: "proposed {it}",
    ImprovementAct.CHANGE: "changed {it}",
    ImprovementAct.PLAN: "planned {it}",
    ImprovementAct.SHIP: "shipped {it}",
    ImprovementAct.DECLINE: "declined {it}",
    ImprovementAct.REOPEN: "opened {it} again",
    ImprovementAct.MERGE: "merged {it} into {other}",
    ImprovementAct.ABSORB: "merged {other} into {it}",
    ImprovementAct.SPLIT: "split {other} off {it}",
    ImprovementAct.CLOSED: "saw that its issue was closed",
    ImprovementAct.OPENED: "saw that its issue was opened again",
}


def draw_improvement(demand: Demand, *, stands_in: str) -> Message:
    """Return the card of an improvement as it stands; `stands_in` is the channel of this copy of it."""
    improvement = demand.improvement
    text = f"{STATE_NAME[improvement.state]}: {inline(improvement.wanted.title, TITLE_LENGTH)}"
    if demand.into:
        text = f"Merged: {inline(improvement.wanted.title, TITLE_LENGTH)}"
        merged = f"merged into *{title_of(demand.into)}* by {user(improvement.decided_by)}"
        return Message(text=text, blocks=[_one_line(improvement, merged)])
    if stands_in != improvement.wanted.channel:
        moved = f"now in {channel(improvement.wanted.channel)}"
        return Message(text=text, blocks=[_one_line(improvement, moved)])
    drawn = _undecided(demand) if improvement.is_undecided else _decided(demand)
    return Message(text=f"{text}, {times(demand.people, 'person', 'people')}", blocks=drawn)


def _undecided(demand: Demand) -> list[Block]:
    improvement = demand.improvement
    seems_done, is_proposed = improvement.closed_at is not None, improvement.state is ImprovementState.PROPOSED
    plan = blocks.button("Plan", "improvement.plan", value_of(improvement), primary=not seems_done)
    ship = blocks.button("Shipped…", "improvement.ship", value_of(improvement), primary=seems_done)
    decline = blocks.button("Decline…", "improvement.decline", value_of(improvement))
    return [
        blocks.section(title_line(improvement)),
        blocks.context(in_lines(separated([standing(improvement), _owner(improvement)]), _closed(improvement))),
        blocks.section(_who_asked(demand)),
        blocks.actions(*([plan] if is_proposed else []), ship, decline, _menu(improvement, MENU)),
    ]


def _decided(demand: Demand) -> list[Block]:
    improvement = demand.improvement
    reopen = blocks.button("Open again", "improvement.reopen", value_of(improvement))
    note = f"“{inline(improvement.note, NOTE_LENGTH)}”" if improvement.note else ""
    read = link(improvement.link, "read about it", longest=URL_LENGTH) if improvement.link else ""
    said = separated([standing(improvement), note, read])
    told = told_line(demand) if improvement.is_shipped else times(demand.people, "person", "people") + " asked"
    show = [show_the_people(improvement.id, len(demand.untold))] if demand.untold else []
    return [
        blocks.section(title_line(improvement)),
        blocks.context(in_lines(said, told)),
        blocks.actions(*show, reopen, _menu(improvement, MENU_OF_DECIDED)),
    ]


def _one_line(improvement: Improvement, what: str) -> Block:
    return blocks.section(f"~{title_of(improvement)}~  {what}")


# ---- words ---------------------------------------------------------------------------------------------------------


def title_line(improvement: Improvement) -> str:
    """Return what it is, as the head of its card."""
    kind = improvement.wanted.kind
    return f"{KIND_EMOJI[kind]} *{title_of(improvement)}*  ·  {KIND_NAME[kind].lower()}"


def title_of(improvement: Improvement) -> str:
    """Return what it is called, with the way to its issue if there is one."""
    wanted = improvement.wanted
    return link(wanted.tracker_url, wanted.title or UNTITLED, limit=TITLE_LENGTH, longest=URL_LENGTH)


def standing(improvement: Improvement) -> str:
    """Return how far it is, and who said so."""
    by = f" by {user(improvement.decided_by)}" if improvement.decided_by else ""
    return f"*{STATE_NAME[improvement.state]}*{by}, {when(improvement.decided_at)}"


def _owner(improvement: Improvement) -> str:
    return f"{user(improvement.wanted.owner)} has it" if improvement.wanted.owner else "nobody has it yet"


def _closed(improvement: Improvement) -> str:
    if improvement.closed_at is None:
        return ""
    issue = link(improvement.wanted.tracker_url, "Its issue", longest=URL_LENGTH)
    return f"{issue} is closed, I saw that {when(improvement.closed_at)}. *Has it shipped?*"


def _who_asked(demand: Demand) -> str:
    if not demand.asked:
        return "Nobody asks for it now: what people said was taken back, or is counted for another."
    first = "the first " if demand.people > 1 else ""
    asked = f", {first}{when(demand.first_at, '{date_short_pretty}')}" if demand.first_at else ""
    people = f"*{times(demand.people, 'person', 'people')}* asked{asked}: {_places(demand.asked)}"
    examples = [f"• {example(each)}" for each in _examples(demand.asked)]
    return in_lines(people, *examples)


def _examples(asked: Sequence[Asked]) -> list[Asked]:
    """Return the newest of each conversation, and where these are few, what else was said there."""
    newest = {each.conversation_id: each for each in reversed(asked)}
    others = [each for each in asked if newest[each.conversation_id] is not each]
    firsts = [each for each in asked if newest[each.conversation_id] is each]
    return [*firsts, *others][:EXAMPLES]


def _places(asked: Sequence[Asked]) -> str:
    by_place: dict[str, list[Asked]] = {}
    for each in asked:
        by_place.setdefault(each.community, []).append(each)
    counted = sorted(((count_people(each), place) for place, each in by_place.items()), key=lambda pair: -pair[0])
    return some([f"{inline(place)} {count:,}" for count, place in counted], PLACES_AT_MOST)


def example(asked: Asked) -> str:
    """Return what somebody wrote, who, where and when, on one line."""
    title = link(asked.url, asked.title or UNTITLED, limit=TITLE_LENGTH, longest=URL_LENGTH)
    return separated([title, inline(asked.author), inline(asked.community), when(asked.at, "{date_short_pretty}")])


def told_line(demand: Demand) -> str:
    """Return how long the first who asked had to wait, and how many know by now."""
    took = demand.seconds_to_ship
    after = how_long_after(took, demand.people) if took is not None else "nobody had asked"
    told = f"{demand.told:,} told, {len(demand.untold):,} not yet" if demand.telling else ""
    out = demand.out_of_reach
    beyond = f"{out:,} out of reach: the thread is closed, or a reply would be late" if out else ""
    return separated([after, told, beyond])


def how_long_after(seconds: int, people: int) -> str:
    """Return "11 weeks after the first of 7 people asked"; below a fortnight in days and hours, as ever."""
    took = short_duration(seconds) if seconds < WEEKS_FROM else times(seconds // (7 * DAY), "week")
    return f"{took} after {'the first of ' if people > 1 else ''}{times(people, 'person', 'people')} asked"


def counted_for(counted: CountedFor | None) -> str:
    """Return what a card says of the improvement that its conversation is counted for; empty without one."""
    if counted is None:
        return ""
    improvement = counted.improvement
    state = STATE_NAME[improvement.state].lower()
    return f"→ improvement *{title_of(improvement)}* ({state}, {times(counted.people, 'person', 'people')})"


def deed_of(press: ImprovementPress, *, reader: str, it: str = "this", other: str = "another") -> str:
    """Return who did what to an improvement, as the beginning of a sentence to `reader`, in mrkdwn."""
    return f"{doer(press.by, reader=reader)} {DEEDS[press.act].format(it=it, other=other)}"


def say_what_was_done_first(improvement: Improvement, first: ImprovementPress | None, *, reader: str) -> str:
    """Return why a press on an improvement did nothing: who did what to it, and when."""
    if first is None:
        return "The card has changed since you saw it. It is up to date now: please press again."
    deed = deed_of(first, reader=reader, it=name_of(improvement.wanted.title))
    return f"{deed} {when(first.at)}. The card is up to date now."


def name_of(title: str) -> str:
    """Return what an improvement is called within a sentence."""
    return f"_{inline(title, TITLE_LENGTH)}_"


def say_improvement_gone() -> str:
    """Return what to say where there is no such improvement."""
    return "I do not have this improvement, so nothing was changed."


def show_the_people(improvement_id: int, untold: int) -> Block:
    """Return the button that lists who is still to be told."""
    people = f"{untold:,} people" if untold > 1 else "person"
    return blocks.button(f"Show the {people}", "improvement.people", str(improvement_id))


def value_of(improvement: Improvement) -> str:
    """Return what a button of an improvement carries."""
    return f"{improvement.id}:{improvement.version}"


def _menu(improvement: Improvement, menu: Sequence[tuple[str, str]]) -> Block:
    value = value_of(improvement)
    return blocks.overflow("improvement.more", [blocks.option(label, f"{what}:{value}") for what, label in menu])
