import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from queries import QUERIES

from engagement.understanding.query import Near, Text, Written, all_of, any_of, no, printed
from triage.query_parse import DEEPEST, LONGEST_QUERY, BadQuery, parse_query

# What stands beside a field of a form is a sentence or two.
LONGEST_MISTAKE = 250
TIDE, WIKI = Text("tide"), Text("wiki")


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("tide", TIDE),
        ("  tide\n wiki ", all_of([TIDE, WIKI])),
        ("tide AND wiki", all_of([TIDE, WIKI])),
        ("tide && wiki", all_of([TIDE, WIKI])),
        ("tide OR wiki", any_of([TIDE, WIKI])),
        ("tide | wiki", any_of([TIDE, WIKI])),
        ("tide -wiki", all_of([TIDE, no(WIKI)])),
        ("tide NOT wiki", all_of([TIDE, no(WIKI)])),
        ("tide AND wiki OR tidewiki", any_of([all_of([TIDE, WIKI]), Text("tidewiki")])),
        ("tide (wiki OR docs)", all_of([TIDE, any_of([WIKI, Text("docs")])])),
        ('"tide wiki"', Text("tide wiki")),
        ("“tide wiki”", Text("tide wiki")),
        ("„tide wiki“", Text("tide wiki")),
        (r'"say \"tide\""', Text('say "tide"')),
        ("tide*", Text("tide", Written.BEGINS)),
        ('"tide wik"*', Text("tide wik", Written.BEGINS)),
        ("`C++ “x”`", Text("C++ “x”", Written.EXACTLY)),
        ("\u02cbC++ “x”\u02cb", Text("C++ “x”", Written.EXACTLY)),
        ("TITLE:tide", Text("tide", in_title=True)),
        ('title: "tide wiki"', Text("tide wiki", in_title=True)),
        ("tide NEAR/5 wiki", Near((TIDE,), (WIKI,), 5)),
        ("tide NEAR (wiki OR docs)", Near((TIDE,), (WIKI, Text("docs")), 30)),
        ("tide-wiki C++ @acme r/selfhosted", all_of(map(Text, ("tide-wiki", "C++", "@acme", "r/selfhosted")))),
        ("https://tide.example", Text("https://tide.example")),
        ("std::vector", Text("std::vector")),
        ('"and"', Text("and")),
    ],
)
def test_what_people_type_is_read(typed, query):
    assert parse_query(typed) == query


