"""What the digest, the status, set-up and the refusals say."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import digest_samples
import place_samples
import pytest
import view_samples as sample

from engagement.conversations.press import Act, Outdated, Past
from engagement.digest.week import Week
from engagement.listening.places import Hearing, Sources
from engagement.understanding.reading import Tag
from engagement.watch import Outcome
from handlers.views.calm.brake import draw_brake
from handlers.views.conversations.answer import LINK, answered_modal
from handlers.views.digest.digest import draw_digest
from handlers.views.help import draw_help
from handlers.views.listening import setup, watch
from handlers.views.listening.sources import draw_sources
from handlers.views.refusals import DEEDS, say_failed, say_gone, say_who_was_first
from handlers.views.status import draw_status


def said(message):
    return json.dumps(message.blocks, ensure_ascii=False)


def rows_of(message):
    return [block for block in message.blocks if block["type"] == "section" and block["text"]["text"].startswith("*")]


# ---- digest --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "days"),
    [(9, "16 to 22 November"), (23, "17 to 23 November")],
    ids=["in the morning the week before", "late in the evening with the day that ends"],
)
def test_a_digest_names_the_seven_days_of_which_it_tells_the_most(hour, days):
    ends_at = datetime(2026, 11, 23, hour, 30, tzinfo=UTC)
    digest = digest_samples.a_digest(starts_at=ends_at - timedelta(days=7), ends_at=ends_at, zone="UTC")

    assert f"  ·  {days}  ·  as of" in said(draw_digest(digest))


def test_a_busy_digest_stays_readable():
    rows = tuple(digest_samples.a_waiting(number) for number in range(1, 6))
    message = draw_digest(
        digest_samples.a_digest(waiting=rows, more_waiting=8, oldest_more=sample.NOW - timedelta(days=9.5))
    )

    assert len(message.blocks) <= 18
    assert len(said(message)) < 6_000
    assert "and 8 more, longest waiting 9 days" in said(message)
    assert message.text.startswith("13 people are waiting for an answer. 46 mentions this week, 12 conv")


def test_a_free_row_can_be_taken_and_a_taken_one_names_its_owner():
    free, taken, _ = rows_of(draw_digest(digest_samples.a_digest()))[:3]

    assert free["accessory"]["action_id"] == "digest.claim"
    assert free["accessory"]["value"] == "1:2"
    assert taken["accessory"]["action_id"] == "reply.answered"
    assert "*<@U0SUPPORT> has it*, due" in taken["text"]["text"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"reply": sample.answered()}, "~ ✅ <@U0SUPPORT>, <!date"),
        ({"dismissed_by": "U0COMMUNITY"}, "~ *Not us*, <@U0COMMUNITY>"),
        ({"tag": Tag.LISTEN}, "~ ✓ *Listen*"),
    ],
)
def test_a_settled_row_is_struck_and_no_longer_counted(changes, expected):
    message = draw_digest(
        digest_samples.a_digest(waiting=(digest_samples.a_waiting(1, **changes), digest_samples.a_waiting(2)))
    )

    assert expected in rows_of(message)[0]["text"]["text"]
    assert message.text.startswith("1 person is waiting for an answer.")


def test_a_digest_whose_rows_are_all_settled_says_that_nobody_waits():
    message = draw_digest(digest_samples.a_digest(waiting=(digest_samples.a_waiting(1, reply=sample.answered()),)))

    assert message.text.startswith("Nobody is waiting for us.")


def test_each_row_says_whether_its_thread_could_be_looked_at():
    digest = digest_samples.a_checked_digest()

    rows = [block["text"]["text"].split("\n")[2:] for block in draw_digest(digest).blocks[2:5]]

    assert rows == [
        [],
        ["I could not look there: GitHub asks us to slow down (429)"],
        ["I cannot see all replies there, please look"],
    ]
    occasion = draw_digest(digest).blocks[1]["elements"][0]["text"]
    assert "checked at the source <!date^" in occasion
    assert "as of" not in occasion


def test_a_row_that_was_settled_since_needs_no_look():
    first, second, blog = digest_samples.a_checked_digest().waiting
    digest = replace(digest_samples.a_checked_digest(), waiting=(first, replace(second, reply=sample.answered()), blog))

    assert "could not look" not in str(draw_digest(digest).blocks)


def test_a_quiet_week_is_three_lines():
    message = draw_digest(digest_samples.a_quiet_digest())

    assert [block["type"] for block in message.blocks] == ["header", "section", "context"]
    assert message.text == (
        "Nobody is waiting for us. 4 conversations needed us, all answered, the slowest after 7 h. "
        "11 mentions, nothing left untagged."
    )


@pytest.mark.parametrize(
    ("week", "expected"),
    [
        (Week(mentions=1, untagged=1), "Nobody needed us. 1 mention, 1 not tagged yet."),
        (
            Week(mentions=2, needed_us=1, answered=1, slowest_answer_seconds=7200),
            "1 conversation needed us, answered after 2 h. 2 mentions, nothing left untagged.",
        ),
        (
            Week(mentions=5, needed_us=3, answered=2, answered_by_others=1),
            "3 conversations needed us: 2 answered by us, 1 by others. 5 mentions, nothing left untagged.",
        ),
        (Week(), "I heard no mention of us this week."),
    ],
)
def test_a_quiet_week_says_what_happened(week, expected):
    message = draw_digest(digest_samples.a_digest(waiting=(), week=week, hearing=Hearing(places=3, heard=3)))

    assert message.blocks[1]["text"]["text"] == expected


def test_silence_is_no_proof_when_most_places_were_not_heard():
    message = draw_digest(digest_samples.a_digest(waiting=(), hearing=Hearing(places=24, heard=2)))

    assert message.text.startswith("I heard too little to say who is waiting.")


def test_without_a_week_before_nothing_stands_in_brackets():
    assert "(last week" not in said(draw_digest(digest_samples.a_digest(week_before=Week())))


def test_a_thread_of_ours_in_which_people_had_no_word_back_is_named(golden):
    threads = (digest_samples.a_thread(), digest_samples.a_thread(title="", replies=1, without_word=1))
    message = draw_digest(digest_samples.a_digest(our_threads=threads))

    golden("digest-our-threads", message)
    sample.assert_slack_takes(message)
    assert "which-editor/9|Which editor do you use?> got 7 replies, 2 without a word from us." in said(message)
    assert "|A post without a title> got 1 reply, and no word from us." in said(message)
    assert "nobody took it up" not in said(message)
    quiet = draw_digest(replace(digest_samples.a_quiet_digest(), our_threads=threads[:1]))
    assert [block["type"] for block in quiet.blocks] == ["header", "section", "context", "context"]


def test_threads_of_ours_that_nobody_took_up_are_one_line():
    message = draw_digest(digest_samples.a_digest(our_threads=digest_samples.silent_threads()))

    assert "We began, nobody took it up: <https://" in said(message)
    assert "|Show HN: Tidewiki 0.9, a wiki for one small server> and <https://" in said(message)
    assert "We asked" not in said(message)


# ---- brake ---------------------------------------------------------------------------------------------------------


def test_the_brake_carries_the_version_it_was_drawn_from():
    accessory = draw_brake(sample.a_brake(version=3)).blocks[0]["accessory"]

    assert (accessory["action_id"], accessory["value"]) == ("brake.show_all", "2:3")


def test_a_released_brake_is_one_line_without_a_button():
    message = draw_brake(sample.a_brake(released_by="U0SUPPORT", released_at=sample.NOW))

    assert len(message.blocks) == 1
    assert "32 shown by <@U0SUPPORT>, <!date" in said(message)
    assert "button" not in said(message)


def test_the_digest_says_how_much_the_noise_lists_left_out():
    lines = said(draw_digest(digest_samples.a_digest(left_out=12)))

    assert "12 left out by your noise lists this week: my Home lists them under *Settings*" in lines
    assert "noise lists" not in said(draw_digest(digest_samples.a_digest()))


# ---- status --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [digest_samples.a_status(), digest_samples.a_nasty_status()])
def test_the_status_is_at_most_ten_lines_and_begins_with_the_verdict(status):
    told = replace(status, left_out=7)
    lines = draw_status(told, command="/ears", unread=["Tidewiki"]).blocks[0]["text"]["text"].split("\n")

    assert len(lines) <= 10
    assert "places heard within the hour*" in lines[0]


@pytest.mark.parametrize(
    "status", [digest_samples.a_status(watches=()), digest_samples.a_status(hearing=Hearing(places=0, heard=0))]
)
def test_where_nothing_is_set_up_the_status_says_what_to_do(status):
    assert "`/hear watch add`" in draw_status(status, command="/hear").text


def test_sick_places_come_first_and_what_does_not_fit_is_counted():
    places = [place_samples.a_place(name=f"place {number}") for number in range(200)]
    sick = place_samples.a_place(name="sick", failures=1, last_error="it answers 500")
    message = draw_sources(Sources(places=(*places, sick)), command="/ears")

    assert message.text == "201 places, 1 not heard at the last try"
    assert "⚠️ *<" in message.blocks[1]["text"]["text"].split("\n")[0]
    assert "more" in message.blocks[-2]["elements"][0]["text"]


def test_unknown_words_are_named_and_followed_by_help():
    message = draw_help("/ears", "dance <!channel>")

    assert message.text == "I do not know `/ears dance &lt;!channel&gt;`."
    assert "`/ears digest`" in said(message)


# ---- set-up --------------------------------------------------------------------------------------------------------


def test_the_form_asks_for_the_outcome_and_three_lists_of_words_and_remembers_the_channel():
    view = setup.start_modal("C0MENTIONS", command="/ears")

    assert json.loads(view["private_metadata"]) == {"channel": "C0MENTIONS"}
    assert view["callback_id"] == "setup.submit"
    fields = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
    assert list(fields) == [watch.OUTCOME, watch.NAMES, watch.EXCLUDED, watch.NEAR, watch.SITE]
    assert all(block["element"]["action_id"] == name for name, block in fields.items())
    assert [name for name, block in fields.items() if block.get("optional")] == [watch.EXCLUDED, watch.NEAR, watch.SITE]
    assert {one["value"] for one in fields[watch.OUTCOME]["element"]["options"]} == set(Outcome)


def test_a_result_without_a_place_to_look_at_promises_no_look():
    view = setup.nothing_heard_modal(sample.a_watch(), place_samples.places_tried()[4:5], None)

    assert "Next look" not in json.dumps(view)


def test_a_channel_is_told_of_a_few_silent_places_and_the_number_of_the_rest():
    silent = [replace(place_samples.places_tried()[3], name=f"place {number}") for number in range(9)]
    message = setup.draw_started(sample.a_watch(), place_samples.places_tried()[:1], silent, sample.NOW)

    assert "place 4: the server asks us to slow down (429); 4 more." in said(message)


def test_the_answer_form_brings_back_where_it_was_opened():
    view = answered_modal("A title", "3:4", channel_id="C1")

    assert json.loads(view["private_metadata"]) == {"value": "3:4", "channel": "C1"}
    assert view["callback_id"] == "reply.answered_submit"
    assert view["blocks"][1]["block_id"] == view["blocks"][1]["element"]["action_id"] == LINK


# ---- refusals ------------------------------------------------------------------------------------------------------


def test_who_comes_second_reads_who_was_first():
    first = Past(act=Act.INTERACT, by="U0COMMUNITY", at=sample.TAGGED)
    outdated = Outdated(conversation=sample.tagged(Tag.INTERACT), first=first)

    assert say_who_was_first(outdated, presser="U2").startswith("<@U0COMMUNITY> tagged this *Interact* <!date^")
    assert say_who_was_first(outdated, presser="U0COMMUNITY").startswith("You tagged this *Interact*")


def test_who_wants_to_reply_as_well_reads_who_has_it():
    first = Past(act=Act.REACT, by="U0COMMUNITY", at=sample.TAGGED)
    outdated = Outdated(conversation=sample.tagged(Tag.REACT, sample.claimed()), first=first)

    assert say_who_was_first(outdated, presser="U2").startswith("<@U0SUPPORT> has had this one since <!date^")


def test_a_card_that_came_back_by_itself_says_why():
    first = Past(act=Act.ASKED_AGAIN, by="", at=sample.TAGGED)
    outdated = Outdated(conversation=sample.a_conversation(), first=first)

    assert say_who_was_first(outdated, presser="U2").startswith("They asked again <!date^")


def test_a_press_that_a_later_post_made_needless_hears_of_that_post():
    outdated = Outdated(conversation=sample.a_conversation(), first=Past(act=Act.US, by="", at=sample.TAGGED))

    assert say_who_was_first(outdated, presser="U2").startswith("A later post showed that it is about us <!date^")


def test_a_silent_history_still_gets_a_sentence():
    outdated = Outdated(conversation=sample.a_conversation(), first=None)

    assert "press again" in say_who_was_first(outdated, presser="U2")


def test_every_act_has_words_and_every_failure_a_reference():
    assert set(DEEDS) == set(Act)
    assert "`a1b2`" in say_failed("a1b2")
    assert say_gone().endswith(".")
