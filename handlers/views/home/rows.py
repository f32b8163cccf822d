"""The lists of the App Home: what I promised, what needs someone, and everything."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from engagement.conversations.conversation import ReplyState
from engagement.conversations.snooze import Snooze
from engagement.digest.own_week import OwnWeeks
from engagement.home import ROWS_A_PAGE, Listed, Page, Queued, State, Step
from engagement.prose import times
from engagement.understanding.priority import Priority, number_at
from handlers.views import blocks
from handlers.views.blocks import Block
from handlers.views.conversations.card import menu_of
from handlers.views.conversations.quoting import UNTITLED
from handlers.views.conversations.snooze import reason_of
from handlers.views.home.filters import Choices, draw_filters, is_narrowed
from handlers.views.home.own_weeks import draw_own_weeks
from handlers.views.mrkdwn import in_lines, inline, link, separated, user, web_address, when
from handlers.views.understanding.priority import say_first, say_number
from handlers.views.words import KIND_EMOJI, TAG_NAME

TITLE_LENGTH: Final = 120
URL_LENGTH: Final = 1_000
NO_WEEKS: Final = OwnWeeks()

Row = Callable[[Queued], list[Block]]


def draw_mine(
    listed: Listed, aside: Listed, *, unowned: int, team_url: str, now: datetime, own: OwnWeeks = NO_WEEKS
) -> list[Block]:
    """Return what the person has promised, and below the last page what they put `aside`.

    `unowned` is how much nobody has, for whoever has nothing to do. `own` is what they answered lately, told above the
    first page.
    """
    waiting = f" *Needs someone* has {unowned:,} to choose from." if unowned else ""

    def row(queued: Queued) -> list[Block]:
        steps = [_step(queued, "We answered…", "reply.answered"), _step(queued, "Hand back", "reply.hand_back")]
        return [
            blocks.section(_row(queued, _due(queued, now=now), _assigned(queued))),
            blocks.actions(*steps, *_open_card(queued, team_url), menu_of(_value(queued))),
        ]

    nothing = f"You have promised nothing that is still open.{waiting}"
    drawn = _list("Mine", listed, row, nothing=nothing, above=draw_own_weeks(own) if listed.is_first else [])
    return [*drawn, *(_aside(aside, team_url) if listed.is_last else [])]


def _aside(listed: Listed, team_url: str) -> list[Block]:
    """Return what sleeps, with the moment it comes back and the reason."""
    rows = [
        blocks.section(_row(queued, _sleeps(queued.line.snooze), card_link(queued, team_url)), _next(queued))
        for queued in listed.rows
    ]
    more = [] if listed.is_last else [blocks.context("and more: *Everything* lists them under *Put aside*")]
    return [blocks.divider(), blocks.section("*Put aside*"), *rows, *more] if rows else []


def draw_unowned(
    listed: Listed, *, first: Priority | None = None, unimproved: int = 0, team_url: str, now: datetime
) -> list[Block]:
    """Return what waits for us and nobody has, the most pressing first; `first` says why the first of all is.

    `unimproved` is how much was reacted to and is counted for nothing.
    """

    def row(queued: Queued) -> list[Block]:
        claim = _step(queued, "I'll reply", "reply.claim")
        return [
            blocks.section(_row(queued, _due(queued, now=now), _matters(queued, now=now))),
            blocks.actions(claim, *_open_card(queued, team_url), menu_of(_value(queued))),
        ]

    nothing = "Nobody waits without one of us on it."
    because = say_first(first) if first and listed.is_first and len(listed.rows) > 1 else ""
    why = [blocks.context(because)] if because else []
    return _list("Needs someone", listed, row, nothing=nothing, above=[*_unimproved(unimproved), *why])


def draw_everything(
    listed: Listed, page: Page, choices: Choices, *, unimproved: int = 0, team_url: str, now: datetime
) -> list[Block]:
    """Return the conversations that pass the filters, below the filters; `unimproved` as in `draw_unowned`."""
    lacks_improvement = page.filters.state == State.UNIMPROVED

    def row(queued: Queued) -> list[Block]:
        next_ = _improve(queued) if lacks_improvement else _next(queued)
        return [blocks.section(_row(queued, _standing(queued, now=now), card_link(queued, team_url)), next_)]

    above = [*draw_filters(page.filters, choices), *_unimproved(unimproved)]
    nothing = "Nothing is like that." if is_narrowed(page.filters) else "I have heard nothing of you yet."
    return _list("Everything", listed, row, nothing=nothing, above=above)


def _unimproved(count: int) -> list[Block]:
    """Return how much the team reacted to without saying what is to change."""
    if not count:
        return []
    show = blocks.button("Show them", "home.unimproved", "show")
    return [blocks.section(f"*{times(count, 'react')}* without an improvement", show)]


def _list(title: str, listed: Listed, row: Row, *, nothing: str, above: Sequence[Block] = ()) -> list[Block]:
    drawn = [block for queued in listed.rows for block in row(queued)]
    return [blocks.header(title), *above, *(drawn or [blocks.section(nothing)]), *_turns(listed)]


# ---- one row -------------------------------------------------------------------------------------------------------


def _row(queued: Queued, *facts: str) -> str:
    """Return what people call it, where it stands, who wrote it and since when it waits; then the facts."""
    line = queued.line
    title = f"*{link(line.url, line.title or UNTITLED, limit=TITLE_LENGTH, longest=URL_LENGTH)}*"
    if line.dismissed_by:
        title = f"~{title}~"
    where = [inline(line.community), inline(line.author), when(line.since)]
    return in_lines(f"{KIND_EMOJI[line.kind]} {title}", separated([*where, *facts]))


def _sleeps(snooze: Snooze | None) -> str:
    return f"put aside until {when(snooze.until)}{reason_of(snooze)}" if snooze else ""


def _due(queued: Queued, *, now: datetime) -> str:
    due_at = queued.line.reply.due_at
    if due_at is None:
        return ""
    return f"*overdue since {when(due_at)}*" if due_at <= now else f"due {when(due_at)}"


def _matters(queued: Queued, *, now: datetime) -> str:
    return say_number(number_at(now, pressing_since=queued.line.pressing_since))


def _assigned(queued: Queued) -> str:
    by = queued.line.reply.assigned_by
    return f"assigned by {user(by)}" if by else ""


def _standing(queued: Queued, *, now: datetime) -> str:  # noqa: PLR0911 one state each, side by side
    """Return what was decided, and whose turn it is."""
    line, reply = queued.line, queued.line.reply
    if line.dismissed_by:
        return f"*Not us*, {user(line.dismissed_by)}"
    if line.is_muted:
        return "*Muted*"
    if line.snooze and line.snooze.lasts:
        return _sleeps(line.snooze)
    tag = f"✓ *{TAG_NAME[line.tag]}*" if line.tag else "not tagged yet"
    if reply.state is ReplyState.ANSWERED:
        return separated([tag, f"answered by {user(reply.answered_by)}"])
    if reply.state is ReplyState.ANSWERED_BY_OTHERS:
        return separated([tag, f"answered by {inline(reply.helper) or 'others'}"])
    if reply.state is ReplyState.CANNOT_TELL:
        return separated([tag, "I cannot see replies there, please look"])
    owner = f"{user(reply.claimed_by)} has it" if reply.claimed_by else "nobody has it" if line.still_waits else ""
    return separated([tag, owner, _due(queued, now=now)])


def _next(queued: Queued) -> Block:
    """Return the button of what comes next; the card's menu where nothing is left to do."""
    if queued.line.is_muted:
        return _step(queued, "Unmute", "mention.unmute")
    if queued.line.snooze and queued.line.snooze.lasts:
        return _step(queued, "Back now", "mention.wake")
    if not queued.line.still_waits:
        return _improve(queued) if queued.line.lacks_improvement else menu_of(_value(queued))
    if queued.line.reply.state is ReplyState.CLAIMED:
        return _step(queued, "We answered…", "reply.answered")
    return _step(queued, "I'll reply", "reply.claim")


