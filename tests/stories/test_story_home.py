"""What people do in their App Home."""

from bots import Desk
from feed_street import saying

from sandbox.pressing import words_of


async def test_somebody_opens_the_home_before_anything_is_set_up_and_is_offered_to_start(desk: Desk, start):
    await start()
    await desk.slack.open_home(by="maya")

    home = await desk.slack.wait_for_home(by="maya", containing="I listen where people talk about you")

    assert [element["text"]["text"] for element in home["blocks"][-1]["elements"]] == ["Start listening"]


async def test_the_settings_say_what_is_listened_for_and_where(desk: Desk, start, street):
    await desk.watch(street.feed("forum").url)
    await start()
    await desk.slack.open_home(by="maya")
    home = await desk.slack.wait_for_home(by="maya")
    await desk.slack.click("Settings", on=home, by="maya")

    home = await desk.slack.wait_for_home(by="maya", containing="▸ Settings")

    assert desk.rows("SELECT slack_user FROM home") == [(desk.slack.user("maya"),)]
    assert await desk.slack.wait_for_home(by="maya", containing="Tidewiki")


async def test_somebody_takes_what_needs_someone_and_answers_it_without_leaving_the_home(desk: Desk, start, street):
    feed = street.feed("forum")
    feed.add("Does Tidewiki keep page history?", "I lost mine.")
    await desk.watch(feed.url)
    await start()
    card = await desk.card("Does Tidewiki keep page history?")
    slack = desk.slack
    await slack.open_home(by="maya")
    home = await slack.wait_for_home(by="maya", containing="You have promised nothing")
    assert "*Needs someone* has 1 to choose from" in words_of(home)
    await slack.click("Needs someone (1)", on=home, by="maya")
    home = await slack.wait_for_home(by="maya", containing="Does Tidewiki keep page history?")

    await slack.click("I'll reply", on=home, by="maya")

    home = await slack.wait_for_home(by="maya", containing="Mine (1)")
    assert "Nobody waits without one of us" in words_of(home)
    await desk.shows(card, "replies")
    await slack.click("Mine (1)", on=home, by="maya")
    home = await slack.wait_for_home(by="maya", containing="Hand back")
    await slack.click("We answered…", on=home, by="maya")
    form = await slack.wait_for_view(by="maya", containing="Link to the answer")
    await slack.submit(form, {"link": "https://forum.example/t/1/2"}, by="maya")
    await slack.wait_for_home(by="maya", containing="You have promised nothing")
    await desk.shows(card, "answered")


async def test_who_comes_second_is_told_so_in_their_home(desk: Desk, start, street):
    feed = street.feed("forum")
    feed.add("Does Tidewiki keep page history?")
    await desk.watch(feed.url)
    await start()
    card = await desk.card("Does Tidewiki keep page history?")
    slack = desk.slack
    await slack.open_home(by="maya")
    home = await slack.wait_for_home(by="maya", containing="Needs someone (1)")
    await slack.click("Needs someone (1)", on=home, by="maya")
    home = await slack.wait_for_home(by="maya", containing="I'll reply")
    await slack.click("Interact", on=card, by="sam")
    card = await desk.shows(card, "a reply is due")
    await slack.click("I'll reply", on=card, by="sam")
    await desk.shows(card, "replies")

    await slack.click("I'll reply", on=home, by="maya")

    home = await slack.wait_for_home(by="maya", containing="has had this one since")
    assert "Nobody waits without one of us" in words_of(home)
    await slack.open_home(by="maya")
    await desk.until(lambda: "has had this one" not in words_of(slack.home("maya")), what="the notice to go")


