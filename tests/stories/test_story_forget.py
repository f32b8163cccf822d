"""Somebody asks to be forgotten: a press does it, the card and the digest say so, and no poll brings them back."""

from bots import Desk, run_program

from sandbox.pressing import words_of

QUESTION = "Tidewiki lost my holiday diary"
OTHER = "Tidewiki is fine for recipes"


async def test_who_asks_for_it_is_forgotten_from_a_card_and_from_the_command_line(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(QUESTION, "All my entries of July.", author="mira", link="https://forum.example/people/mira/1")
    feed.add(OTHER, "Soup mostly.", author="pat", link="https://forum.example/t/2")
    await start()
    card, other = await desk.card(QUESTION), await desk.card(OTHER)
    desk.change("UPDATE watch SET excluded = '[\"mira\"]'")

    sure, late = [await ask_to_forget(slack, card, by=by) for by in ("maya", "priya")]
    [(community,)] = desk.rows("SELECT community FROM post WHERE author = 'mira'")
    assert f"*mira* on {community}" in words_of(sure)
    assert "The same name stands in the watch" in words_of(sure)
    await slack.submit(sure, by="maya")
    left = await slack.wait_for_message(channel=slack.im("maya"), containing="They are forgotten")
    assert "in 1 watch." in words_of(left)
    await slack.submit(late, by="priya")
    await slack.wait_for_message(channel=slack.im("priya"), containing="Nothing was done: they are forgotten already")

    card = await desk.shows(card, "Forgotten at their request", "forgotten person 1", without="mira")
    assert "diary" not in words_of(card)
    await desk.looked_at(feed)
    code, said = await run_program(desk, "forget", community, "pat", "--yes")
    assert (code, f"pat on {community}: 1 post" in said) == (0, True), said
    await desk.shows(other, "forgotten person 2", without="recipes")
    assert not [row for row in desk.rows("SELECT title, text, author, url FROM post") if "mira" in str(row)]


async def ask_to_forget(slack, card, *, by):
    """Open the form that forgets whoever opened the conversation of a card."""
    history = (await slack.click("History", on=card, by=by)).views[0]
    await slack.click("Labels…", on=history, by=by)
    labels = await slack.wait_for_view(by=by, containing="Your own words")
    await slack.click("Forget this person…", on=labels, by=by)
    return await slack.wait_for_view(by=by, containing="This cannot be taken back")
