"""How the page draws the newer blocks, and that what stands in them can be pressed."""

import json

import pytest
from browser import a_tab, needs_chromium
from playwright.async_api import expect
from shapes import a_button, marked, plain

from sandbox.server import start_sandbox

pytestmark = needs_chromium


@pytest.fixture(scope="module")
async def page(browser):
    """One page for all of these tests: none of them leaves anything in the sandbox."""
    async with start_sandbox() as slack, a_tab(browser) as tab:
        await tab.goto(slack.url)
        yield tab


@pytest.fixture
def draw(page):
    """Draw blocks in the page, and return where; `pressed` there lists the actions that were sent."""

    async def drawn(*blocks):
        await page.evaluate(
            """async (text) => {
              const { drawBlocks } = await import("/page/blocks.js");
              const main = document.createElement("main");
              main.id = "drawn";
              main.pressed = [];
              const world = { me: "U1", user: () => null, channel: () => null, users: () => [], channels: () => [] };
              main.append(drawBlocks(JSON.parse(text), { world, dispatch: (action) => main.pressed.push(action) }));
              Object.assign(main.style, { position: "fixed", inset: 0, overflow: "auto", zIndex: 9 });
              document.getElementById("drawn")?.remove();
              document.body.append(main);
            }""",
            json.dumps(blocks),
        )
        return page.locator("#drawn")

    return drawn


async def pressed(place):
    return await place.evaluate("(node) => node.pressed")


CODE = '<pre class="code-block">x = "**"</pre>'

# What Markdown becomes: (Markdown, HTML).
MARKDOWN = [
    (
        "**bold** *it* _it_ ~~gone~~ `a*b*`",
        "<p><strong>bold</strong> <em>it</em> <em>it</em> <del>gone</del> <code>a*b*</code></p>",
    ),
    ("snake_case_name 2 * 3 * 4", "<p>snake_case_name 2 * 3 * 4</p>"),
    ("<b>x</b> <script>y</script>", "<p>&lt;b&gt;x&lt;/b&gt; &lt;script&gt;y&lt;/script&gt;</p>"),
    ("# One\n### Three", '<h3 class="md-h1">One</h3><h5 class="md-h3">Three</h5>'),
    ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
    ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
    ("> a\n> b\n\nc", "<blockquote><p>a<br>b</p></blockquote><p>c</p>"),
    ('```python\nx = "**"\n```', CODE),
    ("```\nnever closed", '<pre class="code-block">never closed</pre>'),
    ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
    ("a\n\n---\nb", "<p>a</p><hr><p>b</p>"),
    ("\\*not\\* it", "<p>*not* it</p>"),
]


async def test_markdown_becomes_elements_and_never_html(page):
    drawn = await page.evaluate(
        """async (texts) => {
          const { markdown } = await import("/page/markdown.js");
          return texts.map((text) => markdown(text, {}).innerHTML);
        }""",
        [text for text, _ in MARKDOWN],
    )
    for (text, wanted), html in zip(MARKDOWN, drawn, strict=True):
        assert html == wanted, text


async def test_markdown_links_and_tables(draw):
    text = (
        "See [the *docs*](https://x.example/a_(b)) or https://y.example/z.\n\n| Place | Count |\n|:--|--:|\n| HN | 12 |"
    )
    place = await draw({"type": "markdown", "text": text})
    await expect(place.get_by_role("link").first).to_have_attribute("href", "https://x.example/a_(b)")
    await expect(place.get_by_role("link").last).to_have_attribute("href", "https://y.example/z")
    await expect(place.get_by_role("columnheader")).to_have_text(["Place", "Count"])
    await expect(place.get_by_role("cell")).to_have_text(["HN", "12"])


async def test_a_long_text_of_marks_without_an_end_is_drawn_at_once(page):
    took = await page.evaluate(
        """async () => {
          const { markdown } = await import("/page/markdown.js");
          const { mrkdwn } = await import("/page/mrkdwn.js");
          const started = performance.now();
          const nasty = [["> ", 400], ["* ", 3000], ["[", 3000], ["**a", 2000], ["`", 3001]];
          for (const [mark, count] of nasty) markdown(mark.repeat(count), {});
          for (const mark of ["*a ", "*_~a ", "<", "`", "&gt;", "```"]) mrkdwn(mark.repeat(8000), {});
          mrkdwn(`https://x.example/${".".repeat(1_000_000)}a`, {});
          return performance.now() - started;
        }"""
    )
    assert took < 2000


async def test_a_data_table_is_sorted_filtered_and_turned(draw):
    rows = [[{"type": "raw_text", "text": "Place"}, {"type": "raw_text", "text": "Mentions"}]]
    for name, count in (("Reddit", 103), ("Hacker News", 12), ("Lobsters", 4)):
        rows.append([{"type": "raw_text", "text": name}, {"type": "raw_number", "value": count}])
    place = await draw({"type": "data_table", "caption": "By place", "page_size": 2, "rows": rows})
    names = place.get_by_role("rowheader")

    await expect(place.get_by_role("table", name="By place")).to_be_visible()
    await expect(names).to_have_text(["Reddit", "Hacker News"])
    await place.get_by_role("button", name="Next page").click()
    await expect(names).to_have_text(["Lobsters"])
    await place.get_by_role("button", name="Mentions").click()
    await expect(names).to_have_text(["Lobsters", "Hacker News"])
    await expect(place.get_by_role("columnheader", name="Mentions")).to_have_attribute("aria-sort", "ascending")
    await place.get_by_role("button", name="Mentions").click()
    await expect(names).to_have_text(["Reddit", "Hacker News"])
    await place.get_by_role("searchbox", name="Filter By place").fill("lob")
    await expect(names).to_have_text(["Lobsters"])
    await expect(place.get_by_role("status")).to_have_text("1 row · page 1 of 1")


