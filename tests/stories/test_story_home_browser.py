"""The App Home in a real browser, as narrow as a phone."""

import os

from bots import Desk
from browser import needs_chromium
from playwright.async_api import expect

pytestmark = needs_chromium

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


async def picture(page, name):
    """Keep a picture of the page for whoever asks for one with PICTURES."""
    if folder := os.environ.get("PICTURES"):
        await page.screenshot(path=f"{folder}/{name}.png", full_page=True)


async def test_the_queue_is_worked_on_a_phone(desk: Desk, start, street, browsing):
    feed = street.feed("forum")
    feed.add("Does Tidewiki keep page history after a restore?", "Every history tab is empty.")
    feed.add("Tidewiki loses umlauts in its search", "Is there an issue for this?")
    feed.add("What a lovely release of Tidewiki", "Thank you!")
    await desk.watch(feed.url)
    await start()
    await desk.card("What a lovely release")
    async with browsing(color_scheme="dark", **PHONE) as page:
        await page.goto(f"{desk.slack.url}#home")
        home = page.locator("[data-home]")
        await home.get_by_role("button", name="Needs someone (2)").click()
        await expect(home).to_contain_text("Tidewiki loses umlauts")
        await picture(page, "needs")
        await home.get_by_role("button", name="I'll reply").first.click()
        await home.get_by_role("button", name="Mine (1)").click()
        await expect(home.get_by_role("button", name="Hand back")).to_be_visible()
        await picture(page, "mine")

        await home.get_by_role("button", name="Everything").click()
        await expect(home).to_contain_text("lovely release")
        await picture(page, "everything")
        words = home.get_by_label("With these words")
        await words.fill("umlauts")
        await words.press("Enter")
        await expect(home).not_to_contain_text("lovely release")
        await expect(home).to_contain_text("umlauts")
        await home.get_by_role("button", name="Clear").click()
        await expect(home).to_contain_text("lovely release")
        await expect(words).to_have_value("")

        await home.get_by_role("button", name="Settings").click()
        await expect(home).to_contain_text("Teammates and names")
        await picture(page, "settings")
        await home.get_by_role("button", name="Add a name…").click()
        await expect(page.get_by_role("dialog")).to_contain_text("Under which name?")
        await picture(page, "name")
        wide = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert not wide
