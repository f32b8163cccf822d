"""A team whose word for praise is an insult elsewhere: it corrects three times, and is understood from then on."""

from bots import Desk, running

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


async def test_a_word_beside_the_name_that_was_never_us_is_asked_about_until_somebody_has_it_forgotten(desk, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url, name="Apollo", names=("Apollo",))
    async with running(desk):
        await desk.looked_at(feed)
        for number, day in enumerate(("Monday", "Tuesday", "Wednesday")):
            for title, button in ((f"Apollo graph {day}", "Listen"), (f"Apollo moon {number}", "Not us")):
                feed.add(title)
                await slack.click(button, on=await desk.card(title), by="maya")
        feed.add("Apollo moon again")
        await desk.until(lambda: desk.rows("SELECT unsure FROM conversation ORDER BY id DESC LIMIT 1") == [(1,)])
        assert not slack.messages("mentions", containing="moon again")

        # Three presses put three posts aside; the fourth is shown until somebody has answered.
        for part in ("at dawn", "at noon", "at night"):
            feed.add(f"Apollo moon {part}")
            await desk.looked_at(feed)
        shown = await desk.card("Apollo moon at night")
        assert "shown although 3 of 3 posts with “moon” near “Apollo” were not us: 3 like it wait" in words_of(shown)
        assert desk.rows("SELECT COUNT(*) FROM conversation WHERE unsure = 1") == [(3,)]

    desk.change("UPDATE conversation SET opened_at = '2020-01-01T00:00:00.000Z' WHERE unsure = 1")
    async with running(desk):
        asked = await slack.wait_for_message(channel="mentions", containing="3 I am not sure about")
        assert "3 of 3 posts with “moon” near “Apollo” were not us" in words_of(asked)

        await slack.open_home(by="sam")
        home = await slack.wait_for_home(by="sam", containing="Everything")
        await slack.click("Settings", on=home, by="sam")
        home = await slack.wait_for_home(by="sam", containing="“moon” near Apollo is not us: 3 of 3 posts")
        row = next(block for block in home["blocks"] if "“moon”" in words_of(block))
        await slack.click("Forget this", on={**home, "blocks": [row]}, by="sam")
        await slack.wait_for_home(by="sam", containing="had me forget what tells you from others: *moon*")
        feed.add("Apollo moon, once more")
        await desk.card("Apollo moon, once more")


async def test_all_that_was_learned_is_listed_and_any_line_of_it_is_forgotten(desk: Desk, start):
    slack = desk.slack
    await desk.watch()
    desk.change(
        """INSERT INTO learned_word (workspace_id, word, means, corrections)
           WITH RECURSIVE counted (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < 23)
           SELECT workspace.id, 'word' || counted.number, 'good', 3 FROM counted, workspace ORDER BY counted.number"""
    )
    await start()

    await slack.open_home(by="sam")
    home = await slack.wait_for_home(by="sam", containing="Everything")
    await slack.click("Settings", on=home, by="sam")
    home = await slack.wait_for_home(by="sam", containing="and 15 older ones like these")
    newest = (await slack.click("Show all…", on=home, by="sam")).views[0]
    assert "What words sound like to you: 23, the latest first." in words_of(newest)
    assert "“word4”" in words_of(newest)
    assert "“word3”" not in words_of(newest)

    oldest = (await slack.click("Older ▸", on=newest, by="sam")).views[0]
    assert "“word3” is good, from 3 corrections" in words_of(oldest)
    row = next(block for block in oldest["blocks"] if "“word2”" in words_of(block))
    left = (await slack.click("Forget this", on={**oldest, "blocks": [row]}, by="sam")).views[0]
    assert "22, the latest first" in words_of(left)
    assert ["“word2”" in words_of(left), "“word1”" in words_of(left)] == [False, True]
    await slack.wait_for_home(by="sam", containing="had me forget the word *word2*")
    assert desk.rows("SELECT COUNT(*) FROM learned_word") == [(22,)]
