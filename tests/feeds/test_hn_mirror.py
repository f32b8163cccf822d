import json

import pytest

from feeds.identity.posts import identified
from feeds.parsing.parse import parse_feed

HIT = {"objectID": "4711", "author": "pat", "title": "Show HN", "story_id": 4711, "created_at_i": 1_795_167_813}
BODY = json.dumps({"hits": [HIT]}).encode()


@pytest.mark.parametrize(
    ("search", "link"),
    [
        ("https://hn.algolia.com/api/v1/search_by_date?query=x", "https://news.ycombinator.com/item?id=4711"),
        ("https://notalgolia.com/api/v1/search?query=x", "https://notalgolia.com/item?id=4711"),
        ("http://127.0.0.1:7071/hn/search_by_date?query=x", "http://127.0.0.1:7071/item?id=4711"),
    ],
    ids=["Algolia leads to Hacker News", "who only sounds like it does not", "a mirror leads to its own pages"],
)
def test_an_item_is_linked_where_it_can_be_opened(search, link):
    (entry,) = parse_feed(BODY, "application/json", search).entries

    assert entry.link == link


@pytest.mark.parametrize("search", ["https://hn.algolia.com/api/v1/search", "http://127.0.0.1:7071/hn/search"])
def test_a_story_opens_its_thread_also_on_a_mirror_and_comments_stand_under_it(search):
    comment = {"objectID": "4712", "author": "kim", "comment_text": "Nice.", "story_id": 4711, "parent_id": 4711}
    body = json.dumps({"hits": [comment, HIT]}).encode()

    said, story = identified(parse_feed(body, "application/json", search), search, "Hacker News").posts

    assert (story.keys[0], story.thread_key, story.parent_key) == ("hn:4711", "hn:4711", "")
    assert (said.keys[0], said.thread_key, said.parent_key) == ("hn:4712", "hn:4711", "hn:4711")
