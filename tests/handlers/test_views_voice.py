"""Drafts, their form, the word to their author and the settings of the voice, as they stand in tests/data/views."""

from dataclasses import replace

import pytest
import view_samples as sample
import voice_samples as voice
from builders import a_watch

from engagement.conversations.conversation import ReplyState
from engagement.conversations.past import Drafted, PastPage
from engagement.conversations.press import Act
from engagement.understanding.reading import Tag
from engagement.voice.check import Finding
from engagement.voice.draft import DraftDeed, DraftState, JudgedBefore, MayNotJudge, Roles
from engagement.voice.guide import CommunityRules, Guide, Rule
from handlers.views.conversations.past import history_modal
from handlers.views.home.roles import roles_modal, roles_said, say_may_not_configure
from handlers.views.home.settings import SUMMARY_LENGTH
from handlers.views.home.voice import community_modal, guide_modal, guide_said, which_community_modal
from handlers.views.voice.draft import (
    draw_draft,
    draw_judged,
    say_judged_before,
    say_may_not_answer,
    say_may_not_judge,
    send_back_modal,
)
from handlers.views.voice.writing import Entered, marks_of, say_answered, say_walls, warning_of, writing_modal
from sandbox.blockkit import validate_message, validate_view

LONG = sample.NASTY * 40
CARD = sample.a_card(sample.tagged(Tag.INTERACT, sample.claimed()))
ANSWERED = sample.a_card(sample.tagged(Tag.INTERACT, sample.answered(answer_seen=True)))
UNSEEN = replace(CARD, conversation=replace(CARD.conversation, unseen=True))
BACK = voice.judged(DraftState.SENT_BACK, note="Name the version it came with.")
WATCHES = [a_watch(), a_watch(id=2, name="Wiki Kings")]
CHEAP = Finding(rule=Rule.WORDS, reason="We do not say “cheap”.", start=30, end=35, line=2, quote="cheap", is_wall=True)
WHO = Finding(rule=Rule.DISCLOSURE, reason="Say that you work on Tidewiki.")
WARNED = Entered(text=voice.TEXT, warnings=(warning_of(CHEAP), warning_of(WHO)))
PAST = PastPage(
    deeds=(
        sample.a_deed(
            Act.ANSWERED_THERE,
            50,
            by="U0SUPPORT",
            link="https://forum.example/t/1/2",
            said=voice.TEXT,
            written_by="U0COMMUNITY",
            approved_by="U0FOUNDER",
        ),
        Drafted(deed=DraftDeed.APPROVE, by="U0FOUNDER", at=sample.TAGGED, text=voice.TEXT),
        Drafted(deed=DraftDeed.SEND_BACK, by="U0FOUNDER", at=sample.TAGGED, text="Hm.", note="Name the version."),
        Drafted(deed=DraftDeed.WRITE, by="U0COMMUNITY", at=sample.TAGGED, text="Hm."),
    ),
    found_at=sample.WRITTEN,
)

