"""What people press and fill in reaches the app as Slack would send it, and its answers have Slack's effects."""

import pytest
from calls import error_of
from shapes import a_button, a_modal, an_option, plain

from sandbox.inputs import initial_values
from sandbox.pressing import words_of

FORM = a_modal(external_id="e1")
LISTEN = a_button(action_id="press", value="1:1")


def some_actions(*elements):
    return [{"type": "actions", "block_id": "b1", "elements": list(elements)}]


def a_choice(kind="static_select", **fields):
    options = [an_option(word) for word in ("Leads", "Support", "Reputation")]
    element = {"type": kind, "action_id": "why", "options": options, **fields}
    return {"type": "input", "block_id": "why", "label": plain("What for?"), "element": element}


@pytest.fixture
def heard(bolt):
    """Every interaction the app gets, acknowledged with nothing."""
    bodies = []

    @bolt.action("press")
    @bolt.action("why")
    async def press(ack, body):
        await ack()
        bodies.append(body)

    @bolt.view_closed("m")
    async def closed(ack, body):
        await ack()
        bodies.append(body)

    return bodies


async def test_a_press_carries_everything_bolt_and_apps_look_at(slack, bolt, api, connected, heard):
    async with connected(bolt):
        await api.chat_postMessage(channel="C0MENTIONS", text="t", blocks=some_actions(LISTEN))
        await slack.click("Listen", on=await slack.wait_for_message(channel="mentions"), by="maya", patience=0)
        await slack.wait_for(lambda: heard)

    (body,) = heard
    message = slack.messages("mentions")[0]
    assert body["user"] == {"id": "U0MAYA", "username": "maya", "name": "maya", "team_id": "T0SANDBOX"}
    assert body["container"] == {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": "C0MENTIONS",
        "is_ephemeral": False,
    }
    assert body["message"]["blocks"][0]["block_id"] == "b1"
    (action,) = body["actions"]
    assert (action["action_id"], action["block_id"], action["value"], action["type"]) == (
        "press",
        "b1",
        "1:1",
        "button",
    )
    assert action["action_ts"]
    assert body["trigger_id"]
    assert body["response_url"].startswith(slack.url)


async def test_a_person_who_did_not_look_again_presses_the_old_button(slack, bolt, api, connected, heard):
    async with connected(bolt):
        posted = await api.chat_postMessage(channel="C0MENTIONS", text="t", blocks=some_actions(LISTEN))
        seen = await slack.wait_for_message(channel="mentions")
        redrawn = some_actions(a_button("Undo", "press", value="1:2"))
        await api.chat_update(channel="C0MENTIONS", ts=posted["ts"], text="t", blocks=redrawn)

        await slack.click("Listen", on=seen, by="sam", patience=0)
        await slack.wait_for(lambda: heard)

    assert heard[0]["actions"][0]["value"] == "1:1"


async def test_an_overflow_is_pressed_by_the_words_of_its_option(slack, bolt, api, connected, heard):
    options = [an_option(word) for word in ("Snooze", "Mute")]
    overflow = {"type": "overflow", "action_id": "press", "options": options}
    async with connected(bolt):
        await api.chat_postMessage(channel="C0MENTIONS", text="t", blocks=some_actions(overflow))
        card = await slack.wait_for_message(channel="mentions")
        await slack.click("Mute", on=card, by="maya", patience=0)
        await slack.wait_for(lambda: heard)
        with pytest.raises(LookupError, match="Snooze, Mute"):
            await slack.click("Shout", on=card, by="maya")

    assert heard[0]["actions"][0]["selected_option"]["value"] == "mute"


async def test_a_press_on_a_deleted_message_does_not_reach_the_app(slack, api):
    posted = await api.chat_postMessage(channel="C0MENTIONS", text="t", blocks=some_actions(LISTEN))
    seen = await slack.wait_for_message(channel="mentions")
    await api.chat_delete(channel="C0MENTIONS", ts=posted["ts"])

    with pytest.raises(Exception, match="message_not_found"):
        await slack.click("Listen", on=seen, by="maya")


async def test_an_ephemeral_message_is_replaced_and_deleted_through_its_response_url(slack, bolt, api, connected):
    @bolt.action("press")
    async def press(ack, body, respond):
        await ack()
        assert "message" not in body
        if body["actions"][0]["value"] == "1:1":
            again = some_actions(a_button("Away", "press", value="2"))
            await respond(text="replaced", blocks=again, replace_original=True)
        else:
            await respond(delete_original=True)

    async with connected(bolt):
        await api.chat_postEphemeral(channel="C0MENTIONS", user="U0SAM", text="t", blocks=some_actions(LISTEN))
        first = await slack.wait_for_ephemeral(to="sam")
        await slack.click("Listen", on=first, by="sam")
        second = await slack.wait_for_ephemeral(to="sam", containing="replaced")
        shown = slack.ephemerals("sam")
        await slack.click("Away", on=second, by="sam")
        await slack.wait_for(lambda: not slack.ephemerals("sam"))

    assert [message["ts"] for message in shown] == [second["ts"]]


async def test_a_response_url_works_five_times(slack, bolt, connected, caplog):
    statuses = []

    @bolt.command("/ears")
    async def ears(ack, respond):
        await ack()
        statuses.extend([(await respond(f"answer {number}")).status_code for number in range(6)])

    async with connected(bolt):
        await slack.command("/ears", by="sam", channel="mentions")
        await slack.wait_for(lambda: len(statuses) == 6)

    assert statuses == [200, 200, 200, 200, 200, 404]
    assert "used_url" in caplog.text


