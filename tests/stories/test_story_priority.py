"""What waits, the most pressing first: each list says why, and the number can be asked for its reasons."""

from datetime import timedelta

from bots import Desk

from sandbox.pressing import words_of

WISH, CRY = "I wish Tidewiki had a dark theme", "Please help, Tidewiki lost my pages"


async def test_who_is_stuck_comes_before_who_wished_earlier_and_each_list_says_why(desk: Desk, start, street):
    slack, talk = desk.slack, street.feed("talk")
    await desk.watch(talk.url)
    await start()
    await desk.looked_at(talk)
    talk.add(WISH, author="ada", ago=timedelta(hours=30))
    await desk.card(WISH)
    talk.add(CRY, author="bob")
    card = await desk.card(CRY)

    await slack.command("/ears waiting", by="finn", channel="mentions")
    waiting = await slack.wait_for_ephemeral(to="finn", containing="2 people are waiting")
    assert "First because it asks for help" in words_of(waiting)
    assert words_of(waiting).index(CRY) < words_of(waiting).index(WISH)

    await slack.open_home(by="maya")
    home = await slack.wait_for_home(by="maya", containing="Needs someone (2)")
    await slack.click("Needs someone (2)", on=home, by="maya")
    home = await slack.wait_for_home(by="maya", containing="First because it asks for help")
    assert words_of(home).index(CRY) < words_of(home).index(WISH)

    history = (await slack.click("History", on=slack.current(card), by="finn")).views[0]
    assert "of 100: it asks for help (+40)" in words_of(history)
