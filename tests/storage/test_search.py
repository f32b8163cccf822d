"""Search: by words, phrases and beginnings, whatever somebody types; of mentions, and only of the workspace's own."""

import pytest
from builders import CHANNEL, NOW, TEAM, a_post, a_sighting, later
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.conversations.press import Act
from storage.records.search import LONGEST_QUERY, search_mentions, terms_of
from storage.records.words import count_without_words, forget_words, index_posts, index_some, parted

# What means something to one of the two databases, or to neither.
TYPED = [
    '"',
    '""',
    '" "',
    "*",
    "a*b*",
    "NOT",
    "AND OR NEAR(",
    "-restore",
    "words:x",
    "^x",
    "(",
    "'",
    "''",
    "\\",
    "&|!<->",
]
TYPED += [":*", "\0", "re\0store", "\ud800", "%", "_", ";--", "{x}", "a" * 5_000, '"' * 5_000, "ß ½ ﬁ", "𞓐", "x'y\":*"]


def found(team, typed, *, workspace_id=TEAM, **limits):
    rows = team.read(search_mentions, workspace_id, typed, **({"limit": 9} | limits))
    return [row.mention.stored.post.title for row in rows]


@pytest.fixture
def heard(team):
    team.hear(title="Restore drops page history", text="It happened in Tidewiki 0.9.2.", author="pat")
    team.hear(title="Umläute in der Suche", text="Where is the café? See tide-wiki.example/a_b", author="Jörg")
    team.hear(title="検索は動きますか", text="history of pages, restored", author="mira", community="Mastodon")
    return team


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("history", ["検索は動きますか", "Restore drops page history"]),
        ("HISTORY page", ["Restore drops page history"]),
        ('"page history"', ["Restore drops page history"]),
        ('"history page"', []),
        ("restor*", ["検索は動きますか", "Restore drops page history"]),
        ('"drops pa"*', ["Restore drops page history"]),
        ("restor", []),
        ("umlaute joerg", []),
        ("umlaute jorg", ["Umläute in der Suche"]),
        ("CAFE\u0301", ["Umläute in der Suche"]),
        ("tide-wiki.example", ["Umläute in der Suche"]),
        ("wiki", ["Umläute in der Suche"]),
        ("0.9.2", ["Restore drops page history"]),
        ("9.2*", ["Restore drops page history"]),
        ("動き", ["検索は動きますか"]),
        ("き動", []),
        ("mastodon", ["検索は動きますか"]),
        ('"page his', []),
        ('drops "page', ["Restore drops page history"]),
        ("NOT history", []),
        ("", []),
        ("?!", []),
    ],
)  # fmt: skip
def test_a_search_finds_what_holds_all_its_words_newest_first(heard, typed, titles):
    assert found(heard, typed) == titles


@pytest.mark.parametrize("typed", TYPED)
def test_whatever_is_typed_is_words_and_never_a_fault(heard, typed):
    assert isinstance(found(heard, typed), list)
    assert found(heard, f"drops {typed if len(typed) < LONGEST_QUERY else ''}") in ([], ["Restore drops page history"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=40) | st.lists(st.sampled_from([*TYPED[:20], " ", "history"])).map("".join))
def test_no_text_is_a_fault_on_either_database(heard, typed):
    found(heard, typed)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_text_is_parted_as_any_other(text):
    assert parted(text) == parted(f"{text} é")[:-1]


def test_a_long_query_is_cut_where_nobody_reads_on(heard):
    assert len(terms_of("word " * 1_000)) == 16
    assert found(heard, "history " + "x " * 400) == []


def test_a_text_in_full_is_found_by_any_of_its_words(team):
    text = " ".join(f"word{number}" for number in range(3_000)) + " the end " + "again " * 400 + "x" * 3_000 + " last"
    team.hear(title="Long", text=text)

    assert found(team, '"the end"') == ["Long"]
    assert found(team, "word2999 again last") == ["Long"]


def test_pages_follow_each_other_without_a_gap(team):
    for number in range(7):
        team.hear(title=f"Tidewiki {number}")
    first = team.read(search_mentions, TEAM, "tidewiki", limit=4)
    second = found(team, "tidewiki", limit=4, before=first[-1].post_id)

    assert [row.mention.stored.post.title for row in first] + second == [f"Tidewiki {n}" for n in range(6, -1, -1)]


def test_another_workspace_finds_only_its_own_and_a_post_of_two_is_one_for_each(team):
    team.add_workspace("T2")
    other = team.add_watch("Tidewiki", workspace_id="T2", channel=CHANNEL)
    shared = a_post(title="Both of us")
    team.poll(shared, sightings=[a_sighting(team.watch, shared), a_sighting(other, shared)])
    team.hear(title="One of us")

    assert found(team, "us") == ["One of us", "Both of us"]
    assert found(team, "us", workspace_id="T2") == ["Both of us"]


def test_a_post_that_is_no_mention_is_not_found_until_it_becomes_one(team):
    post = a_post(title="A quiet post")
    team.poll(post, sightings=[])
    assert found(team, "quiet") == []

    team.poll(sightings=[a_sighting(team.watch, post)])

    assert found(team, "quiet") == ["A quiet post"]


def test_an_edit_is_found_by_its_new_words_alone(team):
    post = a_post(title="Old words", keys=("k",))
    team.poll(post, sightings=[a_sighting(team.watch, post)])
    team.poll(a_post(title="New saying", keys=("k",), thread_key=post.thread_key), at=later(hours=1))

    assert found(team, "old") == []
    assert found(team, "saying") == ["New saying"]


def test_words_that_are_forgotten_are_found_no_more(team):
    team.hear(title="Gone tomorrow", author="pat")
    [post] = team.rows("SELECT MAX(id) AS id FROM post")
    team.write(forget_words, [post["id"]])
    assert found(team, "gone") == []

    team.write(lambda tx: tx.run("UPDATE post SET title = '', text = '' WHERE id = :id", id=post["id"]))
    team.write(index_posts, [post["id"]])

    assert found(team, "gone") == []
    assert found(team, "pat") == [""]


def test_what_was_found_says_how_it_stands(team):
    number = team.hear(title="Where is it?")
    team.press(Act.CLAIM, number, by="U7")
    [row] = team.read(search_mentions, TEAM, "where", limit=2)

    assert (row.conversation.id, row.conversation.reply.claimed_by) == (number, "U7")
    assert row.mention.stored.post.title == "Where is it?"


def test_mentions_from_before_there_was_a_search_are_indexed_few_at_a_time(team):
    for number in range(5):
        team.hear(title=f"Early {number}")

    def as_before(tx):
        tx.run("DELETE FROM post_words")
        tx.run("INSERT INTO post_without_words (post_id) SELECT DISTINCT post_id FROM mention")

    team.write(as_before)
    team.hear(title="Early, and heard since")
    assert team.read(count_without_words) == 5

    assert team.write(index_some, limit=2) is True
    assert found(team, "early") == ["Early, and heard since", "Early 4", "Early 3"]
    assert team.write(index_some, limit=2) is True
    assert team.write(index_some, limit=2) is False

    assert found(team, "early", limit=9, before=None)[1:] == [f"Early {number}" for number in range(4, -1, -1)]
    assert team.read(count_without_words) == 0
    assert team.write(index_some, limit=2) is False


def test_a_mention_is_indexed_once_however_often_it_is_written(team):
    team.hear(title="Once", at=NOW)
    [post] = team.rows("SELECT MAX(id) AS id FROM post")
    for _ in range(2):
        team.write(index_posts, [post["id"]])

    assert found(team, "once") == ["Once"]
