"""The form behind *Write with the voice guide…*: what was said, how we sound, the draft, and what it should mind."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Final

from engagement.conversations.conversation import Reply, ReplyState
from engagement.dataclass import dataclass
from engagement.prose import join, times
from engagement.voice.check import Finding
from engagement.voice.draft import Draft, SaidInPublic
from engagement.voice.guide import DRAFT_LENGTH, Manners, Promotion
from engagement.voice.writing import Turn, Writing
from handlers.views import blocks
from handlers.views.blocks import Block, View
from handlers.views.conversations.quoting import heading_link
from handlers.views.long_lists import fitting
from handlers.views.mrkdwn import in_lines, inline, link, quoted, separated, some, user, when

# The name under which the draft comes back (block_id and action_id alike).
TEXT: Final = "draft"

TURN_LENGTH: Final = 200
SAID_LENGTH: Final = 240
LINE_LENGTH: Final = 200
LINES_AT_MOST: Final = 6
BANNED_AT_MOST: Final = 12
WORDING_LENGTH: Final = 300
WARNINGS_AT_MOST: Final = 10
# Of each warning that was shown, so much comes back with the form.
MARK_LENGTH: Final = 8
MARKS_AT_MOST: Final = 150
WALLS_AT_MOST: Final = 3
# A section holds 3,000 characters, its title among them.
SECTION_ROOM: Final = 2_800

PROMOTION_SAID: Final = {
    Promotion.FREE: "",
    Promotion.WHEN_ASKED: "links to ourselves only when somebody asks",
    Promotion.NEVER: "no links to ourselves",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What a form holds: the text, the warnings (mrkdwn) it should mind, and (id, version) of the draft it began with.

    The form that warns holds on to that: another window may have saved one since.
    """

    text: str = ""
    warnings: tuple[str, ...] = ()
    drawn: tuple[int, int] = (0, 0)


def writing_modal(writing: Writing, *, value: str, channel_id: str, entered: Entered | None = None) -> View:
    """Return the form for one person's draft; `value` is the card's `id:version`.

    What comes back in `private_metadata`: that, the channel, the draft it began with, the latest draft of others,
    and the marks of the warnings it shows, which the next *Save* passes over.
    """
    mine = writing.mine
    entered = entered or (Entered(text=mine.text, drawn=(mine.id, mine.version)) if mine else Entered())
    carried = {
        "value": value,
        "channel": channel_id,
        "draft": f"{entered.drawn[0]}:{entered.drawn[1]}",
        "others": writing.latest_of_others,
        "passed": marks_of([*_answered(writing), *entered.warnings]),
    }
    save = "Ask for approval" if writing.asks else "Save"
    return blocks.form(
        "Write a reply",
        [
            *_conversation(writing),
            *_guide(writing),
            *_warned(entered.warnings),
            _field(entered),
            *_good(writing),
        ],
        submit="Save anyway" if entered.warnings else save,
        callback_id="reply.write_submit",
        private_metadata=json.dumps(carried, separators=(",", ":")),
    )


def marks_of(warnings: Iterable[str]) -> list[str]:
    """Return by what warnings are known again that a form has shown."""
    marks = (hashlib.sha256(each.encode(errors="replace")).hexdigest()[:MARK_LENGTH] for each in warnings)
    return list(marks)[:MARKS_AT_MOST]


def warning_of(finding: Finding) -> str:
    """Return a finding as a line: the sentence, and where."""
    return inline(_placed(finding), 2 * LINE_LENGTH)


def say_other_draft(draft: Draft) -> str:
    """Return that somebody else is writing as well, and what."""
    words = inline(draft.text, SAID_LENGTH)
    return f"{user(draft.by)} has a draft here since {when(draft.at)}: “{words}”"


def say_answered(reply: Reply) -> str:
    """Return who has answered by now, to somebody who still writes; empty where nobody has."""
    if not reply.is_answered or reply.answered_at is None:
        return ""
    who = user(reply.answered_by) if reply.answered_by else inline(reply.helper) or "Somebody"
    return f"{who} has answered this, {when(reply.answered_at)}"


def say_walls(walls: Sequence[Finding]) -> str:
    """Return why a draft is not kept, under its field: plain text."""
    shown = [_placed(each) for each in walls[:WALLS_AT_MOST]]
    more = f" And {len(walls) - WALLS_AT_MOST:,} more." if len(walls) > WALLS_AT_MOST else ""
    return f"{' '.join(shown)}{more} Your team made this a rule without exceptions."


