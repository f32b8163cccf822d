"""Writing, approving and the settings of the voice, through real Bolt: what each press and form answers."""

import asyncio
import json
from dataclasses import replace

import pytest
from bolt_bot import FINN, MAYA, MENTIONS, SAM, TEAM, BoltBot, chosen, several
from builders import NOW, a_post, a_sighting
from databases import a_database
from listening import remember_team, watch_for

from engagement.conversations.press import Act, Press
from engagement.sending.outbox import MessageKind
from engagement.voice.draft import DraftState, Role, Roles
from engagement.voice.guide import CommunityRules, Disclosure, Guide, Promotion, Rule
from handlers.team.roles import configures
from sandbox.pressing import words_of
from storage.conversations.by_hand import bring
from storage.conversations.conversations import find_conversation
from storage.conversations.decisions import record_press
from storage.records.history import changes_of_settings
from storage.sending.messages import find_message
from storage.voice.drafts import NewDraft, drafts_of, find_draft, save_draft
from storage.voice.guide import find_guide, find_roles, save_guide, save_roles


class Bot(BoltBot):
    """The app with a conversation that waits."""

    async def write_reply(self, text, *, by=SAM, draft="0:0", others=0, passed=(), value="1:1"):
        offer = {"value": value, "channel": MENTIONS, "draft": draft, "others": others, "passed": list(passed)}
        return await self.submit("reply.write_submit", {"draft": text}, offer, by=by)

    async def judged(self, draft_id):
        """Wait until somebody has judged a draft, and return it."""
        async with asyncio.timeout(5):
            while True:
                draft = await self.read(find_draft, draft_id)
                if draft.state is not DraftState.ASKED:
                    return draft
                await asyncio.sleep(0.01)


@pytest.fixture
async def bot(slack, tmp_path):
    db = a_database(tmp_path / "voice.db")

    def begin(tx):
        remember_team(tx, TEAM, bot_user="U0TWOEARS")
        watch = watch_for(tx, workspace_id=TEAM, channel=MENTIONS, site="https://tidewiki.example")
        post = a_post("p", community="r/selfhosted", title="Does Tidewiki keep the history?", text="After a restore.")
        bring(tx, a_sighting(watch, post), [Act.INTERACT], by=MAYA, at=NOW)

    await db.transact(begin)
    yield Bot(slack, db)
    db.close()


# ---- writing -------------------------------------------------------------------------------------------------------


async def test_a_draft_without_anything_to_mind_is_kept_at_once(bot):
    assert await bot.write_reply("It keeps the whole history.") == {}

    (draft,) = await bot.read(drafts_of, 1)
    assert (draft.text, draft.by, draft.state, draft.passed) == (
        "It keeps the whole history.",
        SAM,
        DraftState.READY,
        (),
    )


async def test_a_wall_refuses_and_keeps_what_was_typed(bot):
    guide = Guide(banned=("cheap",), hard=frozenset({Rule.WORDS}))
    await bot.write(save_guide, TEAM, guide, by=MAYA, at=NOW)

    answer = await bot.write_reply("It is cheap.", passed=["everything"])

    assert answer["response_action"] == "errors"
    assert answer["errors"]["draft"].startswith("We do not say “cheap” (line 1).")
    assert await bot.read(drafts_of, 1) == []


async def test_a_warning_asks_once_and_something_new_asks_again(bot):
    await bot.write(save_guide, TEAM, Guide(banned=("cheap", "magic")), by=MAYA, at=NOW)

    first = await bot.write_reply("It is cheap.")
    passed = json.loads(first["view"]["private_metadata"])["passed"]
    other = await bot.write_reply("It is cheap magic.", passed=passed)
    again = await bot.write_reply("It is cheap.", passed=passed)

    assert (first["response_action"], first["view"]["submit"]["text"]) == ("update", "Save anyway")
    assert "We do not say “magic” (line 1)." in words_of(other["view"])
    assert again == {}
    (draft,) = await bot.read(drafts_of, 1)
    assert draft.passed == ("We do not say “cheap”.",)


async def test_a_draft_that_another_began_meanwhile_is_told_of_once(bot):
    await bot.write_reply("No, it does not.", by=MAYA)

    first = await bot.write_reply("Yes, it keeps it.")
    offer = json.loads(first["view"]["private_metadata"])
    again = await bot.write_reply("Yes, it keeps it.", passed=offer["passed"], others=offer["others"])

    assert f"<@{MAYA}> has a draft here" in words_of(first["view"])
    assert again == {}
    assert len(await bot.read(drafts_of, 1)) == 2


