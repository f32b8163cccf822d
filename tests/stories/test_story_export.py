"""The mentions of some days, taken out: privately in Slack, and as a file from the command line."""

import csv
import io
import json

from bots import Desk, run_program

from sandbox.pressing import words_of

DANGEROUS = '=HYPERLINK("https://evil.example") ```<!channel>``` Tidewiki'


def parts(desk: Desk, user: str):
    """Return the texts that stand in code blocks of somebody's conversation with the bot."""
    for message in desk.slack.messages(desk.slack.im(user)):
        for block in message.get("blocks") or []:
            if block["type"] == "rich_text":
                yield block["elements"][0]["elements"][0]["text"]


async def ask(desk: Desk, text: str, containing: str):
    await desk.slack.command(text, by="finn", channel="mentions")
    return await desk.slack.wait_for_ephemeral(to="finn", containing=containing, seconds=30)


async def test_mentions_come_to_whoever_asked_and_to_nobody_else(desk: Desk, start, street):
    talk = street.feed("talk")
    await desk.watch(talk.url)
    await start()
    await desk.looked_at(talk)
    talk.add("Does Tidewiki export?", "As a table, perhaps.", author="kim")
    talk.add(DANGEROUS, "+1", author="@mallory")
    card = await desk.card("Does Tidewiki export?")
    await desk.slack.click("Interact", on=card, by="maya")

    answer = await ask(desk, "/ears export csv today", "our direct messages")

    assert "2 mentions" in words_of(answer)
    [text] = parts(desk, "finn")
    rows = {row["title"].removeprefix("'"): row for row in csv.DictReader(io.StringIO(text))}
    kept = desk.rows(
        "SELECT post.title, post.author, post.url, mention.kind FROM mention JOIN post ON post.id = post_id"
    )
    assert {(title, row["author"].removeprefix("'"), row["url"], row["kind"]) for title, row in rows.items()} == {*kept}
    assert rows["Does Tidewiki export?"]["tag"] == "interact"
    assert rows[DANGEROUS]["title"][0] == "'"
    assert rows[DANGEROUS]["text"] == "'+1"
    for other in ("maya", "sam"):
        assert not list(parts(desk, other))
    assert not desk.slack.messages("mentions", containing="noticed,written")

    await desk.slack.command("/ears export json today", by="finn", channel="mentions")
    _, text = await desk.until(lambda: len(found := list(parts(desk, "finn"))) == 2 and found)
    assert [row["title"] for row in json.loads(text)] == [*rows]
    await desk.slack.command("/ears export conversation 1", by="finn", channel="mentions")
    text = await desk.until(lambda: len(found := list(parts(desk, "finn"))) == 3 and found[-1])
    [whole] = json.loads(text)
    assert [(line["act"], line["actor"]) for line in whole["history"]] == [("interact", "U0MAYA")]


async def test_more_than_a_message_holds_comes_in_parts_that_are_whole_files(desk: Desk, start, street):
    talk = street.feed("talk")
    await desk.watch(talk.url)
    await start()
    await desk.looked_at(talk)
    for number in range(14):
        talk.add(f"Tidewiki, part {number}", "A long story about it. " * 60)
    await desk.until(lambda: desk.rows("SELECT COUNT(*) FROM mention") == [(14,)])

    answer = await ask(desk, "/ears export csv today", "in <http")

    assert "14 mentions" in words_of(answer)
    texts = list(parts(desk, "finn"))
    assert len(texts) == 2
    read = [row["title"] for text in texts for row in csv.DictReader(io.StringIO(text))]
    assert sorted(read) == sorted(title for (title,) in desk.rows("SELECT title FROM post"))
    [start_of_thread] = desk.slack.messages(desk.slack.im("finn"), containing="14 mentions")
    assert len(desk.slack.replies(start_of_thread)) == 2


async def test_what_cannot_be_exported_is_answered_with_what_can(desk: Desk, start, street):
    await desk.watch(street.feed("talk").url)
    await start()

    for wrong in ("", " xml last week", " csv soon", " csv 2026-13"):
        assert "`/ears export csv last week`" in words_of(await ask(desk, f"/ears export{wrong}", "takes csv or json"))
    assert "Nobody wrote about you" in words_of(
        await ask(desk, "/ears export csv 2019", "from 2019-01-01 to 2019-12-31")
    )


async def test_an_export_that_slack_does_not_take_says_so(desk: Desk, start, street):
    talk = street.feed("talk")
    await desk.watch(talk.url)
    talk.add("Does Tidewiki export?")
    await start()
    await desk.card("Does Tidewiki export?")
    await desk.until(lambda: desk.rows("SELECT COUNT(*) FROM message WHERE state <> 'sent'") == [(0,)])

    desk.slack.faults.add("chat.postMessage", "server_error")

    assert "0 of 1 part only" in words_of(await ask(desk, "/ears export csv today", "I could send"))
    assert list(parts(desk, "finn")) == []


async def test_the_command_line_writes_everything_into_a_file(desk: Desk, start, street):
    talk = street.feed("talk")
    await desk.watch(talk.url)
    talk.add("Does Tidewiki export?", author="kim")
    await start()
    await desk.card("Does Tidewiki export?")

    code, text = await run_program(desk, "export", "--format", "csv", "--range", "today")
    assert code == 0
    assert [row["title"] for row in csv.DictReader(io.StringIO(text))] == ["Does Tidewiki export?"]
    code, text = await run_program(desk, "export", "--format", "json")
    assert (code, [row["author"] for row in json.loads(text)]) == (0, ["kim"])
    code, text = await run_program(desk, "export", "--format", "csv", "--range", "soon")
    assert code == 1
    assert '"soon" is no range of days' in text
    code, text = await run_program(desk, "export", "--range", "today")
    assert code == 2
