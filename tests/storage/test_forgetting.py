"""Somebody is forgotten: no row tells who they are or what they wrote, and the numbers stay as they were."""

import json
from dataclasses import replace

import pytest
from builders import NOW, TEAM, a_post, later
from forgetting import forget_whole

from engagement.calendar import period_due
from engagement.calm.mute import MuteScope
from engagement.calm.noise import Entry
from engagement.conversations.press import Act, Press
from engagement.digest.voices import Person
from engagement.improvements.improvement import ImprovementKind, Wanted
from engagement.sending.outbox import MessageKind, is_redrawn
from engagement.understanding.reading import Kind
from storage.calm.mutes import noise_in_force
from storage.calm.noise import add_noise
from storage.digest.digests import find_digest, queue_digest
from storage.digest.unlisted import unlist, unlisted_of
from storage.digest.weeks import week_of
from storage.improvements.demands import count_who_asked
from storage.improvements.improvements import find_improvement, history_of
from storage.improvements.improving import count_for_new
from storage.records.forgetting import count_posts_of, people_called
from storage.records.search import search_mentions
from storage.records.withdrawn import withdraw
from storage.sending.messages import messages_to_redraw
from storage.team.labels import label_person
from storage.understanding.rereading import read_anew
from storage.voice.drafts import NewDraft, save_draft
from storage.workspaces import find_workspace

ANN = Person("forum.example", "annika")
SECRET = "Blaubeere"
KEY = "https://forum.example/@annika/17"


def heard(team, title=f"Tidewiki lost my {SECRET}", **facts):
    given = {"author": "annika", "text": f"All of {SECRET} is gone.", "url": KEY, "keys": (KEY, "forum:17")}
    return team.hear(title=title, kind=Kind.COMPLAINT, **(given | {"thread_key": KEY} | facts))


def forget(team, person=ANN, *, by="U9", at=None):
    """Forget somebody, and return the number that stands for them."""
    return team.write(forget_whole, TEAM, person, by=by, at=at or later(days=1))


