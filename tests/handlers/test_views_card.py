"""What a card says and offers in each state."""

import re
from dataclasses import replace
from datetime import timedelta

import demand_samples
import pytest
import view_samples as sample
from hypothesis import given
from hypothesis import strategies as st

from engagement.calm.mute import MuteScope
from engagement.conversations.conversation import Answer, CountedFor, Reply, ReplyState
from engagement.conversations.press import Act, Past
from engagement.improvements.improvement import ImprovementState
from engagement.understanding.reading import Kind, Mood, Pillar, Tag
from handlers.views.blocks import with_block_id
from handlers.views.conversations.card import draw_card
from handlers.views.conversations.note import draw_note
from handlers.views.conversations.quoting import excerpt
from handlers.views.refusals import DEEDS, deed_of, say_cannot_be_put_off
from handlers.views.words import KIND_EMOJI, KIND_NAME, PILLAR_WORDS, TAG_NAME
from sandbox.blockkit import elements_of, validate_message

OURS = re.compile(r"<(?:https?://[^<>|\s]+\|[^<>|]*|!date\^\d+\^[^<>|]+\|[^<>|]+|@[A-Z0-9]+)>")
MORE = "mention.more"
CLAIMED = ["reply.write", "reply.answered", "reply.hand_back"]
IMPROVE = "improvement.choose"
DUE = ["reply.claim", "mention.react", "reply.answered", "mention.undo"]
OPEN_REPLY = Reply(state=ReplyState.OWED, due_at=sample.DUE)


def offers(message):
    """Return what one can press, in order."""
    return [button["action_id"] for block in message.blocks for button in elements_of(block)]


def primary(message):
    return [one["action_id"] for block in message.blocks for one in elements_of(block) if "style" in one]


def words_of(message):
    """Return every text of the blocks, as Slack gets it."""
    texts = []
    for block in message.blocks:
        texts += [
            part["text"]
            for part in (block.get("text"), *block.get("elements", []))
            if part and "style" not in part and "text" in part
        ]
    return "\n".join(text if isinstance(text, str) else text["text"] for text in texts)


def shown(message):
    """Return the words a reader sees."""
    read = re.sub(r"<[^<>|]*\|([^<>]*)>", r"\1", words_of(message))
    return read.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@pytest.mark.parametrize(
    ("conversation", "expected"),
    [
        (sample.a_conversation(), ["mention.listen", "mention.interact", "mention.react", "mention.not_us", MORE]),
        (sample.tagged(Tag.INTERACT), ["reply.claim", "mention.react", "reply.answered", "mention.undo", MORE]),
        (sample.tagged(Tag.REACT), ["reply.claim", IMPROVE, "reply.answered", "mention.undo", MORE]),
        (sample.tagged(Tag.LISTEN), ["reply.claim", "reply.answered", "mention.undo", MORE]),
        (sample.tagged(Tag.INTERACT, sample.claimed()), [*CLAIMED, "mention.react", MORE]),
        (sample.tagged(Tag.REACT, sample.claimed()), [*CLAIMED, IMPROVE, MORE]),
        (sample.tagged(Tag.INTERACT, sample.answered()), ["reply.reopen"]),
        (sample.tagged(Tag.LISTEN, Reply()), ["mention.undo"]),
        (sample.tagged(Tag.REACT, Reply()), [IMPROVE, "mention.undo"]),
        (sample.tagged(Tag.REACT, sample.answered()), ["reply.reopen", IMPROVE]),
        (sample.a_conversation(dismissed_by="U1"), ["mention.undo"]),
        (sample.a_conversation(snooze=sample.snoozed()), ["mention.wake"]),
        (sample.tagged(Tag.INTERACT, sample.claimed(), snooze=sample.snoozed()), ["mention.wake"]),
        (sample.tagged(Tag.INTERACT, snooze=sample.snoozed(back_at=sample.NOW)), [*DUE, MORE]),
        (sample.a_conversation(mute_id=3), ["mention.unmute"]),
    ],
    ids=[
        "new",
        "interact",
        "react with a reply owed",
        "listen with a reply still owed",
        "claimed",
        "claimed and reacted to",
        "answered",
        "listened",
        "react without a reply",
        "answered and reacted to",
        "not us",
        "snoozed",
        "promised and snoozed",
        "back from a snooze",
        "muted",
    ],
)
def test_a_card_offers_what_can_be_done_now(conversation, expected):
    message = draw_card(sample.a_card(conversation))

    assert offers(message) == expected
    buttons = [one for block in message.blocks for one in elements_of(block)]
    assert {one["value"] for one in buttons if one["type"] == "button"} == {"3:4"}


