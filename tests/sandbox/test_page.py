"""The page in a real browser, with the real sandbox and a small app behind it."""

import re

import pytest
from browser import needs_chromium
from playwright.async_api import expect
from shapes import a_button, a_section, plain
from slack_sdk.errors import SlackApiError

from sandbox.server import start_sandbox

pytestmark = needs_chromium


def actions(*elements):
    return {"type": "actions", "block_id": "buttons", "elements": list(elements)}


async def test_nasty_text_is_shown_as_text(page, api):
    nasty = "<script>alert(1)</script> &lt;img src=x onerror=alert(1)&gt; <javascript:alert(1)|click me> <!channel>"
    dialogs = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))

    await api.chat_postMessage(
        channel="mentions", text=nasty, blocks=[a_section(nasty), a_section("*bold &amp; calm*")]
    )

    message = page.get_by_role("article").filter(has_text="calm")
    await expect(message).to_contain_text("<img src=x onerror=alert(1)>")
    await expect(message).to_contain_text("javascript:alert(1)")
    await expect(message.locator("strong")).to_have_text("bold & calm")
    await expect(message.locator("script, img, a")).to_have_count(0)
    await expect(message.locator(".mention-loud")).to_have_text("@channel")
    assert dialogs == []


async def test_a_slash_command_completes_and_only_its_author_sees_the_answer(page, bolt, connected):
    @bolt.command("/ears")
    async def ears(ack, command):
        await ack(f"heard *{command['text']}*")

    async with connected(bolt):
        composer = page.get_by_role("combobox", name="Message #mentions")
        await composer.press_sequentially("/e")
        await expect(page.get_by_role("option", name="/ears")).to_be_visible()
        await composer.press("Tab")
        await expect(composer).to_have_value("/ears ")
        await composer.press_sequentially("status")
        await composer.press("Enter")

        answer = page.get_by_role("article").filter(has_text="Only visible to you")
        await expect(answer).to_contain_text("heard status")
        await expect(composer).to_have_value("")
        await page.get_by_label("Acting as").select_option(label="Sam (support)")
        await expect(page.locator("[data-acting]")).to_contain_text("SS")
        await expect(answer).to_have_count(0)


async def test_an_unknown_command_is_refused_by_slackbot(page):
    composer = page.get_by_role("combobox", name="Message #mentions")
    await composer.fill("/nose")
    await composer.press("Enter")

    await expect(page.get_by_role("article").filter(has_text="Slackbot")).to_contain_text(
        "/nose is not a valid command"
    )


