import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.enumerations import is_one_of_many

NAMES = ("Tidewiki", "@tidewiki")


@pytest.mark.parametrize(
    "words",
    [
        "first week at the museum: badge, keys, tidewiki, and three kinds of tea",
        "Moving day! Boxes, plants, @tidewiki and the cat",
        "What is on the shelf: Obsidian, Logseq, a Tidewiki server under the stairs",
        "What we do: audits, backups, Tidewiki hosting",
        "A choir on nothing (Tidewiki, SQLite, Postgres)",
        "Tidewiki, Obsidian or Logseq",
        "tea, Tidewiki & rain",
        "#introduction I like bread, boats, and Tidewiki",
    ],
)
def test_a_name_among_other_things_is_one_of_many(words):
    assert is_one_of_many(words, NAMES)


@pytest.mark.parametrize(
    "words",
    [
        "Tidewiki is fast, small and cheap",
        "Slow, loud, and Tidewiki never answers",
        "Tidewiki, Caddy",
        "Tidewiki and tea and rain",
        "Pens, paper, ink. My evening with Tidewiki",
        "Red, green, blue: three themes of Tidewiki",
        "For years a shoe box full of paper slips stood there, now Tidewiki, and peace",
        "Boxes, plants, and the cat",
        "tea, rain, and I wonder why Tidewiki is gone",
        "",
    ],
    ids=[
        "said of it",
        "said behind it",
        "two",
        "no commas",
        "before",
        "elsewhere",
        "a story",
        "not named",
        "at the end",
        "nothing",
    ],
)
def test_who_says_something_of_a_name_does_not_count_up(words):
    assert not is_one_of_many(words, NAMES)


@given(words=st.text(max_size=200), name=st.text(max_size=10))
def test_any_text_and_name_have_an_answer(words, name):
    assert is_one_of_many(words, (name,)) in {True, False}


@pytest.mark.parametrize("piece", ["Tidewiki, ", "a, ", "Tidewiki. ", "( ", " and "])
def test_no_text_takes_long(piece):
    began = time.process_time()

    is_one_of_many(f"{piece * 60}Tidewiki", NAMES)

    assert time.process_time() - began < 0.2