def _improve(queued: Queued) -> Block:
    return _step(queued, "Improvement…", "improvement.choose")


def _step(queued: Queued, label: str, action_id: str) -> Block:
    return blocks.button(label, action_id, _value(queued))


def _value(queued: Queued) -> str:
    return f"{queued.line.conversation_id}:{queued.line.version}"


def _open_card(queued: Queued, team_url: str) -> list[Block]:
    address = _card_address(queued, team_url)
    return [blocks.link_button("Open the card", "home.open", address)] if address else []


def card_link(queued: Queued, team_url: str) -> str:
    """Return a link to the card, empty where it stands nowhere yet."""
    address = _card_address(queued, team_url)
    return link(address, "card") if address else ""


def card_address(channel: str, card_ts: str, team_url: str) -> str:
    """Return the address of a card, as chat.getPermalink words it; empty where it stands nowhere yet."""
    if not card_ts or not web_address(team_url):
        return ""
    return f"{team_url.rstrip('/')}/archives/{channel}/p{card_ts.replace('.', '')}"


def _card_address(queued: Queued, team_url: str) -> str:
    return card_address(queued.channel, queued.card_ts, team_url)


# ---- other pages ---------------------------------------------------------------------------------------------------


def turn_value(step: Step, queued: Queued, first: int) -> str:
    """Return what a button carries that turns the page at this row; `first` is the number of the page's first row."""
    spot = queued.spot
    return f"{step}|{spot.at.isoformat()}|{spot.id}|{first}"


def _turns(listed: Listed) -> list[Block]:
    if not listed.rows or (listed.is_first and listed.is_last):
        return []
    last = listed.first + len(listed.rows) - 1
    total = f" of {listed.total:,}" if listed.total else ""
    before = turn_value(Step.BACK, listed.rows[0], max(1, listed.first - ROWS_A_PAGE))
    behind = turn_value(Step.ON, listed.rows[-1], last + 1)
    buttons = [
        *([] if listed.is_first else [blocks.button("◂ Previous", "home.turn.back", before)]),
        *([] if listed.is_last else [blocks.button("Next ▸", "home.turn.on", behind)]),
    ]
    numbers = f"{listed.first:,}" + (f"\N{EN DASH}{last:,}" if last > listed.first else "")
    return [blocks.context(f"{numbers}{total}"), blocks.actions(*buttons)]