@pytest.mark.parametrize("tag", Tag)
def test_the_suggested_tag_is_the_primary_button(tag):
    message = draw_card(sample.a_card(opening=sample.a_mention(suggested=tag)))

    assert primary(message) == [f"mention.{tag}"]


def test_a_new_card_is_five_blocks_and_under_a_thousand_characters():
    message = draw_card(sample.a_card(times_seen=2, more=7, waiting=2), names=sample.NAMES)

    assert [block["type"] for block in message.blocks] == ["context", "section", "context", "context", "actions"]
    assert len(shown(message)) < 1_000


def test_finished_cards_shrink_to_two_lines():
    finished = (
        sample.tagged(Tag.INTERACT, sample.answered()),
        sample.tagged(Tag.LISTEN, Reply()),
        sample.tagged(Tag.REACT, Reply(), improvement_id=1),
        sample.tagged(Tag.REACT, sample.answered(), improvement_id=1),
        sample.a_conversation(dismissed_by="U1"),
        sample.a_conversation(snooze=sample.snoozed()),
        sample.a_conversation(mute_id=3),
    )
    shipped = CountedFor(improvement=demand_samples.an_improvement(ImprovementState.SHIPPED), people=6)
    cards = [sample.a_card(one, more=7, counted_for=shipped if one.improvement_id else None) for one in finished]
    assert all(len(draw_card(card).blocks) <= 2 for card in cards)


def test_a_phone_says_what_and_where():
    message = draw_card(sample.a_card())

    assert message.text == "Question on r/selfhosted: Does Tidewiki keep page history after a restore?"


def test_what_is_done_now_and_then_stands_in_a_menu_of_five():
    [menu] = [one for one in elements_of(draw_card(sample.a_card()).blocks[-1]) if one["type"] == "overflow"]

    assert [(one["text"]["text"], one["value"]) for one in menu["options"]] == [
        ("Assign…", "assign:3:4"),
        ("Snooze…", "snooze:3:4"),
        ("Correct this…", "correct:3:4"),
        ("Mute…", "mute:3:4"),
        ("History", "history:3:4"),
    ]


def test_a_person_who_was_answered_before_comes_with_who_did_and_when():
    known = sample.a_card(times_seen=2, answered_before=Answer(by="U0SUPPORT", at=sample.NOW))

    assert "2nd time they write about us, <@U0SUPPORT> answered on <!date^1795420800^{date_short}|" in words_of(
        draw_card(known)
    )


def test_a_reply_that_was_assigned_says_who_asked():
    reply = replace(sample.claimed(), assigned_by="U0FOUNDER")

    words = words_of(draw_card(sample.a_card(sample.tagged(Tag.INTERACT, reply))))
    assert "*<@U0SUPPORT> replies*, as <@U0FOUNDER> asked, due" in words


def test_a_snoozed_card_says_until_when_by_whom_and_why():
    conversation = sample.tagged(Tag.INTERACT, sample.claimed(), snooze=sample.snoozed())

    words = words_of(draw_card(sample.a_card(conversation)))
    assert ", by <@U0FOUNDER>: wait for 0.9.3  ·  *<@U0SUPPORT> replies*" in words
    assert "💤 until <!date^" in words