async def test_a_modal_asks_again_until_the_app_is_content(page, api, bolt, connected):
    submitted = []
    view = {
        "type": "modal", "callback_id": "listen", "title": plain("Start listening"), "submit": plain("Start"),
        "blocks": [
            {"type": "input", "block_id": "names", "label": plain("Your names"),
             "element": {"type": "plain_text_input", "action_id": "names"}},
            {"type": "input", "block_id": "outcome", "label": plain("What for"), "optional": True,
             "element": {"type": "static_select", "action_id": "outcome",
                         "options": [{"text": plain("Support"), "value": "support"}]}},
        ],
    }  # fmt: skip

    @bolt.action("open")
    async def open_modal(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @bolt.view("listen")
    async def listen(ack, view):
        values = view["state"]["values"]
        if len(values["names"]["names"]["value"]) < 3:
            await ack(response_action="errors", errors={"names": "Too short a name."})
            return
        submitted.append(values)
        await ack()

    await api.chat_postMessage(channel="mentions", text="hello", blocks=[actions(a_button("Set up", "open"))])
    async with connected(bolt):
        await page.get_by_role("button", name="Set up").click()
        dialog = page.get_by_role("dialog", name="Start listening")
        names = dialog.get_by_label("Your names")
        await expect(names).to_be_focused()

        await dialog.get_by_role("button", name="Start").click()
        await expect(dialog.get_by_role("alert").filter(has_text="Please complete")).to_be_visible()
        await names.fill("ti")
        await dialog.get_by_label("What for").select_option(label="Support")
        await names.press("Enter")
        await expect(dialog.get_by_text("Too short a name.")).to_be_visible()
        await expect(names).to_have_value("ti")
        await expect(names).to_have_attribute("aria-invalid", "true")
        await names.fill("Tidewiki")
        await dialog.get_by_role("button", name="Start").click()

        await expect(page.get_by_role("dialog")).to_have_count(0)
    assert submitted[0]["names"]["names"]["value"] == "Tidewiki"
    assert submitted[0]["outcome"]["outcome"]["selected_option"]["value"] == "support"


async def test_escape_closes_a_modal_for_the_app_too(page, slack, api, bolt, connected):
    @bolt.action("open")
    async def open_modal(ack, body, client):
        await ack()
        view = {"type": "modal", "callback_id": "x", "title": plain("Something"), "blocks": [a_section("to read")]}
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    await api.chat_postMessage(channel="mentions", text="hello", blocks=[actions(a_button("Open", "open"))])
    async with connected(bolt):
        await page.get_by_role("button", name="Open").click()
        await expect(page.get_by_role("dialog", name="Something")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await slack.wait_for(lambda: slack.view("maya") is None)


async def test_a_pushed_modal_goes_back_to_the_one_below(page, slack, api, bolt, connected):
    def a_view(title):
        text = {"type": "plain_text_input", "action_id": "text"}
        field = {"type": "input", "block_id": "text", "label": plain("Text"), "optional": True, "element": text}
        blocks = [field, actions(a_button("Deeper", "deeper"))]
        return {"type": "modal", "callback_id": "x", "title": plain(title), "submit": plain("Go"), "blocks": blocks}

    @bolt.action("open")
    async def open_modal(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=a_view("First"))

    @bolt.action("deeper")
    async def push_modal(ack, body, client):
        await ack()
        await client.views_push(trigger_id=body["trigger_id"], view=a_view("Second"))

    await api.chat_postMessage(channel="mentions", text="hello", blocks=[actions(a_button("Open", "open"))])
    async with connected(bolt):
        await page.get_by_role("button", name="Open").click()
        await page.get_by_role("dialog", name="First").get_by_label("Text").fill("half a thought")
        await page.get_by_role("dialog").get_by_role("button", name="Deeper").click()
        await expect(page.get_by_role("dialog", name="Second").get_by_label("Text")).to_have_value("")
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog", name="First").get_by_label("Text")).to_have_value("half a thought")
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await slack.wait_for(lambda: slack.view("maya") is None)


async def test_a_press_redraws_the_card_and_keeps_it_in_place(page, api, bolt, connected):
    @bolt.action("listen")
    async def listen(ack, body, client):
        await ack()
        card = [a_section("taken back by nobody"), actions(a_button("Undo", "undo"))]
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="done", blocks=card)

    for number in range(30):
        card = [a_section(f"card {number}: with\nsome\nlines"), actions(a_button("Listen", "listen"))]
        await api.chat_postMessage(channel="mentions", text="card", blocks=card)
    async with connected(bolt):
        # As long as messages come in, the page follows the newest.
        await expect(page.get_by_role("article").filter(has_text="card 29:")).to_be_in_viewport()
        card = page.get_by_role("article").filter(has_text="card 12:")
        await card.scroll_into_view_if_needed()
        place = await card.bounding_box()
        ts = await card.get_attribute("data-ts")
        await card.get_by_role("button", name="Listen").click()
        drawn = page.locator(f'article[data-ts="{ts}"]')
        await expect(drawn.get_by_role("button", name="Undo")).to_be_visible()
        assert abs((await drawn.bounding_box())["y"] - place["y"]) < 2

        await api.chat_postMessage(channel="mentions", text="one more")
        await expect(page.get_by_role("button", name="1 new message")).to_be_visible()
        await page.get_by_role("button", name="1 new message").click()
        await expect(page.get_by_role("article").filter(has_text="one more")).to_be_in_viewport()


async def test_a_press_that_nobody_answers_gets_a_warning_beside_it(page, api):
    await api.chat_postMessage(channel="mentions", text="card", blocks=[actions(a_button("Listen", "listen"))])

    await page.get_by_role("button", name="Listen").click()

    await expect(page.get_by_role("alert").filter(has_text="did not respond")).to_be_visible()
    await expect(page.get_by_role("button", name="Listen")).not_to_have_attribute("aria-busy", "true")


async def test_a_thread_opens_beside_the_channel_and_takes_replies(page, slack, api):
    root = await api.chat_postMessage(channel="mentions", text="the question")
    await api.chat_postMessage(channel="mentions", text="first reply", thread_ts=root["ts"])

    await page.get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread).to_contain_text("first reply")
    reply = thread.get_by_role("combobox")
    await reply.fill("on it, @Sam (support)")
    await reply.press("Enter")

    await expect(thread.locator(".mention")).to_have_text("@Sam (support)")
    await expect(page.get_by_role("button", name="2 replies")).to_be_visible()
    said = slack.messages("mentions", containing="on it")
    assert said[0]["thread_ts"] == root["ts"]


