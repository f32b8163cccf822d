"""The thread of the digest: which messages it has, and what stands in them."""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOW, TEAM, a_new_source, a_post, a_reading, later

from engagement.calendar import period_due
from engagement.conversations.conversation import Sighting
from engagement.conversations.press import Act
from engagement.digest.details import Part
from engagement.digest.week import Helped
from engagement.sending.outbox import MessageState, nothing_to_say
from engagement.team.team import Handle, Teammate
from engagement.understanding.reading import Kind
from engagement.voice.draft import Verdict
from storage.digest.digests import compute_details, find_details, find_digest, queue_digest
from storage.listening.sources import all_sources
from storage.team.teammates import save_teammate
from storage.voice.drafts import NewDraft, judge_draft, save_draft
from storage.workspaces import find_workspace

MONDAY = later(days=5).replace(hour=9)
FEED = a_new_source("https://hn.example/?author=finn")


def queue(team, *, at=MONDAY):
    workspace = team.read(find_workspace, TEAM)
    return team.write(queue_digest, workspace, period_due(workspace.schedule, at), now=at)


def details(team, digest_id=1):
    return team.read(find_details, digest_id)


def titles(queued):
    return [each.line.title for each in queued]


def hear_noise(team, term, *, not_us, us=0, at=NOW):
    for number in range(not_us + us):
        post = a_post()
        sighting = Sighting(watch=team.watch, post=post, term=term, reading=a_reading(Kind.OTHER))
        team.poll(post, sightings=[sighting], at=at)
        [row] = team.rows("SELECT id FROM conversation WHERE thread_key = :thread", thread=post.thread_key)
        if number < not_us:
            team.press(Act.NOT_US, row["id"])


class Noting:
    """A transaction that notes what it is asked, with which values."""

    def __init__(self, tx):
        self._tx = tx
        self.asked = []

    def __getattr__(self, name):
        return getattr(self._tx, name)

    def all(self, sql, **values):
        self.asked.append((sql, tuple(sorted(values.items()))))
        return self._tx.all(sql, **values)


def test_no_question_about_what_people_wrote_is_asked_twice_for_a_digest_and_its_thread(team):
    team.hear(kind=Kind.COMPLAINT, author="pat")
    team.hear(kind=Kind.PRAISE, author="pat")
    workspace = team.read(find_workspace, TEAM)

    def asked(tx):
        noting = Noting(tx)
        queue_digest(noting, workspace, period_due(workspace.schedule, MONDAY), now=MONDAY)
        return noting.asked

    counts = Counter(question for question in team.db.transact(asked) if "post" in question[0])
    assert counts
    assert [sql for (sql, _), times in counts.items() if times > 1] == []


def test_the_thread_is_queued_once_behind_its_digest_and_sent_after_it(team):
    team.hear()
    team.press(Act.ANSWERED, team.hear())
    team.hear(kind=Kind.PRAISE)
    hear_noise(team, "tide", not_us=1)

    digest = queue(team)
    assert queue(team) is None

    sent = [message for message in team.send_all(at=MONDAY) if message.kind in ("digest", "details")]
    assert [(message.kind, message.part) for message in sent] == [
        ("digest", 0),
        ("details", Part.UNTAGGED),
        ("details", Part.ANSWERED),
        ("details", Part.THANKS),
        ("details", Part.FIGURES),
        ("details", Part.VOICES),
        ("details", Part.COMMUNITIES),
        ("details", Part.PLACES),
    ]
    assert [message.thread_ts for message in sent[1:]] == [f"{digest}.000"] * 7
    assert {message.subject for message in sent} == {"1"}


def test_a_quiet_week_has_no_thread(team):
    queue(team)

    assert [row["kind"] for row in team.rows("SELECT kind FROM message")] == ["digest"]
    assert details(team).parts == ()


def test_what_is_tagged_before_the_thread_is_sent_is_not_in_it(team):
    conversation_id = team.hear()
    queue(team)
    assert details(team).parts == (Part.UNTAGGED,)

    team.press(Act.LISTEN, conversation_id)

    assert details(team).parts == ()


