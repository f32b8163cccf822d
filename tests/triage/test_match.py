import re
import sys
import tracemalloc
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from posts import a_post

from engagement.post import Post
from engagement.watch import Terms
from triage.match import Match, Matcher
from triage.terms import TermFinder, normalise

WORDS = st.text(alphabet="abcdefgßéøжλ0123456789", min_size=1, max_size=8)
GAPS = st.text(alphabet=" \t\n\u00a0\u2003", min_size=1, max_size=3)
ANY_TEXT = st.text(max_size=60)
# What folds, composes, disappears or joins in odd ways, over-represented.
ODD = (
    "\u00df\u017f\u03a3\u03c2\u0130\u0131\u13ef\uab7f\uff21\uff4b\u212a\u2126\u0149\ufb03\u1e9e\u0345\u0301\u0307"
    "\u200d\u200b\u00ad\ufeff\u2026\u00a0\u2019\u02bc\u2011\u3000\u1680\u2028\x85\x1c\t\n _-+.'aKk\u00c5\u0e01\u0e33"
    "\u1100\u1161\u11a8\uac00\uac01\u30ab\u3099\uff76\uff9e\U0001f468\U0001d400\U00020000"
)
ODD_TEXT = st.text(alphabet=st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=["Cs"])), max_size=30)
FEW = st.text(alphabet="ab \n\u00a0\u00e9\u6771.+", max_size=12)

STRAIGHT = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)
UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
    r"\u3005-\u3007\u3040-\u312f\u31a0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
WORD_CHARACTER = rf"[^\W{UNSPACED}]"


def normalised_step_by_step(text: str) -> str:
    """The whole definition, with no short cut; `normalise` must give the same."""
    folded = unicodedata.normalize("NFKC", text).translate(STRAIGHT).casefold()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", folded).casefold()).translate(STRAIGHT)


def pattern_of(term: str) -> re.Pattern[str] | None:
    """One regular expression a term: what a term means, as plainly as it can be said."""
    words = normalised_step_by_step(term).split()
    if not words:
        return None
    before = rf"(?<!{WORD_CHARACTER})" if re.match(WORD_CHARACTER, words[0][0]) else ""
    after = rf"(?!{WORD_CHARACTER})" if re.match(WORD_CHARACTER, words[-1][-1]) else ""
    return re.compile(before + r"\s+".join(map(re.escape, words)) + after)


def matches_one_by_one(watches: dict[int, Terms], post: Post) -> list[Match]:
    """Every term of every watch searched on its own."""
    parts = [normalised_step_by_step(part) for part in (post.title, post.text)]

    def stands(term: str) -> bool:
        pattern = pattern_of(term)
        return pattern is not None and any(pattern.search(part) for part in parts)

    found = []
    for watch_id, terms in watches.items():
        name = next((name for name in terms.names if stands(name)), None)
        if name is not None and not any(map(stands, terms.excluded)):
            found.append(Match(watch_id=watch_id, term=name))
    return found


def finds(text: str, *names: str, excluded: tuple[str, ...] = (), title: str = "") -> bool:
    return bool(Matcher({1: Terms(names=names, excluded=excluded)}).matches(a_post(text, title=title)))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("I run tidewiki at home", "Tidewiki"),
        ("TIDEWIKI!", "Tidewiki"),
        ("Tidewiki's editor", "Tidewiki"),
        ("(Tidewiki)", "Tidewiki"),
        ("#tidewiki", "Tidewiki"),
        ("the Tide\n  Wiki project", "tide wiki"),
        ("Tide\u00a0Wiki", "Tide Wiki"),
        ("we use C++ and Rust", "C++"),
        ("libraries for .NET", ".NET"),
        ("ASP.NET developers", ".NET"),
        ("cc @acme, thanks", "@acme"),
        ("O\u2019Reilly books", "O'Reilly"),
        ("Tide\u2011Wiki and Tide\u2013Wiki", "tide-wiki"),
        ("\uff34\uff29\uff24\uff25\uff37\uff29\uff2b\uff29", "tidewiki"),
        ("Tide\u200bwi\u00adki", "tidewiki"),
        ("cafe\u0301 owner", "Café"),
        ("die STRASSENKARTE", "Straßenkarte"),
        ("私は東京ウィキを使う", "東京ウィキ"),
        ("昨日Tidewikiを入れた", "Tidewiki"),
        ("타이드위키를 설치했다", "타이드위키"),
        ("ได้ลองไทด์วิกิแล้ว", "ไทด์วิกิ"),
        ("ΤΑΞΙΔΙΩΤΗΣ", "ταξιδιωτης"),
        ("R is fine", "r"),
    ],
)
def test_a_name_is_found_however_it_is_typed(text, term):
    assert finds(text, term)
    assert finds("", term, title=text)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("the tidewikis of Cornwall", "tidewiki"),
        ("a riptide warning", "tide"),
        ("tide_tables.csv", "tide"),
        ("tide2wiki", "tide"),
        ("@acmecorp", "@acme"),
        ("asp.networks", ".net"),
        ("libc++", "C++"),
        ("Tide, wiki", "tide wiki"),
        ("äTide", "tide"),
        ("Приветтайд", "тайд"),
        ("anything at all", ""),
        ("anything at all", " \u200b "),
    ],
)
def test_a_part_of_another_word_is_no_name(text, term):
    assert not finds(text, term)


