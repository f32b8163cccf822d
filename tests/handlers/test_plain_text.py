from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import digest_samples

from handlers.plain_text import in_plain_text
from handlers.views.blocks import Message, actions, button, divider, section
from handlers.views.digest import draw_digest
from handlers.views.mrkdwn import link, when

BERLIN = ZoneInfo("Europe/Berlin")


def test_links_dates_and_buttons_can_be_read_on_a_terminal():
    at = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    body = f"{link('https://c.example/1', 'R&D')} due {when(at)}"
    message = Message(text="", blocks=[section(body), divider(), actions(button("Undo", "u", "1:1"))])

    lines = in_plain_text(message, zone=BERLIN).splitlines()

    assert lines[0] == "R&D (https://c.example/1) due Sun 22 Nov 09:00"
    assert set(lines[1]) == {"-"}
    assert lines[2] == "[Undo]"


def test_the_digest_keeps_every_block():
    message = draw_digest(digest_samples.a_digest())

    text = in_plain_text(message, zone=BERLIN)

    assert "waiting for an answer" in text
    assert "[I'll reply]" in text
    assert "<" not in text
