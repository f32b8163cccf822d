"""The form of a draft in a real browser: what stands beside it, what it warns of, and that it keeps what was typed."""

import os

from bots import Desk
from browser import needs_chromium
from playwright.async_api import expect
from test_story_voice import claimed, write

pytestmark = needs_chromium

QUESTION = "Does Tidewiki keep page history after a restore?"
DRAFT = "Thank you for asking!\nIt is cheap, and the restore keeps the history."


async def picture(page, name):
    """Keep a picture of the page for whoever asks for one with PICTURES."""
    if folder := os.environ.get("PICTURES"):
        await page.screenshot(path=f"{folder}/{name}.png", full_page=True)


async def test_somebody_writes_beside_the_guide_is_warned_and_finds_the_draft_in_the_thread(
    desk: Desk, start, street, browsing
):
    feed = street.feed("forum")
    feed.add(QUESTION, "Every history tab is empty.")
    await desk.watch(feed.url)
    await start()
    async with browsing() as page:
        await page.goto(f"{desk.slack.url}#home")
        home = page.locator("[data-home]")
        await home.get_by_role("button", name="Settings").click()
        await home.get_by_role("button", name="Edit the guide…").click()
        form = page.get_by_role("dialog")
        await form.get_by_label("We sound like").fill("We thank before we explain.")
        await form.get_by_role("textbox", name="Words we do not use").fill("cheap")
        await picture(page, "voice-guide")
        await form.get_by_role("button", name="Save").click()
        await expect(home).to_contain_text("Not our words: cheap")
        await picture(page, "voice-settings")

        await page.goto(desk.slack.url)
        card = page.get_by_role("article").filter(has_text="Does Tidewiki keep page history").first
        await card.get_by_role("button", name="Interact").click()
        await card.get_by_role("button", name="I'll reply").click()
        await card.get_by_role("button", name="Write with the voice guide…").click()
        await expect(form).to_contain_text("We thank before we explain.")
        await form.get_by_label("Your reply").fill(DRAFT)
        await picture(page, "voice-write")
        await form.get_by_role("button", name="Save").click()

        await expect(form).to_contain_text("We do not say “cheap” (line 2).")
        await expect(form.get_by_label("Your reply")).to_have_value(DRAFT)
        await picture(page, "voice-warned")
        await form.get_by_role("button", name="Save anyway").click()
        await expect(form).to_be_hidden()

        await card.get_by_role("button", name="1 reply").click()
        await expect(page.get_by_text("It is cheap, and the restore keeps the history.").first).to_be_visible()
        await picture(page, "voice-draft")


async def test_a_draft_is_sent_back_with_a_note_and_approved_once_it_was_written_anew(
    desk: Desk, start, street, browsing
):
    slack, feed = desk.slack, street.feed("forum")
    feed.add(QUESTION, "Every history tab is empty.")
    await desk.watch(feed.url)
    await start()
    await slack.open_home(by="maya")
    await slack.click("Settings", on=await slack.wait_for_home(by="maya", containing="Settings"), by="maya")
    await slack.click("voice.roles", on=await slack.wait_for_home(by="maya", containing="Who may do what"), by="maya")
    form = await slack.wait_for_view(by="maya", containing="Who approves what we say?")
    await slack.submit(form, {"approve": [slack.user("maya")], "watches": ["Tidewiki"]}, by="maya")
    card = await claimed(desk, QUESTION, by="sam")
    await write(desk, card, "It keeps the history.", by="sam")
    async with browsing() as page:
        await page.goto(slack.url)
        await page.get_by_role("article").filter(has_text=QUESTION).first.get_by_role("button", name="1 reply").click()
        await page.get_by_role("button", name="Send back…").click()
        form = page.get_by_role("dialog")
        await expect(form).to_contain_text("It keeps the history.")
        await form.get_by_role("button", name="Send back").click()
        await expect(form).to_be_visible()
        await form.get_by_label("What should change?").fill("Thank her first.")
        await picture(page, "voice-send-back")
        await form.get_by_role("button", name="Send back").click()
        await expect(form).to_be_hidden()
        await expect(page.get_by_text("Thank her first.").first).to_be_visible()

        await write(desk, card, "Thank you! It keeps the history.", by="sam")
        await page.get_by_role("button", name="Approve").click()
        await expect(page.get_by_text("post it there yourself").first).to_be_visible()
        await expect(page.get_by_role("button", name="Approve")).to_have_count(0)
        await picture(page, "voice-approved")
