import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.post import Post
from engagement.watch import Terms
from triage.match import Match, Matcher, normalise

WORDS = st.text(alphabet="abcdefgßéøжλ0123456789", min_size=1, max_size=8)
GAPS = st.text(alphabet=" \t\n\u00a0\u2003", min_size=1, max_size=3)
ANY_TEXT = st.text(max_size=60)


def a_post(text="", *, title="") -> Post:
    return Post(
        keys=("k",),
        community="r/selfhosted",
        url="https://c.example/1",
        title=title,
        text=text,
        author="pat",
        thread_key="t",
    )


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