async def test_an_answer_that_was_given_meanwhile_is_told_of_once(bot):
    drawn = (await bot.read(find_conversation, 1)).version
    answer = Press(act=Act.ANSWERED, conversation_id=1, by=MAYA, drawn=drawn)
    await bot.write(record_press, answer, workspace_id=TEAM, at=NOW)

    first = await bot.write_reply("Yes, it keeps it.")
    offer = json.loads(first["view"]["private_metadata"])
    again = await bot.write_reply("Yes, it keeps it.", passed=offer["passed"])

    assert f"<@{MAYA}> has answered this" in words_of(first["view"])
    assert again == {}
    assert len(await bot.read(drafts_of, 1)) == 1


async def test_a_draft_that_was_saved_in_another_window_is_not_overwritten(bot):
    await bot.write_reply("Yes.")

    answer = await bot.write_reply("No.")

    assert "Your draft is another one" in answer["errors"]["draft"]
    assert [draft.text for draft in await bot.read(drafts_of, 1)] == ["Yes."]


async def test_neither_is_one_that_was_saved_while_a_warning_was_shown(bot):
    await bot.write(save_guide, TEAM, Guide(banned=("cheap",)), by=MAYA, at=NOW)
    warned = json.loads((await bot.write_reply("It is cheap."))["view"]["private_metadata"])
    await bot.write_reply("Yes.")

    answer = await bot.write_reply("It is cheap.", passed=warned["passed"], draft=warned["draft"])

    assert "Your draft is another one" in answer["errors"]["draft"]


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 3_001])
async def test_nothing_and_too_much_are_no_draft(bot, text):
    assert "Please write something" in (await bot.write_reply(text))["errors"]["draft"]


async def test_a_conversation_that_is_not_there_keeps_no_draft(bot):
    assert await bot.write_reply("Yes.", value="99:1") == {}
    await bot.told("sam", "I no longer have this conversation")
    await bot.press("reply.write", "99:1", by=SAM)
    await bot.told("sam", "I no longer have this conversation")


async def test_who_may_not_answer_neither_promises_nor_writes(bot):
    await bot.write(save_roles, TEAM, Roles(speak=(MAYA,)), by=MAYA, at=NOW)

    version = (await bot.read(find_conversation, 1)).version
    await bot.press("reply.claim", f"1:{version}", by=SAM)
    await bot.told("sam", f"Only <@{MAYA}> may answer for us")
    await bot.press("reply.write", "1:1", by=SAM)
    await bot.told("sam", f"Only <@{MAYA}> may answer for us")
    assert "Only those who may answer" in (await bot.write_reply("Yes."))["errors"]["draft"]
    assert (await bot.read(find_conversation, 1)).reply.claimed_by == ""
    assert await bot.write_reply("Yes, it keeps the history.", by=MAYA) == {}


@pytest.mark.parametrize(
    "offer",
    [
        {"value": "1:1"},
        {"value": "x", "channel": "", "draft": "0:0", "others": 0, "passed": []},
        {"value": "1:1", "channel": "", "draft": "0", "others": 0, "passed": []},
        {"value": "1:1", "channel": "", "draft": "0:0", "others": "0", "passed": []},
        {"value": "1:1", "channel": "", "draft": "0:0", "others": 0, "passed": "all"},
    ],
)
async def test_a_form_that_we_never_made_keeps_nothing(bot, offer):
    answer = await bot.submit("reply.write_submit", {"draft": "Yes."}, offer, by=SAM)

    assert answer["response_action"] == "push"
    assert await bot.read(drafts_of, 1) == []


# ---- approving -----------------------------------------------------------------------------------------------------


async def asked(bot):
    new = NewDraft(conversation_id=1, text="Yes.", by=SAM, asks=True)
    return (await bot.write(save_draft, TEAM, new, at=NOW)).draft


async def send_back(bot, note, *, by=MAYA):
    return await bot.submit("draft.send_back_submit", {"note": note}, {"value": "1:1", "channel": MENTIONS}, by=by)


async def test_a_draft_goes_back_with_a_note_and_its_author_is_told(bot):
    draft = await asked(bot)

    assert "Please say what" in (await send_back(bot, " "))["errors"]["note"]
    assert await send_back(bot, "Name the version.") == {}

    after = await bot.judged(draft.id)
    assert (after.state, after.note, after.judged_by) == (DraftState.SENT_BACK, "Name the version.", MAYA)
    told = await bot.read(find_message, MessageKind.JUDGED, str(draft.id))
    assert told.channel == SAM


