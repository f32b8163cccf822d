"""A search in Slack: what was said with these words, a page at a time; and the two lists of what is to be answered."""

from bots import Desk

from sandbox.pressing import words_of


async def asked(desk: Desk, text: str, containing: str, *, by: str = "finn"):
    await desk.slack.command(text, by=by, channel="mentions")
    return await desk.slack.wait_for_ephemeral(to=by, containing=containing)


async def test_what_was_said_is_found_by_its_words_a_page_at_a_time(desk: Desk, start, street):
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url)
    for number in range(12):
        talk.add(f"Tidewiki and the restore, part {number}", "What became of my history?")
    talk.add("A quiet post", "The restore of nothing.")
    await start()
    await desk.until(lambda: desk.rows("SELECT COUNT(*) FROM post") == [(13,)])
    for number in range(12, 21):
        talk.add(f"Tidewiki and the restore, part {number}", "What became of my history?")
    await desk.until(
        lambda: desk.rows("SELECT COUNT(*) FROM mention") == [(12,)], what="nine new and three from before"
    )

    first = await asked(desk, '/ears search restore "my history" tide*', "The newest that say")
    assert words_of(first).count("part") == 8
    assert "A quiet post" not in words_of(first)
    more = await slack.click("Show more", on=first, by="finn")

    second = await slack.wait_for_ephemeral(to="finn", containing="Before that")
    assert words_of(second).count("part") == 4
    assert more.ok
    assert not slack.messages("mentions", containing="The newest that say")

    nothing = words_of(await asked(desk, '/ears search "history my" <!channel>', "Nothing says"))
    assert "All the words must stand in it" in nothing
    assert "`/ears search page history`" in words_of(await asked(desk, "/ears search  ?! ", "takes words"))


async def test_a_promise_is_given_from_the_list_of_who_waits_and_kept_from_the_list_of_mine(desk: Desk, start, street):
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url)
    talk.add("Does Tidewiki export?", author="kim")
    await start()
    card = await desk.card("Does Tidewiki export?")
    assert "You have promised nothing" in words_of(await asked(desk, "/ears mine", "promised"))

    waiting = await asked(desk, "/ears waiting", "1 person is waiting for an answer")
    await slack.click("I'll reply", on=waiting, by="finn")

    await desk.shows(card, "*<@U0FINN> replies*")
    await slack.wait_for_ephemeral(to="finn", containing="<@U0FINN> has it")
    mine = await asked(desk, "/ears mine", "You have promised 1 reply")
    form = (await slack.click("We answered…", on=mine, by="finn")).views[0]
    await slack.submit(form, by="finn")

    await desk.shows(card, "✅ <@U0FINN>")
    assert "Nobody is waiting for us" in words_of(await asked(desk, "/ears waiting", "Nobody"))
