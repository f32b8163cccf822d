"""When a post says that its words were taken away."""

import pytest
from builders import a_post

from engagement.post import is_withdrawn, title_that_stays


@pytest.mark.parametrize("text", ["[deleted]", " [Removed]\n", "[ Removed by Reddit ]", "(post deleted by author)"])
def test_the_words_of_communities_for_a_deleted_text_are_known(text):
    assert is_withdrawn(a_post(text=text))


@pytest.mark.parametrize("text", ["", "deleted", "My page says [deleted]. Why?", "[link] [comments]"])
def test_a_text_that_only_speaks_of_deleting_is_not_deleted(text):
    assert not is_withdrawn(a_post(text=text))


@pytest.mark.parametrize(("title", "kept"), [("Lost history", "Lost history"), ("[deleted]", "")])
def test_a_title_stays_that_the_community_still_shows(title, kept):
    assert title_that_stays(a_post(title=title, text="[deleted]")) == kept
