"""Whether everybody can use the page: by keyboard, by screen reader, by touch, with many messages, and offline."""

from browser import needs_chromium
from playwright.async_api import expect
from shapes import a_button, a_modal, a_section, an_option, plain

pytestmark = needs_chromium

# Every control that can be seen, and whether it has an accessible name; what has no name is returned as HTML.
NAMELESS = """() => {
  const named = (node) => {
    const ids = (node.getAttribute("aria-labelledby") ?? "").split(/\\s+/).filter(Boolean);
    const words = ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim();
    return words || node.getAttribute("aria-label")?.trim()
      || [...(node.labels ?? [])].map((label) => label.textContent).join(" ").trim()
      || (node.matches("button, a, summary, [role=menuitem], [role=option]") && node.textContent.trim());
  };
  const roles = ["menu", "listbox", "region", "img", "group", "radiogroup"].map((role) => `[role=${role}]`);
  const kinds = ["button", "a[href]", "input", "select", "textarea", "summary", "dialog", "[tabindex='0']", ...roles];
  const need = [...document.querySelectorAll(kinds.join(", "))]
    .filter((node) => node.checkVisibility({ visibilityProperty: true }));
  return { count: need.length, bad: need.filter((node) => !named(node)).map((node) => node.outerHTML.slice(0, 200)) };
}"""


ELEMENTS = [
    a_button("Listen", "1"),
    {"type": "overflow", "options": [an_option("History")], "action_id": "2"},
    {"type": "static_select", "options": [an_option("a")], "action_id": "3"},
    {"type": "multi_users_select", "action_id": "4"},
    {"type": "checkboxes", "options": [an_option("b")], "action_id": "5"},
    {"type": "radio_buttons", "options": [an_option("c")], "action_id": "6"},
    {"type": "datepicker", "action_id": "7"},
    {"type": "timepicker", "action_id": "8"},
]
CARD = [
    a_section(
        "*<https://x.example|A question>* about <#C0GENERAL>", accessory={"type": "users_select", "action_id": "9"}
    ),
    {"type": "actions", "elements": ELEMENTS},
]


async def all_named(page):
    found = await page.evaluate(NAMELESS)
    assert found["bad"] == []
    return found["count"]


async def test_every_control_has_a_name(page, slack, api):
    root = await api.chat_postMessage(channel="mentions", text="card", blocks=CARD)
    await api.chat_postMessage(channel="mentions", text="reply", thread_ts=root["ts"])
    await page.get_by_role("button", name="1 reply").click()
    await page.get_by_role("button", name="Inspector").click()
    card = page.locator("article").first
    await card.hover()
    assert await all_named(page) > 30
    await page.get_by_role("button", name="Faults").click()
    await expect(page.get_by_label("What happens").locator("option")).not_to_have_count(0)
    await card.hover()
    await card.get_by_role("button", name="More actions for").click()
    assert await all_named(page) > 40
    await page.keyboard.press("Escape")
    asks = [{"type": "input", "label": plain(one["type"]), "element": one} for one in ELEMENTS[2:]]
    modal = a_modal(*asks)
    slack.slack.views.show("U0MAYA", modal)
    await expect(page.get_by_role("dialog", name="A form")).to_be_visible()
    await all_named(page)


