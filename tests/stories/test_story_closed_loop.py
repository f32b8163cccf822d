"""The closed loop: a teammate answers in the community, and the card says so by itself."""

from datetime import UTC, datetime, timedelta

from bots import Desk, run_program

from sandbox.pressing import words_of
from storage.stamps import stamp

QUESTION = "Does Tidewiki keep page history after a restore?"
TEAM = """
[[watch]]
name = "Tidewiki"
channel = "#mentions"
names = ["Tidewiki"]

[[teammate]]
slack = "U0SAM00000"
name = "Sam"

[[teammate.handle]]
community = "forum.tidewiki.example"
name = "sam_of_tidewiki"
feed = "{url}"

[[teammate]]
slack = "U0MAYA"
name = "Maya"

[[teammate.handle]]
community = "forum.tidewiki.example"
name = "maya_of_tidewiki"
"""
UMLAUTS = "Why does Tidewiki not find umlauts?"
# Nobody can be heard by name alone, and every topic is listed in one place.
PLACES = """
[[author]]
community = "Nowhere"
url = "https://nowhere.example/"

[[thread]]
community = "The forum"
key = 'discourse:forum\\.tidewiki\\.example/(?P<id>\\d+)'
url = "{url}"
"""


async def test_a_teammates_post_at_the_source_answers_the_conversation_and_the_digest_counts_it(
    desk: Desk, start, street
):
    """Sam is heard in a feed of his own; Maya in none, so that the thread is looked at before a reply is due."""
    slack, forum, sams, topic = desk.slack, street.feed("forum"), street.feed("sams"), street.feed("topic")
    places = desk.folder / "places.toml"
    places.write_text(PLACES.format(url=topic.url), encoding="utf-8")
    desk.changes = {"places_file": places}
    thread = "https://forum.tidewiki.example/t/history/12"
    await desk.watch(forum.url, community="forum.tidewiki.example")
    team = desk.folder / "team.toml"
    team.write_text(TEAM.format(url=sams.url), encoding="utf-8")
    await start()
    await desk.looked_at(forum)
    forum.add(QUESTION, "Every history tab is empty. Is Tidewiki meant to?", link=thread, ago=timedelta(minutes=30))
    card = await desk.card(QUESTION)
    code, said = await run_program(desk, "import", str(team))
    assert code == 0, said
    await slack.click("Interact", on=card, by="maya")

    sams.add("Re: history", "Since 0.9.3 the backup has it.", link=f"{thread}/2", author="sam_of_tidewiki")
    await desk.looked_at(sams)

    answered = await desk.shows(card, "✅ <@U0SAM00000>", "(seen at the source)", f"^{thread}/2|")
    assert len(answered["blocks"]) == 2

    other = "https://forum.tidewiki.example/t/umlauts/13"
    forum.add(UMLAUTS, "I looked for Öl.", link=other)
    unanswered = await desk.card(UMLAUTS)
    topic.add("Re: umlauts", "In 0.9.4 it does.", link=f"{other}/2", author="maya_of_tidewiki")
    assert topic.asked == 0
    desk.change(
        "UPDATE conversation SET warn_at = ? WHERE thread_key LIKE '%/13'",
        stamp(datetime.now(UTC) + timedelta(minutes=9)),
    )
    await desk.shows(unanswered, "✅ <@U0MAYA>", "(seen at the source)", f"^{other}/2|")

    await slack.command("/ears digest", by="finn", channel="mentions")
    digest = await slack.wait_for_ephemeral(to="finn", containing="needed us")
    assert "Nobody is waiting for us" in words_of(digest)
