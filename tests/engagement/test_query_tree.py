"""A query as a tree: how its parts are put together, what it cannot hold without, and how people type it."""

import pytest

from engagement.understanding.query import (
    AllOf,
    AnyOf,
    Near,
    Pattern,
    Text,
    Written,
    all_of,
    any_of,
    needed,
    no,
    plain_query,
    printed,
    texts_of,
)
from engagement.watch import Terms

TIDE, WIKI, DOCS = Text("tide"), Text("wiki"), Text("docs")
CODE = Pattern(r"v\d")


@pytest.mark.parametrize(("join", "joined"), [(all_of, AllOf), (any_of, AnyOf)])
def test_parts_are_put_together_flatly_and_one_alone_stays_what_it_is(join, joined):
    assert join([join([TIDE, WIKI]), DOCS]) == joined((TIDE, WIKI, DOCS))
    assert join([TIDE]) == TIDE


@pytest.mark.parametrize(
    ("names", "excluded", "query"),
    [
        (("tide",), (), TIDE),
        (("tide", "wiki"), (), AnyOf((TIDE, WIKI))),
        (("tide",), ("docs",), AllOf((TIDE, no(DOCS)))),
        ((), ("docs",), None),
    ],
    ids=["a name", "either name", "and no word that rules it out", "nothing named"],
)
def test_the_plain_fields_of_a_watch_are_a_query(names, excluded, query):
    assert plain_query(Terms(names=names, excluded=excluded, near=("backup",))) == query


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        (TIDE, (TIDE,)),
        (no(TIDE), ()),
        (CODE, ()),
        (Near((TIDE,), (WIKI, DOCS), 5), (TIDE,)),
        (Near((WIKI, DOCS), (TIDE,), 5), (TIDE,)),
        (no(Near((TIDE,), (WIKI,), 5)), ()),
        (all_of([any_of([TIDE, WIKI]), DOCS, CODE]), (DOCS,)),
        (any_of([TIDE, all_of([WIKI, CODE])]), (TIDE, WIKI)),
        (any_of([TIDE, CODE]), ()),
        (no(any_of([no(TIDE), WIKI])), (TIDE,)),
        (no(all_of([no(TIDE), no(WIKI)])), (TIDE, WIKI)),
    ],
    ids=[
        "itself",
        "what must not stand there",
        "no text",
        "the fewer of what is near each other",
        "whichever side",
        "what must not be near each other",
        "the fewest of what must all be there",
        "one of each of what may be there",
        "none where something else is enough",
        "neither is both turned round",
        "and not both is either",
    ],
)
def test_a_watch_is_asked_only_where_a_text_stands_that_it_needs(query, texts):
    assert needed(query) == texts


def test_what_speaks_for_a_post_is_shown_and_what_speaks_against_it_is_not():
    query = all_of([TIDE, no(DOCS), Near((WIKI,), (Text("backup"),), 9), CODE])

    assert list(texts_of(query)) == [TIDE, WIKI, Text("backup")]
    assert list(texts_of(query, holds=False)) == [DOCS]


@pytest.mark.parametrize(
    ("query", "typed"),
    [
        (TIDE, "tide"),
        (Text("tide wiki"), '"tide wiki"'),
        (Text("r/selfhosted"), '"r/selfhosted"'),
        (Text("@acme"), "@acme"),
        *((Text(word), f'"{word}"') for word in ("and", "OR", "not", "Near")),
        (Text('say "x" \\'), '"say \\"x\\" \\\\"'),
        (Text("~/notes (old) 50%"), '"~/notes (old) 50%"'),
        (Text("tide", Written.BEGINS, in_title=True), "title:tide*"),
        (Text("x`y", Written.EXACTLY), "`x\\`y`"),
        (Text('~/"wiki"', Written.EXACTLY), '`~/"wiki"`'),
        (CODE, r"/v\d/"),
        (all_of([TIDE, any_of([WIKI, DOCS])]), "tide AND (wiki OR docs)"),
        (no(all_of([TIDE, WIKI])), "NOT (tide AND wiki)"),
        (Near((TIDE,), (WIKI, DOCS), 5), "tide NEAR/5 (wiki OR docs)"),
    ],
)
def test_a_query_is_shown_as_somebody_would_type_it(query, typed):
    assert printed(query) == typed
