"""Every control of Block Kit in a real browser: what a person does, and what the app hears of it."""

import re

import pytest
from browser import needs_chromium
from playwright.async_api import expect
from shapes import a_button, a_modal, an_option, plain

pytestmark = needs_chromium


RED, GREEN, BLUE = an_option("Red"), an_option("Green"), an_option("Blue")
COLOURS = [RED, GREEN, BLUE]
SURE = {
    "title": plain("Sure?"),
    "text": plain("It cannot be undone."),
    "confirm": plain("Do it"),
    "deny": plain("Stop"),
}


def select(kind, **more):
    return {"type": kind, "placeholder": plain("Pick"), **more}


async def choose(page, label):
    await page.get_by_label("Pick").select_option(label=label)


async def tick(page, *labels):
    await page.get_by_role("button", name="Pick").click()
    for label in labels:
        await page.get_by_role("dialog").get_by_label(label).check()
    await page.keyboard.press("Escape")


async def press_overflow(page):
    await page.get_by_role("button", name="More actions", exact=True).click()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")


async def check_two(page):
    await page.get_by_label("Red").check()
    await page.get_by_label("Blue").check()


# What stands there, what somebody does, and which fields the app is sent.
CONTROLS = {
    "overflow": ({"type": "overflow", "options": COLOURS}, press_overflow, {"selected_option": GREEN}),
    "static select": (
        select("static_select", options=COLOURS),
        lambda page: choose(page, "Blue"),
        {"selected_option": BLUE},
    ),
    "grouped select": (
        select("static_select", option_groups=[{"label": plain("Warm"), "options": [RED]}]),
        lambda page: choose(page, "Red"),
        {"selected_option": RED},
    ),
    "users select": (select("users_select"), lambda page: choose(page, "Sam (support)"), {"selected_user": "U0SAM"}),
    "channels select": (
        select("channels_select"),
        lambda page: choose(page, "#general"),
        {"selected_channel": "C0GENERAL"},
    ),
    "conversations select": (
        select("conversations_select"),
        lambda page: choose(page, "#product"),
        {"selected_conversation": "C0PRODUCT"},
    ),
    "multi static select": (
        select("multi_static_select", options=COLOURS),
        lambda page: tick(page, "Red", "Blue"),
        {"selected_options": [RED, BLUE]},
    ),
    "multi users select": (
        select("multi_users_select"),
        lambda page: tick(page, "Maya (community)", "Priya (product)"),
        {"selected_users": ["U0MAYA", "U0PRIYA"]},
    ),
    "multi channels select": (
        select("multi_channels_select"),
        lambda page: tick(page, "#mentions"),
        {"selected_channels": ["C0MENTIONS"]},
    ),
    "multi conversations select": (
        select("multi_conversations_select"),
        lambda page: tick(page, "#general"),
        {"selected_conversations": ["C0GENERAL"]},
    ),
    "checkboxes": ({"type": "checkboxes", "options": COLOURS}, check_two, {"selected_options": [RED, BLUE]}),
    "radio buttons": (
        {"type": "radio_buttons", "options": COLOURS},
        lambda page: page.get_by_label("Green").check(),
        {"selected_option": GREEN},
    ),
    "date picker": (
        {"type": "datepicker"},
        lambda page: page.get_by_label("Date").fill("2026-11-24"),
        {"selected_date": "2026-11-24"},
    ),
    "time picker": (
        {"type": "timepicker"},
        lambda page: page.get_by_role("article").get_by_label("Time").fill("09:30"),
        {"selected_time": "09:30"},
    ),
}


@pytest.fixture
def heard(bolt):
    """What the app hears of each press, newest last."""
    actions = []

    @bolt.action(re.compile(".*"))
    async def hear(ack, body):
        await ack()
        actions.extend(body["actions"])

    return actions


async def show(api, element):
    blocks = [{"type": "actions", "block_id": "b", "elements": [{"action_id": "a", **element}]}]
    await api.chat_postMessage(channel="mentions", text="a control", blocks=blocks)


