"""What is deleted where it was written is not kept here either."""

import pytest
from builders import NOW, a_post, later

from engagement.conversations.press import Act
from storage.conversations.waiting import count_waiting
from storage.records.search import search_mentions

TEAM = "T1"


def test_the_words_of_a_deleted_post_are_gone_from_the_rows_and_from_the_search(team):
    conversation = hear(team)
    assert len(team.read(search_mentions, TEAM, "umlauts", limit=5)) == 1

    team.poll(a_post("one", title="A question", text="[deleted]", author=""), at=later(hours=1), sightings=[])

    stored = team.card(conversation).opening.stored
    assert (stored.post.title, stored.post.text, stored.post.author) == ("A question", "", "")
    assert stored.withdrawn_at == later(hours=1)
    assert team.read(search_mentions, TEAM, "umlauts", limit=5) == []


@pytest.mark.parametrize(("act", "waiting"), [(None, 0), (Act.CLAIM, 1)], ids=["nobody decided", "somebody promised"])
def test_nobody_has_to_answer_what_was_deleted_unless_somebody_promised_to(team, act, waiting):
    conversation = hear(team)
    if act:
        team.press(act, conversation)
    assert team.read(count_waiting, TEAM) == 1

    team.poll(a_post("one", text="[removed]"), at=later(hours=1), sightings=[])

    assert team.read(count_waiting, TEAM) == waiting


def test_a_deleted_post_is_told_on_its_card(team):
    hear(team)
    team.send_all()

    team.poll(a_post("one", text="[deleted by user]"), at=later(hours=1), sightings=[])

    assert team.rows("SELECT stale FROM message WHERE kind = 'card'") == [{"stale": 1}]


def test_a_title_that_was_made_of_the_text_goes_with_it(team):
    conversation = hear(team)

    team.poll(a_post("one", title="[Deleted]", text="[Deleted]"), at=later(hours=1), sightings=[])

    assert team.card(conversation).opening.stored.post.title == ""


def test_what_comes_back_is_no_longer_deleted(team):
    conversation = hear(team)
    team.poll(a_post("one", text="[removed]"), at=later(hours=1), sightings=[])

    team.poll(a_post("one", text="Approved after all."), at=later(hours=2), sightings=[])

    stored = team.card(conversation).opening.stored
    assert (stored.post.text, stored.withdrawn_at) == ("Approved after all.", None)


def hear(team):
    return team.hear(key="one", title="A question", text="Tidewiki loses umlauts. Why?", author="mira", at=NOW)


def test_a_feed_may_show_a_post_for_the_first_time_when_it_is_deleted(team):
    conversation = team.hear(key="hn:1", author="ann")
    other = team.add_source(team.watch, "https://forum.example/other")

    team.poll(a_post("hn:1", text="[deleted]", title="[deleted]", author=""), source=other, sightings=[])

    assert team.card(conversation).opening.stored.withdrawn_at is not None
    assert team.card(conversation).opening.stored.post.author == ""