MESSAGES = {
    "draft": draw_draft(voice.a_draft(passed=(WHO.reason,)), CARD),
    "draft-unseen": draw_draft(voice.a_draft(), UNSEEN),
    "draft-asked": draw_draft(voice.a_draft(state=DraftState.ASKED), CARD, approvers=("U0FOUNDER", "U0COMMUNITY")),
    "draft-asked-anybody": draw_draft(voice.a_draft(state=DraftState.ASKED), CARD),
    "draft-approved": draw_draft(voice.judged(DraftState.APPROVED), CARD),
    "draft-sent-back": draw_draft(BACK, CARD),
    "draft-replaced": draw_draft(replace(BACK, state=DraftState.REPLACED), CARD),
    "draft-replaced-unjudged": draw_draft(voice.a_draft(state=DraftState.REPLACED), CARD),
    "draft-said": draw_draft(voice.judged(DraftState.POSTED), ANSWERED),
    "draft-said-unseen": draw_draft(
        voice.a_draft(state=DraftState.POSTED), sample.a_card(sample.tagged(Tag.INTERACT, sample.answered()))
    ),
    "draft-unapproved": draw_draft(voice.a_draft(state=DraftState.UNAPPROVED), ANSWERED),
    "draft-left": draw_draft(voice.a_draft(state=DraftState.LEFT), ANSWERED),
    "judged-approved": draw_judged(voice.judged(DraftState.APPROVED), CARD),
    "judged-sent-back": draw_judged(BACK, CARD),
    "judged-settled": draw_judged(voice.judged(DraftState.POSTED), ANSWERED),
}
NASTY_DRAFT = voice.judged(
    DraftState.SENT_BACK, text=LONG[:3_000], note=LONG[:500], by=LONG, judged_by=LONG, passed=(LONG,) * 60
)
NASTY_MESSAGES = {
    state: draw_draft(replace(NASTY_DRAFT, state=state), sample.a_nasty_card(), approvers=(LONG,) * 30)
    for state in DraftState
} | {f"judged {state}": draw_judged(replace(NASTY_DRAFT, state=state), sample.a_nasty_card()) for state in DraftState}
VIEWS = {
    "write": writing_modal(voice.a_writing(), value="3:4", channel_id="C0MENTIONS"),
    "write-first": writing_modal(
        voice.a_writing(guide=Guide(), manners=voice.manners_in(Guide(), ""), turns=(), to_them=(), good=()),
        value="3:4",
        channel_id="",
    ),
    "write-conflict": writing_modal(
        voice.a_writing(mine=voice.a_draft(), others=(voice.a_draft(id=8, by="U0COMMUNITY"),), asks=True),
        value="3:4",
        channel_id="C0MENTIONS",
    ),
    "write-answered": writing_modal(voice.a_writing(card=ANSWERED), value="3:4", channel_id="C0MENTIONS"),
    "write-warned": writing_modal(voice.a_writing(), value="3:4", channel_id="C0MENTIONS", entered=WARNED),
    "draft-send-back": send_back_modal(voice.a_draft(), drawn=1, channel_id="C0MENTIONS"),
    "voice-guide": guide_modal(voice.GUIDE),
    "voice-guide-empty": guide_modal(Guide()),
    "voice-which": which_community_modal(["Reddit", "r/selfhosted", "x" * 151]),
    "voice-which-none": which_community_modal([]),
    "voice-community": community_modal(voice.REDDIT),
    "voice-community-empty": community_modal(CommunityRules(community="Hacker News")),
    "voice-roles": roles_modal(voice.ROLES, WATCHES),
    "voice-roles-everybody": roles_modal(Roles(), []),
    "history-drafts": history_modal("Does Tidewiki keep it?", PAST, reader="U0COMMUNITY", conversation_id=3),
}
NASTY_VIEWS = {
    "write": writing_modal(
        voice.a_nasty_writing(),
        value=f"{10**17}:{10**17}",
        channel_id="C0MENTIONS",
        entered=Entered(text=(LONG * 3)[:3_000], warnings=tuple(f"{number} {LONG}"[:1_000] for number in range(300))),
    ),
    "guide": guide_modal(
        Guide(sounds_like="x" * 3_000, banned=("y" * 79,) * 37, disclosing=("z" * 79,) * 37, hard=frozenset(Rule))
    ),
    "which": which_community_modal([f"{number} {LONG[:140]}" for number in range(200)]),
    "community": community_modal(CommunityRules(community=LONG[:150], wording="x" * 500, longest=1, links=0)),
    "roles": roles_modal(
        Roles(speak=tuple(f"U{number}" for number in range(100)), approved=frozenset(range(200))),
        [a_watch(id=number, name=LONG) for number in range(200)],
    ),
    "send back": send_back_modal(NASTY_DRAFT, drawn=1, channel_id="C0MENTIONS"),
    "history": history_modal(LONG, replace(PAST, deeds=PAST.deeds * 10), reader="U1", conversation_id=3),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_every_message_looks_as_agreed_and_slack_takes_it(name, golden):
    golden(name, MESSAGES[name])
    assert validate_message({"text": MESSAGES[name].text, "blocks": MESSAGES[name].blocks}) == []


@pytest.mark.parametrize("name", VIEWS)
def test_every_form_looks_as_agreed_and_slack_takes_it(name, golden):
    golden(name, VIEWS[name])
    assert validate_view(VIEWS[name]) == []


@pytest.mark.parametrize("name", NASTY_VIEWS)
def test_slack_takes_forms_of_the_nastiest_data(name):
    assert validate_view(NASTY_VIEWS[name]) == []


@pytest.mark.parametrize("name", NASTY_MESSAGES)
def test_slack_takes_drafts_of_the_nastiest_data(name):
    assert validate_message({"text": NASTY_MESSAGES[name].text, "blocks": NASTY_MESSAGES[name].blocks}) == []
    assert "<!channel>" not in NASTY_MESSAGES[name].text


def test_a_draft_is_copied_as_it_was_written():
    """Nothing in it becomes a link, a name or a ping; what is copied is what was typed."""
    text = "<!channel> *see* `x` :tada:\n\n  https://tidewiki.example"

    (block,) = [each for each in draw_draft(voice.a_draft(text=text), CARD).blocks if each["type"] == "rich_text"]

    assert block["elements"][0]["elements"] == [{"type": "text", "text": text}]


def test_a_wall_says_why_and_where_and_how_many_there_are():
    assert say_walls([CHEAP]) == "We do not say “cheap” (line 2). Your team made this a rule without exceptions."
    assert "And 2 more." in say_walls([CHEAP] * 5)


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        (CHEAP, "We do not say “cheap” (line 2)."),
        (WHO, "Say that you work on Tidewiki."),
        (
            Finding(rule=Rule.LENGTH, reason="It is too long.", line=3, quote="and so on"),
            "It is too long (line 3: “and so on”).",
        ),
    ],
    ids=["it names the words", "nothing stands there", "it names no words"],
)
def test_a_warning_says_where(finding, expected):
    assert warning_of(finding) == expected


