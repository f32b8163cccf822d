"""Which threads are to be looked at, and what a look leaves behind: in the rows, whichever database it is."""

from datetime import timedelta

import pytest
from builders import NOW, TEAM, a_post, later

from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act
from engagement.team.team import Handle, Teammate
from engagement.turns.looking import AHEAD, in_vain, looked, nowhere
from engagement.understanding.reading import Kind
from storage.conversations.waiting import waiting_for_us
from storage.listening.sources import all_sources, due_sources
from storage.stamps import read_stamp
from storage.team.teammates import save_teammate
from storage.turns.look_posts import keep_look, source_of_looks, watches_there
from storage.turns.looks import checks_of, save_look, threads_due, threads_of
from storage.turns.thread_posts import thread_posts_in

SECOND = timedelta(seconds=1)


def ask(team, key="hn:1", **facts):
    return team.hear(key=key, **({"thread_key": key, "community": "Hacker News", "published_at": NOW} | facts))


def seen(at):
    return looked("https://x.example/1", etag='"1"', last_modified="then", now=at)


def due(team, at):
    return [thread.key for thread in team.read(threads_due, now=at)]


def moment(team, column):
    return read_stamp(team.rows(f"SELECT {column} AS at FROM conversation")[0]["at"])


def test_a_question_is_due_for_a_look_before_its_channel_is_warned(team):
    ask(team)
    warn_at = moment(team, "warn_at")

    assert due(team, warn_at - AHEAD - SECOND) == []
    [thread] = team.read(threads_due, now=warn_at - AHEAD)
    assert (thread.key, thread.community, thread.since) == ("hn:1", "Hacker News", NOW)
    assert thread.post_url == "https://forum.example/hn:1"


def test_a_promise_is_looked_at_before_it_is_due_as_well(team):
    team.press(Act.CLAIM, ask(team), by="USAM")
    warn_at, due_at = moment(team, "warn_at"), moment(team, "due_at")

    assert due(team, warn_at) == ["hn:1"]
    team.write(save_look, "hn:1", seen(warn_at))
    assert due(team, warn_at) == []
    assert due(team, due_at - AHEAD) == ["hn:1"]


@pytest.mark.parametrize("act", [Act.LISTEN, Act.NOT_US, Act.ANSWERED])
def test_what_waits_for_nobody_is_not_looked_at(team, act):
    team.press(act, ask(team))

    assert due(team, later(days=2)) == []


def test_praise_is_not_looked_at(team):
    ask(team, kind=Kind.PRAISE)

    assert [due(team, later(hours=hours)) for hours in range(48)] == [[]] * 48


def test_one_thread_of_two_workspaces_is_looked_at_once(team):
    team.add_workspace("T2")
    other = team.add_watch("Harbour", workspace_id="T2", channel="C2")
    ask(team)
    ask(team, watch=other)

    assert due(team, moment(team, "warn_at")) == ["hn:1"]


def test_whom_the_next_digest_names_is_looked_at_before_it(team):
    numbers = [ask(team, f"hn:{number}") for number in range(1, 8)]
    team.write(lambda tx: tx.run("UPDATE conversation SET warn_at = NULL"))
    monday = later(days=4, hours=19)

    assert due(team, monday - timedelta(minutes=21)) == []
    assert sorted(due(team, monday - timedelta(minutes=20))) == [f"hn:{number}" for number in range(1, 6)]
    team.write(save_look, "hn:1", seen(monday - timedelta(minutes=19)))
    team.press(Act.NOT_US, numbers[1])
    assert sorted(due(team, monday - timedelta(minutes=18))) == ["hn:3", "hn:4", "hn:5", "hn:6"]


@pytest.mark.parametrize(
    "look",
    [seen(NOW), nowhere(now=NOW), in_vain(seen(NOW), "it says no", thread_key="hn:1", now=NOW)],
    ids=["seen", "listed nowhere", "in vain"],
)
def test_a_look_is_kept_as_it_was(team, look):
    number = ask(team)

    for each in (nowhere(now=later(hours=-9)), look):
        team.write(save_look, "hn:1", each)

    assert [thread.look for thread in team.read(threads_of, [number])] == [look]


def test_of_each_who_waits_stands_there_how_the_look_went_within_the_hour(team):
    looks = [
        seen(NOW),
        seen(NOW - timedelta(hours=1)),
        in_vain(seen(NOW - timedelta(days=1)), "it says no", thread_key="hn:3", now=NOW),
        nowhere(now=NOW),
    ]
    for number, look in enumerate(looks, start=1):
        ask(team, f"hn:{number}")
        team.write(save_look, f"hn:{number}", look)
    ask(team, "hn:5")
    rows = team.read(waiting_for_us, TEAM, limit=5)

    found = {check.conversation_id: check for check in team.read(checks_of, rows, now=NOW)}

    checks = [found.get(row.conversation_id) for row in rows]
    said = [(check.looked_at, check.reason, check.readable) if check else None for check in checks]
    assert said == [(NOW, "", True), None, (None, "it says no", True), (None, "", False), None]


