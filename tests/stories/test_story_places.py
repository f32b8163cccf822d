"""A day with the list of places: one is added by its address, one is left, one is woken."""

from bots import Desk
from feed_street import saying

from sandbox.pressing import words_of
from storage.listening.listening import LISTENED


def a_page(street, feed: str) -> str:
    link = f'<link rel="alternate" type="application/rss+xml" href="{street.url}/{feed}.rss">'
    return f"<!doctype html><title>The club</title>{link}"


async def the_list(desk: Desk, containing: str = "place"):
    await desk.slack.command("/ears sources", by="finn", channel="mentions")
    return await desk.slack.wait_for_ephemeral(to="finn", containing=containing)


async def test_a_pasted_address_is_looked_at_and_what_answers_is_listened_to(desk: Desk, start, street):
    slack, talk, club = desk.slack, street.feed("talk"), street.feed("club")
    street.feed("page").answer = saying(a_page(street, "club"), kind="text/html")
    club.add("Does Tidewiki run on our club's server?")
    await desk.watch(talk.url)
    await start()
    await desk.until(lambda: talk.asked)

    form = (await slack.click("Add a place…", on=await the_list(desk), by="finn")).views[0]
    wrong = await slack.submit(form, {"Where do they talk?": "our forum"}, by="finn")
    assert wrong.errors["address"].startswith("Please paste an address such as")

    sent = await slack.submit(slack.view("finn"), {"Where do they talk?": f"{street.url}/page.rss"}, by="finn")
    assert "I look at *" in words_of(sent.views[0])
    found = await slack.wait_for_view(by="finn", containing="Listen for Tidewiki in", seconds=20)
    assert "club.example" in words_of(found)
    assert "1 post there" in words_of(found)

    done = await slack.submit(found, {}, by="finn")
    assert "I listen to *club.example* for *Tidewiki* now" in words_of(done.views[0])
    await desk.card("Does Tidewiki run on our club's server?")
    assert "club.example" in words_of(await the_list(desk, "2 places"))
    assert desk.rows("SELECT act, actor FROM history WHERE act = 'add places'") == [("add places", "U0FINN")]


async def test_an_address_that_leads_nowhere_comes_back_with_the_reason(desk: Desk, start, street):
    slack = desk.slack
    street.feed("page").answer = saying("<!doctype html><title>Our cellar</title>", kind="text/html")
    await desk.watch(street.feed("talk").url)
    await start()

    form = (await slack.click("Add a place…", on=await the_list(desk), by="finn")).views[0]
    await slack.submit(form, {"Where do they talk?": f"{street.url}/page.rss"}, by="finn")

    again = await slack.wait_for_view(by="finn", containing="⚠️", seconds=20)
    assert "names no feed" in words_of(again)
    address = next(block for block in again["blocks"] if block.get("block_id") == "address")
    assert address["element"]["initial_value"] == f"{street.url}/page.rss"
    assert desk.rows("SELECT COUNT(*) FROM source") == [(1,)]


async def test_a_place_that_was_left_is_asked_no_more(desk: Desk, start, street):
    slack, talk, noise = desk.slack, street.feed("talk"), street.feed("noise")
    await desk.watch(talk.url, noise.url)
    await start()
    await desk.until(lambda: talk.asked and noise.asked)

    form = (await slack.click("Leave places…", on=await the_list(desk), by="finn")).views[0]
    left = await slack.submit(form, {"Listen no more in": ["The forum 1"]}, by="finn")

    assert "I listen no more in *The forum 1* (for Tidewiki)" in words_of(left.views[0])
    assert "1 place" in words_of(await the_list(desk, "1 place"))
    asked = noise.asked
    await desk.looked_at(talk)
    assert noise.asked == asked
    assert len(desk.rows(LISTENED.replace(":workspace_id", "?"), "T0SANDBOX")) == 1


async def test_a_place_that_closed_for_good_is_asked_again_once_somebody_wakes_it(desk: Desk, start, street):
    slack, blog = desk.slack, street.feed("blog")
    blog.answer = saying("gone", status=410, kind="text/plain")
    await desk.watch(blog.url, street.feed("talk").url)
    await start()
    await desk.until(lambda: desk.rows("SELECT id FROM source WHERE paused_at IS NOT NULL"))

    listed = await the_list(desk, "closed for good")
    assert "closed its feed for good" in words_of(listed)
    blog.answer = None
    blog.add("Is Tidewiki back as well?")
    await slack.click("Wake", on=listed, by="finn")

    await desk.card("Is Tidewiki back as well?")
    assert desk.rows("SELECT act, actor FROM history WHERE object = 'source'") == [("wake", "U0FINN")]


async def test_where_people_talk_about_us_and_nobody_listens_is_said(desk: Desk, start, street):
    talk = street.feed("talk")
    talk.add("Moved our club to Tidewiki", "The discussion: https://forum.rowing.example/t/tidewiki/12", author="rob")
    await desk.watch(talk.url)
    await start()
    await desk.card("Moved our club to Tidewiki")

    listed = words_of(await the_list(desk, "do not listen yet"))

    assert "forum.rowing.example" in listed
    assert "(1 link)" in listed
