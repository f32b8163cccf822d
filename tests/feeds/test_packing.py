from datetime import UTC, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from engagement.post import Post
from feeds.entry import FIRST_BELIEVABLE
from feeds.parsing.packing import packed, unpacked
from feeds.parsing.parsed import Parsed, ParseFailed

words = st.text(max_size=8)
posts = st.builds(
    Post,
    keys=st.lists(words, min_size=1, max_size=3).map(tuple),
    community=words,
    url=words,
    title=words,
    text=words,
    author=words,
    thread_key=words,
    parent_key=words,
    published_at=st.none() | st.datetimes(min_value=FIRST_BELIEVABLE.replace(tzinfo=None), timezones=st.just(UTC)),
    score=st.none() | st.integers(),
    accepted=st.booleans(),
    by_program=st.booleans(),
)
results = st.builds(
    Parsed,
    posts=st.lists(posts, max_size=4).map(tuple),
    title=words,
    skipped=st.integers(),
    ttl_seconds=st.none() | st.integers(),
    more=st.none() | st.booleans(),
    pause_seconds=st.none() | st.integers(),
    kept=st.integers(),
    marks=words,
)


def a_post(*, at: datetime) -> Post:
    return Post(("k",), "", "", "", "", "", "k", published_at=at)


@given(results | st.builds(ParseFailed, reason=words))
@example(Parsed(posts=(), title=""))
@example(Parsed(posts=(a_post(at=datetime(9999, 12, 31, 23, 59, 59, 999_999, UTC)),), title="t"))
@example(Parsed(posts=(a_post(at=datetime(2026, 11, 30, 23, 59, 59, 999_999, UTC)),), title="t"))
def test_a_result_arrives_as_it_was_sent(result):
    assert unpacked(packed(result)) == result
