"""What a later post of a thread says: thanks, a question, or what a program writes."""

import pytest
from posts import a_post

from engagement.understanding.reading import Saying
from triage.saying import THANKS_AT_MOST, saying_of


def says(text):
    return saying_of(a_post(text, parent_key="hn:1"))


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!",
        "Thank you so much, that fixed it.",
        "That did the trick, cheers.",
        "Works now, thank you @bob!",
        "Thanks, that fixed the crash.",
        "Perfect, that was the problem.",
        "This solved my problem. Never would have found that myself.",
    ],
)
def test_who_was_helped_says_so_in_few_words(text):
    assert says(text) is Saying.THANKS


@pytest.mark.parametrize(
    ("text", "saying"),
    [
        ("Thanks, I'll try it tonight.", Saying.NOTHING),
        ("Thanks in advance!", Saying.NOTHING),
        ("No thanks.", Saying.NOTHING),
        ("Thanks for nothing", Saying.ASKS),
        ("Not solved.", Saying.NOTHING),
        ("Thanks, but it still crashes.", Saying.ASKS),
        ("Thank you, that helped a lot. And how do I export it", Saying.ASKS),
        ("Thanks, would love to see that in the manual.", Saying.ASKS),
        ("Thanks! " + "And then we moved all of it. " * (THANKS_AT_MOST // 20), Saying.NOTHING),
    ],
)
def test_thanks_that_go_on_are_none(text, saying):
    assert says(text) is saying


@pytest.mark.parametrize(
    "text", ["Which version are you on?", "It still crashes after the update.", "Please add an option for that."]
)
def test_who_wants_something_asks(text):
    assert says(text) is Saying.ASKS


@pytest.mark.parametrize(
    "text",
    [
        "I am a bot, and this action was performed automatically. Can I help you?",
        "This issue has been automatically marked as stale. Is it still relevant?",
        "Out of office: I am back on Monday, thanks.",
    ],
)
def test_what_a_program_says_is_automatic_whatever_it_asks(text):
    assert says(text) is Saying.AUTOMATIC


def test_what_says_nothing_says_nothing():
    assert says("Same over here.") is Saying.NOTHING
    assert says("") is Saying.NOTHING