def _placed(finding: Finding) -> str:
    """Return the sentence of a finding with its place, and with the words there, unless it names them itself."""
    if not finding.quote:
        return finding.reason
    words = "" if finding.quote.casefold() in finding.reason.casefold() else f": “{finding.quote}”"
    return f"{finding.reason.removesuffix('.')} (line {finding.line:,}{words})."


# ---- parts ---------------------------------------------------------------------------------------------------------


def _conversation(writing: Writing) -> list[Block]:
    post, reply = writing.card.opening.stored.post, writing.card.conversation.reply
    owner = f"{user(reply.claimed_by)} replies" if reply.state is ReplyState.CLAIMED else ""
    return [
        blocks.section(f"*{heading_link(post)}*"),
        blocks.context(separated([inline(post.community), inline(post.author), owner])),
        *[blocks.context(f"⚠️ {each}") for each in _answered(writing)],
        *[blocks.context(f"⚠️ {say_other_draft(draft)}") for draft in writing.others[:LINES_AT_MOST]],
        *_titled("The conversation", [_turn(turn) for turn in writing.turns]),
        *_titled("What we said to them before", [_said(each) for each in writing.to_them]),
    ]


def _answered(writing: Writing) -> list[str]:
    said = say_answered(writing.card.conversation.reply)
    return [said] if said else []


def _guide(writing: Writing) -> list[Block]:
    lines = [f"• {inline(line, LINE_LENGTH)}" for line in writing.guide.lines]
    more = [f"and {times(len(lines) - LINES_AT_MOST, 'more line')}"] if len(lines) > LINES_AT_MOST else []
    rules = manners_said(writing.manners)
    banned = some([inline(word) for word in writing.guide.banned], BANNED_AT_MOST)
    facts = in_lines(
        f"Here: {rules}" if rules else "",
        f"Their rule: “{inline(writing.manners.wording, WORDING_LENGTH)}”" if writing.manners.wording else "",
        f"Not our words: {banned}" if banned else "",
        "Somebody else reads it before you post it." if writing.asks else "",
    )
    nothing = "Nobody has written down yet how we sound: my Home, *Settings*, *Voice*."
    heard = _titled("We sound like", [*lines[:LINES_AT_MOST], *more]) or [blocks.context(nothing)]
    return [*heard, *([blocks.context(facts)] if facts else [])]


def manners_said(manners: Manners) -> str:
    """Return what holds in a community in a few words, empty where nothing does."""
    links = "no links" if manners.links == 0 else f"at most {times(manners.links or 0, 'link')}"
    limits = [
        f"at most {times(manners.longest, 'character')}" if manners.longest is not None else "",
        links if manners.links is not None else "",
        PROMOTION_SAID[manners.promotion],
    ]
    return join([limit for limit in limits if limit])


def _warned(warnings: Sequence[str]) -> list[Block]:
    more = [f"and {len(warnings) - WARNINGS_AT_MOST:,} more"] if len(warnings) > WARNINGS_AT_MOST else []
    return _titled("⚠️ Please look again", [f"• {each}" for each in [*warnings[:WARNINGS_AT_MOST], *more]])


def _field(entered: Entered) -> Block:
    text = blocks.text_input(
        TEXT, "Thank you for asking…", multiline=True, value=entered.text[:DRAFT_LENGTH], longest=DRAFT_LENGTH
    )
    hint = "It is kept in the thread of the card, ready to copy. You post it where they asked; I never do."
    return blocks.field(TEXT, "Your reply", text, hint=hint)


def _good(writing: Writing) -> list[Block]:
    return _titled("Replies that went well", [_said(each) for each in writing.good])


def _titled(title: str, lines: Sequence[str]) -> list[Block]:
    return [blocks.section(f"*{title}*\n{in_lines(*fitting(lines, SECTION_ROOM))}")] if lines else []


def _turn(turn: Turn) -> str:
    who = user(turn.by) if turn.by else f"*{inline(turn.author) or 'somebody'}*"
    return in_lines(f"{who}, {when(turn.at)}", quoted(inline(turn.text, TURN_LENGTH)))


def _said(said: SaidInPublic) -> str:
    title = link(said.url or said.asked_url, said.title, limit=LINE_LENGTH // 2)
    facts = separated([title, inline(said.community), f"{user(said.by)}, {when(said.at, '{date_short}')}"])
    return in_lines(facts, quoted(inline(said.text, SAID_LENGTH)) if said.text.strip() else "")
