"""Changing what is listened for, and stopping: three fields, the rest behind More, and nobody overwrites anybody."""

from bots import Desk

from sandbox.pressing import words_of


async def test_a_watch_is_changed_by_one_and_not_overwritten_by_another(desk: Desk, start, street):
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url, name="tide", names=("tide",))
    await start()
    await slack.open_home(by="maya")
    await slack.wait_for_home(by="maya")
    await slack.open_home(by="sam")
    home = await _settings(slack, "maya")

    mine = (await slack.click("Change or stop…", on=home, by="maya")).views[0]
    theirs = (await slack.click("Change or stop…", on=await _settings(slack, "sam"), by="sam")).views[0]
    assert "Names you write under" not in words_of(mine)
    filled = await slack.submit(mine, {"Any of these names": "t", "Must be near": "wiki"}, by="maya")
    assert filled.errors["names"].startswith("A name has 2 to 80 characters")

    # What was typed stays when the rest is unfolded.
    slack.slack.views.remember(
        mine["id"], {"names": {"names": {"type": "plain_text_input", "value": "tide, tidewiki"}}}
    )
    await slack.click("More…", on=slack.view("maya"), by="maya")
    unfolded = await slack.wait_for_view(by="maya", containing="Names you write under")
    answers = {"Any of these names": "tide, tidewiki", "Must be near": "wiki", "Cards come": "Once a day"}
    answers["First reply within"] = "4 working hours"
    unclosed = await slack.submit(unfolded, answers | {"Or a query": 'tidewiki OR "tide'}, by="maya")
    assert unclosed.errors["query"].startswith(
        "There is no closing quote for the one before `tide`: put one in, or take this one away (character 13)"
    )
    answers["Or a query"] = "tidewiki OR tide NEAR/9 wiki"
    await slack.submit(unfolded, answers, by="maya")
    saved = await slack.wait_for_view(by="maya", containing="Saved.")
    assert "still ask for the old names" in words_of(saved)
    assert desk.rows("SELECT names, near, query, delivery, target_minutes, version FROM watch") == [
        ('["tide", "tidewiki"]', '["wiki"]', "tidewiki OR tide NEAR/9 wiki", "daily", 240, 2)
    ]
    assert '"near": "[\\"wiki\\"]"' in desk.rows("SELECT after_facts FROM history ORDER BY id DESC LIMIT 1")[0][0]

    refused = await slack.submit(theirs, {"Any of these names": "tides"}, by="sam")
    assert "Nothing was changed: <@U0MAYA> changed *tide*" in words_of(refused.views[0])
    await slack.click("Open it as it is now", on=refused.views[0], by="sam")
    now = await slack.wait_for_view(by="sam", containing="Any of")
    assert "tidewiki" in str(now)

    await slack.open_home(by="priya")
    stale = (await slack.click("Change or stop…", on=await _settings(slack, "priya"), by="priya")).views[0]
    await slack.click("More…", on=now, by="sam")
    unfolded = await slack.wait_for_view(by="sam", containing="Stop listening for this")
    await slack.click("Stop listening for this", on=unfolded, by="sam")
    await slack.wait_for_view(by="sam", containing="I listen for *tide* no more")
    assert desk.rows("SELECT COUNT(*) FROM watch_source") == [(0,)]
    late = await slack.submit(stale, {"Any of these names": "tide"}, by="priya")
    assert "Somebody stopped this one meanwhile" in words_of(late.views[0])


async def _settings(slack, person):
    await slack.click("Settings", on=await slack.wait_for_home(by=person), by=person)
    return await slack.wait_for_home(by=person, containing="Change or stop…")