def test_a_claim_redraws_the_digest_and_leaves_the_thread_as_it_was_sent(team):
    conversation_id = team.hear()
    queue(team)
    team.send_all(at=MONDAY)

    team.press(Act.CLAIM, conversation_id, at=MONDAY)

    assert team.rows("SELECT kind, stale FROM message WHERE kind LIKE 'd%' ORDER BY id") == [
        {"kind": "digest", "stale": 1},
        {"kind": "details", "stale": 0},
    ]


def test_the_newest_untagged_are_listed_with_their_cards_and_all_are_counted(team):
    for days in range(20):
        team.hear(title=str(days), published_at=later(days=-days))
    team.send_all()
    queue(team)

    found = details(team)
    assert (titles(found.untagged), found.all_untagged) == ([str(days) for days in range(15)], 20)
    assert found.untagged[0].card_ts
    assert found.as_of == MONDAY


@pytest.mark.parametrize("act", [Act.LISTEN, Act.CLAIM, Act.NOT_US, Act.ANSWERED])
def test_what_somebody_decided_on_is_not_untagged(team, act):
    team.press(act, team.hear())

    assert details_as_of_now(team).untagged == ()


def details_as_of_now(team):
    queue(team)
    return details(team)


def test_an_answer_is_listed_with_who_where_how_fast_and_what_was_said(team):
    handle = Handle(community="Hacker News", name="finn_of_tidewiki", feed=FEED)
    mate = Teammate(slack_user="UFINN", name="Finn", handles=(handle,))
    team.write(save_teammate, TEAM, mate, by="U1", interval_seconds=600, at=NOW)
    finn = next(source for source in team.read(all_sources) if source.url == FEED.url)
    facts = {"thread_key": "hn:1", "community": "Hacker News"}
    team.hear(key="hn:1", title="Does it export?", published_at=NOW, **facts)
    said = {"author": "finn_of_tidewiki", "text": "Since 0.9 it does.", "url": "https://news.example/9"}
    answer = a_post("hn:9", parent_key="hn:1", published_at=later(minutes=90), **facts, **said)
    team.poll(answer, source=finn, sightings=[], at=later(hours=2))

    [found] = details_as_of_now(team).answered
    assert (found.title, found.community, found.by) == ("Does it export?", "Hacker News", "UFINN")
    assert (found.seconds, found.answer_url, found.seen) == (90 * 60, "https://news.example/9", True)
    assert found.said == "Since 0.9 it does."


def test_an_answer_that_was_only_told_is_listed_with_the_words_of_its_draft(team):
    conversation = team.hear()
    new = NewDraft(conversation_id=conversation, text="Since 0.9 it does.", by="U2", asks=True)
    draft = team.write(save_draft, TEAM, new, at=NOW).draft
    team.write(
        judge_draft, draft.id, Verdict.APPROVE, workspace_id=TEAM, by="U3", drawn=1, note="", at=later(minutes=1)
    )
    team.press(Act.ANSWERED, conversation, by="U2")

    [found] = details_as_of_now(team).answered

    assert (found.said, found.written_by, found.approved_by) == ("Since 0.9 it does.", "U2", "U3")


def test_answers_of_other_weeks_and_of_what_was_not_us_are_left_out(team):
    for at in (MONDAY - timedelta(days=7, seconds=1), MONDAY, MONDAY - timedelta(seconds=1)):
        team.press(Act.ANSWERED, team.hear(title=f"{at}", published_at=NOW - timedelta(days=9)), at=at)
    team.press(Act.NOT_US, team.hear(), at=MONDAY - timedelta(days=1))

    assert [each.title for each in details_as_of_now(team).answered] == [f"{MONDAY - timedelta(seconds=1)}"]


