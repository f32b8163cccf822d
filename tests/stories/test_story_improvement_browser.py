"""The forms of an improvement in a real browser: what they refuse, what they choose, and two made one."""

import re
from datetime import UTC, datetime

from bots import TEAM, Desk
from browser import needs_chromium
from builders import NOW
from playwright.async_api import Locator, Page, expect

from engagement.improvements.improvement import ImprovementKind, Wanted
from engagement.improvements.themes import Theme
from storage.database import Tx
from storage.improvements.improvements import add_improvement
from storage.improvements.themes import save_theme

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


async def test_one_of_many_improvements_is_found_by_its_name_and_another_merged_into_it(
    desk: Desk, start, street, browsing
):
    feed = street.feed("forum")
    feed.add("Tidewiki lost my history", "The restore is broken.", author="pat", link="https://forum.example/t/1")
    await desk.watch(feed.url)
    await start()
    await propose(desk, FIX, *(f"Change number {number}" for number in range(120)))
    async with browsing() as page:
        await page.goto(desk.slack.url)
        form = page.get_by_role("dialog")
        broken = card(page, "lost my history").first
        await react(broken, form)
        await form.get_by_label("Or a new one").fill("Back up history")
        await form.get_by_role("button", name="Save").click()
        theirs = card(page, "Back up history").filter(has_text="1 person asked")
        await theirs.get_by_role("button", name="More actions", exact=True).click()
        await page.get_by_role("menuitem", name="Merge…").click()
        into, words = form.get_by_label("Merge into"), form.get_by_label("Look for one by its name")
        await expect(into).to_be_visible()
        await expect(into.locator("option", has_text=FIX)).to_have_count(0)
        await words.fill("no such thing")
        await words.press("Enter")
        await expect(form).to_contain_text("No other improvement has these words in its name.")
        await form.get_by_role("button", name="Merge").click()
        await expect(form).to_contain_text("Please look for one that there is")
        await words.fill("history in")
        await words.press("Enter")
        await into.select_option(label=FIX)
        await form.get_by_role("button", name="Merge").click()
        await expect(card(page, f"merged into {FIX}")).to_be_visible()
        await expect(broken).to_contain_text(f"improvement {FIX} (proposed, 1 person)")


async def test_what_is_decided_about_a_theme_is_found_among_many_by_its_name(desk: Desk, start, street, browsing):
    feed = street.feed("forum")
    feed.add("Tidewiki has a forum")
    await desk.watch(feed.url)
    await start()
    await desk.card("Tidewiki has a forum")
    feed.add("Tidewiki lost my history", "The restore is broken.", author="pat", link="https://forum.example/t/1")
    await desk.card("lost my history")
    await propose(desk, FIX, *(f"Change number {number}" for number in range(120)))
    lost = Theme(name="Lost history", phrases=("lost my history",))
    await desk.write(lambda tx: save_theme(tx, TEAM, lost, by="U0SAM", at=datetime.now(UTC)))
    await desk.slack.wait_for(lambda: desk.rows("SELECT COUNT(*) FROM mention_theme") == [(1,)])
    async with browsing() as page:
        await page.goto(desk.slack.url)
        form, composer = page.get_by_role("dialog"), page.get_by_role("combobox", name=re.compile("Message"))
        await composer.fill("/ears digest")
        # The first closes the list of commands.
        await composer.press("Escape")
        await composer.press("Enter")
        await page.get_by_role("button", name="Decide about Lost history…").click()
        words = form.get_by_label("Look for one by its name")
        await words.fill("history in")
        await words.press("Enter")
        await form.get_by_label("One that you have").select_option(label=FIX)
        await form.get_by_role("button", name="Decide").click()
        await expect(card(page, "lost my history").first).to_contain_text(f"improvement {FIX} (proposed, 1 person)")


async def propose(desk: Desk, *titles: str) -> None:
    def write(tx: Tx) -> None:
        for title in titles:
            wanted = Wanted(title=title, kind=ImprovementKind.FIX, channel="C0MENTIONS")
            add_improvement(tx, TEAM, wanted, by="U0SAM", at=NOW)

    await desk.write(write)


def card(page: Page, words: str) -> Locator:
    return page.get_by_role("article").filter(has_text=words)


async def react(mention: Locator, form: Locator) -> None:
    """Tag a mention React, and open what asks for its improvement."""
    await mention.get_by_role("button", name="React").click()
    await mention.get_by_role("button", name="Improvement…").click()
    await expect(form).to_be_visible()


async def test_somebody_splits_an_improvement_declines_one_half_and_ships_the_other(
    desk: Desk, start, street, browsing
):
    feed = street.feed("forum")
    feed.add("Tidewiki lost my history", "The restore is broken.", author="pat", link="https://forum.example/t/1")
    feed.add("Tidewiki restore crashes", "With a stack trace.", author="mira", link="https://forum.example/t/2")
    await desk.watch(feed.url)
    await start()
    async with browsing() as page:
        await page.goto(desk.slack.url)
        form = page.get_by_role("dialog")
        broken, crashes = card(page, "lost my history").first, card(page, "restore crashes").first
        await react(broken, form)
        await form.get_by_label("What should change?").fill(FIX)
        await form.get_by_role("button", name="Save").click()
        await react(crashes, form)
        await form.get_by_label("One that you have").select_option(label=FIX)
        await form.get_by_role("button", name="Save").click()
        whole = card(page, FIX).filter(has_text="2 people asked")
        await whole.get_by_role("button", name="More actions", exact=True).click()
        await page.get_by_role("menuitem", name="Split…").click()
        await form.get_by_role("button", name="Conversations that ask for something else").click()
        await page.get_by_label("Tidewiki restore crashes").check()
        await page.keyboard.press("Escape")
        await form.get_by_label("What should change?").fill("Say why a restore fails")
        await form.get_by_role("button", name="Split").click()

        half = card(page, "Say why a restore fails").filter(has_text="1 person asked")
        await half.get_by_role("button", name="Decline…").click()
        await form.get_by_role("button", name="Decline").click()
        await expect(form).to_contain_text("Please complete this required field.")
        await form.get_by_label("Why not?").fill("It would tell secrets.")
        await form.get_by_role("button", name="Decline").click()
        await expect(card(page, "It would tell secrets.")).to_be_visible()
        await expect(crashes).to_contain_text("(declined, 1 person)")
        other = card(page, FIX).filter(has_text="1 person asked")
        await other.get_by_role("button", name="Shipped…").click()
        await form.get_by_label("What is there now?").fill("Restores keep it.")
        await form.get_by_role("button", name="Shipped").click()
        await expect(broken).to_contain_text("tell them it shipped")
