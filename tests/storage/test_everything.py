"""Everything about one thing: all rows that hold it, and nothing of another team."""

import json

from builders import NOW, TEAM

from engagement.calm.mute import MuteScope
from engagement.conversations.press import Act, Press
from engagement.digest.voices import Person
from engagement.improvements.improvement import ImprovementKind, Wanted
from engagement.improvements.themes import Theme
from storage.calm.mutes import add_mute
from storage.calm.muting import unmute
from storage.improvements.improving import count_for_new
from storage.improvements.themes import end_theme, save_theme
from storage.listening.listening import leave_place
from storage.records.everything import (
    everything_about_conversation,
    everything_about_improvement,
    everything_about_person,
    everything_about_theme,
    everything_about_watch,
)
from storage.team.labels import label_person
from storage.voice.drafts import NewDraft, save_draft

KIM = Person("forum.example", "kim")


def a_day(team):
    """Return a conversation that was reacted to, counted for an improvement and drafted for."""
    one = team.hear(author="kim")
    team.press(Act.REACT, one, by="U3")
    press = Press(act=Act.IMPROVE, conversation_id=one, by="U2", drawn=team.conversation(one).version)
    wanted = Wanted(title="Export", kind=ImprovementKind.FIX, channel="C9")
    team.write(count_for_new, press, wanted, workspace_id=TEAM, at=NOW)
    team.write(save_draft, TEAM, NewDraft(conversation_id=one, text="Hi", by="U2"), at=NOW)
    team.write(label_person, TEAM, ["journalist"], community=KIM.community, author=KIM.author, by="U2", at=NOW)
    return one


def test_a_conversation_comes_with_its_posts_drafts_and_who_did_what_when(team):
    one = a_day(team)
    team.press(Act.LISTEN, team.hear(author="bob"))
    found = team.read(everything_about_conversation, TEAM, one)

    assert [row["id"] for row in found["conversation"]] == [one]
    assert [row["author"] for row in found["post"]] == ["kim"]
    assert [row["text"] for row in found["draft"]] == ["Hi"]
    assert [(row["act"], row["actor"]) for row in found["history"]][:2] == [("react", "U3"), ("improve", "U2")]
    assert found["history"][0]["after_facts"]["tag"] == "react"
    json.dumps(found)


def test_an_improvement_comes_with_its_history_and_who_asked(team):
    one = a_day(team)
    found = team.read(everything_about_improvement, TEAM, 1)

    assert found["improvement"][0]["title"] == "Export"
    assert [row["act"] for row in found["history"]] == ["create"]
    assert [row["id"] for row in found["counted_conversation"]] == [one]


def test_a_person_comes_with_all_they_wrote_and_where_they_stand(team):
    one = a_day(team)
    found = team.read(everything_about_person, TEAM, KIM)

    assert [row["author"] for row in found["post"]] == ["kim"]
    assert found["label"] == [{"name": "journalist"}]
    assert [row["id"] for row in found["conversation"]] == [one]


def test_a_person_comes_with_who_labelled_and_muted_them(team):
    a_day(team)
    for author in ("kim", "bob"):
        who = {"community": "forum.example", "author": author}
        team.write(add_mute, TEAM, MuteScope.AUTHOR, **who, until=None, by="U7", at=NOW)
    team.write(unmute, TEAM, 1, by="U8", at=NOW)

    lines = team.read(everything_about_person, TEAM, KIM)["history"]
    named = [(line["object"], line["act"], line["actor"]) for line in lines if line["object"] in ("person", "mute")]
    assert named == [("person", "label", "U2"), ("mute", "mute", "U7"), ("mute", "unmute", "U8")]


def test_a_watch_comes_with_its_places_but_for_their_addresses_and_with_its_history(team):
    team.write(leave_place, TEAM, watch_id=1, source_id=team.source.id, by="U3", at=NOW)
    team.add_source(team.watch, "https://forum.example/feed?token=secret")
    found = team.read(everything_about_watch, TEAM, " tidewiki ")

    assert [row["name"] for row in found["watch"]] == ["Tidewiki"]
    assert [row["act"] for row in found["history"]] == ["save", "leave"]
    assert len(found["place"]) == 1
    assert "secret" not in json.dumps(found)
    assert team.read(everything_about_watch, "T2", "Tidewiki") is None


def test_a_theme_comes_with_who_said_it_and_with_its_history(team):
    one = team.hear(title="The export is lost")
    team.write(save_theme, TEAM, Theme(name="Lost export", phrases=("lost",)), by="U1", at=NOW)
    mention = "INSERT INTO mention_theme (theme_id, mention_id, noticed_at) VALUES (1, 1, '2026-11-29T09:00:00.000Z')"
    team.write(lambda tx: tx.run(mention))
    found = team.read(everything_about_theme, TEAM, "lost EXPORT")
    assert found["theme"][0]["phrases"] == '["lost"]'
    assert [row["conversation_id"] for row in found["mention"]] == [one]

    drawn = Theme(id=1, name="Lost export", phrases=("lost",), version=1)
    team.write(end_theme, TEAM, drawn, by="U2", at=NOW)
    lines = team.read(everything_about_theme, TEAM, "Lost export")["history"]
    assert [(line["act"], line["actor"]) for line in lines] == [("theme", "U1"), ("end theme", "U2")]
    assert team.read(everything_about_theme, TEAM, "umlauts") is None


def test_there_is_nothing_about_what_is_not_there_or_another_teams(team):
    one = a_day(team)

    assert team.read(everything_about_conversation, "T2", one) is None
    assert team.read(everything_about_improvement, "T2", 1) is None
    assert team.read(everything_about_conversation, TEAM, 99) is None
    assert team.read(everything_about_person, TEAM, Person("forum.example", "nobody")) is None
    assert "conversation" not in team.read(everything_about_person, "T2", KIM)
