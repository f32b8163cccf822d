"""What a person brings by hand: a talk as a post without an address, of the kind that whoever was there says."""

from builders import NOW, a_reading

from engagement.conversations.by_hand import ACTS, IN_PERSON, FollowUp, Talk, post_of, reading_of
from engagement.understanding.reading import Kind, Pillar


def test_a_talk_is_a_post_of_its_own_without_an_address():
    post = post_of(Talk(who="Ada", where="FOSDEM", said="Keep history."), key="in-person:1", at=NOW)

    assert (post.title, post.text, post.author, post.community) == ("Ada, FOSDEM", "Keep history.", "Ada", IN_PERSON)
    assert (post.url, post.keys, post.thread_key) == ("", ("in-person:1",), "in-person:1")
    assert post.published_at == NOW
    assert post_of(Talk(who="Ada", where="", said="x"), key="k", at=NOW).title == "Ada"


def test_a_talk_was_in_person_and_is_what_somebody_says_it_was():
    read = a_reading(mood_words=("love",), learned=("love",), rules_version=7)

    reading = reading_of(read, Kind.PRAISE)

    assert (reading.kind, reading.pillar, reading.mood_words) == (Kind.PRAISE, Pillar.IN_PERSON, ("love",))
    assert (reading.learned, reading.rules_version) == (read.learned, 7)
    assert not reading.ours_to_answer


def test_every_answer_to_what_comes_next_is_something_to_do():
    assert ACTS.keys() == {*FollowUp}
