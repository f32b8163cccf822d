"""The same story in three places, put together and taken apart in a real browser, on the page of the small Slack."""

from bots import Desk
from browser import needs_chromium
from playwright.async_api import expect

pytestmark = needs_chromium

RELEASE = "Tidewiki 4.2 brings a new editor and faster search"
NEARLY = "Tidewiki 4.2 is out: new editor, faster search"


async def test_a_copy_stands_in_the_thread_and_presses_move_it_out_and_another_one_in(
    desk: Desk, start, street, browsing
):
    told = {"Wiki Weekly": RELEASE, "r/selfhosted": f"[News] {RELEASE}!", "A blog": NEARLY}
    feeds = {community: street.feed(f"place{number}") for number, community in enumerate(told)}
    for community, feed in feeds.items():
        await desk.watch(feed.url, community=community)
    await start()
    await desk.looked_at(*feeds.values())
    for community, feed in feeds.items():
        feed.add(told[community], author="")
        await desk.looked_at(feed)
    async with browsing() as page:
        await page.goto(desk.slack.url)
        await page.get_by_role("navigation").get_by_text("mentions", exact=True).click()
        first = page.get_by_role("article").filter(has_text="Also on r/selfhosted").first
        await expect(first).to_be_visible()

        perhaps = page.get_by_role("article").filter(has_text="Possibly the same story as")
        await perhaps.get_by_role("button", name="Put together").click()
        together = page.get_by_role("article").filter(has_text="The same story, in the thread of")
        await expect(together).to_contain_text("put there by")
        await expect(first).to_contain_text("r/selfhosted and A blog")

        await first.get_by_text("2 replies").click()
        note = page.get_by_role("article").filter(has_text="Also on r/selfhosted: [News]")
        await note.get_by_role("button", name="Not the same").click()
        await expect(page.get_by_role("article").filter(has_text="It has a card of its own")).to_be_visible()
