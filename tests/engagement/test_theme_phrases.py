"""What could be a theme: phrases that several people use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.improvements.theme_phrases import PEOPLE_AT_LEAST, suggest

NAMES = ("Tidewiki", "tide wiki")


def suggested(*texts, known=(), limit=5, names=NAMES):
    said = [(("r/wikis", f"person {number}", 0), text) for number, text in enumerate(texts)]
    return [(each.phrase, each.people) for each in suggest(said, names=names, known=known, limit=limit)]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Lost history again", "my lost history", "LOST HISTORY!"], [("lost history", 3)]),
        (["lost history", "lost history"], []),
        (["I restored from the backup"] * 3, []),
        (["umlauts in search"] * 3, [("umlauts in search", 3)]),
        (["lost page history"] * 3, [("lost page history", 3)]),
        (["lost page history"] * 3 + ["page history"], [("page history", 4)]),
        (["Tidewiki search", "the tide wiki search", "search Tidewiki"], []),
        (["broken. Search"] * 3, []),
        (["version 12 and 0"] * 3, []),
        (["page history", "page\nhistory", "page history", "page   history"], [("page history", 3)]),
        (["Tidewiki search"] * 3, []),
        (["lost tide wiki history"] * 3, []),
        (["dark - mode's"] * 3, [("dark mode's", 3)]),
        (["plan b"] * 3, []),
        (["dark ui"] * 3, [("dark ui", 3)]),
        ([f"{'x' * 30} {'y' * 29}"] * 3, [(f"{'x' * 30} {'y' * 29}", 3)]),
        ([f"{'x' * 30} {'y' * 30}"] * 3, []),
        (["umlauts in search, pages in print"] * 3, [("pages in print", 3), ("umlauts in search", 3)]),
        (["dark mode is broken"] * 3, [("dark mode", 3)]),
        (["dark mode, page history"] * 3, [("dark mode", 3), ("page history", 3)]),
    ],
    ids=[
        "three people say it, in whatever case",
        "two are too few",
        "small words are no ends of a phrase",
        "and may stand within one",
        "of two that as many say the longer one",
        "else the one that more say",
        "our names are no themes, and end a phrase",
        "so does the end of a sentence",
        "numbers say nothing",
        "and a new line ends one, spaces do not",
        "our name is no part of a phrase",
        "nor is one of two words",
        "a dash is no word",
        "nor is a letter",
        "two letters are",
        "as long as a phrase may be",
        "and no longer",
        "two may share a small word",
        "one without a small word before a longer one",
        "each is another subject",
    ],
)
def test_what_several_people_say_is_suggested(texts, expected):
    assert suggested(*texts) == expected


def test_what_is_a_theme_already_is_not_suggested():
    texts = ["lost history, dark mode"] * 3

    assert suggested(*texts, known=["Lost History after restore"]) == [("dark mode", 3)]
    assert suggested(*texts, known=["lost", "mode"]) == []


def test_of_two_names_of_ours_the_longer_one_is_cut_out():
    assert suggested(*["tide wiki export"] * 3, names=["tide", "tide wiki"]) == []


@pytest.mark.parametrize("names", [[], ["", " "]], ids=["no names", "empty ones"])
def test_who_has_no_name_cuts_nothing_out(names):
    assert suggested(*["lost  history"] * 3, names=names) == [("lost history", 3)]


def test_no_more_are_suggested_than_asked_for():
    texts = ["dark mode, page history, printing margins"] * 3

    assert len(suggested(*texts, limit=2)) == 2


def test_one_person_says_it_once_however_often_they_write_it():
    said = [(("r/wikis", "pat", 0), "lost history")] * PEOPLE_AT_LEAST

    assert suggest(said, names=NAMES, limit=5) == []


words = st.sampled_from(["lost", "history", "dark", "mode", "the", "in", "Tidewiki", "12", ".", "\n"])
texts = st.lists(words, max_size=8).map(" ".join)
said = st.lists(st.tuples(st.tuples(st.just("r/wikis"), st.sampled_from("abcd"), st.just(0)), texts), max_size=12)


@given(said, st.randoms())
def test_the_order_does_not_matter_and_doubles_do_not_count(said, chance):
    mixed = [*said, *said]
    chance.shuffle(mixed)

    assert suggest(mixed, names=NAMES, limit=5) == suggest(said, names=NAMES, limit=5)


@given(st.lists(st.tuples(st.tuples(st.text(max_size=3), st.text(max_size=3), st.just(0)), st.text(max_size=40))))
def test_whatever_people_write_and_whatever_we_are_called_it_is_read(said):
    suggest(said, names=["", "(", "  ", "C++"], limit=5)
