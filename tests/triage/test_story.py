import pytest
from hypothesis import given
from hypothesis import strategies as st
from posts import a_post

from engagement.conversations.stories import Beside, Sameness
from triage.story import alike, bare_address, bare_title, beside, likeness, marks_of, sameness_of_titles

RELEASE = "Tidewiki 4.2 brings a new editor and faster search"


@pytest.mark.parametrize(
    ("other", "sameness"),
    [
        (RELEASE, Sameness.SAME),
        (f"Show HN: {RELEASE}", Sameness.SAME),
        (f"[News] {RELEASE.upper()}!", Sameness.SAME),
        ("Tidewiki 4.2 brings new editor, faster search", Sameness.SAME),
        ("Tidewiki 4.2 is out: new editor, faster search", Sameness.PERHAPS),
        ("Tidewiki 4.1 brings a new importer and faster export", Sameness.DIFFERENT),
        ("Tidewiki 4.3 brings a new editor and faster search", Sameness.DIFFERENT),
        ("Tidewiki 4 brings a new editor and faster search", Sameness.DIFFERENT),
        ("Tidewiki 4.4 brings a new editor and faster search", Sameness.DIFFERENT),
        ("Tidewiki 4.2.1 brings a new editor and faster search", Sameness.DIFFERENT),
        ("Tidewiki v4.2 brings a new editor and faster search", Sameness.SAME),
        ("Tidewiki", Sameness.DIFFERENT),
        ("Which wiki do you host at home?", Sameness.DIFFERENT),
        ("", Sameness.DIFFERENT),
    ],
)
def test_headlines_tell_the_same_story_when_only_their_dress_differs(other, sameness):
    assert sameness_of_titles(RELEASE, other) is sameness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fire kills eight in Porto, 20 hurt", "Fire kills eight in Porto, 35 hurt"),
        ("Harbour stocks close higher on Monday", "Harbour stocks close lower on Friday"),
    ],
)
def test_a_number_or_a_day_of_its_own_is_never_surely_the_same(one, other):
    assert sameness_of_titles(one, other) is not Sameness.SAME
    assert sameness_of_titles(one, f"Breaking: {one}!") is Sameness.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tidewiki 4.2 is secure after all, audit says", "Tidewiki 4.2 is not secure after all, audit says"),
        ("Tidewiki can be trusted with passwords", "Tidewiki can\u2019t be trusted with passwords"),
        ("Tidewiki can be trusted with passwords", "Tidewiki cant be trusted with passwords"),
        ("Tidewiki was acquired by Harbour for 20 million", "Harbour denies Tidewiki was acquired for 20 million"),
        ("Tidewiki leaked the passwords of rowing clubs", "Hoax: Tidewiki leaked the passwords of rowing clubs"),
        ("No patch yet: Tidewiki is safe to host", "No patch yet: Tidewiki is not safe to host"),
    ],
)
def test_a_headline_and_its_denial_are_never_surely_the_same(one, other):
    assert sameness_of_titles(one, other) is Sameness.PERHAPS
    assert sameness_of_titles(other, one) is Sameness.PERHAPS
    assert sameness_of_titles(other, f"Breaking: {other}!") is Sameness.SAME


@pytest.mark.parametrize("mark", ["…", " ..."])
def test_a_headline_that_is_cut_off_before_its_not_denies_nothing(mark):
    whole = "Tidewiki says that its editor and its faster search do not work offline"
    cut = whole.partition(" do not")[0]

    assert sameness_of_titles(f"{cut}{mark}", whole) is Sameness.SAME
    assert sameness_of_titles(whole, cut) is Sameness.PERHAPS


@pytest.mark.parametrize("few", ["Great app", "Tidewiki", "Tidewiki review", "What is it"])
def test_a_headline_of_few_words_tells_nothing(few):
    assert sameness_of_titles(few, few) is Sameness.DIFFERENT
    assert not marks_of(a_post(title=few, url="")).exact


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fire kills eight in Porto, 20 hurt", "Fire kills eight in Porto, 35 hurt"),
        ("Harbour stocks close higher on Monday", "Harbour stocks close lower on Friday"),
    ],
)
def test_a_number_or_a_day_makes_another_story_less_likely(one, other):
    assert likeness(one, other) < likeness(one, f"{one} again")


