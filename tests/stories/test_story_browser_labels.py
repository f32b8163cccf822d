"""The form of labels in a real browser, opened on top of a card's history."""

from bots import Desk
from browser import needs_chromium
from playwright.async_api import expect

pytestmark = needs_chromium


async def test_somebody_gives_a_label_in_two_clicks_from_a_card(desk: Desk, start, street, browsing):
    talk = street.feed("talk")
    talk.add("Does Tidewiki export?", author="kim")
    await desk.watch(talk.url)
    await start()
    await desk.card("Does Tidewiki export?")
    async with browsing() as page:
        await page.goto(desk.slack.url)
        await page.get_by_role("navigation").get_by_text("mentions", exact=True).click()
        card = page.get_by_role("article").filter(has_text="Does Tidewiki export?")
        await card.get_by_role("button", name="More").click()
        await page.get_by_role("menuitem", name="History").click()
        await page.get_by_role("dialog").get_by_role("button", name="Labels…").click()
        form = page.get_by_role("dialog")
        await form.get_by_label("New labels of kim").fill("journalist")
        await form.get_by_role("button", name="Save").click()

        await expect(card).to_contain_text("journalist")