# ---- what a look brought -------------------------------------------------------------------------------------------


def look_at(team, *posts, thread="hn:1", at=NOW):
    """Keep what a look lists, as the bot does."""
    source = team.write(source_of_looks, at=at)
    team.poll(*posts, source=source, sightings=[], at=at)
    team.write(keep_look, source.id, thread, posts, at=at)


def a_reply(key, *, minutes, **facts):
    given = {"thread_key": "hn:1", "parent_key": "hn:1", "community": "Hacker News", "author": "lin"}
    return a_post(key, published_at=later(minutes=minutes), **(given | facts))


def test_the_looks_are_no_place_that_anybody_asks_or_sees(team):
    first, second = (team.write(source_of_looks, at=NOW) for _ in range(2))

    assert first.id == second.id
    assert first.id not in [source.id for source in team.read(all_sources)]
    assert first.id not in [source.id for source in team.read(due_sources, now=later(days=1), limit=9)]


def test_who_hears_a_thread_are_the_watches_of_the_workspaces_that_talk_in_it(team):
    team.add_workspace("T2")
    strangers = team.add_watch("Harbour", workspace_id="T2", channel="C2")
    beside = team.add_watch("Ferry")
    ask(team)

    heard = team.read(watches_there, "hn:1", [team.watch.id, strangers.id, beside.id])

    assert heard == {team.watch.id: later(days=-30), beside.id: later(days=-30)}


def test_an_answer_of_a_teammate_is_found_by_name_also_where_the_name_is_new(team):
    conversation = ask(team)
    look_at(team, a_reply("hn:2", minutes=9, author="finn"))
    finn = Teammate(slack_user="UFINN", name="Finn", handles=(Handle(community="Hacker News", name="finn"),))
    team.write(save_teammate, TEAM, finn, by="U1", interval_seconds=600, at=NOW)
    assert team.conversation(conversation).reply.state is ReplyState.NONE

    look_at(team, a_reply("hn:2", minutes=9, author="finn"), at=later(hours=1))

    reply = team.conversation(conversation).reply
    assert (reply.state, reply.answered_by, reply.answered_at) == (ReplyState.ANSWERED, "UFINN", later(minutes=9))


def test_a_post_that_was_known_from_elsewhere_stands_in_the_thread_from_then_on(team):
    finn = Teammate(slack_user="UFINN", name="Finn", handles=(Handle(community="Mastodon", name="finn"),))
    team.write(save_teammate, TEAM, finn, by="U1", interval_seconds=600, at=NOW)
    conversation = ask(team, "mastodon:m/1", community="Mastodon")
    # A feed that does not say what is answered.
    answer = a_reply("mastodon:m/2", minutes=9, author="finn", community="Mastodon", parent_key="", thread_key="m/2")
    team.poll(answer, sightings=[])
    placed = a_reply(
        "mastodon:m/2",
        minutes=9,
        author="finn",
        community="Mastodon",
        parent_key="mastodon:m/1",
        thread_key="mastodon:m/1",
    )

    look_at(team, placed, thread="mastodon:m/1")

    assert [each.keys for each in team.read(thread_posts_in, "mastodon:m/1")] == [("mastodon:m/1",), ("mastodon:m/2",)]
    assert team.conversation(conversation).reply.state is ReplyState.ANSWERED


def test_when_another_post_becomes_the_solution_the_first_is_none_any_more(team):
    ask(team)
    two, three = a_reply("hn:2", minutes=1, accepted=True), a_reply("hn:3", minutes=2)
    look_at(team, two, three)
    look_at(team, a_reply("hn:2", minutes=1), a_reply("hn:3", minutes=2, accepted=True), at=later(hours=1))
    # A page that marks none, as feeds do.
    look_at(team, a_reply("hn:3", minutes=2), at=later(hours=2))

    marks = {each.keys[0]: each.stored.post.accepted for each in team.read(thread_posts_in, "hn:1")}
    assert marks == {"hn:1": False, "hn:2": False, "hn:3": True}


def test_a_solution_that_only_the_thread_shows_answers_the_conversation(team):
    conversation = ask(team)

    look_at(team, a_reply("hn:2", minutes=9, accepted=True))

    assert team.conversation(conversation).reply.state is ReplyState.ANSWERED_BY_OTHERS
    assert due(team, later(days=1)) == []


def test_what_a_program_wrote_there_answers_nobody(team):
    conversation = ask(team)

    look_at(team, a_reply("hn:2", minutes=9, accepted=True, by_program=True))

    assert team.conversation(conversation).reply.state is ReplyState.NONE