async def test_who_was_first_is_said_and_nothing_changes(bot):
    draft = await asked(bot)
    await bot.press("draft.approve", "1:1", by=FINN)
    await bot.judged(draft.id)

    await bot.press("draft.approve", "1:1", by=MAYA)
    await bot.told("maya", f"<@{FINN}> approved it")
    await bot.press("draft.send_back", "1:1", by=MAYA)
    await bot.told("maya", f"<@{FINN}> approved it")
    assert (await bot.read(find_draft, draft.id)).judged_by == FINN


async def test_nobody_judges_their_own_or_what_is_not_there(bot):
    await asked(bot)

    await bot.press("draft.approve", "1:1", by=SAM)
    await bot.told("sam", "This is your own draft")
    await bot.press("draft.send_back", "1:1", by=SAM)
    await bot.told("sam", "This is your own draft")
    await bot.press("draft.approve", "9:1", by=MAYA)
    await bot.told("maya", "I no longer have this")
    await bot.press("draft.send_back", "9:1", by=MAYA)
    await bot.told("maya", "I no longer have this")


# ---- the settings --------------------------------------------------------------------------------------------------

GUIDE_FORM = {
    "sounds": "We thank first.",
    "banned": "cheap, Game changer\ncheap",
    "disclosure": chosen("always"),
    "disclosing": "Tidewiki team here",
    "longest": "800",
    "links": "0",
    "hard": several("words", "disclosure"),
}
COMMUNITY_FORM = {
    "longest": "",
    "links": "2",
    "promotion": chosen("never"),
    "wording": "No ads.",
    "late": "30",
    "approval": several(),
}


async def test_the_guide_is_kept_as_it_was_entered_and_not_over_somebody_elses(bot):
    assert await bot.submit("voice.guide_submit", GUIDE_FORM, {"version": 0}, by=MAYA) == {}

    assert await bot.read(find_guide, TEAM) == Guide(
        sounds_like="We thank first.",
        banned=("cheap", "Game changer"),
        disclosure=Disclosure.ALWAYS,
        disclosing=("Tidewiki team here",),
        longest=800,
        links=0,
        hard=frozenset({Rule.WORDS, Rule.DISCLOSURE}),
        version=1,
    )
    late = await bot.submit("voice.guide_submit", GUIDE_FORM, {"version": 0}, by=SAM)
    assert "Somebody changed this" in late["errors"]["sounds"]


@pytest.mark.parametrize(
    ("field", "entered"),
    [("sounds", "x" * 3_001), ("banned", "y" * 81), ("disclosing", ",".join(f"word {n}" for n in range(201)))],
)
async def test_a_guide_that_is_too_long_is_not_kept(bot, field, entered):
    answer = await bot.submit("voice.guide_submit", GUIDE_FORM | {field: entered}, {"version": 0}, by=MAYA)

    assert list(answer["errors"]) == [field]


async def test_a_place_has_rules_of_its_own(bot):
    await bot.submit("voice.community_submit", COMMUNITY_FORM, {"community": "r/selfhosted", "version": 0}, by=MAYA)

    picked = await bot.submit("voice.community_picked", {"community": chosen("r/selfhosted")}, {}, by=MAYA)
    other = await bot.submit("voice.community_picked", {"community": chosen("Reddit")}, {}, by=MAYA)
    late = await bot.submit(
        "voice.community_submit", COMMUNITY_FORM, {"community": "r/selfhosted", "version": 0}, by=SAM
    )
    long = await bot.submit(
        "voice.community_submit",
        COMMUNITY_FORM | {"wording": "x" * 501},
        {"community": "r/selfhosted", "version": 1},
        by=SAM,
    )

    (rules,) = (await bot.read(find_guide, TEAM)).communities
    assert rules == CommunityRules(
        community="r/selfhosted", links=2, promotion=Promotion.NEVER, wording="No ads.", late_days=30, version=1
    )
    assert json.loads(picked["view"]["private_metadata"]) == {"community": "r/selfhosted", "version": 1}
    assert json.loads(other["view"]["private_metadata"]) == {"community": "Reddit", "version": 0}
    assert "Somebody changed this" in late["errors"]["wording"]
    assert "too long" in long["errors"]["wording"]


