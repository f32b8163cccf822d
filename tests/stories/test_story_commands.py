"""The command and its words: only the asker sees the answer, and nothing in it can ping."""

from datetime import timedelta

from bots import Desk
from feed_street import saying

from sandbox.pressing import words_of


async def said(desk: Desk, text: str, containing: str) -> str:
    """Type it as Finn, and return what only Finn reads."""
    await desk.slack.command(text, by="finn", channel="mentions")
    return words_of(await desk.slack.wait_for_ephemeral(to="finn", containing=containing))


async def test_status_says_in_ten_lines_who_waits_and_what_is_sick(desk: Desk, start, street):
    talk = street.feed("talk")
    for number in range(1, 13):
        street.feed(f"sick{number}").answer = saying("no", status=503, kind="text/plain")
    sick = [street.feed(f"sick{number}") for number in range(1, 13)]
    await desk.watch(talk.url, *(feed.url for feed in sick))
    await start()
    await desk.until(lambda: talk.asked and all(feed.asked for feed in sick))
    for hours in range(6, 0, -1):
        talk.add(f"Does Tidewiki run for {hours} h?", ago=timedelta(hours=hours))
    await desk.looked_at(talk)

    status = await said(desk, "/ears status", "people are waiting")
    block = desk.slack.ephemerals("finn")[-1]["blocks"][0]["text"]["text"]
    assert len(block.splitlines()) <= 10
    assert "*1 of 13 places heard within the hour*, for Tidewiki" in status
    assert "*6 people are waiting for an answer*" in status
    assert "Does Tidewiki run for 6 h?" in status
    assert "10 more places not heard" in status

    bare = await said(desk, "/ears", "people are waiting")
    assert bare.splitlines()[:2] == status.splitlines()[:2]

    sources = await said(desk, "/ears sources", "not heard at the last try")
    assert "12 not heard at the last try" in sources
    assert "6 posts" in sources
    assert not desk.slack.messages("mentions", containing="places heard within")


async def test_a_bot_that_listens_nowhere_says_how_to_begin(desk: Desk, start):
    await start()

    assert "press *Start listening*" in await said(desk, "/ears status", "anywhere yet")
    assert "`/ears watch add`" in await said(desk, "/ears sources", "finds places")
    assert "I heard too little to say who is waiting" in await said(desk, "/ears digest", "Next digest")


async def test_help_lists_the_words_and_unknown_ones_get_it_without_a_ping(desk: Desk, start):
    await start()

    assert "`/ears sources`" in await said(desk, "/ears help", "every place")
    unknown = await said(desk, "/ears nonsense <!channel> `x` <@U0MAYA>", "I do not know")
    raw = str(desk.slack.ephemerals("finn")[-1])
    assert "nonsense &lt;!channel&gt;" in unknown
    assert "<!channel>" not in raw
    assert "<@U0MAYA>" not in raw
    assert "`/ears digest`" in unknown


async def test_a_claim_from_the_digest_only_i_see_redraws_it_and_the_card(desk: Desk, start, street):
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url)
    await start()
    await desk.looked_at(talk)
    talk.add("Does Tidewiki export?", author="kim")
    card = await desk.card("Does Tidewiki export?")

    await slack.command("/ears digest", by="finn", channel="mentions")
    digest = await slack.wait_for_ephemeral(to="finn", containing="1 person is waiting")
    assert "nobody has it" in words_of(digest)
    await slack.click("I'll reply", on=digest, by="finn")

    await desk.shows(card, "*<@U0FINN> replies*")
    again = await slack.wait_for_ephemeral(to="finn", containing="*<@U0FINN> has it*")
    assert "We answered…" in words_of(again)
    assert [one["ts"] for one in slack.ephemerals("finn")] == [again["ts"]]
