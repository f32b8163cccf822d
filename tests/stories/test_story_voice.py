"""A reply in one voice: written beside the guide, approved, posted by a person, and found where they posted it."""

import json
from datetime import timedelta

from bots import Desk, run_program

from sandbox.pressing import words_of

QUESTION = "Does Tidewiki keep page history after a restore?"
SAID = "Thank you, Pat. The restore keeps the whole history, and it is not cheap talk: I work on Tidewiki."
TEAM = """
[[watch]]
name = "Tidewiki"
channel = "#mentions"
names = ["Tidewiki"]

[[teammate]]
slack = "{sam}"
name = "Sam"

[[teammate.handle]]
community = "forum.tidewiki.example"
name = "sam_of_tidewiki"
feed = "{url}"
"""


async def test_a_draft_is_warned_of_saved_anyway_approved_and_found_at_the_source(desk: Desk, start, street):
    slack, forum, sams = desk.slack, street.feed("forum"), street.feed("sams")
    sam, finn = slack.user("sam"), slack.user("finn")
    thread = "https://forum.tidewiki.example/t/history/12"
    forum.add(QUESTION, "Every history tab is empty.", link=thread, author="pat", ago=timedelta(minutes=30))
    await desk.watch(forum.url, community="forum.tidewiki.example")
    team = desk.folder / "team.toml"
    team.write_text(TEAM.format(url=sams.url, sam=sam), encoding="utf-8")
    code, said = await run_program(desk, "import", str(team))
    assert code == 0, said
    await start()
    card = await desk.card(QUESTION)

    # The guide, and who approves.
    await slack.open_home(by="maya")
    home = await slack.wait_for_home(by="maya", containing="Settings")
    await slack.click("Settings", on=home, by="maya")
    home = await slack.wait_for_home(by="maya", containing="Who may do what")
    await slack.click("voice.guide", on=home, by="maya")
    form = await slack.wait_for_view(by="maya", containing="Words we do not use")
    await slack.submit(form, {"sounds": "We thank before we explain.", "banned": "cheap"}, by="maya")
    home = await slack.wait_for_home(by="maya", containing="Not our words: cheap")
    await slack.click("voice.roles", on=home, by="maya")
    form = await slack.wait_for_view(by="maya", containing="Who approves what we say?")
    await slack.submit(form, {"approve": [finn], "watches": ["Tidewiki"]}, by="maya")
    await slack.wait_for_home(by="maya", containing="Drafts are approved first: Tidewiki")

    # Claimed, written, warned, saved anyway.
    await slack.click("Interact", on=card, by="sam")
    card = await desk.shows(card, "nobody has it yet")
    await slack.click("I'll reply", on=card, by="sam")
    card = await desk.shows(card, "Write with the voice guide…")
    await slack.click("Write with the voice guide…", on=card, by="sam")
    form = await slack.wait_for_view(by="sam", containing="We thank before we explain.")
    await slack.submit(form, {"draft": SAID}, by="sam")
    form = await slack.wait_for_view(by="sam", containing="We do not say “cheap” (line 1).")
    await slack.submit(form, {"draft": SAID}, by="sam")
    draft = await slack.wait_for_message(channel="mentions", containing="Not to be posted yet", thread_of=card)
    assert "Saved all the same: " in words_of(draft)
    assert slack.view("sam") is None
    await desk.shows(card, f"A draft by <@{sam}> waits for approval")

    # Approved by who may, and told to its author.
    await slack.click("Approve", on=draft, by="maya")
    refused = await slack.wait_for_ephemeral(to="maya", containing="may approve what we say")
    assert f"<@{finn}>" in words_of(refused)
    await slack.click("Approve", on=draft, by="finn")
    await desk.shows(draft, "✅ *Approved*", "post it there yourself")
    await desk.shows(card, without="waits for approval")
    await slack.wait_for_message(channel=slack.im("sam"), containing="approved your draft")

    # Posted by Sam, found by the bot.
    sams.add("Re: history", SAID, link=f"{thread}/2", author="sam_of_tidewiki")
    await desk.looked_at(sams)
    await desk.shows(card, f"✅ <@{sam}>", "(seen at the source)")
    await desk.shows(draft, f"✅ Said by <@{sam}>, approved by <@{finn}>")
    assert desk.rows("SELECT text, written_by, approved_by, seen FROM said_in_public") == [(SAID, sam, finn, 1)]


async def test_what_was_said_before_and_what_another_writes_stand_beside_a_draft(desk: Desk, start, street):
    slack, forum = desk.slack, street.feed("forum")
    sam = slack.user("sam")
    forum.add(QUESTION, "Every history tab is empty.", link="https://forum.example/t/1", author="pat")
    await desk.watch(forum.url)
    await start()
    first = await claimed(desk, QUESTION, by="sam")
    await write(desk, first, SAID, by="sam")
    await slack.click("We answered…", on=slack.current(first), by="sam")
    form = await slack.wait_for_view(by="sam", containing=QUESTION)
    await slack.submit(form, {"link": "https://forum.example/t/1/2"}, by="sam")
    await desk.shows(first, f"✅ <@{sam}>")

    # What we said in public is kept, and shown to whoever answers the next question of this person.
    code, everything = await run_program(desk, "export", "--conversation", "1")
    assert (code, [each["text"] for each in json.loads(everything)[0]["said_in_public"]]) == (0, [SAID])
    forum.add("Can Tidewiki merge two histories?", "After a restore.", link="https://forum.example/t/2", author="pat")
    second = await claimed(desk, "Can Tidewiki merge two histories?", by="maya")
    await slack.click("Write with the voice guide…", on=second, by="maya")
    form = await slack.wait_for_view(by="maya", containing="Write a reply")
    assert "*What we said to them before*" in words_of(form)
    assert "*Replies that went well*" in words_of(form)
    assert words_of(form).count(SAID[:40]) == 2

    # Another has a draft there by then: told of when it is saved, and from then on in every form.
    await write(desk, second, "It merges them by date.", by="priya")
    await slack.submit(form, {"draft": "It cannot."}, by="maya")
    form = await slack.wait_for_view(by="maya", containing="has a draft here since")
    assert "“It merges them by date.”" in words_of(form)
    await slack.submit(form, {"draft": "It cannot, I fear."}, by="maya")
    await slack.wait_for_message(channel="mentions", containing="It cannot, I fear.", thread_of=second)


async def claimed(desk: Desk, title: str, *, by: str):
    """Have somebody promise the reply to what has this title, and return its card."""
    card = await desk.card(title)
    await desk.slack.click("Interact", on=card, by=by)
    await desk.slack.click("I'll reply", on=await desk.shows(card, "nobody has it yet"), by=by)
    return await desk.shows(card, "Write with the voice guide…")


async def write(desk: Desk, card, words: str, *, by: str) -> None:
    """Write a draft in the thread of a card."""
    await desk.slack.click("Write with the voice guide…", on=desk.slack.current(card), by=by)
    form = await desk.slack.wait_for_view(by=by, containing="Write a reply")
    await desk.slack.submit(form, {"draft": words}, by=by)
    await desk.slack.wait_for_message(channel="mentions", containing=words, thread_of=card)