async def test_the_app_is_invited_by_name(page, slack):
    await page.get_by_role("button", name="general").click()
    await expect(page.get_by_text("Two Ears is not in this channel")).to_be_visible()
    composer = page.get_by_role("combobox", name="Message #general")
    await composer.press_sequentially("/invite @Two")
    await expect(page.get_by_role("option", name="@Two Ears")).to_be_visible()
    await composer.press("Enter")
    await composer.press("Enter")

    await expect(page.get_by_text("Two Ears is not in this channel")).to_have_count(0)
    assert slack.slack.app.bot_user in slack.channel("general").members


async def test_the_inspector_shows_a_refusal_with_its_json(page, api):
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await api.chat_postMessage(channel="C0NOWHERE", text="into the void")

    await page.get_by_role("button", name="Inspector").click()
    inspector = page.get_by_role("region", name="Inspector")
    await inspector.get_by_role("button", name="Refusals").click()
    await inspector.get_by_role("button", name=re.compile("chat.postMessage")).first.click()

    await expect(inspector.get_by_label("JSON of the chosen call")).to_contain_text("channel_not_found")


async def test_the_page_comes_back_by_itself_when_the_sandbox_does(browsing):
    async with browsing() as tab:
        async with start_sandbox() as first:
            port = int(first.url.rsplit(":", 1)[1].strip("/"))
            await tab.goto(first.url)
            await expect(tab.get_by_role("combobox", name="Message #mentions")).to_be_visible()
        await expect(tab.get_by_text("Connection to the sandbox lost")).to_be_visible()
        async with start_sandbox(port=port) as second:
            await expect(tab.get_by_text("Connection to the sandbox lost")).to_be_hidden(timeout=15_000)
            await second.say("back again", by="sam", channel="mentions")
            await expect(tab.get_by_role("article").filter(has_text="back again")).to_be_visible()


async def test_on_a_phone_the_channels_are_a_drawer_and_nothing_scrolls_sideways(slack, api, browsing):
    await api.chat_postMessage(channel="mentions", text="x", blocks=[a_section("https://example.org/" + "long" * 60)])
    async with browsing(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True) as tab:
        await tab.goto(slack.url)
        await expect(tab.get_by_role("article")).to_have_count(1)
        assert await tab.evaluate("document.documentElement.scrollWidth") == 390
        await expect(tab.get_by_role("navigation")).to_be_hidden()
        await tab.get_by_role("button", name="Show channels").tap()
        await tab.get_by_role("button", name="product").tap()
        await expect(tab.get_by_role("heading", name="product", exact=True)).to_be_visible()
        await expect(tab.get_by_role("navigation")).to_be_hidden()


