"""Bringing a mention by hand, with a real browser: a link from a message's menu, a talk from the composer's."""

import re

from bots import Desk
from browser import needs_chromium
from playwright.async_api import expect

pytestmark = needs_chromium


async def test_somebody_tracks_a_link_and_logs_a_talk(desk: Desk, start, street, browsing):
    slack = desk.slack
    await desk.watch(street.feed("talk").url)
    await start()
    await slack.say("Look at https://one.example/a and https://two.example/b", by="sam", channel="mentions")
    async with browsing() as page:
        await page.goto(slack.url)
        message = page.get_by_role("article").filter(has_text="Look at")
        await message.hover()
        await message.get_by_role("button").last.click()
        await page.get_by_text("Track this").click()
        form = page.get_by_role("dialog")
        await form.get_by_label("Which link?").select_option("two.example/b")
        await form.get_by_label("What next?").select_option("We owe a reply")
        await form.get_by_role("button", name="Track").click()
        await expect(form).to_contain_text("Tracked. The card is in")
        await form.get_by_role("button", name="Done").click()
        card = page.get_by_role("article").filter(has_text="two.example").filter(has_text="nobody has it yet")
        await expect(card).to_contain_text("✓ Interact by")

        await page.get_by_role("button", name=re.compile("shortcut", re.IGNORECASE)).first.click()
        await page.get_by_text("Log a talk in person").click()
        await form.get_by_label("Who was it?").fill("Ada Lovelace")
        await form.get_by_label("Where?").fill("FOSDEM")
        await form.get_by_label("What was said?").fill("Would switch if it kept history.")
        await form.get_by_label("By when?").fill("2019-01-01")
        await form.get_by_label("Do we owe them a follow-up?").select_option("Yes, and I'll do it")
        await form.get_by_role("button", name="Log it").click()
        await expect(form).to_contain_text("That day is over")
        await form.get_by_label("By when?").fill("")
        await form.get_by_role("button", name="Log it").click()
        await expect(form).to_contain_text("Logged. The card is in")
        await form.get_by_role("button", name="Done").click()
        await expect(page.get_by_role("article").filter(has_text="Ada Lovelace, FOSDEM")).to_contain_text("replies")
