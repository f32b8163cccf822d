"""When a post says that its words were taken away."""

import pytest
from builders import NOW, a_post, later

from engagement.post import TAKEN_AWAY, StoredPost, is_withdrawn, title_that_stays


@pytest.mark.parametrize("text", ["[deleted]", " [Removed]\n", "[ Removed by Reddit ]", "(post deleted by author)"])
def test_the_words_of_communities_for_a_deleted_text_are_known(text):
    assert is_withdrawn(a_post(text=text))


@pytest.mark.parametrize("text", ["", "deleted", "My page says [deleted]. Why?", "[link] [comments]"])
def test_a_text_that_only_speaks_of_deleting_is_not_deleted(text):
    assert not is_withdrawn(a_post(text=text))


@pytest.mark.parametrize(("title", "kept"), [("Lost history", "Lost history"), ("[deleted]", "")])
def test_a_title_stays_that_the_community_still_shows(title, kept):
    assert title_that_stays(a_post(title=title, text="[deleted]")) == kept


def test_every_word_for_a_deleted_text_is_written_as_it_is_compared():
    assert all(is_withdrawn(a_post(text=text)) for text in TAKEN_AWAY)


def test_a_post_was_written_when_its_feed_says_else_when_we_saw_it():
    dated, undated = a_post(published_at=NOW), a_post(published_at=None)

    assert StoredPost(id=1, post=dated, seen_at=later(hours=1)).written_at == NOW
    assert StoredPost(id=1, post=undated, seen_at=later(hours=1)).written_at == later(hours=1)
