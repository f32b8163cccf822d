"""What several people say becomes a theme, and a decision that counts them all."""

from bots import Desk

from sandbox.pressing import words_of

SAID = "Tidewiki came back with a lost history"


async def test_a_phrase_becomes_a_theme_the_digest_counts_and_somebody_decides_about(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    feed.add("Tidewiki has a forum")
    await start()
    await desk.card("Tidewiki has a forum")
    for number, author in enumerate(("pat", "mira", "kim")):
        feed.add(f"{SAID} ({number})", "After a restore.", author=author, link=f"https://forum.example/t/{number}")
    card = await desk.card(f"{SAID} (0)")
    await desk.card(f"{SAID} (2)")

    await slack.open_home(by="maya")
    home = await slack.wait_for_home(by="maya")
    await slack.click("Settings", on=home, by="maya")
    home = await slack.wait_for_home(by="maya", containing="▸ Settings")
    await slack.click("What people say…", on=home, by="maya")
    form = await slack.wait_for_view(by="maya", containing="“lost history”: 3 people")
    await slack.click("Use it", on=form, by="maya")
    await slack.wait_for_view(by="maya", containing="✓ *Lost history* is a theme now.")
    await slack.wait_for_home(by="maya", containing="*Lost history*: “lost history”")

    await slack.wait_for(lambda: desk.rows("SELECT COUNT(*) FROM mention_theme") == [(3,)])
    await slack.command("/ears digest", by="finn", channel="mentions")
    digest = await slack.wait_for_ephemeral(to="finn", containing="*Lost history*: 3 people, all new")
    await slack.click("Decide about Lost history…", on=digest, by="finn")
    form = await slack.wait_for_view(by="finn", containing="3 conversations are counted for it")
    await slack.submit(form, {"department": "C0MENTIONS"}, by="finn")

    await desk.shows(card, "✓ *React* by <@U0FINN>", "→ improvement *Lost history* (proposed, 3 people)")
    await slack.command("/ears digest", by="sam", channel="mentions")
    digest = words_of(await slack.wait_for_ephemeral(to="sam", containing="What we heard"))
    assert "*Lost history*: 3 people, all new → _Lost history_, proposed" in digest

    # Whoever says it later is one click away from it.
    feed.add(f"{SAID} again", "After a restore.", author="jo", link="https://forum.example/t/9")
    later = await desk.card(f"{SAID} again")
    later = await desk.shows(later, "*React* counts it for *Lost history* (proposed), as you decided")
    await slack.click("React", on=later, by="priya")
    await desk.shows(later, "✓ *React* by <@U0PRIYA>", "→ improvement *Lost history* (proposed, 4 people)")


async def test_praise_of_a_theme_asks_what_would_be_more_of_it(desk: Desk, start, street):
    slack, feed = desk.slack, street.feed()
    await desk.watch(feed.url)
    await start()
    await desk.looked_at(feed)
    await slack.open_home(by="maya")
    home = await slack.wait_for_home(by="maya")
    await slack.click("Settings", on=home, by="maya")
    home = await slack.wait_for_home(by="maya", containing="▸ Settings")
    form = (await slack.click("Add a theme…", on=home, by="maya")).views[0]
    await slack.submit(form, {"name": "Page templates", "phrases": "page templates"}, by="maya")
    await slack.wait_for_home(by="maya", containing="*Page templates*: “page templates”")

    feed.add("I love the page templates of Tidewiki", author="pat")

    card = await desk.card("I love the page templates of Tidewiki")
    await desk.shows(card, "praise: what would be more of it?", "they like *Page templates*")
    await slack.click("React", on=slack.current(card), by="sam")
    await desk.shows(card, "what would be more of Page templates?")