async def test_everything_is_narrowed_and_turned_a_page_at_a_time(desk: Desk, start, street):
    desk.changes = {"cards_per_hour": 1000, "untouched_cards": 1000}
    feed = street.feed("forum")
    await desk.watch(feed.url)
    await start()
    await desk.looked_at(feed)
    for number in range(20):
        feed.add(f"Tidewiki question number {number}?")
    await desk.looked_at(feed)
    slack = desk.slack
    await slack.open_home(by="maya")
    home = await slack.wait_for_home(by="maya", containing="Everything")
    await slack.click("Everything", on=home, by="maya")
    home = await slack.wait_for_home(by="maya", containing="1\N{EN DASH}15")

    await slack.click("Next ▸", on=home, by="maya")

    home = await slack.wait_for_home(by="maya", containing="16\N{EN DASH}20")
    # Nothing stands behind that row any more: the list begins anew, instead of being empty.
    desk.change("UPDATE conversation SET opened_at = '2031-01-01T00:00:00.000Z'")
    await slack.open_home(by="maya")
    home = await slack.wait_for_home(by="maya", containing="1\N{EN DASH}15")
    await slack.click("Next ▸", on=home, by="maya")
    home = await slack.wait_for_home(by="maya", containing="16\N{EN DASH}20")
    await slack.click("◂ Previous", on=home, by="maya")
    home = await slack.wait_for_home(by="maya", containing="1\N{EN DASH}15")
    await slack.click("home.filter.tag", on=home, by="maya", choose="React")
    home = await slack.wait_for_home(by="maya", containing="Nothing is like that.")
    await slack.click("Clear", on=home, by="maya")
    await slack.wait_for_home(by="maya", containing="1\N{EN DASH}15")


async def test_set_up_begins_in_the_home_with_the_channel_that_takes_the_mentions(desk: Desk, start):
    await start()
    slack = desk.slack
    await slack.open_home(by="maya")
    home = await slack.wait_for_home(by="maya", containing="Start listening")
    await slack.click("Start listening", on=home, by="maya")
    form = await slack.wait_for_view(by="maya", containing="Where should mentions go?")

    elsewhere = await slack.submit(form, {"channel": slack.channel("general").id}, by="maya")
    await slack.submit(form, {"channel": slack.channel("mentions").id}, by="maya")

    assert "I am not in that channel" in elsewhere.errors["channel"]
    form = await slack.wait_for_view(by="maya", containing="Any of")
    assert slack.channel("mentions").id in form["private_metadata"]


async def settings_of(desk, by="maya"):
    await desk.slack.open_home(by=by)
    home = await desk.slack.wait_for_home(by=by, containing="Settings")
    await desk.slack.click("Settings", on=home, by=by)
    return await desk.slack.wait_for_home(by=by, containing="Latest changes")


async def test_the_digest_comes_when_the_team_says(desk: Desk, start, street):
    await desk.watch(street.feed("forum").url)
    await start()
    slack = desk.slack
    home = await settings_of(desk)
    assert "as the bot's environment says" in words_of(home)
    await slack.click("settings.digest", on=home, by="maya")
    form = await slack.wait_for_view(by="maya", containing="Day")

    wrong = await slack.submit(form, {"zone": "Berlin"}, by="maya")
    elsewhere = await slack.submit(form, {"zone": "UTC", "channel": desk.slack.channel("general").id}, by="maya")
    await slack.submit(form, {"day": "Friday", "hour": "16:00", "zone": "Europe/Berlin"}, by="maya")

    assert "There is no time zone called" in wrong.errors["zone"]
    assert "I am not in that channel" in elsewhere.errors["channel"]
    home = await slack.wait_for_home(by="maya", containing="Friday at 16:00 (Europe/Berlin)")
    assert f"set by <@{slack.user('maya')}>" in words_of(home)
    assert "changed the digest" in words_of(home)


async def test_the_voice_is_written_down_once_for_everybody(desk: Desk, start, street):
    await desk.watch(street.feed("forum").url)
    await start()
    slack = desk.slack
    home = await settings_of(desk)
    await slack.click("voice.guide", on=home, by="maya")
    form = await slack.wait_for_view(by="maya", containing="We sound like")

    await slack.submit(form, {"sounds": "We thank first.\n<!channel> *Never* shout."}, by="maya")

    await slack.wait_for_home(by="maya", containing="We thank first.")
    assert "&lt;!channel&gt;" in words_of(await settings_of(desk, by="sam"))


