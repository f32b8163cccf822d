"""An app that is not ours tells the same story over Socket Mode and over signed HTTP.

It is written after Bolt's getting-started guide and knows nothing of the sandbox but its addresses.
"""

import contextlib

import pytest
from aiohttp import web
from shapes import plain
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.pressing import words_of
from sandbox.server import start_sandbox

SECRET = "hush"
MANIFEST = {
    "display_information": {"name": "Greeter"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [{"command": "/greet", "description": "Greet somebody", "usage_hint": "[name]"}],
        "shortcuts": [{"name": "Greet", "type": "global", "callback_id": "greet", "description": "Greet somebody"}],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands", "channels:history", "im:history"]}},
    "settings": {"event_subscriptions": {"bot_events": ["message.channels", "message.im", "app_home_opened"]}},
}


def a_form():
    element = {"type": "plain_text_input", "action_id": "name"}
    field = {"type": "input", "block_id": "name", "label": plain("Whom?"), "element": element}
    return {
        "type": "modal",
        "callback_id": "whom",
        "title": plain("Greet"),
        "submit": plain("Greet"),
        "blocks": [field],
    }


def greeter(api_url):
    """The app: says hello with a button, opens a form, greets, has a home."""
    app = AsyncApp(client=AsyncWebClient(token="xoxb-sandbox", base_url=api_url), signing_secret=SECRET)

    @app.message("hello")
    async def hello(message, say):
        button = {"type": "button", "text": plain("Click me"), "action_id": "click"}
        text = {"type": "mrkdwn", "text": f"Hey there <@{message['user']}>!"}
        await say(text="Hey there!", blocks=[{"type": "section", "text": text, "accessory": button}])

    @app.action("click")
    async def click(ack, body, say):
        await ack()
        await say(f"<@{body['user']['id']}> clicked the button")

    @app.command("/greet")
    async def greet(ack, command, client):
        if command["text"]:
            await ack(f"Hello, {command['text']}!")
            return
        await ack()
        await client.views_open(trigger_id=command["trigger_id"], view=a_form())

    @app.shortcut("greet")
    async def shortcut(ack, shortcut, client):
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=a_form())

    @app.view("whom")
    async def whom(ack, body, view, client):
        name = view["state"]["values"]["name"]["name"]["value"]
        if name == "nobody":
            await ack(response_action="errors", errors={"name": "Somebody, please."})
            return
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text=f"You greeted {name}")

    @app.event("app_home_opened")
    async def home(event, client):
        text = {"type": "mrkdwn", "text": f"*Welcome home, <@{event['user']}>*"}
        view = {"type": "home", "blocks": [{"type": "section", "text": text}]}
        await client.views_publish(user_id=event["user"], view=view)

    return app


@contextlib.asynccontextmanager
async def over_socket_mode(slack):
    handler = AsyncSocketModeHandler(greeter(slack.api_url), "xapp-sandbox", ping_interval=1)
    handler.client.web_client = AsyncWebClient(base_url=slack.api_url)
    await handler.connect_async()
    try:
        yield
    finally:
        await handler.close_async()


@contextlib.asynccontextmanager
async def over_signed_http(slack):
    runner = web.AppRunner(greeter(slack.api_url).server(port=0).web_app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        await slack.slack.deliver_to(url, signing_secret=SECRET)
        yield
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("running", [over_socket_mode, over_signed_http])
async def test_the_greeter_lives_in_the_sandbox(running):
    async with start_sandbox(manifest=MANIFEST) as slack, running(slack):
        await slack.wait_until_connected()

        await slack.say("hello", by="maya", channel="mentions")
        greeting = await slack.wait_for_message(channel="mentions", containing="Hey there <@U0MAYA>!")
        clicked = await slack.click("Click me", on=greeting, by="sam", patience=0)
        await slack.wait_for_message(channel="mentions", containing="<@U0SAM> clicked the button")

        greeted = await slack.command("/greet Priya", by="maya", channel="general")

        await slack.command("/greet", by="maya", channel="general")
        form = await slack.wait_for_view(by="maya", containing="Whom?")
        empty = await slack.submit(form, by="maya")
        nobody = await slack.submit(form, {"Whom?": "nobody"}, by="maya")
        somebody = await slack.submit(form, {"Whom?": "Finn"}, by="maya")
        await slack.wait_for_message(channel=slack.im("maya"), containing="You greeted Finn")

        used = await slack.shortcut("greet", by="sam")
        await slack.open_home(by="finn")
        home = await slack.wait_for_home(by="finn", containing="Welcome home, <@U0FINN>")
        refused = [call for call in slack.inspector.calls if not call["ok"]]

    assert clicked.ok
    assert greeted.words == "Hello, Priya!"
    assert (empty.ok, nobody.errors, somebody.ok) == (False, {"name": "Somebody, please."}, True)
    assert [words_of(view).splitlines()[0] for view in used.views] == ["Greet"]
    assert home["type"] == "home"
    assert refused == []
