"""Another program follows what the team does: a press arrives there, signed, and is sent again until it was taken."""

import base64

from aiohttp import web
from aiohttp.test_utils import TestServer
from bots import Desk, run_program
from standardwebhooks.webhooks import Webhook

SECRET = f"whsec_{base64.b64encode(b'story' * 6).decode()}"
QUESTION = "Does Tidewiki keep page history after a restore?"


async def test_a_press_reaches_another_program_which_verifies_it(desk: Desk, start, street):
    arrived = []

    async def take(request: web.Request) -> web.Response:
        body = await request.read()
        if request.method == "POST":
            arrived.append((request.headers["webhook-id"], Webhook(SECRET).verify(body, dict(request.headers))))
        # Busy at first: what it did not take comes again, and in its order.
        return web.Response(status=500 if len(arrived) == 1 else 204)

    app = web.Application()
    app.router.add_route("*", "/hook", take)
    async with TestServer(app) as server:
        desk.changes = {"webhook_url": str(server.make_url("/hook")), "webhook_secret": SECRET}
        slack, feed = desk.slack, street.feed()
        await desk.watch(feed.url)
        feed.add(QUESTION, author="pat", link="https://forum.example/t/1")
        await start()
        card = await desk.card(QUESTION)

        await slack.click("Interact", on=card, by="maya")
        await desk.until(lambda: len(arrived) == 1, what="the first event")
        await desk.shows(card, "✓ *Interact* by <@U0MAYA>")
        # It is due again within seconds or a minute, drawn by lot: no need to wait for that here.
        desk.change("UPDATE webhook_event SET not_before = '2026-01-01T00:00:00.000Z'")
        await desk.until(lambda: len(arrived) == 2, what="the first event once more")
        await slack.click("React too", on=slack.current(card), by="priya")
        await desk.until(lambda: len(arrived) == 3, what="the second event")
        code, said = await run_program(desk, "check")

    assert [key for key, _ in arrived[:2]] == [arrived[0][0]] * 2
    first, second = arrived[1][1], arrived[2][1]
    assert (first["type"], first["data"]["actor"], first["data"]["conversation"]["tag"]) == (
        "mention.tagged",
        "U0MAYA",
        "interact",
    )
    assert first["data"]["mention"]["url"] == "https://forum.example/t/1"
    assert first["data"]["conversation"]["reply"]["state"] == "owed"
    assert (second["data"]["conversation"]["tag_before"], second["data"]["conversation"]["tag"]) == (
        "interact",
        "react",
    )
    assert "WEBHOOK_URL: answers (204)" in said, (code, said)
    assert SECRET not in said
    assert f":{server.port}" not in next(line for line in said.splitlines() if "WEBHOOK" in line)