@pytest.mark.parametrize(
    ("typed", "character", "said"),
    [
        ('say "tide', 5, "no closing quote for the one before `tide`: put one in, or take this one away"),
        ("`tide", 1, "There is no closing backtick for the one before `tide`"),
        ("(tide", 1, "There is no closing parenthesis for the one before `tide`"),
        ("a tide)", 7, "There is no opening parenthesis for the one behind `tide`"),
        ("tide (", 6, "no closing parenthesis for the one at the end: put one in"),
        (")", 1, "no opening parenthesis for the one at the beginning: put one in"),
        ("tide ()", 6, "nothing between these parentheses"),
        ("tide AND", 6, "`AND` wants a word behind it: put one there, or take it away"),
        ("tide OR OR wiki", 6, "`OR` wants a word behind it"),
        ("OR tide", 1, "`OR` wants a word before it"),
        ("tide NOT", 6, "`NOT` wants a word behind it"),
        ("tide or wiki", 6, "Write `OR` in capitals"),
        ("tide, wiki", 1, "write OR between words"),
        ("tide wiki OR docs", 11, "can be read in two ways"),
        ("tide OR wiki -docs", 6, "can be read in two ways"),
        ("subject:tide", 1, "I know no field `subject`, only title, author, site"),
        ("title: OR x", 1, "Right behind `title:` put a word, or a phrase in quotes (character"),
        ("title:(tide)", 1, "for several, write `(title:one OR title:other)`"),
        ("tide SCORE:", 6, "Right behind `score:` put a whole number, as in `score:>10`"),
        ("tide author:@", 13, "`author:` wants a name, as in `author:sam`, not `@`"),
        ("tide site:x.example/path", 11, "a site without a path"),
        ("tide lang:xx", 11, "`lang:` wants two letters, one of ar, bg,"),
        ("tide is:bug", 9, "`is:` wants `post`, `comment` or `question`"),
        ("tide score:many", 12, "`score:` wants a whole number, as in `score:>10`, not `many`"),
        ("tide score:>-5", 12, "`score:` wants a whole number"),
        ("tide NEAR/0 wiki", 6, "a number of words from 1 to 100"),
        ("tide NEAR/101 wiki", 6, "a number of words from 1 to 100"),
        ("a NEAR b NEAR c", 10, "`NEAR` joins two"),
        ("tide NEAR (a b)", 6, "On each side of `NEAR`"),
        ("tide NEAR `A`", 6, "On each side of `NEAR`"),
        ('"tide wiki"~5', 12, "is said with NEAR"),
        ("t*", 1, "`t*`: a star stands at the end of a word"),
        ("ti*de", 1, "`ti*de`: a star stands at the end of a word"),
        ("tide near/5 wiki", 6, "Write `NEAR/5` in capitals if you mean that"),
        ("tide !wiki", 6, "`!wiki`: what must not be there has a minus before it, or NOT"),
        ("tide~2 wiki", 1, 'Take `~2` away, or type `"tide~2"`'),
        ("wiki tide^2.5", 6, "Take `^2.5` away"),
        ("+tide wiki", 1, "needs no plus"),
        ("tide - wiki", 6, "A minus stands right before the word"),
        ('tide ""', 6, "nothing to see"),
        ("tide `\u200b`", 6, "nothing to see"),
        ("tide \u200b", 6, "a word that nobody can see"),
        ("tide $ )", 8, "no opening parenthesis for the one behind `$`"),
        ("tide AND AND wiki", 6, "`AND` wants a word behind it"),
        ("tide /v(/", 8, "In the pattern `/v(/`, `(` opens what nothing closes: put `)` behind"),
        ("tide /x*/", 7, "found in every text"),
        (f"tide /{'x' * 201}/", 207, "more than 200 characters"),
        (
            "tide /r/self",
            6,
            "the one before `r/self` has no such end: put it there, or for a word with a slash use quotes",
        ),
        ("NOT tide", 1, "says only what must not be there"),
        ("-tide -wiki", 1, "says only what must not be there"),
        ("tide OR is:question", 9, "says only what must not be there"),
        ("tide OR NOT wiki", 9, "on each side of an OR"),
        ("tide OR (wiki OR lang:de AND is:post) OR x", 18, "says only what"),
        ("lang:de AND (wiki OR is:post)", 1, "says only what"),
        ("tide" * 501, 2001, "at most 2,000 characters: take 4 away"),
        ("(" * 21 + "tide", 21, "at most 20 deep: take this one away"),
        (r"/v\d/", 1, "what holds for many posts"),
        (" \n", 1, "There is nothing to look for"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_what_to_do(typed, character, said):
    bad = parse_query(typed)

    assert isinstance(bad, BadQuery)
    assert said in bad.problem
    assert (bad.character, bad.problem.endswith(f"(character {character}).")) == (character, True)


@given(query=QUERIES)
def test_a_query_that_is_printed_is_read_as_the_same(query):
    assert parse_query(printed(query)) == query


@given(query=QUERIES, gap=st.sampled_from(["  ", "\n", " \t\u00a0"]))
def test_white_space_between_words_makes_no_difference(query, gap):
    spread = re.sub(r" (AND|OR|NEAR/\d+) ", rf"{gap}\1{gap}", printed(query)).replace("NOT ", f"NOT{gap}")

    assert parse_query(gap + spread + gap) == query


@given(query=QUERIES)
def test_what_is_not_not_so_is_so(query):
    assert no(no(query)) == query
    assert parse_query(f"NOT (NOT ({printed(query)}))") == query


@given(
    typed=st.text(alphabet=st.one_of(st.sampled_from('()"`/*:-+ ~\\“”ANDORNOTEAR/5ti'), st.characters()), max_size=60)
)
def test_whatever_is_typed_is_a_query_or_a_mistake_with_its_place(typed):
    match parse_query(typed):
        case BadQuery(problem=problem, character=character):
            assert problem.endswith(f"(character {character}).")
            assert 1 <= character <= max(1, len(typed))
            assert len(problem) < LONGEST_MISTAKE
        case query:
            assert parse_query(printed(query)) == query


@pytest.mark.parametrize(
    "typed",
    [
        "(" * (DEEPEST + 1) + "tide" + ")" * (DEEPEST + 1),
        "(" * 1000,
        "NOT " * 400 + "tide",
        "-" * 1900 + " tide",
        '"' * 1999,
        "\\" * 2000,
        "`" + "\\`" * 990,
        "/" + "\\/" * 990,
        "a NEAR " * 200,
        " OR ".join(["tide"] * 285),
        "tide " + "NEAR/" + "9" * 1900,
        "tide" * LONGEST_QUERY,
        "field" * 300 + ":x",
        "x," * 900,
        "tide /" + "(" * 1900 + "/",
        "tide /" + "(" * 199 + "/",
        "+" * 1900,
    ],
    ids=lambda typed: typed[:12],
)
def test_hostile_queries_take_no_time(typed):
    began = time.process_time()

    read = parse_query(typed)

    assert not isinstance(read, BadQuery) or len(read.problem) < LONGEST_MISTAKE
    assert time.process_time() - began < 1
