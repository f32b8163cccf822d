"""Everything about one thing: all rows that hold it, and nothing of another team."""

import json

from builders import NOW, TEAM

from engagement.conversations.press import Act, Press
from engagement.digest.voices import Person
from engagement.improvements.improvement import ImprovementKind, Wanted
from storage.improvements.improving import count_for_new
from storage.records.everything import (
    everything_about_conversation,
    everything_about_improvement,
    everything_about_person,
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


def test_there_is_nothing_about_what_is_not_there_or_another_teams(team):
    one = a_day(team)

    assert team.read(everything_about_conversation, "T2", one) is None
    assert team.read(everything_about_improvement, "T2", 1) is None
    assert team.read(everything_about_conversation, TEAM, 99) is None
    assert team.read(everything_about_person, TEAM, Person("forum.example", "nobody")) is None
    assert "conversation" not in team.read(everything_about_person, "T2", KIM)
