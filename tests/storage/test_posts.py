"""Posts: one however many sources carry it, under whichever of its names; read again once it was edited."""

import hashlib

import pytest
from builders import NOW, a_post, later

from storage.batches import VALUES_PER_QUERY
from storage.listening.memory import sift
from storage.listening.posts import newest_posts, store_posts

ONE, OTHER = "https://one.example/feed", "https://other.example/feed"


@pytest.fixture
def one(team):
    return team.add_source(team.watch, ONE).id


@pytest.fixture
def other(team):
    return team.add_source(team.watch, OTHER).id


@pytest.fixture
def store(team):
    def stores(source_id, *posts, at=NOW):
        stored = team.write(store_posts, source_id, posts, at=at)
        return [stored.ids[post.keys] for post in posts]

    return stores


def news(team, source_id, posts):
    return list(team.read(sift, source_id, posts).news)


def texts(team):
    return [row["text"] for row in team.rows("SELECT text FROM post ORDER BY id")]


@pytest.mark.parametrize(
    ("first", "second"),
    [(("t3_1", "guid", "link"), ("t3_1",)), (("t3_1", "link"), ("link",)), (("guid",), ("t3_1", "guid"))],
    ids=["its platform's number", "its weakest key", "a key it learned to put in second place"],
)
def test_a_post_that_shares_any_key_is_the_same_post(store, one, first, second):
    assert store(one, a_post(keys=first)) == store(one, a_post(keys=second))


def test_posts_that_share_no_key_are_two(store, one):
    first, second = store(one, a_post(keys=("a", "b")), a_post(keys=("c",)))

    assert first != second


def test_a_second_source_carries_the_same_post_and_teaches_its_keys(team, store, one, other):
    first = store(one, a_post(keys=("guid of one", "link")))
    second = store(other, a_post(keys=("guid of other", "link")))

    assert first == second == store(one, a_post(keys=("guid of other",)))
    assert len(texts(team)) == 1
    assert len(team.rows("SELECT * FROM source_post")) == 2


def test_a_key_never_moves_to_another_post(store, one):
    a, b = store(one, a_post(keys=("a",)), a_post(keys=("b",)))

    assert store(one, a_post(keys=("a", "b"))) == [a]
    assert store(one, a_post(keys=("b",))) == [b]


def test_two_entries_of_one_feed_with_a_key_in_common_are_the_first_of_them(team, store, one):
    entries = [a_post(keys=("same", "1"), text="first"), a_post(keys=("same", "2"), text="second")]

    assert news(team, one, entries) == entries[:1]
    store(one, *entries[:1])
    assert news(team, one, entries) == []


def test_what_a_source_carried_before_is_not_news(team, store, one):
    posts = [a_post(), a_post()]
    store(one, posts[0])

    assert news(team, one, posts) == posts[1:]


def test_a_post_is_news_to_each_source_once(team, store, one, other):
    post = a_post()
    store(one, post)

    assert news(team, other, [post]) == [post]
    store(other, post)
    assert news(team, other, [post]) == []


def test_an_edit_is_unread_once_and_updates_the_post(team, store, one):
    post = a_post(text="before")
    edited = post._replace(text="after")
    store(one, post)

    assert news(team, one, [edited]) == [edited]
    store(one, edited, at=later(minutes=1))
    assert news(team, one, [edited]) == []
    assert texts(team) == ["after"]


def test_two_sources_that_carry_one_post_in_two_lengths_do_not_edit_it_back_and_forth(team, store, one, other):
    full = a_post(text="The whole text of the post.")
    short = full._replace(text="The whole…")
    store(one, full)
    store(other, short)

    for _ in range(2):
        assert news(team, one, [full]) == []
        assert news(team, other, [short]) == []
    assert texts(team) == [full.text]


def test_an_edit_told_by_the_second_source_counts(team, store, one, other):
    post = a_post(text="before")
    store(one, post)
    store(other, post)

    store(other, post._replace(text="after"))

    assert texts(team) == ["after"]


def test_a_feed_with_more_keys_than_one_query_takes_is_known_whole(team, store, one):
    posts = [a_post() for _ in range(VALUES_PER_QUERY + 5)]
    store(one, *posts)

    new = a_post()
    assert news(team, one, [*posts, new]) == [new]


def test_a_stored_post_keeps_the_time_it_was_first_seen(team, one):
    post = a_post()
    team.write(store_posts, one, [post], at=NOW)

    team.write(store_posts, one, [post._replace(text="edited")], at=later(days=1))

    assert [each.seen_at for each in team.read(newest_posts, one, limit=5)] == [NOW]


def test_the_newest_posts_of_a_source_come_first_and_can_be_found_again(team, store, one, other):
    old = a_post(keys=("b", "a"), published_at=later(days=-2))
    new = a_post(published_at=later(days=-1))
    store(one, old, new)
    store(other, a_post())

    newest = team.read(newest_posts, one, limit=5)

    assert [each.post.title for each in newest] == [new.title, old.title]
    assert set(newest[1].post.keys) == {"a", "b"}
    assert team.read(newest_posts, one, limit=1) == newest[:1]
    assert news(team, one, [each.post for each in newest]) == []


def test_undated_and_ancient_posts_are_kept_as_they_are(team, store, one):
    ancient = a_post(published_at=NOW.replace(year=1))
    store(one, a_post(published_at=None), ancient)

    undated, dated = sorted(team.read(newest_posts, one, limit=5), key=lambda each: each.id)
    assert (undated.post.published_at, undated.written_at) == (None, NOW)
    assert dated.written_at == ancient.published_at


