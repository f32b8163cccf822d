"""A team whose word for praise is an insult elsewhere: it corrects three times, and is understood from then on."""

from bots import Desk

from sandbox.pressing import words_of


async def test_three_corrections_teach_a_word_until_somebody_has_it_forgotten(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add("The sync of Tidewiki is insane, part 1")
    await start()
    for part in (1, 2, 3):
        card = await desk.card(f"The sync of Tidewiki is insane, part {part}")
        assert "mood: bad (“insane”)" in words_of(card)
        form = (await slack.click("Correct this…", on=card, by="maya")).views[0]
        await slack.submit(form, {"mood": "Good"}, by="maya")
        await desk.shows(card, "mood: good")
        feed.add(f"The sync of Tidewiki is insane, part {part + 1}")

    card = await desk.card("The sync of Tidewiki is insane, part 4")
    assert "mood: good (“insane” is good here, learned from 3 corrections)" in words_of(card)

    await slack.open_home(by="sam")
    home = await slack.wait_for_home(by="sam", containing="Everything")
    await slack.click("Settings", on=home, by="sam")
    home = await slack.wait_for_home(by="sam", containing="“insane” is good, from 3 corrections")
    assert "<@U0MAYA> taught me the word *insane*" in words_of(home)
    await slack.click("Forget this", on=home, by="sam")
    home = await slack.wait_for_home(by="sam", containing="had me forget the word")

    assert "Nothing yet. When *Correct this…* says 3 times" in words_of(home)
    feed.add("The sync of Tidewiki is insane, part 5")
    assert "mood: bad (“insane”)" in words_of(await desk.card("The sync of Tidewiki is insane, part 5"))