@pytest.mark.parametrize(
    ("back_at", "said"),
    [
        (sample.NOW + timedelta(days=3), "*Back, as <@U0FOUNDER> asked*: wait for 0.9.3"),
        (sample.NOW, "*, when <@U0FOUNDER> wanted it: wait for 0.9.3"),
    ],
    ids=["on time", "early"],
)
@pytest.mark.parametrize("reply", [None, OPEN_REPLY, sample.claimed()], ids=["new", "owed", "promised"])
def test_what_is_back_is_drawn_in_full_and_says_why(back_at, said, reply):
    facts = {"snooze": sample.snoozed(back_at=back_at)}
    conversation = sample.tagged(Tag.INTERACT, reply, **facts) if reply else sample.a_conversation(**facts)

    message = draw_card(sample.a_card(conversation))
    assert said in words_of(message)
    assert len(message.blocks) >= 4


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"scope": MuteScope.AUTHOR}, "all of u/paperless_pat in r/selfhosted, for good"),
        ({"scope": MuteScope.COMMUNITY, "until": sample.NOW}, "all of r/selfhosted, until <!date^"),
        ({"scope": MuteScope.CONVERSATION}, "this conversation, for good"),
    ],
)
def test_a_muted_card_says_what_is_muted_and_for_how_long(facts, said):
    card = sample.a_card(sample.a_conversation(mute_id=2), mute=sample.a_mute(**facts))

    assert f"🔇 muted by <@U0FOUNDER>: {said}" in words_of(draw_card(card))


def test_who_cannot_put_something_off_reads_why():
    assert say_cannot_be_put_off(sample.tagged(Tag.INTERACT, sample.claimed())).startswith("<@U0SUPPORT> has promised")
    assert say_cannot_be_put_off(sample.tagged(Tag.LISTEN, Reply())).startswith("Nothing is left to do here")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"by": "U1"}, "You fetched this back"),
        ({"by": "U2"}, "<@U2> fetched this back"),
        ({"by": ""}, "It came back"),
        ({"act": Act.ASKED_AGAIN, "by": ""}, "They asked again"),
        ({"act": Act.LISTEN, "by": ""}, "I tagged this *Listen*"),
    ],
)
def test_a_deed_says_who_did_it(facts, said):
    assert deed_of(Past(**({"act": Act.WAKE, "at": sample.NOW} | facts)), reader="U1") == said
    assert set(DEEDS) == set(Act)


def test_react_says_that_the_reply_is_still_owed():
    assert "*the reply is still owed*, due" in words_of(draw_card(sample.a_card(sample.tagged(Tag.REACT))))


def test_react_to_praise_asks_what_would_be_more_of_it():
    praise = sample.a_mention(kind=Kind.PRAISE)

    assert "what would be more of it?" in words_of(draw_card(sample.a_card(sample.tagged(Tag.REACT, Reply()), praise)))


def test_react_to_praise_of_a_theme_asks_what_would_be_more_of_that():
    card = sample.a_card(sample.tagged(Tag.REACT, Reply()), sample.a_mention(kind=Kind.PRAISE))

    assert "what would be more of Page templates?" in words_of(draw_card(replace(card, likes=("Page templates",))))


def test_an_answer_with_a_link_leads_to_it_and_one_without_does_not():
    with_link = words_of(
        draw_card(sample.a_card(sample.tagged(Tag.INTERACT, sample.answered(answer_url="https://a.example/1"))))
    )
    without = words_of(draw_card(sample.a_card(sample.tagged(Tag.INTERACT, sample.answered(answer_url="")))))

    assert "{time}^https://a.example/1|" in with_link
    assert "{time}|answered" in without
    assert "1 h 34 min after the question" in without


def test_an_answer_given_without_a_time_is_still_told():
    reply = Reply(state=ReplyState.ANSWERED, answered_by="U0SUPPORT")

    assert "✅ <@U0SUPPORT> answered" in words_of(draw_card(sample.a_card(sample.tagged(Tag.INTERACT, reply))))


def test_posts_from_before_we_came_are_marked_and_claim_nothing_about_replies():
    words = words_of(draw_card(sample.a_card(opening=sample.a_mention(before_start=True))))

    assert "from before I came" in words
    assert "no reply from us" not in words


def test_our_own_posts_are_not_called_their_second_time():
    ours = sample.a_mention(pillar=Pillar.PROVIDER_INITIATED)

    assert "2nd time" not in words_of(draw_card(sample.a_card(opening=ours, times_seen=2)))


