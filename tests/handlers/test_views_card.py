"""What a card says and offers in each state."""

import re

import pytest
import view_samples as sample
from hypothesis import given
from hypothesis import strategies as st

from engagement.conversation import Reply, ReplyState
from engagement.reading import Kind, Pillar, Tag
from handlers.views.blocks import with_block_id
from handlers.views.card import draw_card
from handlers.views.note import draw_note
from handlers.views.quoting import excerpt
from handlers.views.words import KIND_EMOJI, KIND_NAME, PILLAR_WORDS, TAG_NAME
from sandbox.blockkit import elements_of, validate_message

OURS = re.compile(r"<(?:https?://[^<>|\s]+\|[^<>|]*|!date\^\d+\^[^<>|]+\|[^<>|]+|@[A-Z0-9]+)>")
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
            part["text"] for part in (block.get("text"), *block.get("elements", [])) if part and "style" not in part
        ]
    return "\n".join(text if isinstance(text, str) else text["text"] for text in texts)


def shown(message):
    """Return the words a reader sees."""
    read = re.sub(r"<[^<>|]*\|([^<>]*)>", r"\1", words_of(message))
    return read.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@pytest.mark.parametrize(
    ("conversation", "expected"),
    [
        (sample.a_conversation(), ["mention.listen", "mention.interact", "mention.react", "mention.not_us"]),
        (sample.tagged(Tag.INTERACT), ["reply.claim", "mention.react", "reply.answered", "mention.undo"]),
        (sample.tagged(Tag.REACT), ["reply.claim", "reply.answered", "mention.undo"]),
        (sample.tagged(Tag.LISTEN), ["reply.claim", "reply.answered", "mention.undo"]),
        (sample.tagged(Tag.INTERACT, sample.claimed()), ["reply.answered", "reply.hand_back", "mention.react"]),
        (sample.tagged(Tag.REACT, sample.claimed()), ["reply.answered", "reply.hand_back"]),
        (sample.tagged(Tag.INTERACT, sample.answered()), ["reply.reopen"]),
        (sample.tagged(Tag.LISTEN, Reply()), ["mention.undo"]),
        (sample.tagged(Tag.REACT, Reply()), ["mention.undo"]),
        (sample.a_conversation(dismissed_by="U1"), ["mention.undo"]),
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
        "not us",
    ],
)
def test_a_card_offers_what_can_be_done_now(conversation, expected):
    message = draw_card(sample.a_card(conversation))

    assert offers(message) == expected
    values = {one["value"] for block in message.blocks for one in elements_of(block)}
    assert values == {"3:4"}


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
        sample.tagged(Tag.REACT, Reply()),
        sample.a_conversation(dismissed_by="U1"),
    )
    assert all(len(draw_card(sample.a_card(one, more=7)).blocks) <= 2 for one in finished)


def test_a_phone_says_what_and_where():
    message = draw_card(sample.a_card())

    assert message.text == "Question on r/selfhosted: Does Tidewiki keep page history after a restore?"


def test_react_says_that_the_reply_is_still_owed():
    assert "*the reply is still owed*, due" in words_of(draw_card(sample.a_card(sample.tagged(Tag.REACT))))


def test_react_to_praise_asks_what_would_be_more_of_it():
    praise = sample.a_mention(kind=Kind.PRAISE)

    assert "what would be more of it?" in words_of(draw_card(sample.a_card(sample.tagged(Tag.REACT, Reply()), praise)))


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


@given(st.text(max_size=400), st.text(max_size=400), st.text(max_size=400), st.lists(st.text(max_size=10), max_size=3))
def test_whatever_a_post_says_slack_takes_the_card_and_only_our_links_are_in_it(title, text, author, names):
    mention = sample.a_mention(sample.a_post(title=title, text=text, author=author, community=author), reason=text)
    for message in (draw_card(sample.a_card(opening=mention), names=names), draw_note(mention, names=names)):
        assert validate_message({"text": message.text, "blocks": message.blocks}) == []
        assert "<" not in OURS.sub("", words_of(message))
        assert "<" not in message.text
