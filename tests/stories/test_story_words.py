"""Words of the command that change something: what is listened for, and what no cards come of."""

from bots import Desk

from sandbox.pressing import words_of


async def asked(desk: Desk, text: str, containing: str):
    await desk.slack.command(text, by="finn", channel="mentions")
    return await desk.slack.wait_for_ephemeral(to="finn", containing=containing)


async def test_what_is_listened_for_is_listed_with_its_form_and_more_can_be_added(desk: Desk, start, street):
    slack = desk.slack
    await start()
    empty = await asked(desk, "/ears watch", "do not listen")
    assert "Any of these names" in words_of((await slack.click("Start listening", on=empty, by="finn")).views[0])

    await desk.watch(street.feed("talk").url)
    listed = await asked(desk, "/ears watch", "What I listen for")
    assert "*Tidewiki* in <#C0MENTIONS>" in words_of(listed)
    changed = (await slack.click("Change…", on=listed, by="finn")).views[0]
    assert "Tidewiki" in str(changed["blocks"])

    added = (await slack.command("/ears watch add", by="finn", channel="mentions")).views[0]
    assert "Mentions come to <#C0MENTIONS>" in words_of(added)
    assert "`/ears watch add`" in words_of(await asked(desk, "/ears watch nonsense", "takes nothing"))


async def test_nothing_is_listened_for_on_behalf_of_a_channel_that_the_bot_is_not_in(desk: Desk, start, street):
    slack = desk.slack
    await desk.watch(street.feed("talk").url)
    await start()

    refused = await slack.command("/ears watch add", by="finn", channel="general")
    assert not refused.views
    assert "`/invite @Two Ears`" in words_of(await slack.wait_for_ephemeral(to="finn", containing="I am not in"))

    await slack.command("/ears watch", by="finn", channel="general")
    listed = await slack.wait_for_ephemeral(to="finn", containing="Tidewiki")
    form = (await slack.click("Listen for more…", on=listed, by="finn")).views[0]
    assert "I am not in" in (await slack.submit(form, {"Any of these names": "BookStack"}, by="finn")).errors["names"]
    form = (await slack.click("Change…", on=listed, by="finn")).views[0]
    await slack.click("More…", on=form, by="finn")
    form = await slack.wait_for_view(by="finn", containing="Cards go to")
    assert "I am not in" in (await slack.submit(form, {"Cards go to": "C0GENERAL"}, by="finn")).errors["channel"]
    assert desk.rows("SELECT name, channel FROM watch") == [("Tidewiki", "C0MENTIONS")]


async def test_somebody_is_muted_by_name_and_heard_again(desk: Desk, start, street):
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url)
    talk.add("Does Tidewiki export?", author="spam")
    await start()
    await desk.card("Does Tidewiki export?")
    assert "Nobody and nothing is muted" in words_of(await asked(desk, "/ears mute", "muted"))
    assert "called nobody" in words_of(await asked(desk, "/ears mute nobody on The forum", "I know nobody"))
    assert "`/ears mute u/name" in words_of(await asked(desk, "/ears mute spam for a while", "takes a name"))

    listed = await asked(desk, "/ears mute spam on The forum for a week", "No cards come of these")
    assert "all of spam in The forum, until <!date^" in words_of(listed)
    talk.add("Buy Tidewiki now", author="spam")
    talk.add("Is Tidewiki fast?", author="kim")
    await desk.card("Is Tidewiki fast?")
    assert not slack.messages("mentions", containing="Buy Tidewiki now")

    await slack.click("Unmute", on=listed, by="finn")
    await slack.wait_for_ephemeral(to="finn", containing="Nobody and nothing is muted")
    talk.add("Tidewiki, again", author="spam")
    await desk.card("Tidewiki, again")


async def test_a_word_that_is_nearly_one_of_ours_is_named(desk: Desk, start):
    await start()

    assert "Did you mean `/ears search`?" in words_of(await asked(desk, "/ears serach page", "I do not know"))
