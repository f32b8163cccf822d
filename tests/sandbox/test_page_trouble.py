"""The page when things come late, twice, broken or all at once."""

import asyncio
import itertools

from browser import needs_chromium
from playwright.async_api import expect
from shapes import a_button, a_modal, a_section, plain

pytestmark = needs_chromium


def asks(name, **more):
    element = {"type": "plain_text_input", "action_id": "a", **more.pop("element", {})}
    return {"type": "input", "block_id": name, "label": plain(name.title()), "element": element, **more}


A_BUTTON = {
    "type": "actions",
    "block_id": "b",
    "elements": [a_button("Go", "go")],
}


async def holding(page, address):
    """Return the list to which the page's requests to `address` come, instead of going to the server."""
    held = []

    def hold(route):
        held.append(route)

    await page.route(address, hold)
    return held


async def test_a_form_is_sent_once_even_if_the_app_redraws_it_meanwhile(page, slack, bolt, connected):
    sent, answer = [], asyncio.Event()

    @bolt.view("m")
    async def submitted(ack, view, client):
        sent.append(view["id"])
        await client.views_update(view_id=view["id"], view=a_modal(asks("words"), a_section("working on it")))
        await answer.wait()
        await ack()

    async with connected(bolt):
        slack.slack.views.show("U0MAYA", a_modal(asks("words")))
        form = page.get_by_role("dialog", name="A form")
        await form.get_by_label("Words").fill("once")
        await form.get_by_label("Words").press("Enter")
        await expect(form).to_contain_text("working on it")
        # It still has its name, for who cannot see it turn.
        await expect(form.get_by_role("button", name="Send")).to_have_attribute("aria-busy", "true")
        await form.get_by_label("Words").press("Enter")
        await page.evaluate("document.querySelector('dialog form').requestSubmit()")
        answer.set()
        await expect(page.get_by_role("dialog")).to_have_count(0)
    assert len(sent) == 1


async def test_enter_in_a_field_that_tells_of_it_does_not_submit(page, slack, bolt, connected):
    heard, sent = [], []

    @bolt.action("a")
    async def hear(ack, action):
        await ack()
        heard.append(action["value"])

    @bolt.view("m")
    async def submitted(ack):
        await ack()
        sent.append(True)

    async with connected(bolt):
        slack.slack.views.show("U0MAYA", a_modal(asks("words", dispatch_action=True)))
        await page.get_by_label("Words").fill("a word")
        await page.get_by_label("Words").press("Enter")
        await slack.wait_for(lambda: heard == ["a word"])
        await expect(page.get_by_label("Words")).not_to_have_attribute("aria-busy", "true")
        await expect(page.get_by_role("dialog")).to_have_count(1)
    assert sent == []


async def test_a_form_that_changes_while_somebody_types_leaves_the_caret_alone(page, slack):
    view = slack.slack.views.show("U0MAYA", a_modal(asks("words")))
    words = page.get_by_label("Words")
    await words.fill("one three")
    await words.evaluate("(node) => node.setSelectionRange(4, 4)")
    slack.slack.views.update(view["id"], a_modal(asks("words"), a_section("more below")))
    await expect(page.get_by_role("dialog")).to_contain_text("more below")
    await page.keyboard.type("two ")
    await expect(words).to_have_value("one two three")


async def test_a_double_click_is_one_press(page, slack, api, bolt, connected):
    heard = []

    @bolt.action("go")
    async def hear(ack, body):
        await ack()
        heard.append(body["actions"][0]["action_id"])

    await api.chat_postMessage(channel="mentions", text="card", blocks=[A_BUTTON])
    async with connected(bolt):
        go = page.get_by_role("button", name="Go", exact=True)
        await go.evaluate("(node) => { node.click(); setTimeout(() => node.click()); }")
        await slack.wait_for(lambda: heard)
        await expect(go).not_to_have_attribute("aria-busy", "true")
        assert heard == ["go"]


