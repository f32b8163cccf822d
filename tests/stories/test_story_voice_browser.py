"""The form of a draft in a real browser: what stands beside it, what it warns of, and that it keeps what was typed."""

import os

from bots import Desk
from browser import needs_chromium
from playwright.async_api import expect

pytestmark = needs_chromium

DRAFT = "Thank you for asking!\nIt is cheap, and the restore keeps the history."


async def picture(page, name):
    """Keep a picture of the page for whoever asks for one with PICTURES."""
    if folder := os.environ.get("PICTURES"):
        await page.screenshot(path=f"{folder}/{name}.png", full_page=True)


async def test_somebody_writes_beside_the_guide_is_warned_and_finds_the_draft_in_the_thread(
    desk: Desk, start, street, browsing
):
    feed = street.feed("forum")
    feed.add("Does Tidewiki keep page history after a restore?", "Every history tab is empty.")
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