def test_a_warning_is_known_again_and_another_is_not():
    assert marks_of(["one"]) == marks_of(["one"])
    assert not set(marks_of(["one"])) & set(marks_of(["two"]))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (say_may_not_judge(MayNotJudge(people=())), "This is your own draft: somebody else has to read it."),
        (say_may_not_judge(MayNotJudge(people=("U1", "U2"))), "Only <@U1> and <@U2> may approve what we say."),
        (say_may_not_answer(("U1",)), "Only <@U1> may answer for us. You can assign it to them."),
        (say_may_not_configure(("U1",)), "Only <@U1> and admins may change this. Please ask them."),
        (
            say_judged_before(JudgedBefore(draft=voice.a_draft())),
            "The draft is another one by now. It is up to date in the thread: please read it again.",
        ),
    ],
)
def test_one_person_reads_why_nothing_changed(said, expected):
    assert said == expected


def test_who_was_first_to_judge_is_said():
    assert "<@U0FOUNDER> sent it back" in say_judged_before(JudgedBefore(draft=BACK))
    assert "<@U0FOUNDER> approved it" in say_judged_before(JudgedBefore(draft=voice.judged(DraftState.APPROVED)))


def test_the_settings_say_how_the_voice_stands():
    said = guide_said(voice.GUIDE)

    assert "> We say I, not we." in said
    assert "Not our words: cheap and game changer" in said
    assert "Saying who we are: where a reply links to us" in said
    assert "• *Reddit*: at most 600 characters" in said
    assert "drafts are approved first" in said
    assert len(guide_said(voice.a_nasty_writing().guide).splitlines()[0]) < SUMMARY_LENGTH


def test_the_settings_say_who_may_do_what():
    assert roles_said(Roles(), WATCHES).splitlines() == [
        "Answer for us: everybody",
        "Approve what we say: everybody",
        "Change these settings: everybody",
    ]
    assert roles_said(voice.ROLES, WATCHES).splitlines() == [
        "Answer for us: <@U0SUPPORT> and <@U0FOUNDER>",
        "Approve what we say: <@U0FOUNDER>",
        "Change these settings: <@U0FOUNDER> and admins",
        "Drafts are approved first: Tidewiki",
    ]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [({"helper": "kind_kim"}, "kind_kim has answered this, "), ({"helper": ""}, "Somebody has answered this, ")],
    ids=["by name", "by whoever it was"],
)
def test_somebody_elses_answer_is_told_of_beside_a_draft(facts, expected):
    reply = sample.answered(state=ReplyState.ANSWERED_BY_OTHERS, answered_by="", **facts)

    assert say_answered(reply).startswith(expected)
