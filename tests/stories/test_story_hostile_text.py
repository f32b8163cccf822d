"""What strangers write: it never pings, never breaks a card, never leads anywhere but to the web."""

import json
import re

import pytest
from bots import Desk
from feed_street import saying

from sandbox.pressing import words_of

# Everything Slack would act on in mrkdwn; what we put there ourselves is allowed.
TOKEN = re.compile(r"<[^<>]*>")
OURS = re.compile(r"<(https?://[^|>\s]+(\|[^<>]*)?|@U0(MAYA|SAM)|#C0\w+|!date\^\d+\^[^<>]+)>")

NASTY = {
    "markup": "<b>Does</b> <script>alert(1)</script> Tidewiki <i>render</i>?",
    "escaped markup": "&lt;!channel&gt; &lt;b&gt;does&lt;/b&gt; Tidewiki &amp;lt;!here&amp;gt; escape?",
    "a ping": "<!channel> <!here> <@U0MAYA> does Tidewiki ping? <https://evil.example|Tidewiki> <!subteam^S1>|x>",
    "formatting": "*Does* Tidewiki _italic_ ~strike~ `code` ```fence``` > quote? *unclosed _Tide `x",
    "direction": "Does Tidewiki \u202egnihtyna esrever\u2067\u05d0 \u0645? \u0007\x0b\u2028\ufeff\U000e0041",
    "length": "Does Tidewiki hold " + "a very long title " * 600 + "?",
    "one word": "Tidewiki" + "x" * 5000 + " Tidewiki?",
    "entities": "Does Tidewiki " + "<&>" * 800 + "\U0001f469\u200d\U0001f469\u200d\U0001f467" * 300 + "?",
    "our own button": "does Tidewiki say 1:1? two-ears-1 <!date^0^{date}|x>",
}
AUTHORS = ["<!channel>", "@here", "x" * 3000, "\u202eevil", "*bold* `a`", ""]


def actions_of(message: dict) -> list[str]:
    """Return whatever Slack would act on that is not ours."""
    texts = _texts(message.get("blocks") or [])
    return [token for text in [*texts, message["text"]] for token in TOKEN.findall(text) if not OURS.fullmatch(token)]


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [value["text"]] if value.get("type") == "mrkdwn" else []
        return own + [text for one in value.values() for text in _texts(one)]
    return [text for one in value for text in _texts(one)] if isinstance(value, list) else []


def feed_of(posts: list[dict]) -> str:
    """A JSON Feed carries text as it is."""
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "<!channel>", "items": posts})


@pytest.fixture
async def busy(desk: Desk, start, street):
    """A place where all of it was written, and a bot that lets it out."""
    slack, nasty = desk.slack, street.feed("nasty")
    posts = []
    for number, text in enumerate(NASTY.values()):
        author = AUTHORS[number % len(AUTHORS)]
        written = {"id": f"https://nasty.example/{number}", "url": f"https://nasty.example/posts/{number}"}
        posts.append(written | {"title": text, "content_text": f"{text}\n\n{text}", "authors": [{"name": author}]})
    posts[0]["url"] = "javascript:alert('Tidewiki')"
    posts[1]["url"] = "https://nasty.example/<!channel>|x> *y* `z`"
    posts[2]["url"] = "data:text/html,<b>"
    nasty.answer = saying(feed_of([]), kind="application/feed+json")
    await desk.watch(nasty.url, community="<!channel> & *friends*")
    await start()
    await desk.until(lambda: nasty.asked)
    await desk.looked_at(nasty)
    nasty.answer = saying(feed_of(posts), kind="application/feed+json")
    await desk.until(lambda: len(desk.cards()) == len(NASTY), seconds=40, what=f"{len(NASTY)} cards")
    return slack


async def test_hostile_text_neither_pings_nor_breaks_anything_in_any_state(desk: Desk, busy):
    cards = desk.cards()
    assert [actions_of(card) for card in cards] == [[]] * len(cards)
    assert all(len(json.dumps(card["blocks"])) < 11_000 for card in cards)
    raw = json.dumps(cards)
    assert not [word for word in ("javascript:", "data:text", "\\u202e") if word in raw]

    for command, words in (("digest", "waiting"), ("status", "waiting"), ("sources", "1 place")):
        await busy.command(f"/ears {command}", by="sam", channel="mentions")
        assert actions_of(await busy.wait_for_ephemeral(to="sam", containing=words)) == []

    for card, press in zip(cards[:6], ("Listen", "React", "Not us") * 2, strict=True):
        await busy.click(press, on=card, by="maya", patience=1)
        assert actions_of(await desk.shows(card, "<@U0MAYA>")) == []
    for card in cards:
        await answer(desk, card)
    assert [actions_of(card) for card in desk.cards()] == [[]] * len(cards)


async def answer(desk: Desk, card: dict) -> None:
    """Take a card, whatever its state, all the way to an answer."""
    slack, now = desk.slack, desk.slack.current(card)
    if "<@U0MAYA>" in words_of(now):
        await slack.click("Undo", on=now, by="maya", patience=1)
        now = await desk.shows(card, "Suggested:")
    await slack.click("Interact", on=now, by="maya", patience=1)
    tagged = await desk.shows(card, "✓ *Interact* by <@U0MAYA>")
    await slack.click("I'll reply", on=tagged, by="sam", patience=1)
    claimed = await desk.shows(card, "<@U0SAM> replies")
    assert actions_of(claimed) == []

    form = (await slack.click("We answered…", on=claimed, by="sam")).views[0]
    assert actions_of({"text": "", "blocks": form["blocks"]}) == []
    wrong = await slack.submit(form, {"link": "javascript:alert(1)"}, by="sam")
    assert not wrong.ok
    await slack.submit(slack.view("sam"), {"link": "https://nasty.example/a?b=1|<!channel>"}, by="sam")
    await desk.shows(card, "✅ <@U0SAM>")