def everything_kept(team):
    """Return all that stands in any row of any table but those of full-text search, as text."""
    tables = [
        row["name"]
        for row in team.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'post_words%'")
    ]
    return "\n".join(
        json.dumps([dict(row) for row in team.rows(f"SELECT * FROM {table}")], default=str) for table in tables
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_row_tells_the_name_the_words_or_the_links(team):
    one = heard(team)
    team.press(Act.REACT, one)
    press = Press(act=Act.IMPROVE, conversation_id=one, by="U2", drawn=team.conversation(one).version)
    wanted = Wanted(title="What annika asks for", kind=ImprovementKind.FIX, channel="C9")
    team.write(count_for_new, press, wanted, workspace_id=TEAM, at=NOW)
    team.press(Act.CLAIM, one)
    team.write(save_draft, TEAM, NewDraft(conversation_id=one, text="Hi @annika, sorry!", by="U2"), at=NOW)
    team.write(save_draft, TEAM, NewDraft(conversation_id=one, text=f"Poor {SECRET}!", by="U3"), at=NOW)
    team.press(Act.ANSWERED, one, link=f"{KEY}/answer")
    team.press(
        Act.SNOOZE,
        heard(team, keys=("forum:18",), url="https://forum.example/18", thread_key="forum:18"),
        until=later(days=3),
        reason="annika is away",
    )
    team.write(label_person, TEAM, ["journalist"], community=ANN.community, author=ANN.author, by="U2", at=NOW)
    team.write(unlist, TEAM, ANN, by="U2", at=NOW)
    assert "annika" in everything_kept(team)
    assert team.read(count_posts_of, ANN) == 2
    forget(team)

    kept = everything_kept(team)
    assert "annika" not in kept
    assert SECRET not in kept
    assert "U9" in kept


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_noise_lists_name_them_no_more_however_they_were_typed(team):
    heard(team)
    entries = [("annika", "forum.example"), ("@Annika", "Forum.Example"), ("u/annika", ""), ("annika", "r/other")]
    listed = [Entry(scope=MuteScope.AUTHOR, author=name, community=community) for name, community in entries]
    team.write(add_noise, TEAM, listed, by="U2", at=NOW)

    forget(team)

    assert everything_kept(team).casefold().count("annika") == 2
    [left] = [mute for mute in team.read(noise_in_force, TEAM, now=NOW) if mute.community == "r/other"]
    assert left.author == "annika"


def test_no_search_finds_the_words_any_more(team):
    heard(team)
    assert search(team, SECRET)
    forget(team)

    assert not search(team, SECRET)
    assert not search(team, "annika")


def search(team, words):
    return team.read(search_mentions, TEAM, words, limit=5)


def test_the_numbers_stay_and_one_person_is_counted_as_one(team):
    one, other = heard(team), heard(team, keys=("forum:18",), url="https://forum.example/18", thread_key="forum:18")
    for each in (one, other):
        team.press(Act.REACT, each)
    press = Press(act=Act.IMPROVE, conversation_id=one, by="U2", drawn=team.conversation(one).version)
    team.write(
        count_for_new, press, Wanted(title="x", kind=ImprovementKind.FIX, channel="C9"), workspace_id=TEAM, at=NOW
    )
    team.press(Act.IMPROVE, other, improvement_id=1)
    before = week(team)
    forget(team)

    assert week(team).mentions == before.mentions == 2
    assert week(team).react == 2
    assert team.read(count_who_asked, 1) == 1
    assert team.card(other).times_seen == 2


def week(team):
    return team.read(week_of, TEAM, starts_at=later(days=-1), ends_at=later(days=1))


def test_what_is_replayed_of_an_improvement_gives_its_row_still(team):
    one = heard(team)
    team.press(Act.REACT, one)
    press = Press(act=Act.IMPROVE, conversation_id=one, by="U2", drawn=team.conversation(one).version)
    wanted = Wanted(title="For annika", kind=ImprovementKind.FIX, channel="C9")
    team.write(count_for_new, press, wanted, workspace_id=TEAM, at=NOW)
    forget(team)

    [created] = team.read(history_of, 1)
    assert created.wanted == team.read(find_improvement, 1).wanted
    assert created.wanted.title == "For forgotten person 1"


def test_two_people_who_are_forgotten_are_two(team):
    heard(team)
    heard(team, author="bob", keys=("forum:18",), url="https://forum.example/18", thread_key="forum:18")
    forget(team)
    forget(team, Person("forum.example", "bob"))

    assert {row["author"] for row in team.rows("SELECT author FROM post")} == {
        "forgotten person 1",
        "forgotten person 2",
    }


@pytest.mark.parametrize(
    "keys",
    [(KEY, "forum:17"), (KEY,), ("forum:17",), ("forum:17", "another:key")],
    ids=["as it was", "the key that told the name", "the other key", "a new key beside"],
)
def test_the_same_post_does_not_bring_its_words_back(team, keys):
    heard(team)
    forget(team)
    mentions = len(team.rows("SELECT 1 FROM mention"))
    heard_again(team, keys=keys, title=f"Edited: {SECRET}")
    team.fresh = team.add_source(team.watch, "https://other.example/feed")
    heard_again(team, keys=keys, source=team.fresh)

    [post] = team.rows("SELECT * FROM post")
    assert (post["author"], post["text"], post["url"]) == ("forgotten person 1", "", "")
    assert len(team.rows("SELECT 1 FROM mention")) == mentions
    assert not [row for row in team.rows("SELECT key FROM post_key") if "annika" in row["key"]]


def heard_again(team, *, keys, title="Tidewiki again", source=None):
    post = a_post(keys=keys, title=title, text=SECRET, author="annika", url=KEY, thread_key=KEY)
    team.poll(post, source=source or team.source)


def test_an_answer_to_them_still_joins_their_conversation(team):
    one = heard(team)
    forget(team)
    team.poll(a_post(author="bob", thread_key=KEY, parent_key=KEY, title="Re: Tidewiki"))

    assert {row["conversation_id"] for row in team.rows("SELECT conversation_id FROM mention")} == {one}
    assert "annika" not in str([dict(row) for row in team.rows("SELECT thread_key, parent_key FROM post")])


def test_who_answered_whom_stays_known_in_their_own_thread(team):
    heard(team)
    theirs = "https://forum.example/z/@annika/18"
    for author, key, parent in (("annika", theirs, KEY), ("bob", "bob:1", theirs)):
        team.poll(a_post(author=author, keys=(key,), thread_key=KEY, parent_key=parent, url=f"https://x.example/{key}"))
    forget(team)

    rows = {row["author"]: row for row in team.rows("SELECT * FROM post WHERE parent_key <> ''")}
    keys = {row["post_id"]: row["key"] for row in team.rows("SELECT * FROM post_key WHERE key LIKE 'forgotten:%'")}
    assert rows["bob"]["parent_key"] == keys[rows["forgotten person 1"]["id"]]
    assert len({row["thread_key"] for row in rows.values()}) == 1
    assert "annika" not in str([dict(row) for row in rows.values()])


def test_a_thread_that_others_opened_stays_theirs_also_where_its_address_carries_the_name(team):
    thread = "https://forum.example/t/ask-annika"
    team.poll(a_post(author="bob", keys=(thread,), thread_key=thread))
    team.poll(a_post(author="annika", keys=("a:1",), thread_key=thread, parent_key=thread))
    forget(team)
    team.poll(a_post(author="bob", keys=(thread,), thread_key=thread), source=team.add_source(team.watch, "https://b"))

    assert [row["author"] for row in team.rows("SELECT author FROM post ORDER BY id")] == ["bob", "forgotten person 1"]
    assert len(team.rows("SELECT DISTINCT thread_key FROM post")) == 1


def test_what_shows_them_in_slack_is_drawn_again(team):
    one = heard(team)
    sent = team.send_all()
    forget(team)

    assert [
        m.subject for m in team.read(messages_to_redraw, now=later(days=2), limit=9) if m.kind is MessageKind.CARD
    ] == [str(one)]
    assert sent


def test_what_was_said_stays_known_when_rules_change(team):
    heard(team)
    forget(team)
    [row] = team.rows("SELECT id, kind FROM mention")
    fresh = replace(team.card(1).opening.reading, kind=Kind.PRAISE, rules_version=999)
    team.write(read_anew, {row["id"]: fresh}, lambda _mention, reading, _said: reading, at=NOW)

    [after] = team.rows("SELECT kind, rules_version FROM mention")
    assert (after["kind"], after["rules_version"]) == (row["kind"], 999)


def test_nobody_is_asked_to_answer_them_any_more(team):
    heard(team)
    forget(team)

    assert [row["waits_for_us"] for row in team.rows("SELECT waits_for_us FROM mention")] == [0]


def test_who_did_it_and_when_is_kept_without_the_name(team):
    heard(team)
    forget(team)
    [line] = team.rows("SELECT * FROM history WHERE object = 'person' AND act = 'forget'")

    assert (line["actor"], line["object_id"], json.loads(line["after_facts"])) == ("U9", 1, {"posts": 1})


def test_digests_go_on_not_naming_them(team):
    heard(team)
    team.write(unlist, TEAM, ANN, by="U2", at=NOW)
    forget(team)

    assert team.read(unlisted_of, TEAM) == {Person("forum.example", "forgotten person 1")}


def test_a_deletion_that_is_heard_of_later_changes_nothing(team):
    heard(team)
    forget(team)
    [post] = team.read(lambda tx: tx.all("SELECT id FROM post"))
    team.write(withdraw, {post["id"]: team.card(1).opening.stored.post}, at=NOW)

    assert team.rows("SELECT author FROM post")[0]["author"] == "forgotten person 1"


def test_nobody_is_forgotten_of_whom_we_have_nothing_nor_anybody_twice(team):
    heard(team)

    assert forget(team, Person("forum.example", "nobody")) is None
    assert forget(team, Person("forum.example", "")) is None
    assert forget(team) == 1
    assert forget(team) is None
    assert forget(team, Person("forum.example", "forgotten person 1")) is None


@pytest.mark.parametrize("name", ["annika", "@annika", "u/annika"])
def test_a_name_is_understood_as_people_write_it(team, name):
    heard(team)

    assert team.read(people_called, TEAM, "Forum.Example", name) == [ANN]


def test_others_in_the_same_place_stay_as_they_are(team):
    heard(team)
    team.hear(author="bob", text="annika is right")
    team.hear(author="annika", community="elsewhere.example")
    forget(team)

    assert sorted(row["author"] for row in team.rows("SELECT author FROM post")) == [
        "annika",
        "bob",
        "forgotten person 1",
    ]


def test_a_digest_that_quoted_them_quotes_nobody_and_is_drawn_again_however_old(team):
    heard(team)
    workspace = team.read(find_workspace, TEAM)
    at = later(days=7)
    digest = team.write(queue_digest, workspace, period_due(workspace.schedule, at), now=at)
    team.send_all(at=at)
    line = {"text": SECRET, "author": "annika", "community": ANN.community, "url": KEY, "at": at.isoformat()}
    told = json.dumps(json.loads(team.rows("SELECT report FROM digest")[0]["report"]) | {"line": line})
    team.write(lambda tx: tx.run("UPDATE digest SET report = :told", told=told))
    assert team.read(find_digest, 1).line
    forget(team, at=later(days=90))

    [row] = team.rows("SELECT report FROM digest")
    assert "annika" not in row["report"]
    assert SECRET not in row["report"]
    assert team.read(find_digest, 1).line is None
    due = team.read(messages_to_redraw, now=later(days=91), limit=99)
    assert [is_redrawn(m, now=later(days=91)) for m in due if m.id == digest] == [True]