async def test_messages_are_walked_and_used_by_keyboard_alone(page, api, slack):
    for text in ("first", "second", "third"):
        await api.chat_postMessage(channel="mentions", text=text)
    await expect(page.get_by_role("article")).to_have_count(3)
    composer = page.get_by_role("combobox", name="Message #mentions")
    await expect(composer).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(page.get_by_role("article").filter(has_text="third")).to_be_focused()
    await page.keyboard.press("ArrowUp")
    second = page.get_by_role("article").filter(has_text="second")
    await expect(second).to_be_focused()

    await page.keyboard.press("Tab")
    await expect(second.get_by_role("button", name="Reply in thread")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    menu = page.get_by_role("menu")
    await expect(menu.get_by_role("menuitem", name="Reply in thread")).to_be_focused()
    await page.keyboard.press("End")
    await expect(menu.get_by_role("menuitem", name="Delete")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("s")
    await expect(menu.get_by_role("menuitem", name="Show its JSON")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(menu).to_have_count(0)
    await expect(second.get_by_role("button", name="More actions")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("complementary", name="Thread").get_by_role("combobox")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("complementary", name="Thread")).to_be_hidden()
    assert len(slack.messages("mentions")) == 3


async def test_a_key_pressed_at_once_after_opening_a_menu_moves_in_it(page, api):
    """The browser says "toggle" only later; a quick key must not be lost to the message behind."""
    menu = {"type": "overflow", "options": [an_option("First"), an_option("Second")], "action_id": "1"}
    await api.chat_postMessage(channel="mentions", text="a menu", blocks=[{"type": "actions", "elements": [menu]}])
    toggle = page.get_by_role("button", name="More actions", exact=True)

    chosen = await toggle.evaluate("""(button) => {
      button.click();
      const press = new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true });
      document.activeElement.dispatchEvent(press);
      return document.activeElement.textContent;
    }""")

    assert chosen == "Second"


async def test_new_messages_are_said_politely_and_the_old_ones_are_not(page, slack, api):
    said = page.locator("[data-announcer]")
    await slack.say("good morning", by="sam", channel="mentions")
    await expect(said).to_have_text("Sam (support): good morning")
    assert await said.get_attribute("aria-live") == "polite"
    await slack.say("my own", by="maya", channel="mentions")
    await expect(page.get_by_role("article")).to_have_count(2)
    await page.get_by_role("button", name="general").click()
    await page.get_by_role("button", name="mentions").click()
    await expect(page.get_by_role("article")).to_have_count(2)
    assert "my own" not in await said.inner_text()


async def test_by_touch_every_message_can_be_answered(slack, api, browsing):
    for text in ("first", "grouped with it"):
        await api.chat_postMessage(channel="mentions", text=text)
    async with browsing(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True) as tab:
        await tab.goto(slack.url)
        for text in ("first", "grouped with it"):
            message = tab.get_by_role("article").filter(has_text=text)
            more = message.get_by_role("button", name="More actions")
            box = await more.bounding_box()
            assert min(box["width"], box["height"]) >= 32
            words = await message.get_by_text(text).bounding_box()
            assert box["x"] + box["width"] <= words["x"] or box["y"] + box["height"] <= words["y"] + 8
            await more.tap()
            await tab.get_by_role("menuitem", name="Reply in thread").tap()
            await expect(tab.get_by_role("complementary", name="Thread")).to_contain_text(text)
            await tab.get_by_role("button", name="Close thread").tap()


async def test_the_page_asks_nobody_but_its_own_origin(slack, api, browsing):
    asked = []
    async with browsing() as tab:
        tab.on("request", lambda request: asked.append(request.url))
        await tab.goto(slack.url)
        await api.chat_postMessage(
            channel="mentions", text="card", blocks=[*CARD, {"type": "markdown", "text": "**x** https://far.example"}]
        )
        await expect(tab.get_by_role("article")).to_have_count(1)
        await tab.get_by_role("button", name="Inspector").click()
        await tab.get_by_role("button", name="Faults").click()
        await expect(tab.get_by_text("every call works")).to_be_visible()
    assert len(asked) > 10
    assert {url for url in asked if not url.startswith((slack.url, "data:"))} == set()


async def test_the_page_makes_no_html_of_texts_and_says_so_to_the_browser(page):
    policy = await page.locator("meta[http-equiv]").get_attribute("content")
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    sources = await page.evaluate(
        """async () => {
          const all = performance.getEntriesByType("resource").map((entry) => entry.name);
          const names = all.filter((name) => name.endsWith(".js"));
          return Promise.all(names.map(async (name) => (await fetch(name)).text()));
        }"""
    )
    assert len(sources) > 20
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert not any(word in source for source in sources), word


def fill(slack, count, **more):
    """Post so many messages of the app, or cards with `blocks`, before anybody looks."""
    channel = slack.channel("mentions")
    for number in range(count):
        slack.slack.post(channel, {**slack.slack.by_the_app(), "text": f"card {number}", **more})


async def test_with_six_hundred_messages_a_new_one_draws_only_itself(slack, browsing):
    fill(slack, 600, blocks=CARD)
    async with browsing() as page:
        await page.goto(slack.url)
        await expect(page.locator("article")).to_have_count(60)
        await expect(page.locator("article").last).to_be_in_viewport()
        await page.evaluate(
            """() => {
              window.touched = 0;
              new MutationObserver((records) => {
                for (const one of records) window.touched += one.addedNodes.length + one.removedNodes.length;
              }).observe(document.querySelector("[data-messages] [data-list]"), { childList: true });
            }"""
        )
        devtools = await page.context.new_cdp_session(page)
        # The time the page's thread computes, not the time it waits for a busy machine.
        await devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

        async def worked():
            metrics = (await devtools.send("Performance.getMetrics"))["metrics"]
            return next(one["value"] for one in metrics if one["name"] == "TaskDuration")

        before = await worked()
        for number in range(5):
            await slack.say(f"new {number}", by="sam", channel="mentions")
            await expect(page.locator("article").last).to_contain_text(f"new {number}")
        # The old ones go many at once, so that most new messages touch nothing but themselves.
        assert await page.evaluate("window.touched") == 5
        assert await worked() - before < 0.7


async def test_earlier_messages_come_on_demand_and_go_once_the_newest_are_read(slack, browsing):
    fill(slack, 300)
    async with browsing() as page:
        await page.goto(slack.url)
        await expect(page.locator("article").last).to_be_in_viewport()
        await page.locator("[data-messages]").evaluate("(node) => (node.scrollTop = 0)")
        await expect(page.locator("article").first).to_be_in_viewport()
        before = await page.locator("article").first.get_attribute("data-ts")
        await page.get_by_role("button", name="Show earlier messages (240)").click()
        await expect(page.locator("article")).to_have_count(260)
        # Earlier ones are not new, and come in above what is being read.
        await expect(page.locator("[data-pill]")).to_be_hidden()
        assert await page.locator("[data-announcer]").inner_text() == ""
        await expect(page.locator(f"article[data-ts='{before}']")).to_be_in_viewport()
        await slack.say("unseen", by="sam", channel="mentions")
        await expect(page.get_by_role("button", name="1 new message")).to_be_visible()
        await expect(page.locator("article")).to_have_count(261)
        await page.get_by_role("button", name="1 new message").click()
        await slack.say("seen", by="sam", channel="mentions")
        await expect(page.locator("article").last).to_be_in_viewport()
        await expect(page.get_by_role("button", name="Show earlier messages (240)")).to_have_count(1)


async def test_a_link_leads_to_a_message_of_long_ago(slack, browsing):
    fill(slack, 150, blocks=CARD)
    async with browsing() as page:
        old = slack.messages("mentions", containing="card 7")[0]
        await page.goto(f"{slack.url}archives/C0MENTIONS/p{old['ts'].replace('.', '')}")
        await expect(page.locator(f"article[data-ts='{old['ts']}']")).to_be_in_viewport()


async def test_what_is_out_of_view_is_not_drawn_and_keeps_its_height(slack, browsing):
    fill(slack, 60, blocks=CARD)
    async with browsing() as page:
        await page.goto(slack.url)
        await expect(page.locator("article.settled")).to_have_count(60)
        heights = await page.evaluate("[...document.querySelectorAll('article')].map((node) => node.offsetHeight)")
        # The browser remembers how tall they were, so that nothing jumps while somebody scrolls.
        assert max(heights[5:]) - min(heights[5:]) < 40
        assert min(heights) > max(heights) / 2