async def test_who_may_do_what_is_kept_and_said(bot):
    form = {"speak": [SAM, MAYA], "approve": [MAYA], "configure": [], "watches": several("1")}
    assert await bot.submit("voice.roles_submit", form, {"version": 0}, by=MAYA) == {}

    roles = await bot.read(find_roles, TEAM)
    assert roles == Roles(speak=(SAM, MAYA), approve=(MAYA,), approved=frozenset({1}), version=1)
    late = await bot.submit("voice.roles_submit", form, {"version": 0}, by=SAM)
    assert "Somebody changed this" in late["errors"]["speak"]
    crowd = form | {"approve": [f"U{number}" for number in range(101)]}
    assert list((await bot.submit("voice.roles_submit", crowd, {"version": 1}, by=SAM))["errors"]) == ["approve"]
    (change,) = await bot.read(changes_of_settings, TEAM, limit=1)
    assert (change.act, change.by) == ("roles", MAYA)


@pytest.mark.parametrize(
    ("callback_id", "form", "carried"),
    [
        ("voice.guide_submit", GUIDE_FORM | {"disclosure": chosen("sometimes")}, {"version": 0}),
        ("voice.guide_submit", GUIDE_FORM | {"hard": several("everything")}, {"version": 0}),
        ("voice.guide_submit", GUIDE_FORM | {"links": "21"}, {"version": 0}),
        ("voice.guide_submit", GUIDE_FORM | {"links": "-1"}, {"version": 0}),
        ("voice.guide_submit", GUIDE_FORM, {"version": "0"}),
        ("voice.community_submit", COMMUNITY_FORM, {"community": "", "version": 0}),
        ("voice.community_submit", COMMUNITY_FORM, {"community": "x" * 151, "version": 0}),
        ("voice.community_picked", {"community": chosen("")}, {}),
        ("voice.roles_submit", {"speak": ["<!channel>"]}, {"version": 0}),
        ("voice.roles_submit", {"watches": several("x")}, {"version": 0}),
    ],
)
async def test_what_no_form_of_ours_offers_is_not_kept(bot, callback_id, form, carried):
    answer = await bot.submit(callback_id, form, carried, by=MAYA)

    assert answer["response_action"] == "push"
    assert await bot.read(find_guide, TEAM) == Guide()
    assert await bot.read(find_roles, TEAM) == Roles()


# ---- who may configure ---------------------------------------------------------------------------------------------


async def test_settings_are_for_who_is_named_and_for_admins(bot):
    await bot.write(save_roles, TEAM, Roles(configure=(MAYA,)), by=MAYA, at=NOW)

    refused = await bot.submit("voice.guide_submit", GUIDE_FORM, {"version": 0}, by=SAM)
    assert f"Only <@{MAYA}> and admins may change this." in words_of(refused["view"])
    await bot.press("calm.open", "calm", by=SAM)
    await bot.told("sam", f"Only <@{MAYA}> and admins may change this.")
    assert (await bot.read(find_guide, TEAM)).version == 0
    # Finn is an admin of the workspace, Maya is named.
    assert await bot.submit("voice.guide_submit", GUIDE_FORM, {"version": 0}, by=FINN) == {}
    assert await bot.submit("voice.guide_submit", GUIDE_FORM, {"version": 1}, by=MAYA) == {}


async def test_what_is_no_setting_is_everybodys(bot):
    await bot.write(save_roles, TEAM, Roles(configure=(MAYA,)), by=MAYA, at=NOW)

    assert await bot.write_reply("It keeps the history.") == {}


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"command": "/ears", "text": "watch add"}, True),
        ({"command": "/ears", "text": " Watch  ADD now"}, True),
        ({"command": "/ears", "text": "watch"}, False),
        ({"command": "/ears"}, False),
        ({"type": "view_submission", "view": {"callback_id": "settings.digest_submit"}}, True),
        ({"type": "view_submission", "view": {"callback_id": "reply.write_submit"}}, False),
        ({"type": "view_submission"}, False),
        ({"type": "block_actions", "actions": [{"action_id": "home.start"}]}, True),
        ({"type": "block_actions", "actions": [{"action_id": "home.places.2"}]}, False),
        ({"type": "block_actions", "actions": [{"action_id": "labels.edit"}]}, False),
        ({"type": "block_actions", "actions": [{"action_id": "labels.choose"}]}, True),
        ({"type": "block_actions", "actions": [{"action_id": "channel.move"}]}, True),
        ({"type": "event_callback"}, False),
    ],
)
def test_what_changes_a_setting_is_known_by_its_name(payload, expected):
    assert configures(payload) is expected


def test_every_role_is_said_by_roles():
    roles = Roles(speak=("U1",), approve=("U2",), configure=("U3",))

    assert [roles.of(role) for role in Role] == [("U1",), ("U2",), ("U3",)]
    assert replace(roles, speak=()).lets("U9", Role.SPEAK)
