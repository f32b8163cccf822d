"""From a complaint to a change that shipped, and to the people who hear of it."""

from bots import Desk

from sandbox.pressing import words_of

FIRST = "Tidewiki restore drops my page history"
SECOND = "Tidewiki lost all history"
TITLE = "Keep history in backups"
PART = "Say what a restore keeps"


async def test_what_two_people_complain_of_is_planned_shipped_and_told_to_both(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add(FIRST, "The restore is broken.", author="pat", link="https://forum.example/t/1")
    feed.add(SECOND, "The restore crashes.", author="mira", link="https://forum.example/t/2")
    await start()
    one, other = await desk.card(FIRST), await desk.card(SECOND)

    await slack.click("React", on=one, by="maya")
    one = await desk.shows(one, "✓ *React* by <@U0MAYA>")
    form = await opened(desk, "Improvement…", on=one, by="maya", reads=FIRST)
    refused = await slack.submit(form, {"title": TITLE, "department": "C0PRODUCT"}, by="maya")
    assert "/invite" in refused.errors["department"]
    await slack.invite_bot("product", by="maya")
    await slack.submit(form, {"title": TITLE, "department": "C0PRODUCT", "owner": "U0SAM"}, by="maya")
    one = await desk.shows(one, f"→ improvement *{TITLE}* (proposed, 1 person)")
    card = await slack.wait_for_message(channel="product", containing=TITLE)

    await slack.click("React", on=other, by="priya")
    other = await desk.shows(other, "✓ *React* by <@U0PRIYA>")
    form = await opened(desk, "Improvement…", on=other, by="priya", reads=SECOND)
    await slack.submit(form, {"existing": TITLE}, by="priya")
    other = await desk.shows(other, f"→ improvement *{TITLE}* (proposed, 2 people)")
    card = await desk.shows(card, "*2 people* asked", "pat", "mira")

    await split_and_merge(desk, card, other)
    card = await desk.shows(card, "*2 people* asked")

    await slack.click("Plan", on=card, by="sam")
    await desk.shows(card, "*Planned* by <@U0SAM>")
    late = await slack.click("Plan", on=card, by="finn")
    assert f"<@U0SAM> planned _{TITLE}_" in late.words
    card = await desk.shows(card, "*Planned*")
    form = await opened(desk, "Shipped…", on=card, by="sam", reads="*2 people* asked")
    await slack.submit(form, {"link": "https://tidewiki.example/1-0", "note": "Restores keep it."}, by="sam")

    card = await desk.shows(card, "*Shipped* by <@U0SAM>", "0 told, 2 not yet")
    one = await desk.shows(one, "(shipped, 2 people)", "*tell them it shipped*", "Restores keep it.")
    await slack.click("I'll reply", on=one, by="maya")
    one = await desk.shows(one, "*<@U0MAYA> tells them it shipped*")
    await opened(desk, "Show the 2 people", on=card, by="finn", reads="<@U0MAYA> tells them")
    form = await opened(desk, "We answered…", on=one, by="maya", reads=FIRST)
    await slack.submit(form, {"link": "https://forum.example/t/1/9"}, by="maya")

    await desk.shows(one, "✅ <@U0MAYA> <!date^", "told them")
    await desk.shows(card, "1 told, 1 not yet", "Show the person")
    await slack.command("/ears digest", by="finn", channel="mentions")
    digest = words_of(await slack.wait_for_ephemeral(to="finn", containing="What we changed"))
    assert f"|{TITLE}>_ shipped" in digest
    assert "1 was told, 1 not yet" in digest


async def split_and_merge(desk: Desk, card, other) -> None:
    """Split off what `other` asks for, find that it is the same, and merge the two."""
    form = await opened(desk, "Split…", on=card, by="sam", reads=TITLE)
    await desk.slack.submit(form, {"moved": [SECOND], "title": PART}, by="sam")
    part = await desk.slack.wait_for_message(channel="product", containing=PART)
    await desk.shows(other, f"→ improvement *{PART}* (proposed, 1 person)")
    await desk.shows(card, "*1 person* asked")
    form = await opened(desk, "Merge…", on=await desk.shows(part, "mira"), by="sam", reads=PART)
    await desk.slack.submit(form, {"into": TITLE}, by="sam")
    await desk.shows(part, f"merged into *{TITLE}* by <@U0SAM>")
    await desk.shows(other, f"→ improvement *{TITLE}* (proposed, 2 people)")


async def opened(desk: Desk, button: str, *, on, by: str, reads: str):
    """Press what opens a form, and return the form: cards are redrawn meanwhile."""
    await desk.slack.click(button, on=on, by=by)
    return await desk.slack.wait_for_view(by=by, containing=reads)


async def test_what_was_reacted_to_without_an_improvement_is_told_in_the_home_and_the_digest(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    for number in range(2):
        feed.add(f"{FIRST} ({number})", "The restore is broken.", link=f"https://forum.example/t/{number}")
    await start()
    for number in range(2):
        card = await desk.card(f"{FIRST} ({number})")
        await slack.click("React", on=card, by="maya")
        await desk.shows(card, "✓ *React* by <@U0MAYA>")

    await slack.open_home(by="finn")
    home = await slack.wait_for_home(by="finn")
    await slack.click("Needs someone (2)", on=home, by="finn")
    home = await slack.wait_for_home(by="finn", containing="*2 reacts* without an improvement")
    await slack.click("Show them", on=home, by="finn")
    home = await slack.wait_for_home(by="finn", containing="▸ Everything")
    assert words_of(home).count(FIRST) == 2
    await slack.command("/ears digest", by="finn", channel="mentions")
    await slack.wait_for_ephemeral(to="finn", containing="2 conversations tagged *React* have no improvement yet")