async def test_a_choice_in_a_modal_reaches_the_app_with_what_was_filled_in(slack, bolt, api, connected, heard):
    choice = a_choice(initial_option=an_option("Leads")) | {"dispatch_action": True}
    async with connected(bolt):
        view = (await api.views_open(trigger_id=slack.slack.triggers.issue("U0MAYA"), view=a_modal(choice)))["view"]
        await slack.click("why", on=view, choose="Support", by="maya", patience=0)
        await slack.wait_for(lambda: heard)

    (body,) = heard
    assert body["container"] == {"type": "view", "view_id": view["id"]}
    assert body["actions"][0]["selected_option"]["value"] == "support"
    assert body["view"]["state"]["values"]["why"]["why"]["selected_option"]["value"] == "support"
    assert "message" not in body


@pytest.mark.parametrize(
    ("kind", "given", "name", "expected"),
    [
        ("static_select", "Support", "selected_option", "support"),
        ("radio_buttons", "support", "selected_option", "support"),
        ("multi_static_select", ["Leads", "Support"], "selected_options", ["leads", "support"]),
        ("checkboxes", "Leads", "selected_options", ["leads"]),
    ],
)
async def test_options_are_chosen_by_their_words(slack, bolt, api, connected, *, kind, given, name, expected):
    submitted = []

    @bolt.view("m")
    async def view(ack, view):
        await ack()
        submitted.append(view["state"]["values"]["why"]["why"][name])

    async with connected(bolt):
        trigger_id = slack.slack.triggers.issue("U0MAYA")
        await api.views_open(trigger_id=trigger_id, view=a_modal(a_choice(kind)))
        await slack.submit(slack.view("maya"), {"What for?": given}, by="maya")

    (chosen,) = submitted
    values = [option["value"] for option in chosen] if isinstance(chosen, list) else chosen["value"]
    assert values == expected


@pytest.mark.parametrize(
    ("action", "left"), [("update", ["New"]), ("push", ["First", "New"]), ("clear", []), (None, [])]
)
async def test_a_submission_updates_pushes_clears_or_closes(slack, bolt, api, connected, *, action, left):
    @bolt.view("m")
    async def view(ack):
        view = {"view": a_modal(title=plain("New"))} if action in ("update", "push") else {}
        await (ack(response_action=action, **view) if action else ack())

    async with connected(bolt):
        await api.views_open(trigger_id=slack.slack.triggers.issue("U0MAYA"), view=a_modal(title=plain("First")))
        outcome = await slack.submit(slack.view("maya"), by="maya")

    assert outcome.response_action == action
    assert [view["title"]["text"] for view in slack.slack.views.stack("U0MAYA")] == left


async def test_an_answer_slack_cannot_draw_is_a_loud_failure(slack, bolt, api, connected, caplog):
    @bolt.view("m")
    async def view(ack):
        await ack(response_action="errors", errors={"nowhere": "no such block"})

    @bolt.command("/ears")
    async def ears(ack):
        await ack(text="t", blocks=[{"type": "marquee"}])

    async with connected(bolt):
        await api.views_open(trigger_id=slack.slack.triggers.issue("U0MAYA"), view=a_modal())
        submitted = await slack.submit(slack.view("maya"), by="maya")
        asked = await slack.command("/ears", by="maya", channel="mentions")

    assert (submitted.ok, submitted.text) == (False, "We had some trouble connecting. Try again?")
    assert asked.error == "invalid_command_response"
    assert "invalid_blocks" in caplog.text


async def test_closing_a_modal_tells_the_app_that_asked_to_be_told(slack, bolt, api, connected, heard):
    async with connected(bolt):
        trigger_id = slack.slack.triggers.issue("U0MAYA")
        await api.views_open(trigger_id=trigger_id, view=a_modal(notify_on_close=True))
        await slack.close(slack.view("maya"), by="maya")
        await slack.wait_for(lambda: heard)

    assert heard[0]["type"] == "view_closed"
    assert heard[0]["is_cleared"] is False


async def test_what_was_typed_stays_when_the_app_redraws_the_modal(slack, api):
    view = (await api.views_open(trigger_id=slack.slack.triggers.issue("U0MAYA"), view=a_modal(a_choice())))["view"]
    typed = {"why": {"why": {"type": "static_select", "selected_option": an_option("Leads")}}}
    slack.slack.views.remember(view["id"], typed)

    await api.views_update(view_id=view["id"], view=a_modal(a_choice(), title=plain("N")))

    assert slack.view("maya")["title"]["text"] == "N"
    assert slack.view("maya")["state"]["values"] == typed


@pytest.mark.parametrize("kind", ["users", "channels", "conversations"])
def test_a_list_nobody_has_touched_is_empty_and_not_missing(kind):
    view = a_modal(a_choice(f"multi_{kind}_select"))

    assert initial_values(view)["why"]["why"][f"selected_{kind}"] == []


def test_the_words_of_a_message_are_all_that_stands_on_it():
    blocks = [
        {"type": "section", "text": plain("one"), "accessory": a_button("two", "press")},
        *some_actions(a_button("three", "press")),
    ]

    assert words_of({"text": "zero", "blocks": blocks}) == "zero\none\ntwo\nthree"


@pytest.fixture
async def opened(slack, api, bolt, connected):
    """The id of a modal that somebody has open."""

    @bolt.command("/ears")
    async def open_form(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    async with connected(bolt):
        await slack.command("/ears", by="maya", channel="mentions")
        yield (await slack.wait_for_view(by="maya"))["id"]


async def test_a_modal_may_keep_its_own_external_id(opened, api):
    answer = await api.views_update(view_id=opened, view=FORM)

    assert answer["view"]["external_id"] == "e1"


async def test_a_modal_does_not_turn_into_a_home(opened, api):
    error = await error_of(api.views_update(view_id=opened, view={"type": "home", "blocks": []}))

    assert error == "invalid_arguments"
