"""The forms of themes, through real Bolt: what each answers, and what it leaves behind."""

import asyncio

import pytest
from bolt_bot import MAYA, MENTIONS, SAM, TEAM, BoltBot, chosen, several
from builders import NOW, a_post, a_sighting
from databases import a_database
from listening import remember_team, watch_for

from engagement.improvements.improvement import ImprovementKind, Wanted
from engagement.improvements.themes import THEMES_AT_MOST, Theme
from engagement.voice.draft import Roles
from handlers.home.themes import find_suggestions
from handlers.polling.theme_reading import read_for_themes
from handlers.team.roles import configures
from sandbox.pressing import words_of
from storage.conversations.by_hand import bring
from storage.improvements.demands import find_demand
from storage.improvements.improvements import add_improvement
from storage.improvements.theme_decisions import decide_theme
from storage.improvements.themes import find_theme, save_theme, themes_of
from storage.voice.guide import save_roles

HISTORY = Theme(name="Lost history", phrases=("lost history",))
NEW = {"theme": 0, "version": 0}
DRAWN = {"theme": 1, "version": 1}
DECISION = {"value": "1:1", "channel": MENTIONS, "proposed": "Lost history"}
WANTED = {
    "title": "Lost history",
    "kind": chosen("fix"),
    "department": {"type": "conversations_select", "selected_conversation": MENTIONS},
}


@pytest.fixture
async def bot(slack, tmp_path):
    """Three people spoke of lost history, and their team has a theme for it."""
    db = a_database(tmp_path / "themes.db")

    def begin(tx):
        remember_team(tx, TEAM, bot_user="U0TWOEARS")
        watch = watch_for(tx, workspace_id=TEAM, channel=MENTIONS)
        for author in ("pat", "mira", "kim"):
            post = a_post(author=author, title="Tidewiki", text="I lost history. The dark mode is fine.")
            bring(tx, a_sighting(watch, post), [], by=MAYA, at=NOW)
        save_theme(tx, TEAM, HISTORY, by=MAYA, at=NOW)

    await db.transact(begin)
    await read_for_themes(db)
    yield BoltBot(slack, db)
    db.close()


async def save(bot, carried, *, name="Dark mode", phrases="dark mode, at night", by=SAM, **entered):
    return await bot.submit("theme.save", {"name": name, "phrases": phrases, **entered}, carried, by=by)


async def asked_by(bot, people):
    """Wait until so many people are counted for the first improvement: that comes after the acknowledgement."""
    async with asyncio.timeout(5):
        while True:
            demand = await bot.read(find_demand, 1)
            if demand and demand.people == people:
                return demand
            await asyncio.sleep(0.01)


# ---- in the settings -----------------------------------------------------------------------------------------------


async def test_a_theme_is_made_and_changed_by_its_form(bot):
    assert await save(bot, NEW) == {}
    assert await save(bot, DRAWN, name=" Lost  pages ", phrases="lost pages\n\nlost pages") == {}

    themes = await bot.read(themes_of, TEAM)
    assert [(each.name, each.phrases) for each in themes] == [
        ("Dark mode", ("dark mode", "at night")),
        ("Lost pages", ("lost pages",)),
    ]


@pytest.mark.parametrize(
    ("carried", "entered", "field", "why"),
    [
        (NEW, {"name": "LOST history"}, "name", "of this name already"),
        (NEW, {"name": "  "}, "name", "give it a name"),
        (NEW, {"phrases": " , "}, "phrases", "at least one phrase"),
        (NEW, {"phrases": "x" * 61}, "phrases", "At most 20 phrases"),
        ({"theme": 1, "version": 9}, {}, "name", "Somebody changed this"),
        ({"theme": 9, "version": 1}, {"end": several("end")}, "name", "Somebody changed this"),
    ],
    ids=["the name is taken", "no name", "no phrase", "a long phrase", "changed before", "ended before"],
)
async def test_a_form_that_cannot_be_kept_says_why(bot, carried, entered, field, why):
    answer = await save(bot, carried, **entered)

    assert why in answer["errors"][field]
    assert [each.name for each in await bot.read(themes_of, TEAM)] == ["Lost history"]


async def test_there_is_a_last_theme(bot):
    for number in range(THEMES_AT_MOST - 1):
        await bot.write(save_theme, TEAM, Theme(name=f"theme {number}", phrases=("x",)), by=MAYA, at=NOW)

    assert "50 themes already" in (await save(bot, NEW))["errors"]["name"]


async def test_a_theme_is_ended_by_its_form(bot):
    assert await save(bot, DRAWN, end=several("end")) == {}

    assert await bot.read(themes_of, TEAM) == []


async def test_the_form_of_a_theme_that_is_gone_says_so(bot):
    there = await bot.submit("theme.picked", {"theme": chosen("1")}, {}, by=SAM)
    gone = await bot.submit("theme.picked", {"theme": chosen("9")}, {}, by=SAM)

    assert "Lost history" in str(there["view"])
    assert "There is no theme to change." in words_of(gone["view"])


async def test_only_who_may_change_settings_changes_themes(bot):
    await bot.write(save_roles, TEAM, Roles(configure=(MAYA,)), by=MAYA, at=NOW)

    assert (await save(bot, NEW, by=SAM))["response_action"] == "push"
    assert configures({"actions": [{"action_id": "theme.use"}]})
    assert not configures({"actions": [{"action_id": "heard.decide.1"}]})


async def test_what_three_people_say_is_suggested_without_what_is_a_theme_and_our_names(bot):
    suggested = await find_suggestions(bot.db, TEAM, NOW)

    assert [(each.phrase, each.people) for each in suggested] == [("dark mode", 3)]


# ---- decided -------------------------------------------------------------------------------------------------------


async def test_what_is_decided_counts_everybody_who_said_it(bot):
    answer = await bot.submit("heard.decide_submit", WANTED, DECISION, by=SAM)

    assert answer == {"response_action": "clear"}
    demand = await asked_by(bot, 3)
    theme = await bot.read(find_theme, TEAM, 1)
    assert (demand.improvement.wanted.title, theme.improvement_id) == ("Lost history", 1)


async def test_the_name_that_was_proposed_gives_way_to_a_choice_and_another_name_does_not(bot):
    there = Wanted(title="Keep history", kind=ImprovementKind.FIX, channel=MENTIONS)
    await bot.write(add_improvement, TEAM, there, by=MAYA, at=NOW)

    both = {**WANTED, "existing": chosen("1"), "title": "Something else"}
    refused = await bot.submit("heard.decide_submit", both, DECISION, by=SAM)
    neither = await bot.submit("heard.decide_submit", {**WANTED, "title": ""}, DECISION, by=SAM)
    taken = await bot.submit("heard.decide_submit", {**WANTED, "existing": chosen("1")}, DECISION, by=SAM)

    assert "Leave this empty" in refused["errors"]["title"]
    assert "choose one that you have" in neither["errors"]["title"]
    assert taken == {"response_action": "clear"}
    await asked_by(bot, 3)
    assert (await bot.read(find_theme, TEAM, 1)).improvement_id == 1


async def test_who_decides_second_is_told_and_changes_nothing(bot):
    there = Wanted(title="Keep history", kind=ImprovementKind.FIX, channel=MENTIONS)
    await bot.write(decide_theme, TEAM, 1, there, drawn=1, by=MAYA, at=NOW)

    await bot.submit("heard.decide_submit", WANTED, DECISION, by=SAM)

    await bot.told("sam", "Somebody decided about this theme")
    assert (await bot.read(find_theme, TEAM, 1)).improvement_id == 1
