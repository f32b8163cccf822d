"""The forms of the two shortcuts, and what they say; Slack takes them with the longest links and names there are."""

import json

import pytest
import view_samples as sample

from engagement.conversations.by_hand import Linked, Talk, post_of
from engagement.conversations.conversation import Reply
from engagement.understanding.reading import Kind, Pillar, Tag
from handlers.conversations.bringing import chosen_watch
from handlers.conversations.in_person import read_day, read_follow_up, read_kind
from handlers.conversations.tracking import read_links
from handlers.payload import BadPayloadError
from handlers.views.conversations.by_hand import (
    CARRIED_LENGTH,
    done_modal,
    say_logged,
    say_no_link,
    say_nothing_watched,
    say_tracked,
    talk_modal,
    track_modal,
)
from handlers.views.conversations.card import draw_card
from sandbox.blockkit import validate_view

LONG = sample.NASTY * 40
CARD = "https://tidewiki.slack.com/archives/C0MENTIONS/p1"
LINKS = [Linked(url="https://one.example/a", label="The first"), Linked(url="https://two.example/b?x=1", label="")]
BOTH = [sample.a_watch(), sample.a_watch(id=2, name="BookStack")]
VIEWS = {
    "track": track_modal(LINKS, "Have you seen these?", BOTH),
    "track-one-watch": track_modal(LINKS, "", BOTH[:1]),
    "talk": talk_modal(BOTH),
    "talk-one-watch": talk_modal(BOTH[:1]),
    "tracked": done_modal("Track this", say_tracked("C0MENTIONS", CARD, is_new=True)),
    "tracked-before": done_modal("Track this", say_tracked("C0MENTIONS", CARD, is_new=False)),
    "tracked-soon": done_modal("Track this", say_tracked("C0MENTIONS", "", is_new=True)),
    "logged": done_modal("Log a talk in person", say_logged("C0MENTIONS", CARD)),
    "logged-soon": done_modal("Log a talk in person", say_logged("C0MENTIONS", "")),
    "nothing-watched": done_modal("Log a talk in person", say_nothing_watched("/ears")),
}
NASTY_LINKS = [Linked(url=f"https://x.example/{number}/" + "ä&" * 980, label='"' * 100) for number in range(20)]
NASTY_WATCHES = [sample.a_watch(id=number, name=LONG) for number in range(150)]


TALK = post_of(
    Talk(who="Ada Lovelace", where="FOSDEM", said="Would switch if it kept history."), key="k", at=sample.NOW
)
MET = sample.a_mention(TALK, kind=Kind.WISH, pillar=Pillar.IN_PERSON, suggested=Tag.LISTEN, reason="we were there")
CARDS = {
    "talk-new": sample.a_card(opening=MET, times_seen=2),
    "talk-claimed": sample.a_card(sample.tagged(Tag.INTERACT, sample.claimed()), MET),
    "talk-listened": sample.a_card(sample.tagged(Tag.LISTEN, Reply()), MET),
    "talk-answered": sample.a_card(sample.tagged(Tag.INTERACT, sample.answered(answer_url="")), MET),
}


@pytest.mark.parametrize("name", CARDS)
def test_the_card_of_a_talk_needs_no_address(name, golden):
    drawn = draw_card(CARDS[name], names=sample.NAMES)

    golden(f"by-hand-card-{name}", drawn)
    sample.assert_slack_takes(drawn)
    assert "<|" not in json.dumps(drawn.blocks)


def test_somebody_who_is_met_again_is_known():
    assert "2nd time we meet them" in json.dumps(draw_card(CARDS["talk-new"]).blocks)


@pytest.mark.parametrize("name", VIEWS)
def test_every_form_looks_as_agreed_and_slack_takes_it(name, golden):
    golden(f"by-hand-{name}", VIEWS[name])
    assert validate_view(VIEWS[name]) == []


def test_a_message_without_a_link_is_told_what_it_needs(golden):
    golden("by-hand-no-link", say_no_link())
    sample.assert_slack_takes(say_no_link())


@pytest.mark.parametrize(
    "view",
    [track_modal(NASTY_LINKS, LONG, NASTY_WATCHES), track_modal(LINKS * 40, LONG, BOTH), talk_modal(NASTY_WATCHES)],
)
def test_slack_takes_forms_of_the_nastiest_data(view):
    assert validate_view(view) == []
    assert len(view["private_metadata"]) <= CARRIED_LENGTH


def test_a_form_gives_back_the_links_it_offered():
    view = track_modal(LINKS, "Have you seen these?", BOTH)

    assert read_links({"view": view}) == (LINKS, "Have you seen these?")


@pytest.mark.parametrize("carried", ["", "[]", "{}", '{"links": 1, "words": ""}', '{"links": [["a"]], "words": ""}'])
def test_a_form_that_is_not_ours_is_refused(carried):
    with pytest.raises(BadPayloadError):
        read_links({"view": {"private_metadata": carried}})


def form(name, **field):
    return {"view": {"state": {"values": {name: {name: field}}}}}


@pytest.mark.parametrize(
    ("read", "body"),
    [
        (read_kind, form("kind", selected_option={"value": "spam"})),
        (read_kind, form("kind")),
        (read_follow_up, form("next", selected_option={"value": "team"})),
        (read_follow_up, form("next", selected_option={"value": ""})),
        (read_day, form("by", selected_date="soon")),
        (lambda body: chosen_watch(body, BOTH), form("watch", selected_option={"value": "3"})),
        (lambda body: chosen_watch(body, BOTH), form("watch", selected_option={"value": "x"})),
        (lambda body: chosen_watch(body, BOTH), form("watch")),
        (lambda body: chosen_watch(body, []), form("watch")),
    ],
)
def test_what_no_form_of_ours_offers_is_refused(read, body):
    with pytest.raises(BadPayloadError):
        read(body)


def test_the_only_watch_needs_no_choice():
    assert chosen_watch(form("watch"), BOTH[:1]) == BOTH[0]
    assert chosen_watch(form("watch", selected_option={"value": "2"}), BOTH) == BOTH[1]
    assert read_day(form("by")) is None


def test_options_are_told_apart_by_number_not_by_address():
    view = track_modal(LINKS, "", BOTH)
    options = view["blocks"][0]["element"]["options"]

    assert [each["value"] for each in options] == ["0", "1"]
    assert [each["text"]["text"] for each in options] == ["The first", "two.example/b?x=1"]
    assert json.loads(view["private_metadata"])["links"][1][0] == "https://two.example/b?x=1"
