"""What is compared to find the places where we appear and do not listen."""

from builders import NOW, TEAM, a_new_source, later

from engagement.conversations.press import Act
from storage.listening.appearances import appearances_since
from storage.listening.listening import listened_sources


def test_mentions_are_appearances_unless_they_are_not_about_us(team):
    team.hear(key="one", text="See https://far.example/t/x/1", community="Hacker News", url="https://news.example/1")
    other = team.hear(key="two")
    team.press(Act.NOT_US, other)

    [found] = team.read(appearances_since, TEAM, later(days=-1))

    assert (found.community, found.url) == ("Hacker News", "https://news.example/1")
    assert found.text == "See https://far.example/t/x/1"
    assert found.written_at == later(hours=-1)
    assert team.read(appearances_since, TEAM, later(days=1)) == []
    assert team.read(appearances_since, "T2", later(days=-1)) == []


def test_sources_of_a_workspace_are_listed_once(team):
    rival = team.add_watch("Rival", at=NOW)
    team.add_source(rival)
    team.add_source(rival, "https://talk.example/feed")

    assert team.read(listened_sources, TEAM) == [a_new_source(), a_new_source("https://talk.example/feed")]
    assert team.read(listened_sources, "T2") == []
