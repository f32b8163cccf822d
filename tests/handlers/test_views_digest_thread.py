"""The messages in the thread of the digest, as they stand in tests/data/views."""

from dataclasses import replace
from datetime import timedelta

import details_samples
import pytest
import view_samples as sample

from engagement.digest.details import Details, Part
from engagement.digest.figures import Figures, Moods, Pace
from engagement.listening.places import Hearing
from engagement.understanding.reading import Kind
from handlers.views.digest.thread import draw_part, draw_parts
from handlers.views.long_lists import fitting

DETAILS = details_samples.some_details()
NASTY = details_samples.nasty_details()


def said(message):
    return "\n".join(
        block["text"]["text"] if "text" in block else block["elements"][0]["text"] for block in message.blocks
    )


@pytest.mark.parametrize("part", Part, ids=lambda part: part.name.lower())
def test_every_message_of_the_thread_looks_as_agreed_and_slack_takes_it(part, golden):
    message = draw_part(DETAILS, part)

    golden(f"digest-thread-{part.name.lower()}", message)
    sample.assert_slack_takes(message)


@pytest.mark.parametrize("part", Part, ids=lambda part: part.name.lower())
def test_the_nastiest_data_pings_nobody_and_fits_into_one_message(part, golden):
    message = draw_part(NASTY, part)

    golden(f"digest-thread-{part.name.lower()}-nasty", message)
    sample.assert_slack_takes(message)
    assert "<!channel>" not in said(message)
    assert "<@U0HACKED>" not in said(message)
    assert "<https://evil.example" not in said(message)
    assert len(said(message)) < 11_000


def test_what_does_not_fit_is_counted():
    rows = draw_part(NASTY, Part.UNTAGGED).blocks

    shown = sum(block["text"]["text"].count("❓") for block in rows if block["type"] == "section")
    assert rows[-1]["elements"][0]["text"] == f"and {1_234 - shown:,} more"


def test_an_answer_says_who_wrote_and_who_approved_it():
    approved = details_samples.an_answered(by="U0SUPPORT", written_by="U0COMMUNITY", approved_by="U0FOUNDER")
    own = details_samples.an_answered(by="U0SUPPORT", written_by="U0SUPPORT")

    told = said(draw_part(replace(DETAILS, answered=(approved, own)), Part.ANSWERED))

    assert told.count("written by <@U0COMMUNITY>") == told.count("written by") == 1
    assert told.count("approved by <@U0FOUNDER>") == told.count("approved by") == 1


def test_a_part_with_nothing_to_say_is_no_message():
    empty = Details(as_of=DETAILS.as_of, hearing=Hearing(places=3, heard=3))

    assert [draw_part(empty, part) for part in Part] == [None] * len(Part)
    assert draw_parts(empty) == []
    assert len(draw_parts(DETAILS)) == len(Part)


def test_answers_stand_in_their_order_and_name_no_fastest():
    message = draw_part(DETAILS, Part.ANSWERED)

    assert said(message).index("upgrade path") < said(message).index("umlauts")
    assert not any(word in said(message).lower() for word in ("fastest", "slowest", "best", "rank"))


def test_one_untagged_is_not_all_of_them():
    message = draw_part(replace(DETAILS, untagged=DETAILS.untagged[:1], all_untagged=1), Part.UNTAGGED)

    assert message.text == "1 conversation not tagged yet"


def test_only_praise_to_thank_needs_no_word_of_others():
    message = draw_part(replace(DETAILS, by_others=()), Part.THANKS)

    assert "answered for us" not in said(message)
    assert "Kind.PRAISE" not in said(message)
    assert "💚" in said(message)
    assert DETAILS.praise[0].line.kind is Kind.PRAISE


def test_of_twenty_hits_and_more_it_is_a_share():
    noise = (replace(DETAILS.noise[0], hits=40, not_us=18),)

    assert "45 % of 40 (3 of 12) were not us" in said(draw_part(replace(DETAILS, noise=noise), Part.PLACES))
    assert "9 of 15 (3 of 12) were not us" in said(draw_part(DETAILS, Part.PLACES))


def test_an_answer_older_than_its_question_took_no_time():
    odd = replace(DETAILS.answered[0], answered_at=DETAILS.answered[0].asked_at - timedelta(days=3))

    assert "after less than a minute" in said(draw_part(replace(DETAILS, answered=(odd,)), Part.ANSWERED))


def test_lines_that_fill_a_message_leave_the_rest_out():
    assert len(fitting(["x" * 3_000] * 4)) == 2


def figures(**changes):
    return said(draw_part(replace(DETAILS, **changes), Part.FIGURES))


def test_of_fewer_than_twenty_it_is_a_count_and_of_more_a_share():
    assert "Answered by us: 12 of 17 (58 % of 24)" in figures()


def test_without_a_week_before_nothing_stands_in_brackets():
    words = figures(figures_before=Figures())

    assert "(" not in words
    assert "brackets" not in words


def test_of_one_answer_nobody_says_half():
    once = replace(DETAILS.figures, first_reply=Pace(count=1, half_within_seconds=5_640))

    assert "A first reply: 1 h 34 min, 1 answer (8)" in figures(figures=once)


def test_what_did_not_happen_is_left_out():
    words = figures(figures=Figures(mentions=3, moods=Moods(bad=1, unsure=2)))

    assert "How fast" not in words
    assert "Answered by us" not in words
    assert draw_part(replace(DETAILS, figures=Figures(mentions=3, needed_us=1)), Part.FIGURES) is None


def test_the_way_to_the_form_of_a_noisy_watch_stands_beside_its_words():
    other = replace(DETAILS.noise[0], watch="Tidepool", watch_id=7)
    message = draw_part(replace(DETAILS, noise=(*DETAILS.noise, other)), Part.PLACES)

    buttons = [block["accessory"] for block in message.blocks if "accessory" in block]
    assert [(each["action_id"], each["value"]) for each in buttons] == [("watch.edit", "1"), ("watch.edit", "7")]
