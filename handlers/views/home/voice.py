"""The voice in the settings: its summary, and the forms of the guide, of one community and of who may do what."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from engagement.prose import times
from engagement.voice.guide import (
    DRAFT_LENGTH,
    LATE_DAYS_AT_MOST,
    LINKS_AT_MOST,
    PHRASE_LENGTH,
    RULE_LENGTH,
    SOUNDS_LENGTH,
    CommunityRules,
    Disclosure,
    Guide,
    Manners,
    Promotion,
    Rule,
)
from handlers.views import blocks
from handlers.views.blocks import Block, View
from handlers.views.home.filters import VALUE_LENGTH
from handlers.views.mrkdwn import in_lines, inline, quoted, separated, some
from handlers.views.voice.writing import manners_said

# The names under which what was entered comes back (block_id and action_id alike).
SOUNDS: Final = "sounds"
BANNED: Final = "banned"
DISCLOSURE: Final = "disclosure"
DISCLOSING: Final = "disclosing"
LONGEST: Final = "longest"
LATE: Final = "late"
LINKS: Final = "links"
HARD: Final = "hard"
COMMUNITY: Final = "community"
PROMOTION: Final = "promotion"
WORDING: Final = "wording"
APPROVAL: Final = "approval"

LINE_LENGTH: Final = 200
LINES_AT_MOST: Final = 5
NAMES_AT_MOST: Final = 5
COMMUNITIES_AT_MOST: Final = 8
OPTIONS_AT_MOST: Final = 100

RULE_NAME: Final[Mapping[Rule, str]] = {
    Rule.LENGTH: "The longest reply",
    Rule.WORDS: "Words we do not use",
    Rule.DISCLOSURE: "Saying who we are",
    Rule.LINKS: "The number of links",
    Rule.PROMOTION: "A community's rule on links to ourselves",
    Rule.SELLING: "Selling before listening",
    Rule.MOOD: "Sounding annoyed",
}
DISCLOSURE_NAME: Final[Mapping[Disclosure, str]] = {
    Disclosure.NEVER: "Nobody has to",
    Disclosure.WITH_OUR_LINK: "Where a reply links to us",
    Disclosure.ALWAYS: "In every reply",
}
PROMOTION_NAME: Final[Mapping[Promotion, str]] = {
    Promotion.FREE: "Fine",
    Promotion.WHEN_ASKED: "Only when somebody asks",
    Promotion.NEVER: "Never",
}


# ---- as it stands --------------------------------------------------------------------------------------------------


def guide_said(guide: Guide) -> str:
    """Return how we want to sound, in some lines."""
    lines = [inline(line, LINE_LENGTH) for line in guide.lines]
    more = f"and {times(len(lines) - LINES_AT_MOST, 'more line')}" if len(lines) > LINES_AT_MOST else ""
    nothing = "How do you want to sound when you answer? Write it down once, for everybody."
    banned = some([inline(word) for word in guide.banned], NAMES_AT_MOST)
    everywhere = manners_said(Manners(longest=guide.longest, links=guide.links))
    disclosed = DISCLOSURE_NAME[guide.disclosure].lower()
    hard = some([RULE_NAME[rule].lower() for rule in sorted(guide.hard)], NAMES_AT_MOST)
    return in_lines(
        quoted(in_lines(*lines[:LINES_AT_MOST], more)) if lines else nothing,
        f"Not our words: {banned}" if banned else "",
        f"Everywhere: {everywhere}" if everywhere else "",
        "" if guide.disclosure is Disclosure.NEVER else f"Saying who we are: {disclosed}",
        f"Without exceptions: {hard}" if hard else "",
        *_communities_said(guide),
    )


def _communities_said(guide: Guide) -> list[str]:
    said = [f"• *{inline(rules.community)}*: {_rules_said(rules)}" for rules in guide.communities if _rules_said(rules)]
    rest = len(said) - COMMUNITIES_AT_MOST
    return [*said[:COMMUNITIES_AT_MOST], *([f"and {rest:,} more places"] if rest > 0 else [])]


def _rules_said(rules: CommunityRules) -> str:
    manners = Manners(longest=rules.longest, links=rules.links, promotion=rules.promotion)
    late = f"a reply is late after {times(rules.late_days, 'day')}" if rules.late_days is not None else ""
    return separated([manners_said(manners), late, "drafts are approved first" if rules.approval else ""])


# ---- forms ---------------------------------------------------------------------------------------------------------


def guide_modal(guide: Guide) -> View:
    """Return the form of the guide; its version comes back in `private_metadata`."""
    return blocks.form(
        "Voice guide",
        [
            _lines(
                SOUNDS,
                "We sound like",
                "We say I, not we. We thank before we explain. We never argue about prices.",
                guide.sounds_like,
                hint="One line a rule. They stand beside the draft of whoever answers for you.",
                longest=SOUNDS_LENGTH,
            ),
            _lines(
                BANNED,
                "Words we do not use",
                "cheap, game changer",
                "\n".join(guide.banned),
                hint=f"By commas or lines, each at most {PHRASE_LENGTH} characters.",
            ),
            blocks.field(
                DISCLOSURE, "Saying that we work on it", _choice(DISCLOSURE, DISCLOSURE_NAME, guide.disclosure)
            ),
            _lines(
                DISCLOSING,
                "Other ways to say so",
                "Tidewiki team here",
                "\n".join(guide.disclosing),
                hint="“I work on”, “I maintain”, “our team” and the like are known already.",
            ),
            *_limits(guide.longest, guide.links, elsewhere="Empty: no limit."),
            blocks.field(
                HARD,
                "Without exceptions",
                blocks.checkboxes(HARD, _hard_options(Rule), _hard_options(sorted(guide.hard))),
                hint="All else only warns: whoever writes may save anyway.",
                optional=True,
            ),
        ],
        submit="Save",
        callback_id="voice.guide_submit",
        private_metadata=json.dumps({"version": guide.version}),
    )


def which_community_modal(communities: Sequence[str]) -> View:
    """Return the form that asks for which community rules are wanted."""
    named = [each for each in communities if len(each) <= VALUE_LENGTH]
    options = [blocks.option(each, each) for each in named[:OPTIONS_AT_MOST]]
    if not options:
        return blocks.modal("Voice in a place", [blocks.section("I have not heard of you anywhere yet.")])
    return blocks.form(
        "Voice in a place",
        [blocks.field(COMMUNITY, "Where?", blocks.static_select(COMMUNITY, options, options[0]))],
        submit="Next",
        callback_id="voice.community_picked",
        private_metadata="{}",
    )


def community_modal(rules: CommunityRules) -> View:
    """Return the form of one community's rules; its name and version come back in `private_metadata`."""
    yes = blocks.option("Somebody else reads a draft before it is posted", "yes")
    return blocks.form(
        "Voice in a place",
        [
            blocks.section(f"*{inline(rules.community)}*"),
            *_limits(rules.longest, rules.links, elsewhere="Empty: as everywhere."),
            blocks.field(PROMOTION, "Links to ourselves", _choice(PROMOTION, PROMOTION_NAME, rules.promotion)),
            _lines(
                WORDING,
                "Their rule on self-promotion",
                "At most one in ten of your posts may be about your own things.",
                rules.wording,
                hint="As they word it. It stands beside the draft.",
                longest=RULE_LENGTH,
            ),
            blocks.field(
                LATE,
                "A reply is too late after (days)",
                blocks.number_input(LATE, least=1, most=LATE_DAYS_AT_MOST, value=rules.late_days),
                hint="Who asked longer ago is not to be told when something ships. Empty: as in all of Reddit or the "
                "like, else whenever it comes.",
                optional=True,
            ),
            blocks.field(
                APPROVAL,
                "Approval",
                blocks.checkboxes(APPROVAL, [yes], [yes] if rules.approval else []),
                optional=True,
            ),
        ],
        submit="Save",
        callback_id="voice.community_submit",
        private_metadata=json.dumps({"community": rules.community, "version": rules.version}),
    )


def _limits(longest: int | None, links: int | None, *, elsewhere: str) -> list[Block]:
    length = blocks.number_input(LONGEST, least=1, most=DRAFT_LENGTH, value=longest)
    number = blocks.number_input(LINKS, least=0, most=LINKS_AT_MOST, value=links)
    return [
        blocks.field(LONGEST, "Characters at most", length, hint=elsewhere, optional=True),
        blocks.field(LINKS, "Links at most", number, hint=elsewhere, optional=True),
    ]


def _lines(
    name: str, label: str, placeholder: str, value: str, *, hint: str, longest: int = blocks.INPUT_LENGTH
) -> Block:
    text = blocks.text_input(name, placeholder, multiline=True, value=value[:longest], longest=longest)
    return blocks.field(name, label, text, hint=hint, optional=True)


def _choice(name: str, names: Mapping[Disclosure, str] | Mapping[Promotion, str], chosen: str) -> Block:
    options = [blocks.option(label, each.value) for each, label in names.items()]
    return blocks.static_select(name, options, next(each for each in options if each["value"] == chosen))


def _hard_options(rules: Sequence[Rule] | type[Rule]) -> list[Block]:
    return [blocks.option(RULE_NAME[rule], rule.value) for rule in rules]
