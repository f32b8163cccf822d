"""What the page offers besides reading and writing: faults, menus, shortcuts, the app's own place, a reload."""

import re

import pytest
from browser import needs_chromium
from calls import refusal
from playwright.async_api import expect
from shapes import plain

from sandbox.server import start_sandbox

pytestmark = needs_chromium

MANIFEST = {
    "display_information": {"name": "Two Ears"},
    "features": {
        "bot_user": {"display_name": "Two Ears"},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "shortcuts": [
            {"name": "Track this", "type": "message", "callback_id": "track", "description": "Make a card of it"},
            {"name": "Add a place", "type": "global", "callback_id": "add", "description": "Listen there"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "im:write", "im:history", "channels:history"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}},
}


@pytest.fixture
async def slack():
    async with start_sandbox(manifest=MANIFEST) as sandbox:
        yield sandbox


async def open_faults(page):
    await page.get_by_role("button", name="Inspector").click()
    await page.get_by_role("button", name="Faults").click()
    return page.get_by_role("region", name="Inspector")


async def test_a_fault_is_armed_met_and_gone(page, slack, api):
    panel = await open_faults(page)
    await expect(panel).to_contain_text("Nothing: every call works.")
    await panel.get_by_label("What happens").select_option(label="rate limited")
    await expect(panel).to_contain_text("429")
    await panel.get_by_label("Method").select_option("chat.postMessage")
    await panel.get_by_label("Times").fill("2")
    await panel.get_by_label("Seconds").fill("7")
    await panel.get_by_role("button", name="Arm").click()
    armed = panel.get_by_role("list", name="Armed faults")
    await expect(armed).to_contain_text("2 times, 7 s")
    await expect(panel.get_by_role("button", name="Faults (1)")).to_be_visible()

    refused = await refusal(api.chat_postMessage(channel="mentions", text="too fast"))
    assert refused.headers["Retry-After"] == "7"
    await expect(armed).to_contain_text("once")

    await armed.get_by_role("button", name=re.compile("Disarm")).click()
    await expect(armed.get_by_role("listitem")).to_have_count(0)
    await api.chat_postMessage(channel="mentions", text="through")
    await slack.wait_for_message(channel="mentions", containing="through")


async def test_only_what_fits_a_fault_is_asked(page):
    panel = await open_faults(page)
    await panel.get_by_label("What happens").select_option(label="late history")
    await expect(panel.get_by_label("Method").locator("option")).to_have_text(
        ["conversations.history", "conversations.replies"]
    )
    await panel.get_by_label("What happens").select_option(label="server error")
    await expect(panel.get_by_label("Seconds")).to_be_hidden()
    await panel.get_by_label("What happens").select_option(label="invalid auth")
    await expect(panel.get_by_label("Times")).to_be_hidden()
    await panel.get_by_label("Method").select_option(label="any method")
    await panel.get_by_role("button", name="Arm").click()
    await expect(panel.get_by_role("list", name="Armed faults")).to_contain_text("invalid auth, always")


async def test_the_connection_is_broken_by_hand(page, slack, bolt, connected):
    panel = await open_faults(page)
    async with connected(bolt):
        await expect(page.get_by_text("Two Ears is connected")).to_be_visible()
        await panel.get_by_role("button", name="Half-open").click()
        await expect(panel.get_by_role("button", name="Half-open: on")).to_have_attribute("aria-pressed", "true")
        assert slack.slack.sockets.half_open
        await panel.get_by_role("button", name="Half-open: on").click()
        await slack.wait_for(lambda: not slack.slack.sockets.half_open)
        await panel.get_by_label("Reason").select_option("warning")
        await panel.get_by_role("button", name="Send disconnect frame").click()
        await panel.get_by_role("button", name="Never pong").click()
        await slack.wait_for(lambda: slack.slack.sockets.never_pong)


async def test_a_channel_is_renamed_emptied_of_the_app_and_archived(page, slack):
    menu = page.get_by_role("button", name="Channel menu")
    await menu.click()
    await page.get_by_role("menuitem", name="Rename").click()
    await page.get_by_role("dialog").get_by_label("Name").fill("what people say")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="what-people-say", exact=True)).to_be_visible()

    await menu.click()
    await page.get_by_role("menuitem", name="Remove Two Ears").click()
    await expect(page.get_by_text("Two Ears is not in this channel")).to_be_visible()
    await menu.click()
    await page.get_by_role("menuitem", name="Add Two Ears").click()
    await expect(page.get_by_text("Two Ears is not in this channel")).to_be_hidden()

    await menu.click()
    await page.get_by_role("menuitem", name="Archive").click()
    await page.get_by_role("dialog").get_by_role("button", name="Archive").click()
    await expect(page.get_by_text("This channel is archived.")).to_be_visible()
    await expect(page.get_by_role("combobox", name="Message")).to_be_hidden()
    assert slack.channel("what-people-say").is_archived
    await menu.click()
    await page.get_by_role("menuitem", name="Unarchive").click()
    await expect(page.get_by_role("combobox", name="Message")).to_be_visible()