@pytest.mark.parametrize(("element", "act", "sent"), CONTROLS.values(), ids=CONTROLS)
async def test_a_control_tells_the_app_what_was_chosen(page, slack, api, bolt, connected, heard, element, act, sent):
    await show(api, element)
    async with connected(bolt):
        await act(page)
        await slack.wait_for(lambda: heard and sent.items() <= heard[-1].items())
    assert heard[-1]["type"] == element["type"]
    assert (heard[-1]["block_id"], heard[-1]["action_id"]) == ("b", "a")


async def test_a_no_to_the_question_sends_nothing_and_puts_the_choice_back(page, slack, api, bolt, connected, heard):
    await show(api, select("static_select", options=COLOURS, initial_option=RED, confirm=SURE))
    async with connected(bolt):
        await choose(page, "Blue")
        question = page.get_by_role("dialog", name="Sure?")
        await expect(question).to_contain_text("It cannot be undone.")
        await question.get_by_role("button", name="Stop").click()
        await expect(page.get_by_label("Pick")).to_have_value("0")
        assert heard == []

        await choose(page, "Green")
        await question.get_by_role("button", name="Do it").click()
        await slack.wait_for(lambda: heard and heard[-1]["selected_option"] == GREEN)


@pytest.mark.parametrize(
    ("element", "act"),
    [
        ({"type": "checkboxes", "options": COLOURS}, lambda page: page.get_by_label("Red").click()),
        ({"type": "datepicker"}, lambda page: page.get_by_label("Date").fill("2026-11-24")),
        (select("multi_users_select"), lambda page: tick(page, "Sam (support)")),
    ],
    ids=["checkboxes", "date picker", "multi select"],
)
async def test_a_no_also_unticks_and_empties(page, api, element, act):
    await show(api, {**element, "confirm": SURE})
    await act(page)
    await page.get_by_role("dialog", name="Sure?").get_by_role("button", name="Stop").click()
    await expect(page.locator("article :checked")).to_have_count(0)
    await expect(page.locator("article .chip")).to_have_count(0)
    assert await page.evaluate("document.querySelector('article input[type=date]')?.value ?? ''") == ""


async def test_a_select_offers_no_more_than_it_may_take(page, api):
    await show(api, select("multi_static_select", options=COLOURS, max_selected_items=2))
    await tick(page, "Red", "Green")
    await page.get_by_role("button", name="Pick").click()
    await expect(page.get_by_role("dialog").get_by_label("Blue")).to_be_disabled()


async def test_a_modal_takes_every_kind_of_answer(page, slack, api, bolt, connected):
    def asks(name, element):
        return {
            "type": "input",
            "block_id": name,
            "label": plain(name.title()),
            "element": {**element, "action_id": "a"},
        }

    given = []
    fields = {
        "words": {"type": "plain_text_input", "multiline": True},
        "number": {"type": "number_input", "is_decimal_allowed": True},
        "mail": {"type": "email_text_input"},
        "site": {"type": "url_text_input"},
        "colours": {"type": "checkboxes", "options": COLOURS},
        "people": {"type": "multi_users_select"},
        "day": {"type": "datepicker", "initial_date": "2026-11-24"},
    }
    view = a_modal(*(asks(name, element) for name, element in fields.items()), title=plain("All of it"))

    @bolt.action("open")
    async def open_modal(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @bolt.view("m")
    async def submitted(ack, view):
        await ack()
        given.append({name: value["a"] for name, value in view["state"]["values"].items()})

    await show(api, a_button("Open", "open"))
    async with connected(bolt):
        await page.get_by_role("button", name="Open").click()
        form = page.get_by_role("dialog", name="All of it")
        await form.get_by_label("Words").fill("two\nlines")
        await form.get_by_label("Number").fill("2.5")
        await form.get_by_label("Mail").fill("pat@example.org")
        await form.get_by_label("Site").fill("https://example.org/")
        await form.get_by_label("Green").check()
        await form.get_by_role("button", name="People").click()
        await form.get_by_label("Finn (founder)").check()
        await page.keyboard.press("Escape")
        await expect(form).to_be_visible()
        await form.get_by_role("button", name="Send").click()
        await slack.wait_for(lambda: given)

    assert {name: next(v for k, v in answer.items() if k != "type") for name, answer in given[0].items()} == {
        "words": "two\nlines",
        "number": "2.5",
        "mail": "pat@example.org",
        "site": "https://example.org/",
        "colours": [GREEN],
        "people": ["U0FINN"],
        "day": "2026-11-24",
    }
