"""A query is tried on what was heard before it is saved: what it would gain, and what the team would miss."""

from bots import Desk

from sandbox.pressing import words_of


async def test_another_query_is_tried_on_what_was_heard_and_what_the_team_said(desk: Desk, start, street):
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url, name="tide", names=("tide",))
    await start()
    await desk.until(lambda: talk.asked)
    for title in ("High tide at noon", "Our wiki runs on tide", "Tidewiki is fine"):
        talk.add(title)
    await desk.looked_at(talk)
    await slack.click("Not us", on=await desk.card("High tide at noon"), by="finn")
    await desk.shows(await desk.card("High tide at noon"), "*Not us*")

    async def said(text: str, containing: str) -> str:
        await slack.command(text, by="finn", channel="mentions")
        return words_of(await slack.wait_for_ephemeral(to="finn", containing=containing))

    assert "*tide*: `tide`" in await said("/ears query", "What makes a mention")
    bad = await said('/ears query test tidewiki OR "tide', "I cannot read")
    assert "for the one before `tide`: put one in, or take this one away (character 13)." in bad
    assert 'tidewiki OR "tide\n            ^' in bad
    tried = await said("/ears query test tidewiki OR tide NEAR/3 wiki", "instead of")
    assert "*2 mentions instead of 2*, in the last 3 posts" in tried
    assert "*It would gain 1*: 1 not judged yet" in tried
    assert "*It would lose 1*: 1 not us, as you said" in tried
    assert "High tide at noon" in tried.split("It would lose")[1]
    assert desk.rows("SELECT query, version FROM watch") == [("", 1)]


async def test_a_query_that_cannot_be_read_any_more_is_said_once_and_its_names_count(desk: Desk, start, street):
    """As after an upgrade: the row holds what this version does not read."""
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url)
    desk.change("UPDATE watch SET query = ?", "tidewiki NEAR")
    talk.add("Tidewiki is fine")
    await start()

    told = await slack.wait_for_message(channel="mentions", containing="I cannot read the query of Tidewiki any more")
    assert "`NEAR` wants a word behind it: put one there, or take it away (character 10)." in words_of(told)
    assert "Until somebody mends it, I listen for its names: Tidewiki." in words_of(told)
    await desk.card("Tidewiki is fine")
    assert (
        "cannot read the query of *Tidewiki*"
        in (await slack.command("/ears status", by="finn", channel="mentions")).words
    )
    listed = (await slack.command("/ears watch", by="finn", channel="mentions")).ephemerals[-1]
    assert "I cannot read its query: `NEAR` wants a word behind it" in words_of(listed)
    await slack.open_home(by="finn")
    home = await slack.wait_for_home(by="finn", containing="Settings")
    await slack.click("Settings", on=home, by="finn")
    await slack.wait_for_home(by="finn", containing="I cannot read its query: `NEAR` wants a word behind it")

    form = (await slack.click("Change…", on=told, by="finn")).views[0]
    await slack.click("More…", on=form, by="finn")
    form = await slack.wait_for_view(by="finn", containing="Or a query")
    await slack.submit(form, {"query": "tidewiki NEAR/5 fine"}, by="finn")

    await desk.shows(told, "was mended, or is needed no more", without="NEAR")
    assert len(slack.messages("mentions", containing="The query of")) == 1
