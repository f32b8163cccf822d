"""Calm is set in the App Home: when cards come, where urgent things are said, and when nothing rings."""

from bots import Desk

from sandbox.pressing import words_of


async def settings_of(desk: Desk, who: str) -> dict:
    """Open somebody's Home at its settings."""
    await desk.slack.open_home(by=who)
    home = await desk.slack.wait_for_home(by=who, containing="Settings")
    await desk.slack.click("Settings", on=home, by=who)
    return await desk.slack.wait_for_home(by=who, containing="No quiet hours")


async def test_a_team_sets_how_calm_it_wants_it_and_an_older_form_changes_nothing(desk: Desk, start, street):
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url)
    await start()
    await desk.looked_at(talk)
    home = await settings_of(desk, "maya")
    [form] = (await slack.click("calm.open", on=home, by="maya")).views
    [late] = (await slack.click("calm.open", on=await settings_of(desk, "sam"), by="sam")).views

    wishes = {"Cards about Tidewiki": "hourly", "Urgent channel": "C0GENERAL", "Quiet from": "22", "Quiet until": "22"}
    wrong = await slack.submit(form, wishes, by="maya")
    assert "must end at another hour" in wrong.errors["quiet_to"]
    wrong = await slack.submit(slack.view("maya"), wishes | {"Quiet until": "7"}, by="maya")
    assert "I am not in that channel" in wrong.errors["urgent_channel"]

    await slack.invite_bot("general", by="maya")
    saved = await slack.submit(slack.view("maya"), wishes | {"Quiet until": "7"}, by="maya")
    assert not saved.errors
    said = words_of(await slack.wait_for_home(by="maya", containing="Once an hour: *Tidewiki*"))
    assert "are told in <#C0GENERAL>" in said
    assert "Quiet from 22:00 to 07:00 (UTC)" in said

    outdated = await slack.submit(late, {"Cards about Tidewiki": "daily"}, by="sam")
    assert "Somebody changed this" in outdated.errors["urgent_score"]
    assert desk.rows("SELECT delivery FROM watch") == [("hourly",)]

    talk.add("Does Tidewiki export?")
    await desk.looked_at(talk)
    await desk.until(lambda: desk.rows("SELECT state FROM message WHERE kind = 'card'") == [("held",)])
