"""The form Calm and a roll-up in a real browser, on the page of the small Slack."""

from datetime import UTC, datetime, timedelta

from bots import Desk
from browser import needs_chromium
from playwright.async_api import expect

from storage.stamps import stamp

pytestmark = needs_chromium


async def test_somebody_asks_for_one_message_an_hour_and_takes_a_reply_from_it(desk: Desk, start, street, browsing):
    talk = street.feed("talk")
    await desk.watch(talk.url)
    await start()
    await desk.looked_at(talk)
    async with browsing() as page:
        await page.goto(desk.slack.url)
        await page.get_by_role("navigation").get_by_role("button", name="Two Ears").click()
        await page.get_by_role("button", name="Settings").click()
        await page.locator("[data-action-id='calm.open']").click()
        form = page.get_by_role("dialog")
        await form.get_by_label("Cards about Tidewiki").select_option(label="Once an hour")
        await form.get_by_label("Quiet from").select_option(label="22:00")
        await form.get_by_role("button", name="Save").click()
        await expect(form).to_be_hidden()
        await expect(page.get_by_text("Once an hour:")).to_be_visible()

        talk.add("Does Tidewiki export?", author="kim")
        talk.add("Tidewiki 1.0 is out", author="sam")
        await desk.looked_at(talk)
        desk.change("UPDATE mention SET noticed_at = ?", stamp(datetime.now(UTC) - timedelta(hours=1)))
        await page.get_by_role("navigation").get_by_text("mentions", exact=True).click()
        rollup = page.get_by_role("article").filter(has_text="2 new since")
        await rollup.get_by_role("button", name="I'll reply").click()
        await expect(rollup).to_contain_text("Maya (community) has it")
        card = page.get_by_role("article").filter(has_text="Maya (community) replies")
        await expect(card).to_contain_text("Does Tidewiki export?")