@pytest.mark.parametrize(
    ("one", "other", "sameness"),
    [
        (
            a_post(title="A wiki", url="https://www.c.example/a/?utm_source=x#top", community="Hacker News"),
            a_post(title="Look at this", url="http://c.example/a"),
            Sameness.SAME,
        ),
        (
            a_post(title="I like it", url="https://apps.example/tidewiki#1"),
            a_post(title="So do I", url="https://apps.example/tidewiki#2"),
            Sameness.DIFFERENT,
        ),
        (
            a_post(title="A wiki", url="https://c.example/", community="Hacker News"),
            a_post(title="Look at this", url="https://c.example"),
            Sameness.DIFFERENT,
        ),
        (
            a_post("Same words", url="https://c.example/1"),
            a_post("Same words", url="https://c.example/2"),
            Sameness.DIFFERENT,
        ),
        (
            a_post(title=RELEASE, url="https://c.example/1"),
            a_post(title=RELEASE, url="https://d.example/1", author="sam"),
            Sameness.SAME,
        ),
        (a_post(title="x", url="https://[broken"), a_post(title="y", url="https://[broken"), Sameness.DIFFERENT),
    ],
    ids=["one address", "reviews", "a front page", "talk has no title", "one title", "no address at all"],
)
def test_posts_are_compared_by_address_then_by_title(one, other, sameness):
    assert alike(one, other).sameness is sameness
    assert alike(other, one).sameness is sameness


@pytest.mark.parametrize(
    ("author", "title", "sameness"),
    [
        ("pat", RELEASE, Sameness.DIFFERENT),
        ("sam", RELEASE, Sameness.SAME),
        ("", RELEASE, Sameness.DIFFERENT),
        ("", f"{RELEASE} - The Gazette", Sameness.SAME),
    ],
    ids=["the same person", "somebody else", "nobody, word for word", "nobody, in another paper"],
)
def test_in_one_community_a_headline_that_comes_again_is_a_copy_only_of_others(author, title, sameness):
    first = a_post(title=RELEASE, url="https://c.example/1", author="pat" if author else "")

    assert alike(a_post(title=title, url="https://c.example/2", author=author), first).sameness is sameness


def test_what_an_address_asks_for_counts_unless_it_only_tracks():
    assert bare_address("https://c.example/item?id=1") != bare_address("https://c.example/item?id=2")
    assert bare_address("https://c.example/item?id=1&utm_campaign=a") == bare_address("http://c.example/item?id=1")


@given(one=st.text(max_size=80), other=st.text(max_size=80))
def test_likeness_is_the_same_both_ways_and_whole_for_a_copy(one, other):
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert likeness(one, one) in (0, 1)
    assert bool(likeness(one, one)) == bool(bare_title(one))


WORDS = (
    "tidewiki",
    "editor",
    "faster",
    "search",
    "release",
    "harbour",
    "bergen",
    "importer",
    "4",
    "monday",
    "the",
    "of",
)
headlines = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)


@given(one=headlines, other=headlines)
def test_what_may_be_the_same_story_is_found_by_its_marks(one, other):
    first, second = marks_of(a_post(title=one, url="https://a.example/1")), marks_of(a_post(title=other))
    shares_exact = bool(set(first.exact) & set(second.exact))
    shared_words = set(first.words) & set(second.words)
    if sameness_of_titles(one, other) is not Sameness.DIFFERENT:
        assert shares_exact or len(shared_words) >= 2


def test_marks_say_nothing_of_the_words():
    marks = marks_of(a_post(title=RELEASE, url="https://a.example/1"))

    assert all(set(mark) <= set("0123456789abcdef") for mark in (*marks.exact, *marks.words))
    assert len(marks.exact) == 2


@pytest.mark.parametrize(
    ("text", "before", "said"),
    [
        ("", "", Beside.NOTHING),
        ("Article https://a.example/1 comments https://b.example/2 3 points", "", Beside.NOTHING),
        (
            "It has " + "a new editor that everybody asked for " * 3,
            "It has a new editor that everybody asked for.",
            Beside.THE_SAME,
        ),
        ("We moved our whole rowing club over last week and nobody has asked for help since then.", "", Beside.ITS_OWN),
        ("Die Seite ist nach der Anmeldung leer, und ich komme nicht weiter", "", Beside.UNREAD),
    ],
    ids=["nothing", "addresses", "what was said before", "words of their own", "another language"],
)
def test_a_copy_repeats_what_was_said_or_says_something_of_its_own(text, before, said):
    first = a_post(before, title=RELEASE, url="https://a.example/1")
    later = a_post(text, title=RELEASE, author="sam")

    assert beside(later, first) is said