async def test_somebody_mutes_from_the_home_and_takes_it_back_in_the_settings(desk: Desk, start, street):
    feed = street.feed("forum")
    feed.add("Does Tidewiki keep page history?", author="spam")
    await desk.watch(feed.url)
    await start()
    card = await desk.card("Does Tidewiki keep page history?")
    slack = desk.slack
    await slack.open_home(by="maya")
    home = await slack.wait_for_home(by="maya", containing="Needs someone (1)")
    await slack.click("Needs someone (1)", on=home, by="maya")
    home = await slack.wait_for_home(by="maya", containing="I'll reply")
    await slack.click("Mute…", on=home, by="maya")
    form = await slack.wait_for_view(by="maya", containing="For how long?")
    await slack.submit(form, {"what": "This conversation"}, by="maya")
    await slack.wait_for_home(by="maya", containing="Nobody waits without one of us")
    await desk.shows(card, "Muted")
    home = await settings_of(desk)

    await slack.click("Unmute", on=home, by="maya")

    await slack.wait_for_home(by="maya", containing="Nobody and nothing is muted.")
    await desk.shows(card, "Interact", without="Muted")


async def test_a_name_of_somebody_is_added_and_forgotten(desk: Desk, start, street):
    """A forum that nobody can be heard in one by one: the name is kept all the same, and the reason said."""
    feed = street.feed("forum")
    feed.add("Does Tidewiki keep page history?")
    await desk.watch(feed.url)
    await start()
    await desk.card("Does Tidewiki keep page history?")
    slack = desk.slack
    home = await settings_of(desk)
    assert "Nobody yet." in words_of(home)
    await slack.click("Add a name…", on=home, by="maya")
    form = await slack.wait_for_view(by="maya", containing="Under which name?")

    await slack.submit(form, {"community": "The forum", "name": "maya_writes"}, by="maya")

    said = await slack.wait_for_view(by="maya", containing="I cannot read their posts there")
    assert "I know no way to hear one person on The forum" in words_of(said)
    await slack.close(said, by="maya")
    home = await slack.wait_for_home(by="maya", containing="maya_writes on The forum")
    assert "changed the names of *Maya" in words_of(home)
    await slack.click("Forget names…", on=home, by="maya")
    form = await slack.wait_for_view(by="maya", containing="Which of these should I forget?")
    await slack.submit(form, {"forgotten": ["maya_writes on The forum"]}, by="maya")
    await slack.wait_for_view(by="maya", containing="I forgot 1 name.")
    await slack.wait_for_home(by="maya", containing="no names yet")


async def test_every_place_is_listed_with_its_health_and_left_from_there(desk: Desk, start, street):
    well, broken = street.feed("well"), street.feed("broken")
    broken.answer = saying("", status=500)
    await desk.watch(well.url, broken.url)
    await start()
    slack = desk.slack
    home = await settings_of(desk)
    await slack.click("Every place", on=home, by="maya")

    home = await slack.wait_for_home(by="maya", containing="2 places")

    await slack.click("Leave places…", on=home, by="maya")
    form = await slack.wait_for_view(by="maya", containing="Listen no more in")
    await slack.submit(form, {"left": ["The forum 1"]}, by="maya")
    home = await slack.wait_for_home(by="maya", containing="1 place")
    await slack.click("Back to the settings", on=home, by="maya")
    await slack.wait_for_home(by="maya", containing="left *The forum 1*")


async def test_a_press_that_makes_no_sense_is_answered_in_the_home(desk: Desk, start, street):
    desk.may_fail = True
    await desk.watch(street.feed("forum").url)
    await start()
    slack = desk.slack
    await slack.open_home(by="maya")
    home = await slack.wait_for_home(by="maya", containing="Mine")
    home["blocks"][0]["elements"][0]["value"] = "themes"

    await slack.click("home.tab.0", on=home, by="maya")

    await slack.wait_for_view(by="maya", containing="Something went wrong on my side")