async def test_cards_carousels_and_containers_hold_buttons(draw):
    def card(name):
        return {
            "type": "card",
            "block_id": name,
            "title": marked(f"*{name}*"),
            "body": marked("words"),
            "actions": [a_button(f"Open {name}", "open")],
        }

    hidden = {"type": "actions", "block_id": "deep", "elements": [a_button("Dig", "dig")]}
    place = await draw(
        card("one"),
        {"type": "carousel", "elements": [card("two"), card("three")]},
        {
            "type": "container",
            "title": plain("Box"),
            "is_collapsible": True,
            "default_collapsed": True,
            "child_blocks": [hidden],
        },
    )
    await place.get_by_role("button", name="Open one").click()
    await place.get_by_role("button", name="Open three").click()
    await expect(place.get_by_role("button", name="Dig")).to_be_hidden()
    await place.get_by_text("Box").click()
    await place.get_by_role("button", name="Dig").click()

    sent = [(action["block_id"], action["action_id"]) for action in await pressed(place)]
    assert sent == [("one", "open"), ("three", "open"), ("deep", "dig")]


async def test_thumbs_and_icons_are_pressed(draw):
    thumbs = {
        "type": "feedback_buttons",
        "action_id": "thumb",
        "positive_button": {"text": plain("Good"), "value": "yes"},
        "negative_button": {"text": plain("Bad"), "value": "no"},
    }
    bin_ = {"type": "icon_button", "action_id": "bin", "icon": "trash", "text": plain("Delete"), "value": "7"}
    others = {**bin_, "action_id": "other", "text": plain("Not for us"), "visible_to_user_ids": ["U2"]}
    place = await draw({"type": "context_actions", "elements": [thumbs, bin_, others]})
    await place.get_by_role("button", name="Bad").click()
    await place.get_by_role("button", name="Delete").click()
    await expect(place.get_by_role("button", name="Not for us")).to_have_count(0)
    assert [(one["type"], one["value"]) for one in await pressed(place)] == [
        ("feedback_buttons", "no"),
        ("icon_button", "7"),
    ]


async def test_a_film_is_a_link_and_a_file_has_a_name(draw):
    film = {
        "type": "video",
        "title": plain("How it works"),
        "title_url": "https://films.example/1",
        "alt_text": "a film",
        "video_url": "https://films.example/embed/1",
        "thumbnail_url": "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
    }
    place = await draw(film, {"type": "file", "external_id": "report.pdf", "source": "remote"})
    await expect(place.get_by_role("link", name="How it works")).to_have_attribute("href", "https://films.example/1")
    await expect(place.locator("iframe, video")).to_have_count(0)
    await expect(place).to_contain_text("report.pdf")


async def test_alerts_say_how_bad_it_is(draw):
    place = await draw(
        {"type": "alert", "level": "error", "text": marked("It *broke*")},
        {"type": "alert", "text": marked("By the way")},
    )
    await expect(place.get_by_role("alert")).to_have_text("It broke")
    await expect(place.get_by_role("note")).to_have_text("By the way")


async def test_rich_text_counts_on_after_a_deeper_list(draw):
    def items(style, *texts, **more):
        parts = [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]} for text in texts]
        return {"type": "rich_text_list", "style": style, "elements": parts, **more}

    pieces = [
        {"type": "text", "text": "u", "style": {"underline": True, "bold": True}},
        {"type": "emoji", "name": "no_such_name", "unicode": "1f389"},
        {"type": "usergroup", "usergroup_id": "S1"},
        {"type": "color", "value": "#0b7268"},
        {"type": "hologram"},
    ]
    lists = [items("ordered", "one", "two"), items("bullet", "deep", indent=1), items("ordered", "three")]
    place = await draw({"type": "rich_text", "elements": [*lists, {"type": "rich_text_section", "elements": pieces}]})
    await expect(place.locator("ol").last).to_have_attribute("start", "3")
    await expect(place.locator("strong u")).to_have_text("u")
    await expect(place).to_contain_text("🎉@S1#0b7268")
    await expect(place.get_by_role("alert")).to_have_text("unknown hologram")


@pytest.mark.parametrize(
    "block",
    [{"type": "sparkles"}, {"type": "toString"}, {"type": "container", "child_blocks": [{"type": "x"}]}],
    ids=["unknown", "a name of JavaScript's", "inside a container"],
)
async def test_what_the_page_does_not_know_is_loud(draw, block):
    place = await draw(block)
    await expect(place.get_by_role("alert")).to_contain_text("The sandbox cannot draw")