def test_a_post_that_says_the_same_under_new_keys_is_no_news_and_teaches_them(team, store, one):
    first = store(one, a_post("a", keys=("guid-1", "link-1"), text="same"))
    renamed = a_post("a", keys=("guid-2", "link-1"), text="same")

    sifted = team.read(sift, one, [renamed])
    assert (sifted.news, sifted.renamed) == ((), (renamed,))
    store(one, renamed)

    moved = a_post("a", keys=("guid-2", "link-2"), text="same")
    assert team.read(sift, one, [renamed]).renamed == ()
    assert store(one, moved) == first
    assert len(texts(team)) == 1


def test_what_is_new_to_the_source_what_is_edited_and_what_came_under_a_new_id_are_told_apart(team, store, one, other):
    known, elsewhere, renamed = a_post(), a_post(), a_post(keys=("guid-1", "link"), text="same", title="same")
    store(one, known, renamed)
    store(other, elsewhere)
    edited, under_another_id = known._replace(text="edited"), renamed._replace(keys=("guid-2", "link"))
    new = a_post()

    sifted = team.read(sift, one, [new, edited, elsewhere, under_another_id])
    stored = team.write(store_posts, one, [*sifted.news, *sifted.renamed], at=NOW)

    assert (sifted.news, sifted.edited) == ((new, edited, elsewhere), {edited.keys})
    assert sifted.renamed == (under_another_id,)
    assert (stored.new, stored.repeated) == ((new, elsewhere), 1)


@pytest.mark.parametrize("number", [1, 25, 32, 33, 100])
def test_many_posts_at_once_each_keep_their_own_words_and_keys(team, store, one, number):
    posts = [a_post(text=f"text {count}", keys=(f"guid-{count}", f"link-{count}")) for count in range(number)]

    ids = store(one, *posts)

    rows = team.rows("SELECT post.id, text, key FROM post JOIN post_key ON post_key.post_id = post.id ORDER BY key")
    assert {(row["id"], row["text"], row["key"]) for row in rows} == {
        (post_id, post.text, key) for post_id, post in zip(ids, posts, strict=True) for key in post.keys
    }
    assert ids == sorted(set(ids))


def test_the_first_of_several_that_are_one_post_counts(team, store, one):
    ids = store(one, a_post(keys=("a", "b"), text="first"), a_post(keys=("c",)), a_post(keys=("b", "d"), text="second"))

    assert ids[0] == ids[2] != ids[1]
    assert texts(team)[0] == "first"
    assert store(one, a_post(keys=("d",), text="first")) == [ids[0]]


@pytest.mark.parametrize(
    "hashed",
    [
        lambda said: hashlib.sha256(said).hexdigest(),
        lambda said: hashlib.sha256(said).hexdigest()[:32],
        lambda said: "b2:" + hashlib.blake2b(said, digest_size=16).hexdigest(),
    ],
    ids=["all of SHA-256", "half of SHA-256", "BLAKE2"],
)
def test_words_told_apart_by_another_hash_before_are_still_what_was_said_until_they_are_edited(
    team, store, one, hashed
):
    post = a_post()
    store(one, post)
    said = hashed(f"{post.title}\0{post.text}".encode())
    team.db.transact(lambda tx: tx.run("UPDATE source_post SET said = :said", said=said))

    assert news(team, one, [post]) == []

    edited = post._replace(text="edited")
    assert news(team, one, [edited]) == [edited]
    store(one, edited)
    assert news(team, one, [edited]) == []


@pytest.mark.parametrize("score", [None, 0, -3, 2_000_000_000])
def test_how_many_people_liked_a_post_is_remembered_where_the_community_says(team, score):
    team.poll(a_post("liked", score=score))

    [stored] = team.read(newest_posts, team.source.id, limit=1)

    assert stored.post.score == score


def test_a_first_poll_is_stored_alike_whether_or_not_an_entry_of_it_is_there_twice(team, one, other):
    first = [
        a_post(keys=("a", "b"), score=3, accepted=True),
        a_post(keys=("c",), text="[deleted]", published_at=None),
        a_post(keys=("d",), parent_key="thread of d", by_program=True),
    ]
    second = [post._replace(keys=tuple(f"other {key}" for key in post.keys)) for post in first]

    apart = team.write(store_posts, one, first, at=NOW)
    twice = team.write(store_posts, other, [*second, second[0]], at=NOW)

    rows = [
        team.rows(f"SELECT * FROM post JOIN source_post ON post_id = id WHERE source_id = {n} ORDER BY id")
        for n in (one, other)
    ]
    alone = [[{**row, "id": 0, "post_id": 0, "source_id": 0} for row in of_one] for of_one in rows]
    assert alone[0] == alone[1]
    assert (apart.repeated, apart.withdrawn, apart.filled) == (twice.repeated, twice.withdrawn, twice.filled)
    assert apart.new == tuple(first)
    assert twice.new == tuple(second)
    for stored, posts in ((apart, first), (twice, second)):
        named = {row["key"]: row["post_id"] for row in team.rows("SELECT key, post_id FROM post_key")}
        assert {key: stored.ids[post.keys] for post in posts for key in post.keys}.items() <= named.items()
