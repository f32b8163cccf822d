"""An app written after Bolt's getting-started guide lives in the sandbox over Socket Mode as it does in Slack."""

from shapes import a_button, a_modal, a_section, an_input

from sandbox.pressing import words_of


def a_card(text="Does it keep history?", *, value="1:1"):
    return [a_section(text), {"type": "actions", "elements": [a_button(value=value)]}]


async def test_a_click_redraws_the_card(slack, bolt, api, connected):
    @bolt.action("listen")
    async def listen(ack, body, client):
        await ack()
        channel, ts = body["channel"]["id"], body["message"]["ts"]
        text = f"listened by {body['user']['id']}, {body['actions'][0]['value']}"
        await client.chat_update(channel=channel, ts=ts, text=text, blocks=a_card(text, value="1:2"))

    async with connected(bolt):
        await api.chat_postMessage(channel="C0MENTIONS", text="Question", blocks=a_card())
        card = await slack.wait_for_message(channel="mentions", containing="keep history")

        outcome = await slack.click("Listen", on=card, by="maya")

    assert outcome.ok
    assert "listened by U0MAYA, 1:1" in words_of(outcome.message)
    assert len(slack.messages("mentions")) == 1


async def test_a_click_may_be_answered_with_words_for_one_person(slack, bolt, api, connected):
    @bolt.action("listen")
    async def listen(ack, body, client):
        await ack()
        user, channel = body["user"]["id"], body["channel"]["id"]
        await client.chat_postEphemeral(channel=channel, user=user, text="<@U0SAM> has this one")

    async with connected(bolt):
        await api.chat_postMessage(channel="C0MENTIONS", text="Question", blocks=a_card())
        card = await slack.wait_for_message(channel="mentions")

        outcome = await slack.click("Listen", on=card, by="finn")

    assert outcome.words == "<@U0SAM> has this one"
    assert slack.ephemerals("maya") == []


async def test_a_command_is_answered_by_its_acknowledgement(slack, bolt, connected):
    @bolt.command("/ears")
    async def ears(ack, command):
        await ack(f"{command['user_name']} asked for {command['text']} in {command['channel_name']}")

    async with connected(bolt):
        outcome = await slack.command("/ears status", by="sam", channel="mentions")

    assert outcome.words == "sam asked for status in mentions"


async def test_a_command_may_be_answered_later_through_its_response_url(slack, bolt, connected):
    @bolt.command("/ears")
    async def ears(ack, respond):
        await ack()
        await respond("later, for you")
        await respond(text="later, for all", response_type="in_channel")

    async with connected(bolt):
        outcome = await slack.command("/ears", by="sam", channel="mentions")
        said = await slack.wait_for_message(channel="mentions", containing="later, for all")

    assert outcome.words == "later, for you"
    assert said["bot_id"] == "B0SANDBOX"


async def test_a_modal_is_opened_filled_in_corrected_and_submitted(slack, bolt, connected):
    @bolt.command("/ears")
    async def ears(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=a_modal(an_input()))

    @bolt.view("m")
    async def start(ack, body, view, client):
        names = view["state"]["values"]["names"]["names"]["value"]
        if names == "tide":
            await ack(response_action="errors", errors={"names": "Too common a word."})
            return
        await ack()
        await client.chat_postMessage(channel="C0MENTIONS", text=f"Listening for {names} for {body['user']['id']}")

    async with connected(bolt):
        outcome = await slack.command("/ears watch add", by="maya", channel="mentions")
        (view,) = outcome.views
        empty = await slack.submit(view, by="maya")
        wrong = await slack.submit(view, {"Names": "tide"}, by="maya")
        errors_drawn = slack.view("maya")["errors"]
        right = await slack.submit(view, {"names": "Tidewiki"}, by="maya")
        await slack.wait_for_message(channel="mentions", containing="Listening for Tidewiki for U0MAYA")

    assert empty.errors == {"names": "Please complete this required field."}
    assert wrong.errors == errors_drawn == {"names": "Too common a word."}
    assert right.ok
    assert slack.view("maya") is None


async def test_the_app_hears_of_messages_mentions_of_joins_and_of_looks_at_its_home(slack, bolt, api, connected):
    heard = []

    @bolt.event("message")
    async def message(event):
        heard.append((event["channel"], event.get("subtype"), event.get("text")))

    @bolt.event("member_joined_channel")
    async def joined(event, client):
        heard.append((event["channel"], "joined", event["user"]))
        await client.chat_postMessage(channel=event["channel"], text="Hello!")

    @bolt.event("app_home_opened")
    async def home(event, client):
        blocks = a_card("Your queue")
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    async with connected(bolt):
        await slack.say("Is <this> on? @Two Ears", by="priya", channel="mentions")
        await slack.say("not for the bot", by="priya", channel="general")
        await slack.invite_bot("product", by="priya")
        await slack.wait_for_message(channel="product", containing="Hello!")
        await slack.open_home(by="finn")
        drawn = await slack.wait_for_home(by="finn", containing="Your queue")
        await slack.wait_for(lambda: len(heard) >= 2)

    assert ("C0MENTIONS", None, "Is &lt;this&gt; on? <@U0TWOEARS>") in heard
    assert ("C0PRODUCT", "joined", "U0TWOEARS") in heard
    assert not any(channel == "C0GENERAL" for channel, *_ in heard)
    assert drawn["type"] == "home"


async def test_a_press_in_an_app_home_carries_the_view(slack, bolt, api, connected):
    @bolt.action("listen")
    async def listen(ack, body, client):
        await ack()
        view = {"type": "home", "blocks": a_card(f"{body['view']['type']} of {body['user']['id']}")}
        await client.views_publish(user_id=body["user"]["id"], view=view)

    async with connected(bolt):
        await api.views_publish(user_id="U0FINN", view={"type": "home", "blocks": a_card()})
        outcome = await slack.click("Listen", on=slack.home("finn"), by="finn")

    assert outcome.ok
    assert "home of U0FINN" in words_of(slack.home("finn"))