async def test_a_press_whose_button_is_gone_fails_in_words(page, slack, api):
    posted = await api.chat_postMessage(channel="mentions", text="card", blocks=[A_BUTTON])
    held = await holding(page, "**/ui/click")
    await page.get_by_role("button", name="Go", exact=True).click()
    await slack.wait_for(lambda: held)
    await api.chat_update(channel="C0MENTIONS", ts=posted["ts"], text="done", blocks=[a_section("done")])
    await expect(page.get_by_role("article")).to_contain_text("done")
    await held[0].abort()
    await expect(page.get_by_role("alert")).to_contain_text("cannot be reached")


async def test_a_menu_that_was_just_closed_opens_again_at_once(page):
    button = page.get_by_role("button", name="Channel menu")
    await button.evaluate(
        """(node) => {
          const escape = new KeyboardEvent("keydown", { key: "Escape", bubbles: true });
          node.click();
          document.querySelector("[role=menu]").dispatchEvent(escape);
          node.click();
        }"""
    )
    await expect(page.get_by_role("menu")).to_be_visible()
    await expect(page.locator("[role=menu]")).to_have_count(1)
    await expect(button).to_have_attribute("aria-expanded", "true")


async def test_somebody_elses_answer_does_not_reach_who_acts_now(page, slack):
    held = await holding(page, "**/ui/message")
    composer = page.get_by_role("combobox", name="Message #mentions")
    await composer.fill("/nose")
    await composer.press("Enter")
    await slack.wait_for(lambda: held)
    await page.get_by_label("Acting as").select_option(label="Sam (support)")
    await expect(page.locator("[data-acting]")).to_contain_text("SS")
    await held[0].continue_()
    await page.get_by_role("button", name="general").click()
    await page.get_by_role("button", name="mentions").click()
    await expect(page.get_by_role("article")).to_have_count(0)
    await page.get_by_label("Acting as").select_option(label="Maya (community)")
    await expect(page.get_by_role("article")).to_contain_text("/nose is not a valid command")


async def test_a_notice_is_read_out_once(page, slack):
    held = await holding(page, "**/ui/message")
    await page.get_by_role("combobox", name="Message #mentions").fill("lost")
    await page.keyboard.press("Enter")
    await slack.wait_for(lambda: held)
    await held[0].abort()
    notice = page.get_by_role("alert")
    await expect(notice).to_contain_text("cannot be reached")
    live = "[aria-live], [role=alert], [role=status], [role=log]"
    assert await notice.evaluate("(node, live) => node.parentElement.closest(live) === null", live)


async def test_what_was_not_sent_comes_back_before_what_was_typed_since(page, slack):
    held = await holding(page, "**/ui/message")
    composer = page.get_by_role("combobox", name="Message #mentions")
    await composer.fill("first")
    await composer.press("Enter")
    await slack.wait_for(lambda: held)
    await composer.fill("second")
    await held[0].abort()
    await expect(composer).to_have_value("first\nsecond")


async def test_a_snapshot_that_was_overtaken_is_dropped(slack, browsing):
    asked = []

    async def hold_all_but_the_first(route):
        asked.append(route)
        if len(asked) == 1:
            await route.continue_()

    async with browsing() as tab:
        await tab.route("**/ui/snapshot*", hold_all_but_the_first)
        await tab.goto(slack.url)
        await slack.wait_for(lambda: len(asked) == 2)
        early = await asked[1].fetch()
        # The line breaks, which asks who is here, and is back, which asks for everything again.
        slack.slack.live.close()
        await slack.wait_for(lambda: len(asked) == 4)
        await slack.say("new", by="sam", channel="mentions")
        await asked[3].continue_()
        await expect(tab.get_by_role("article")).to_contain_text("new")
        await asked[1].fulfill(response=early)
        await slack.say("newer", by="sam", channel="mentions")
        await expect(tab.get_by_role("article")).to_have_count(2)
        await asked[2].abort()


async def test_an_address_that_means_nothing_opens_the_first_channel(slack, browsing):
    async with browsing() as tab:
        await tab.goto(f"{slack.url}#%/%E0%A4")
        await expect(tab.get_by_role("heading", name="mentions", exact=True)).to_be_visible()


