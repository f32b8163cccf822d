"""A promise handed over in a real browser: the Home, the form of an absence, and what whoever covers reads."""

import os

from bots import Desk
from browser import needs_chromium
from playwright.async_api import expect

pytestmark = needs_chromium


async def picture(page, name):
    """Keep a picture of the page for whoever asks for one with PICTURES."""
    if folder := os.environ.get("PICTURES"):
        await page.screenshot(path=f"{folder}/{name}.png", full_page=True)


async def test_somebody_who_goes_away_hands_over_in_the_home_and_comes_back(desk: Desk, start, street, browsing):
    feed = street.feed("forum")
    feed.add("Does Tidewiki keep page history after a restore?", "Every history tab is empty.")
    await desk.watch(feed.url)
    await start()
    async with browsing() as page:
        await page.goto(desk.slack.url)
        card = page.get_by_role("article").filter(has_text="Does Tidewiki keep page history")
        await card.get_by_role("button", name="Interact").click()
        await card.get_by_role("button", name="I'll reply").click()
        await expect(card).to_contain_text("Maya (community) replies")
        await picture(page, "card")

        await page.goto(f"{desk.slack.url}#home")
        home = page.locator("[data-home]")
        await home.get_by_role("button", name="Settings").click()
        await home.get_by_role("button", name="I am away…").click()
        form = page.get_by_role("dialog")
        await expect(form).to_contain_text("Who has my replies meanwhile?")
        await picture(page, "away")
        await form.get_by_role("button", name="Save").click()
        await expect(form).to_contain_text("1 reply of yours went back to the team")
        await picture(page, "gone")
        await form.get_by_role("button", name="Close").first.click()
        await expect(home).to_contain_text("You are away until")
        await home.get_by_role("button", name="I am back").click()
        await expect(home).to_contain_text("You are here.")