def test_a_phrase_does_not_begin_in_the_title_and_end_in_the_text():
    assert not finds("wiki of mine", "tide wiki", title="High tide")


def test_one_excluded_word_in_title_or_text_takes_the_match_away():
    assert finds("Tide wiki of the coast", "tide wiki", excluded=("tide tables",))
    assert not finds("Tide wiki of the coast", "tide wiki", excluded=("tide tables",), title="Tide  Tables 2026")
    assert not finds("Tide wiki, with tide-tables", "tide wiki", excluded=("unused", "tide-tables"))


def test_each_watch_is_asked_and_named_with_its_own_spelling():
    matcher = Matcher(
        {
            7: Terms(names=("TideWiki Cloud", "TideWiki")),
            3: Terms(names=("BookStack",)),
            9: Terms(names=("tidewiki",), excluded=("cloud",)),
            4: Terms(names=()),
        }
    )

    assert matcher.matches(a_post("From tidewiki to BOOKSTACK")) == [
        Match(watch_id=7, term="TideWiki"),
        Match(watch_id=3, term="BookStack"),
        Match(watch_id=9, term="tidewiki"),
    ]
    assert matcher.matches(a_post("tidewiki cloud")) == [Match(watch_id=7, term="TideWiki Cloud")]
    assert matcher.matches(a_post("something else")) == []
    assert Matcher({}).matches(a_post("tidewiki")) == []


def test_a_text_of_many_near_misses_is_read_in_time_proportional_to_its_length():
    assert not finds("tide " * 50_000 + " " * 50_000, "tide " * 20 + "wiki")


def test_a_text_of_nothing_but_spaces_takes_no_more_memory_than_a_few_of_its_length():
    length = 500_000
    tracemalloc.start()
    try:
        found = TermFinder(["tide pool"]).find("tide", " " * length + "tide" + "\n" * length + "pool")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert len(found) == 1
    assert peak < 10 * length


@pytest.mark.parametrize("before", range(16_380, 16_388))
def test_two_spaces_are_one_wherever_in_a_long_text_they_stand(before):
    assert TermFinder(["tide pool"]).find("x" * (before - 5) + " tide  pool" + " x" * 20_000)