async def test_a_block_that_breaks_takes_nothing_else_with_it(page):
    said = await page.evaluate(
        """async () => {
          const { drawBlocks } = await import("/page/blocks.js");
          const good = { type: "divider" };
          const bad = [{ type: "section", fields: 7 }, null, { type: "image", image_url: {}, title: { text: 5 } }];
          const drawn = drawBlocks([good, ...bad, good], { world: {} });
          return [drawn.querySelectorAll("hr").length, drawn.querySelectorAll("[role=alert]").length];
        }"""
    )
    assert said == [2, 3]


async def test_escape_in_a_thread_goes_back_to_its_message(page, api):
    root = await api.chat_postMessage(channel="mentions", text="the question")
    await api.chat_postMessage(channel="mentions", text="a reply", thread_ts=root["ts"])
    await page.get_by_role("button", name="1 reply").click()
    await expect(page.get_by_role("complementary", name="Thread").get_by_role("combobox")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator(f'[data-messages] article[data-ts="{root["ts"]}"]')).to_be_focused()


async def test_a_screen_reader_hears_words_and_no_marks(page, slack, api):
    await api.chat_postMessage(
        channel="mentions", text="*Question*: <https://x.example/1|Is it *free*?> <@U0SAM> :tada:"
    )
    await expect(page.locator("[data-announcer]")).to_have_text("Two Ears: Question: Is it *free*? @Sam (support) 🎉")


async def test_behind_the_drawer_nothing_has_the_focus(slack, browsing):
    async with browsing(viewport={"width": 390, "height": 844}) as tab:
        await tab.goto(slack.url)
        await expect(tab.get_by_role("combobox", name="Message #mentions")).to_be_visible()
        await tab.get_by_role("button", name="Show channels").click()
        await expect(tab.locator("#sidebar [aria-current]")).to_be_focused()
        for _ in range(12):
            await tab.keyboard.press("Tab")
            assert await tab.evaluate("!document.activeElement.closest('main, [data-thread], [data-inspector]')")
        await tab.keyboard.press("Escape")
        await expect(tab.get_by_role("button", name="Show channels")).to_be_focused()


async def test_long_names_and_many_categories_fit_a_phone(slack, api, browsing):
    days = [f"Nov {day}" for day in range(1, 21)]
    chart = {
        "type": "data_visualization",
        "title": "Mentions per day",
        "chart": {
            "type": "line",
            "axis_config": {"categories": days},
            "series": [{"name": "all", "data": [{"label": day, "value": 3} for day in days]}],
        },
    }
    async with browsing(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True) as tab:
        await tab.goto(slack.url)
        await expect(tab.get_by_role("combobox", name="Message #mentions")).to_be_visible()
        await api.chat_postMessage(channel="mentions", text="chart", blocks=[chart, a_section("x" * 400)])
        await expect(tab.get_by_role("article")).to_have_count(1)
        boxes = await tab.locator("svg[role=img] text[text-anchor=middle]").evaluate_all(
            "(all) => all.map((node) => node.getBoundingClientRect()).map(({ left, right }) => [left, right])"
        )
        assert len(boxes) > 3
        assert all(one[1] < other[0] for one, other in itertools.pairwise(boxes))
        assert await tab.evaluate("document.documentElement.scrollWidth") <= 390


async def test_what_is_wrong_with_a_field_at_the_end_of_a_long_form_is_in_view(page, slack, bolt, connected):
    @bolt.view("m")
    async def submitted(ack):
        await ack(response_action="errors", errors={"words": "There is no closing quote."})

    async with connected(bolt):
        lines = {"multiline": True}
        fields = [asks(f"field{number}", optional=True, element=lines) for number in range(8)]
        slack.slack.views.show("U0MAYA", a_modal(*fields, asks("words", element=lines)))
        form = page.get_by_role("dialog", name="A form")
        await form.get_by_label("Words").fill('say "tide')
        await form.get_by_role("button", name="Send").click()

        await expect(form.get_by_text("There is no closing quote.")).to_be_in_viewport(ratio=1)
        covered = await form.get_by_text("There is no closing quote.").evaluate(
            "node => { const { x, y, width, height } = node.getBoundingClientRect();"
            " return document.elementFromPoint(x + width / 2, y + height - 1) !== node; }"
        )
        assert not covered
