"""What a newcomer does in the first minutes, with a real browser on the page of the small Slack."""

import json
import re

from bots import Desk
from browser import needs_chromium
from playwright.async_api import Locator, Page, expect

pytestmark = needs_chromium


def card(page: Page, words: str) -> Locator:
    return page.get_by_role("article").filter(has_text=words)


async def say(page: Page, words: str) -> None:
    composer = page.get_by_role("combobox", name=re.compile("Message"))
    await composer.fill(words)
    # The first Escape closes the list of commands, so that Enter sends what stands there.
    await composer.press("Escape")
    await composer.press("Enter")


async def test_a_newcomer_sees_a_card_tags_it_promises_and_asks_how_it_stands(desk: Desk, start, street, browsing):
    feed = street.feed("forum")
    feed.add("Does Tidewiki keep page history after a restore?", "Every history tab is empty.")
    await desk.watch(feed.url)
    await start()
    async with browsing() as page:
        await page.goto(desk.slack.url)
        question = card(page, "Does Tidewiki keep page history")
        await question.get_by_role("button", name="Interact").click()
        await expect(question).to_contain_text("a reply is due")
        await question.get_by_role("button", name="I'll reply").click()
        await expect(question).to_contain_text("Maya (community) replies")

        await say(page, "/ears status")
        status = card(page, "1 of 1 place heard within the hour")
        await expect(status).to_contain_text("Only visible to you")
        await expect(status).to_contain_text("1 person is waiting")

        await question.get_by_role("button", name="We answered…").click()
        form = page.get_by_role("dialog")
        await form.get_by_role("textbox").fill("https://forum.example/t/1/2")
        await form.get_by_role("button", name="Done").click()
        await expect(form).to_be_hidden()
        await expect(question.get_by_role("button", name="Reopen")).to_be_visible()
        await expect(question.get_by_role("link", name=re.compile("answered"))).to_have_attribute(
            "href", "https://forum.example/t/1/2"
        )


async def test_somebody_puts_a_question_aside_and_looks_up_what_was_done(desk: Desk, start, street, browsing):
    feed = street.feed("forum")
    feed.add("Does Tidewiki keep page history after a restore?", "Every history tab is empty.")
    await desk.watch(feed.url)
    await start()
    async with browsing() as page:
        await page.goto(desk.slack.url)
        question = card(page, "Does Tidewiki keep page history")
        form = page.get_by_role("dialog")

        async def choose(option: str) -> None:
            await question.get_by_role("button", name="More actions", exact=True).click()
            await question.get_by_role("menuitem", name=option).click()
            await expect(form).to_be_visible()

        await choose("Snooze…")
        await form.get_by_role("combobox").select_option("In a week at nine")
        await form.get_by_placeholder("We wait for the release").fill("The restore guide is due")
        await form.get_by_role("button", name="Snooze").click()
        await expect(question).to_contain_text("by @Maya (community): The restore guide is due")
        await question.get_by_role("button", name="Back now").click()
        await expect(question).to_contain_text("when @Maya (community) wanted it: The restore guide is due")

        await choose("History")
        await expect(form).to_contain_text("You put this aside until")
        await expect(form).to_contain_text("You fetched this back")


async def test_a_newcomer_invites_the_bot_and_starts_listening(desk: Desk, start, street, tmp_path, browsing):
    feed = street.feed("talk")
    feed.add("Is Acmewiki any good?")
    places = tmp_path / "places.toml"
    place = {"name": "Talk", "url": feed.url + "?q={query}", "community": "Talk"}
    places.write_text("\n".join(["[[place]]", *(f"{key} = {json.dumps(value)}" for key, value in place.items())]))
    desk.changes = {"places_file": places}
    await start()
    async with browsing() as page:
        await page.goto(desk.slack.url)
        await page.get_by_role("navigation").get_by_text("general", exact=True).click()
        await say(page, "/invite @Two Ears")
        await page.get_by_role("button", name="Start listening").click()
        form = page.get_by_role("dialog")
        await form.get_by_role("radio", name=re.compile("Know our reputation")).check()
        await form.get_by_role("textbox", name="Any of").fill("Acmewiki")
        # What was entered stays when the rest is unfolded.
        await form.get_by_role("button", name="More…").click()
        await form.get_by_role("textbox", name="Names you write under").fill("acme_team")
        await expect(form.get_by_role("textbox", name="Any of")).to_have_value("Acmewiki")
        await expect(form.get_by_role("radio", name=re.compile("Know our reputation"))).to_be_checked()
        await form.get_by_role("button", name="Start listening").click()
        await expect(form).to_contain_text("1 of 1 place answered")
        await expect(form.get_by_role("checkbox", name=re.compile("Talk"))).to_be_checked()
        await form.get_by_role("button", name="Listen here").click()
        await form.get_by_role("button", name="Done").click()

        await expect(card(page, "Listening for Acmewiki")).to_be_visible()
        await expect(card(page, "Is Acmewiki any good?")).to_contain_text("from before I came")
    assert desk.rows("SELECT outcome, handles FROM watch") == [("reputation", '["acme_team"]')]
