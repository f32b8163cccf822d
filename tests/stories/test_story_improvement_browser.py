"""The forms of an improvement in a real browser: what they refuse, what they choose, and two made one."""

from bots import Desk
from browser import needs_chromium
from playwright.async_api import Locator, Page, expect

pytestmark = needs_chromium

FIX = "Keep history in backups"


async def test_somebody_proposes_an_improvement_counts_another_mention_for_it_and_merges_two(
    desk: Desk, start, street, browsing
):
    feed = street.feed("forum")
    feed.add("Tidewiki lost my history", "The restore is broken.", author="pat", link="https://forum.example/t/1")
    feed.add("Tidewiki restore crashes", "With a stack trace.", author="mira", link="https://forum.example/t/2")
    feed.add("I wish Tidewiki kept history", "In every backup.", author="jo", link="https://forum.example/t/3")
    await desk.watch(feed.url)
    await start()
    async with browsing() as page:
        await page.goto(desk.slack.url)
        form = page.get_by_role("dialog")
        # An improvement's card, which quotes them, stands below theirs.
        said = ("lost my history", "restore crashes", "I wish")
        broken, crashes, wish = [card(page, words).first for words in said]
        await react(broken, form)
        await expect(form.get_by_label("What should change?")).to_be_visible()
        await form.get_by_role("button", name="Save").click()
        await expect(form).to_contain_text("Please complete this required field.")
        await form.get_by_label("What should change?").fill(f"  {FIX} ")
        await form.get_by_label("Its issue in your tracker").fill("TIDE-7")
        await form.get_by_role("button", name="Save").click()
        await expect(form).to_contain_text("Please enter a valid URL")
        await form.get_by_label("Its issue in your tracker").fill("https://tracker.example/TIDE-7")
        await form.get_by_role("button", name="Save").click()
        await expect(broken).to_contain_text(f"improvement {FIX} (proposed, 1 person)")

        await react(crashes, form)
        await form.get_by_label("One that you have").select_option(label=FIX)
        await form.get_by_label("Or a new one").fill("Another")
        await form.get_by_role("button", name="Save").click()
        await expect(form).to_contain_text("You chose one above.")
        await form.get_by_label("Or a new one").fill("")
        await form.get_by_role("button", name="Save").click()
        await expect(crashes).to_contain_text(f"improvement {FIX} (proposed, 2 people)")

        await react(wish, form)
        await expect(form.get_by_label("What sort of change").locator("option:checked")).to_have_text("Build")
        await form.get_by_label("Or a new one").fill("Back up history")
        await form.get_by_role("button", name="Save").click()
        theirs = card(page, "Back up history").filter(has_text="1 person asked")
        await theirs.get_by_role("button", name="More actions", exact=True).click()
        await page.get_by_role("menuitem", name="Merge…").click()
        await form.get_by_label("Merge into").select_option(label=FIX)
        await form.get_by_role("button", name="Merge").click()
        await expect(card(page, f"merged into {FIX}")).to_be_visible()
        await expect(wish).to_contain_text(f"improvement {FIX} (proposed, 3 people)")


def card(page: Page, words: str) -> Locator:
    return page.get_by_role("article").filter(has_text=words)


async def react(mention: Locator, form: Locator) -> None:
    """Tag a mention React, and open what asks for its improvement."""
    await mention.get_by_role("button", name="React").click()
    await mention.get_by_role("button", name="Improvement…").click()
    await expect(form).to_be_visible()
