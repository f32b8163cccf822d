"""Queries as Hypothesis makes them up, over few words, so that what they say is met."""

from hypothesis import strategies as st

from engagement.understanding.query import (
    About,
    Comparison,
    Fact,
    Near,
    Pattern,
    Score,
    Text,
    Written,
    all_of,
    any_of,
    needed,
    no,
)

FEW_WORDS = st.sampled_from(
    ["tide", "wiki", "tide wiki", "C++", "Tide", "or", "a:b", 'say "x"', "back\\slash", "東京", "né", "x`y", "x\u02cby"]
)
TEXTS = st.builds(Text, FEW_WORDS, st.sampled_from(Written), st.booleans())
NEAR_TEXTS = st.lists(
    st.builds(Text, FEW_WORDS, st.sampled_from([Written.WHOLE, Written.BEGINS])), min_size=1, max_size=2, unique=True
).map(tuple)
FACTS = st.one_of(
    st.sampled_from(
        [
            Fact(About.AUTHOR, "sam"),
            Fact(About.AUTHOR, "sam o'neil"),
            Fact(About.SITE, "x.example"),
            Fact(About.COMMUNITY, "hacker news"),
            Fact(About.COMMUNITY, "r/selfhosted"),
            Fact(About.LANGUAGE, "en"),
            Fact(About.LANGUAGE, "de"),
            Fact(About.IS, "comment"),
            Fact(About.IS, "post"),
            Fact(About.IS, "question"),
        ]
    ),
    st.builds(Score, st.sampled_from(Comparison), st.integers(0, 20)),
    st.sampled_from([Pattern(r"v\d"), Pattern(r"a\/b|c")]),
)
LEAVES = st.one_of(TEXTS, TEXTS, FACTS, st.builds(Near, NEAR_TEXTS, NEAR_TEXTS, st.integers(1, 100)))


def joined(parts):
    """Queries made of `parts`."""
    some = st.lists(parts, min_size=2, max_size=3)
    return st.one_of(some.map(all_of), some.map(any_of), parts.map(no))


def findable(query):
    """A query that can be looked for: it says of some text that it must be there."""
    return query if needed(query) else all_of([Text("tide"), query])


ANY_QUERIES = st.recursive(LEAVES, joined, max_leaves=8)
QUERIES = ANY_QUERIES.map(findable)
WORDS_ALONE = st.builds(Text, FEW_WORDS, st.sampled_from([Written.WHOLE, Written.BEGINS]), st.booleans())
QUERIES_OF_WORDS = st.recursive(WORDS_ALONE, joined, max_leaves=8).map(findable)