def test_praise_that_nobody_reacted_to_is_to_be_thanked(team):
    team.hear(kind=Kind.PRAISE, title="Lovely")
    team.press(Act.REACT, team.hear(kind=Kind.PRAISE, title="Thanked"))
    team.hear(kind=Kind.PRAISE, title="From before", before_start=True)
    team.hear(kind=Kind.PRAISE, title="Another week", at=MONDAY - timedelta(days=8))
    team.hear(title="A question")

    found = details_as_of_now(team)
    assert (titles(found.praise), found.all_praise) == (["Lovely"], 1)


def test_who_answered_for_us_is_to_be_thanked_in_the_week_in_which_we_saw_it(team):
    """They may have answered in the week before: it shows when the asker thanks them."""
    thread = {"community": "forum.example", "thread_key": "discourse:forum.example/7"}
    before = MONDAY - timedelta(days=8)
    team.hear(key="d:1", title="Solved", author="ann", at=before, published_at=before, **thread)
    for key, author, text, at in (
        ("d:2", "bob", "In the print menu.", before + timedelta(hours=1)),
        ("d:3", "ann", "Thanks, that did the trick!", NOW),
    ):
        post = a_post(
            key,
            text=text,
            author=author,
            parent_key=thread["thread_key"],
            published_at=at,
            url=f"https://f/{key}",
            **thread,
        )
        team.poll(post, sightings=[], at=at)

    found = details_as_of_now(team)
    assert ([(each.title, each.helper) for each in found.by_others], found.parts) == (
        [("Solved", "bob")],
        (Part.THANKS,),
    )
    assert team.read(find_digest, 1).helped == (Helped(by="bob", url="https://f/d:2"),)


def test_terms_that_find_others_are_listed_with_their_watch_the_noisiest_first(team):
    hear_noise(team, "tidal", not_us=1, us=1)
    hear_noise(team, "tide", not_us=3, us=2)
    hear_noise(team, "tidewiki", not_us=0, us=4)

    found = [(each.watch, each.term, each.hits, each.not_us) for each in details_as_of_now(team).noise]
    assert found == [("Tidewiki", "tide", 5, 3), ("Tidewiki", "tidal", 2, 1)]


def test_a_noisy_term_stands_beside_the_week_before(team):
    hear_noise(team, "tide", not_us=2, us=1, at=MONDAY - timedelta(days=8))
    hear_noise(team, "tide", not_us=1)
    hear_noise(team, "tidal", not_us=1)

    tide, tidal = sorted(details_as_of_now(team).noise, key=lambda each: -each.hits_before)
    assert (tide.hits_before, tide.not_us_before, tide.watch_id) == (3, 2, team.watch.id)
    assert (tidal.hits_before, tidal.not_us_before) == (0, 0)


def test_a_sick_place_is_in_the_thread_with_its_reason(team):
    team.fail(team.source, reason="it asks us to slow down", again_at=MONDAY, at=MONDAY - timedelta(days=1))

    found = details_as_of_now(team)
    assert [sick.reason for sick in found.hearing.sick] == ["it asks us to slow down"]
    assert found.parts == (Part.PLACES,)


def test_the_thread_of_a_digest_that_is_not_there_is_none(team):
    assert details(team, 77) is None


def test_a_digest_that_an_older_version_wrote_still_has_its_thread(team):
    team.hear()
    queue(team)
    [row] = team.rows("SELECT report FROM digest")
    new = {"labels", "label", "days", "noise", "line", "our_threads"}
    older = {name: value for name, value in json.loads(row["report"]).items() if name not in new}
    team.write(lambda tx: tx.run("UPDATE digest SET report = :report", report=json.dumps(older)))

    assert details(team).parts == (Part.UNTAGGED,)
    assert replace(team.read(find_digest, 1), waiting=()).days == ()
    assert team.read(compute_details, team.read(find_digest, 1)) == details(team)


def test_a_list_that_became_empty_is_missed_by_nobody(team):
    team.hear()
    queue(team)
    thread = [each for each in team.send_all(at=MONDAY) if each.kind == "details"]

    assert [(nothing_to_say(each).state, nothing_to_say(each).error) for each in thread] == [(MessageState.FAILED, "")]
