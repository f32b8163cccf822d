from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import digest_samples

from handlers.sending.plain_text import in_plain_text
from handlers.views.blocks import Message, actions, button, divider, section
from handlers.views.digest.digest import draw_digest
from handlers.views.digest.marked_up import Reader
from handlers.views.mrkdwn import link, user, when

READER = Reader(zone=ZoneInfo("Europe/Berlin"), names={"U0SAM": "Sam <3"})


def test_links_dates_and_buttons_can_be_read_on_a_terminal():
    at = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    body = f"{link('https://c.example/1', 'R&D')} due {when(at)}"
    message = Message(text="", blocks=[section(body), divider(), actions(button("Undo", "u", "1:1"))])

    lines = in_plain_text(message, READER).splitlines()

    assert lines[0] == "R&D (https://c.example/1) due Sun 22 Nov 09:00"
    assert set(lines[1]) == {"-"}
    assert lines[2] == "[Undo]"


def test_people_are_called_by_their_names_and_a_day_has_no_hour():
    at = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    said = f"{user('U0SAM')} {when(at, 'answered {date_short}', 'https://c.example/2')}, {user('U0KIM')} too"

    lines = in_plain_text(Message(text="", blocks=[section(said)]), READER).splitlines()

    assert lines == ["@Sam <3 answered Sun 22 Nov (https://c.example/2), @U0KIM too"]


def test_the_digest_keeps_every_block():
    message = draw_digest(digest_samples.a_digest())

    text = in_plain_text(message, READER)

    assert "waiting for an answer" in text
    assert "[I'll reply]" in text
    assert "<" not in text