async def test_a_message_is_deleted_by_hand(page, slack, api):
    await api.chat_postMessage(channel="mentions", text="stays")
    await api.chat_postMessage(channel="mentions", text="goes")
    message = page.get_by_role("article").filter(has_text="goes")
    await message.hover()
    await message.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Delete").click()
    await page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    await expect(message).to_have_count(1)
    await message.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Delete").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(message).to_have_count(0)
    assert [one["text"] for one in slack.messages("mentions")] == ["stays"]


async def test_shortcuts_stand_where_slack_has_them(page, slack, api, bolt, connected):
    used = []

    @bolt.shortcut("track")
    async def track(ack, shortcut):
        await ack()
        used.append((shortcut["type"], shortcut["message"]["text"]))

    @bolt.shortcut("add")
    async def add(ack, shortcut, client):
        await ack()
        used.append((shortcut["type"], None))
        view = {"type": "modal", "title": plain("Add a place"), "blocks": [{"type": "divider"}]}
        await client.views_open(trigger_id=shortcut["trigger_id"], view=view)

    await api.chat_postMessage(channel="mentions", text="worth it")
    async with connected(bolt):
        message = page.get_by_role("article").filter(has_text="worth it")
        await message.hover()
        await message.get_by_role("button", name="More actions").click()
        await page.get_by_role("menuitem", name="Track this").click()
        await slack.wait_for(lambda: used == [("message_action", "worth it")])

        await page.get_by_role("button", name="Shortcuts").click()
        await page.get_by_role("menuitem", name="Add a place").click()
        await expect(page.get_by_role("dialog", name="Add a place")).to_be_visible()
        await page.keyboard.press("Escape")
        composer = page.get_by_role("combobox", name="Message #mentions")
        await composer.press_sequentially("/add")
        await page.get_by_role("option", name="Add a place").click()
        await expect(page.get_by_role("dialog", name="Add a place")).to_be_visible()
        await expect(composer).to_have_value("")


async def test_the_app_has_a_home_and_messages_of_its_own(page, slack, api, bolt, connected):
    @bolt.event("app_home_opened")
    async def opened(event, client):
        if event["tab"] == "home":
            blocks = [{"type": "header", "text": plain(f"Hello {event['user']}")}]
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    async with connected(bolt):
        await page.get_by_role("navigation", name="Workspace").get_by_role("button", name="Two Ears").click()
        await expect(page.get_by_role("heading", name="Hello U0MAYA")).to_be_visible()
        await page.get_by_role("button", name="Messages", exact=True).click()
        await expect(page.get_by_text("Nobody else sees it")).to_be_visible()
        await api.chat_postMessage(channel="U0MAYA", text="only for you")
        await expect(page.get_by_role("article").filter(has_text="only for you")).to_be_visible()
        await page.get_by_role("combobox", name="Message Two Ears").fill("thanks")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("article").filter(has_text="thanks")).to_be_visible()
        await page.get_by_label("Acting as").select_option(label="Sam (support)")
        await expect(page.get_by_role("article").filter(has_text="only for you")).to_have_count(0)


async def test_each_person_opens_a_home_of_their_own(page, slack, bolt, connected):
    opened = []

    @bolt.event("app_home_opened")
    async def hear(event):
        opened.append((event["user"], event["tab"]))

    async with connected(bolt):
        await page.goto(f"{slack.url}#home")
        await expect(page.get_by_text("has not drawn a home for you yet")).to_be_visible()
        await page.get_by_label("Acting as").select_option(label="Sam (support)")
        await slack.wait_for(lambda: opened == [("U0MAYA", "home"), ("U0SAM", "home")])


async def test_a_reload_comes_back_to_the_same_place(page, slack, api):
    await slack.invite_bot("product", by="maya")
    root = await api.chat_postMessage(channel="product", text="the question")
    await api.chat_postMessage(channel="product", text="a reply", thread_ts=root["ts"])
    await page.get_by_label("Acting as").select_option(label="Priya (product)")
    await page.get_by_role("navigation", name="Workspace").get_by_role("button", name="product").click()
    await page.get_by_role("button", name="1 reply").click()
    await page.get_by_role("combobox", name="Message #product").fill("half a thought")
    await page.get_by_role("combobox", name="Reply").fill("half a reply")
    view = {
        "type": "modal",
        "title": plain("A form"),
        "submit": plain("Send"),
        "blocks": [{"type": "input", "label": plain("Words"), "element": {"type": "plain_text_input"}}],
    }
    slack.slack.views.show("U0PRIYA", view)
    await page.get_by_role("dialog").get_by_label("Words").fill("half a form")

    await page.reload()

    await expect(page.get_by_role("dialog").get_by_label("Words")).to_have_value("half a form")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("heading", name="product", exact=True)).to_be_visible()
    await expect(page.get_by_role("complementary", name="Thread")).to_contain_text("a reply")
    await expect(page.get_by_role("combobox", name="Message #product")).to_have_value("half a thought")
    await expect(page.get_by_role("combobox", name="Reply")).to_have_value("half a reply")
    await expect(page.get_by_label("Acting as")).to_have_value("U0PRIYA")