def test_an_untitled_post_is_its_own_words_and_a_link():
    toot = sample.a_mention(sample.a_post(title="", text="Is Tidewiki down?"))

    assert "> Is *Tidewiki* down?\n<https" in words_of(draw_card(sample.a_card(opening=toot), names=sample.NAMES))


def test_a_post_that_says_nothing_can_still_be_opened():
    silent = sample.a_mention(sample.a_post(title="", text=""))

    assert "|A post without words>*" in words_of(draw_card(sample.a_card(opening=silent)))


def test_every_card_shows_its_kind_with_one_picture():
    for kind in Kind:
        words = words_of(draw_card(sample.a_card(opening=sample.a_mention(kind=kind))))
        assert f"{KIND_EMOJI[kind]} *{KIND_NAME[kind]}*" in words
    assert len(set(KIND_EMOJI.values())) == len(Kind)
    assert set(PILLAR_WORDS) == set(Pillar)
    assert set(TAG_NAME) == set(Tag)


def test_the_first_block_gets_the_callers_id_and_the_drawing_none():
    message = draw_card(sample.a_card())

    assert all("block_id" not in block for block in message.blocks)
    assert with_block_id(message, "message-17").blocks[0]["block_id"] == "message-17"


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Title", "Title", ""),
        ("Title", "TITLE - and more", "and more"),
        ("Ten libraries - The Courier", "Ten libraries  The Courier", ""),
        ("", "?!", "?!"),
        ("Cut off…", "Cut off in the title, not here", "in the title, not here"),
        ("Tide", "Tidewiki is fine", "*Tidewiki* is fine"),
        ("", "tidewiki  and\nTIDEWIKI", "*tidewiki* and *TIDEWIKI*"),
        ("", "Tidewikis are not it", "Tidewikis are not it"),
    ],
)
def test_an_excerpt_is_what_the_title_does_not_say(title, text, expected):
    assert excerpt(sample.a_post(title=title, text=text), sample.NAMES) == expected


def test_a_name_that_stands_late_is_brought_into_view():
    post = sample.a_post(title="", text="word " * 500 + "then Tidewiki, and so on")

    assert excerpt(post, sample.NAMES).startswith("… word")
    assert "then *Tidewiki*, and so on" in excerpt(post, sample.NAMES)


def test_a_name_inside_an_entity_is_left_alone():
    assert excerpt(sample.a_post(title="", text="amp & amp"), ["amp"]) == "*amp* &amp; *amp*"


def test_a_name_in_an_address_is_not_made_bold_and_the_first_three_others_are():
    text = "see https://tidewiki.example/tidewiki?a=tidewiki, Tidewiki, Tidewiki (Tidewiki) Tidewiki"
    said = "see https://tidewiki.example/tidewiki?a=tidewiki, *Tidewiki*, *Tidewiki* (*Tidewiki*) Tidewiki"

    assert excerpt(sample.a_post(title="", text=text), ["Tidewiki"]) == said


@given(st.text(max_size=400), st.text(max_size=400), st.text(max_size=400), st.lists(st.text(max_size=10), max_size=3))
def test_whatever_a_post_says_slack_takes_the_card_and_only_our_links_are_in_it(title, text, author, names):
    mention = sample.a_mention(sample.a_post(title=title, text=text, author=author, community=author), reason=text)
    for message in (draw_card(sample.a_card(opening=mention), names=names), draw_note(mention, names=names)):
        assert validate_message({"text": message.text, "blocks": message.blocks}) == []
        assert "<" not in OURS.sub("", words_of(message))
        assert "<" not in message.text


def test_a_mood_that_corrections_have_taught_says_so_and_stays_plain_text():
    learned = "“<!channel>” is good here, learned from 3 corrections"
    opening = sample.a_mention(mood=Mood.GOOD, mood_words=("<!channel>",), learned=learned)
    message = draw_card(sample.a_card(opening=opening))

    said = message.blocks[3]["elements"][0]["text"]
    assert "mood: good (“&lt;!channel&gt;” is good here, learned from 3 corrections)" in said
