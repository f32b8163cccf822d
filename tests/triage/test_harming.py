"""What we do to people, told without an angry word; what others do, and what does nobody harm, is none of it."""

import time

import builders
import pytest
from posts import a_post

from engagement.understanding.reading import Kind, Tag
from triage.read import read

WATCH = builders.a_watch(name="Tidewiki", handles=("@tide_team",))


@pytest.mark.parametrize(
    "text",
    [
        "Tidewiki shared our members' home addresses with a printer",
        "Tidewiki banned me for one joke",
        "The new Tidewiki plans penalise everybody who writes on trains",
        "Tidewiki's search cost me a whole evening",
        "How a Tidewiki import cost us a choir weekend",
        "@tide_team closed my account on exam day",
        "Tidewiki tracks which pages my pupils open",
        "Tidewiki switched on summaries for all pages",
        "Per page? Tidewiki punishes people who write",
    ],
)
def test_what_we_do_to_people_is_a_complaint(text):
    reading = read(a_post(text), WATCH)

    assert (reading.kind, reading.suggested) == (Kind.COMPLAINT, Tag.REACT)


@pytest.mark.parametrize(
    "text",
    [
        "Tidewiki charges us less than paper did",
        "Tidewiki cost us a third of that",
        "Tidewiki lets you share your data",
        "Tidewiki is quiet, so I blocked my calendar",
        "Our bank locked our account, Tidewiki has the minutes",
        "Tidewiki banned me by mistake, how do I reach a person?",
    ],
)
def test_what_harms_nobody_or_asks_is_no_complaint(text):
    assert read(a_post(text), WATCH).kind is not Kind.COMPLAINT


@pytest.mark.parametrize("piece", ["Tidewiki a ", "Tidewiki shares our a ", "Tidewiki cost "])
def test_a_text_that_only_begins_so_takes_no_time(piece):
    read(a_post("to make ready"), WATCH)
    began = time.process_time()

    read(a_post(piece * 500), WATCH)

    assert time.process_time() - began < 1