@given(text=ANY_TEXT)
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@given(text=ANY_TEXT, form=st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_the_form_in_which_a_text_is_encoded_does_not_matter(text, form):
    assert normalise(unicodedata.normalize(form, text)) == normalise(text)


@given(words=st.lists(WORDS, min_size=1, max_size=3), gap=GAPS, before=ANY_TEXT, after=ANY_TEXT)
def test_a_phrase_between_spaces_is_always_found(words, gap, before, after):
    assert finds(f"{before} {gap.join(words)} {after}", " ".join(words))


@given(word=WORDS, letter=st.sampled_from("azßéøж09_"))
def test_a_word_grown_by_a_letter_is_another_word(word, letter):
    assert not finds(f"{letter}{word}", word)
    assert not finds(f"{word}{letter}", word)


@given(word=WORDS, text=ANY_TEXT)
def test_what_is_excluded_is_never_a_match(word, text):
    assert not finds(f"{text} {word}", word, excluded=(word,))


@given(texts=st.lists(WORDS, max_size=6), terms=st.lists(st.tuples(WORDS, WORDS), max_size=5))
def test_many_watches_together_find_what_each_finds_alone(texts, terms):
    watches = {number: Terms(names=(name,), excluded=(no,)) for number, (name, no) in enumerate(terms)}
    post = a_post(" ".join(texts))

    together = Matcher(watches).matches(post)

    assert together == [match for number, of in watches.items() for match in Matcher({number: of}).matches(post)]


@given(term=ANY_TEXT, text=ANY_TEXT)
def test_no_term_and_no_text_is_too_odd(term, text):
    Matcher({1: Terms(names=(term,), excluded=(text,))}).matches(a_post(text, title=term))


@given(text=ODD_TEXT)
def test_the_short_cuts_of_normalising_change_nothing(text):
    assert normalise(text) == normalised_step_by_step(text)


def test_every_single_character_is_normalised_as_defined():
    everything = map(chr, range(sys.maxunicode + 1))
    characters = [c for c in everything if unicodedata.category(c) not in ("Cn", "Co", "Cs")]

    assert [c for c in characters if normalise(c) != normalised_step_by_step(c)] == []
    assert [c for c in characters if normalise(f"a{c}\u0301") != normalised_step_by_step(f"a{c}\u0301")] == []


@given(
    watches=st.dictionaries(
        st.integers(0, 9),
        st.builds(
            lambda names, excluded: Terms(names=tuple(names), excluded=tuple(excluded)),
            st.lists(FEW, max_size=4),
            st.lists(FEW, max_size=2),
        ),
        max_size=5,
    ),
    title=FEW,
    text=st.text(alphabet="ab \n\u00a0\u00e9\u6771.+", max_size=40),
)
def test_all_terms_at_once_find_what_one_expression_a_term_finds(watches, title, text):
    post = a_post(text, title=title)

    assert Matcher(watches).matches(post) == matches_one_by_one(watches, post)


@given(
    texts=st.lists(st.tuples(FEW, st.text(alphabet="ab \n\u00e9", max_size=8)), max_size=4),
    names=st.lists(FEW, min_size=1, max_size=3),
    excluded=st.lists(FEW, max_size=1),
)
def test_posts_looked_through_together_are_matched_as_each_is_alone(texts, names, excluded):
    matcher = Matcher({1: Terms(names=tuple(names), excluded=tuple(excluded)), 2: Terms(names=("ab",))})
    posts = [a_post(text, title=title) for title, text in texts]

    assert matcher.find_in(posts) == [(post, match) for post in posts for match in matcher.matches(post)]


def test_of_many_posts_those_are_found_that_somebody_is_named_in():
    posts = [a_post(f"{'Tidewiki' if number % 60 == 0 else 'wiki'} {number}") for number in range(130)]

    assert [post.text for post, _ in Matcher({1: Terms(names=("tidewiki",))}).find_in(posts)] == [
        "Tidewiki 0",
        "Tidewiki 60",
        "Tidewiki 120",
    ]


@given(term=ODD_TEXT, around=st.tuples(ODD_TEXT, ODD_TEXT), gap=st.sampled_from(["", " ", "\n", "x", "\u6771"]))
def test_odd_terms_among_odd_texts_are_found_as_one_expression_finds_them(term, around, gap):
    watches, post = {1: Terms(names=(term,))}, a_post(around[0] + gap + term + gap + around[1], title=around[1])

    assert Matcher(watches).matches(post) == matches_one_by_one(watches, post)


def test_half_a_character_breaks_nothing():
    assert finds("Tidewiki \ud83d!", "tidewiki")
    assert not finds("anything", "\ud83d tidewiki")


def test_terms_that_compare_equal_have_one_number_and_terms_of_nothing_none():
    finder = TermFinder(["Tide  Wiki", "tide wiki", " \u200b", "C++"])

    assert finder.numbers == (0, 0, None, 1)
    assert finder.find("The TIDE\nwiki", "in c++") == {0, 1}


@given(before=ODD_TEXT, between=ODD_TEXT, after=ODD_TEXT)
def test_places_are_counted_in_characters_of_the_text_that_is_searched(before, between, after):
    finder = TermFinder(["tide wiki", "\u6771", "wiki"])

    text, places = finder.places(f"{before} \u6771 {between}", f"Tide\nwiki {after}\u6771")

    assert {number for number, *_ in places} == {0, 1, 2}
    assert {text[start:end] for number, start, end in places if number == 0} == {"tide wiki"}
    assert {text[start:end] for number, start, end in places if number == 1} == {"\u6771"}
    assert all(text[start:end] == "wiki" for number, start, end in places if number == 2)


@pytest.mark.parametrize("count", [3, 3000], ids=["few", "more than have a table"])
def test_many_terms_are_found_as_few_are(count):
    finder = TermFinder([f"tidewiki {number}" for number in range(count)])

    assert finder.find("Tidewiki 1 and \u00e9 tidewiki\n 2, tidewiki 22222222") == {1, 2}