LINK = '<a href="https://x.example/a_b_c" target="_blank" rel="noopener noreferrer">a *b* &amp; c</a>'

BARE = '<a href="https://x.example/a.b" target="_blank" rel="noopener noreferrer">https://x.example/a.b</a>'

EMOJI = '<strong><span class="emoji" title=":tada:">🎉</span></strong>'

# What a text becomes: (mrkdwn, HTML).
TEXTS = [
    ("*bold* _it_ ~gone~ `a*b*`", "<strong>bold</strong> <em>it</em> <del>gone</del> <code>a*b*</code>"),
    ("snake_case_name 2*3*4 * no *", "snake_case_name 2*3*4 * no *"),
    ("*_both_*", "<strong><em>both</em></strong>"),
    ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
    ("&gt; one\n&gt; two\nthree", "<blockquote>one<br>two</blockquote>three"),
    ("a\n```\n*x*\n```", 'a<br><pre class="code-block">*x*</pre>'),
    (
        "*<https://x.example/a_b_c|a *b* &amp; c>*",
        f"<strong>{LINK}</strong>",
    ),
    ("<javascript:alert(1)|x>", "&lt;javascript:alert(1)|x&gt;"),
    ("<data:text/html,x>", "&lt;data:text/html,x&gt;"),
    (":nope: 10:30:45", ":nope: 10:30:45"),
    ("`<https://x.example|x> &lt;b&gt;`", "<code>x &lt;b&gt;</code>"),
    ("```<https://x.example> <b>```", '<pre class="code-block">https://x.example &lt;b&gt;</pre>'),
    ("<!date^^{date}|some day>", '<time title="some day">some day</time>'),
    ("(https://x.example/a.b...!) https://...", f"({BARE}...!) https://..."),
    ("*:tada:* ~*_all_*~ *open", EMOJI + " <del><strong><em>all</em></strong></del> *open"),
]


async def test_every_mark_of_mrkdwn_becomes_its_element(page):
    texts = [text for text, _ in TEXTS]
    drawn = await page.evaluate(
        """async (texts) => {
          const { mrkdwn } = await import("/page/mrkdwn.js");
          const world = { user: () => null, channel: () => null };
          return texts.map((text) => {
            const box = document.createElement("div");
            box.append(mrkdwn(text, world));
            return box.innerHTML;
          });
        }""",
        texts,
    )
    for (text, wanted), html in zip(TEXTS, drawn, strict=True):
        assert html == wanted, text


async def test_dates_are_shown_in_the_readers_zone(page, api):
    shown = await page.evaluate(
        """async (templates) => {
          const { fillDate } = await import("/page/dates.js");
          const at = Date.parse("2026-11-20T22:30:00Z") / 1000;
          return templates.map((template) => fillDate(at, template, new Date((at + 86400) * 1000)));
        }""",
        ["{date_num}", "{date}", "{date_short}", "{date_long}", "{date_short_pretty} {time}", "{ago}", "{nope}"],
    )
    assert [text and text.replace("\u202f", " ") for text in shown] == [
        "2026-11-20",
        "November 20th, 2026",
        "Nov 20, 2026",
        "Friday, November 20th, 2026",
        "yesterday 11:30 PM",
        "1 day ago",
        None,
    ]
    await api.chat_postMessage(channel="mentions", text="<!date^oops^{date}|long ago>, <!date^1^{century}|in 1970>")
    await expect(page.get_by_role("article")).to_contain_text("long ago, in 1970")


async def test_a_block_the_page_does_not_know_is_loud(page):
    await page.evaluate(
        """async () => {
          const { drawBlocks } = await import("/page/blocks.js");
          document.querySelector("main").append(drawBlocks([{ type: "sparkles" }], { world: {} }));
        }"""
    )
    await expect(page.get_by_role("alert").filter(has_text='cannot draw "sparkles"')).to_be_visible()
