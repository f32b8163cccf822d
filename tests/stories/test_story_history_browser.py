"""Histories in a real browser: opened from the settings and on top of a form, turned, and left again."""

import os

from bots import Desk
from browser import needs_chromium
from playwright.async_api import expect

pytestmark = needs_chromium


async def picture(page, name):
    """Keep a picture of the page for whoever asks for one with PICTURES."""
    if folder := os.environ.get("PICTURES"):
        await page.screenshot(path=f"{folder}/{name}.png", full_page=True)


async def test_somebody_looks_up_who_changed_what_and_turns_the_pages(desk: Desk, start, street, browsing):
    feed = street.feed("forum")
    await desk.watch(feed.url)
    await start()
    async with browsing() as page:
        await page.goto(f"{desk.slack.url}#home")
        home, form = page.locator("[data-home]"), page.get_by_role("dialog").last
        await home.get_by_role("button", name="Settings").click()
        await home.get_by_role("button", name="Change or stop…").click()
        await form.get_by_label("Any of these names").fill("Tidewiki, tide wiki")
        await form.get_by_role("button", name="Save").click()
        await expect(form).to_contain_text("Saved.")
        await form.get_by_role("button", name="Done").click()
        await picture(page, "history-settings")

        await home.get_by_role("button", name="Change or stop…").click()
        await form.get_by_role("button", name="More…").click()
        await form.get_by_role("button", name="History").click()
        await expect(form).to_contain_text("Names: added tide wiki")
        await picture(page, "history-watch")
        await form.get_by_role("button", name="Back").click()
        await expect(form).to_contain_text("Any of these names")
        await form.get_by_role("button", name="Cancel").click()

        for number in range(30):
            desk.change(
                """INSERT INTO history (workspace_id, object, object_id, act, actor, at, before_facts, after_facts)
                   SELECT workspace_id, 'theme', 1, 'theme', 'U0SAM', at, '{}', ? FROM history LIMIT 1""",
                f'{{"name": "Theme {number}", "phrases": ["phrase {number}", "another"]}}',
            )
        await home.get_by_role("button", name="Every change").click()
        await expect(form).to_contain_text("Theme 29")
        await picture(page, "history-newest")
        await form.get_by_role("button", name="Older").click()
        await expect(form).to_contain_text("Theme 0")
        await expect(form).to_contain_text("saved the watch")
        await picture(page, "history-oldest")
        await form.get_by_role("button", name="Newer").click()
        await expect(form).to_contain_text("Theme 29")
