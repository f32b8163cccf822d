"""The links of a Slack message: found wherever they stand, each once, and none that leads back into Slack."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.conversations.by_hand import Linked
from handlers.conversations.message_links import LINKS_AT_MOST, links_in, words_in

A, B = "https://one.example/a", "https://two.example/b?x=1&y=2"


@pytest.mark.parametrize(
    ("message", "links"),
    [
        ({"text": f"see <{A}> and <{B.replace('&', '&amp;')}|the &lt;second&gt;>"}, [(A, ""), (B, "the <second>")]),
        ({"text": f"<{A}|one.example/a> again <{A}/>, <http://one.example/a?utm_source=x>"}, [(A, "")]),
        ({"text": "<@U1> <#C1|general> <!here> <mailto:a@b.example|a> <https://x.slack.com/archives/C1/p1>"}, []),
        ({"text": f"no link: {A}"}, []),
        ({"text": "", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": f"*<{A}|A>*"}}]}, [(A, "A")]),
        (
            {"blocks": [{"type": "rich_text", "elements": [{"elements": [{"type": "link", "url": A, "text": "A"}]}]}]},
            [(A, "A")],
        ),
        (
            {"blocks": [{"type": "actions", "elements": [{"type": "button", "url": A, "text": {"text": "x"}}]}]},
            [(A, "")],
        ),
        ({"text": "", "attachments": [{"from_url": A, "title": "A"}, {"title_link": B}]}, [(A, "A"), (B, "")]),
        ({"text": None, "blocks": None, "attachments": ["odd", None]}, []),
        ({}, []),
        ({"text": f"<https://x.example/{'a' * 5_000}>"}, []),
    ],
)
def test_links_are_found_wherever_they_stand(message, links):
    assert links_in(message) == [Linked(url=url, label=label) for url, label in links]


def test_a_message_of_very_many_links_offers_the_first():
    assert len(links_in({"text": " ".join(f"<https://x.example/{number}>" for number in range(99))})) == LINKS_AT_MOST


def test_the_words_are_what_people_read_beside_the_links():
    assert words_in({"text": f"<@U1> they &amp; we &lt;3\n <{A}|this>  a lot"}) == "they & we <3 a lot"
    assert words_in({}) == ""


@given(
    st.text(), st.recursive(st.text() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_no_message_is_a_fault(text, blocks):
    assert all(link.url.startswith("http") for link in links_in({"text": text, "blocks": blocks}))
    assert isinstance(words_in({"text": text}), str)
