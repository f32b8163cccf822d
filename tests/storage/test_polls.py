"""One poll is one transaction: what it stores, what it makes of mentions, and what it leaves when it fails."""

from contextlib import suppress
from dataclasses import replace
from threading import Barrier, BrokenBarrierError

import pytest
from builders import DEFAULT_LIMITS, NOW, TEAM, a_post, a_reading, a_sighting, later

from engagement.calm.brake import BrakeLimits
from engagement.conversations.conversation import ReplyState
from engagement.conversations.press import Act
from engagement.sending.outbox import MessageKind
from engagement.understanding.reading import Kind
from storage.conversations.mentions import find_mention
from storage.database import open_database
from storage.listening.listening import listening_since
from storage.listening.polls import Poll, look_before
from storage.listening.sources import all_sources, due_sources
from storage.listening.taking_in import store_poll
from storage.listening.watches import all_watches, state_of_watches
from storage.sending.messages import find_message

# On SQLite the second process cannot begin before the first one ends: waiting for it is in vain.
HELD_UP_SECONDS = 1
TABLES = ("post", "post_key", "source_post", "mention", "conversation", "message", "history")


def counts(team):
    return {table: len(team.rows(f"SELECT * FROM {table}")) for table in TABLES}


def messages(team, kind):
    return team.rows("SELECT * FROM message WHERE kind = :kind ORDER BY id", kind=kind.value)


def source_now(team, source):
    return next(each for each in team.read(all_sources) if each.id == source.id)


def test_a_mention_opens_a_conversation_with_a_card_to_post(team):
    post = a_post()
    assert team.poll(post) == 1

    [message] = messages(team, MessageKind.CARD)
    card = team.card(int(message["subject"]))
    assert (card.opening.stored.post.title, card.more, card.waiting) == (post.title, 0, 0)
    assert (card.conversation.version, card.conversation.tag) == (1, None)


def test_polling_twice_posts_once(team):
    post = a_post()
    team.poll(post)
    before = counts(team)

    assert team.poll(post) == 0
    assert counts(team) == before


def test_an_edit_never_posts_again(team):
    post = a_post()
    team.poll(post)

    assert team.poll(post._replace(text="edited")) == 0
    assert len(messages(team, MessageKind.CARD)) == 1


def test_an_edit_that_names_us_at_last_is_a_mention(team):
    post = a_post(text="some wiki")
    team.poll(post, sightings=[])

    assert team.poll(post._replace(text="Tidewiki")) == 1


def test_a_reading_is_kept_whole_with_the_rules_that_made_it(team):
    post = a_post()
    reading = replace(a_reading(), mood_words=("great", "not slow"), rules_version=7)
    team.poll(post, sightings=[replace(a_sighting(team.watch, post), reading=reading)])

    assert team.read(find_mention, 1).reading == reading


def test_a_poll_keeps_its_validators_and_its_next_time(team):
    team.poll(a_post(), validators={"etag": '"1"', "last_modified": "yesterday"})
    source = source_now(team, team.source)
    assert (source.etag, source.last_modified) == ('"1"', "yesterday")
    assert (source.next_poll_at, source.last_heard_at) == (later(minutes=10), NOW)

    team.poll(validators=None)
    assert source_now(team, team.source).etag == '"1"'


def test_a_poll_tells_what_its_source_never_carried_before(team):
    known = a_post(published_at=later(hours=-9))
    team.poll(known)
    posts = [a_post(published_at=later(hours=-2)), known._replace(text="edited"), a_post(published_at=None)]
    poll = Poll(source_id=team.source.id, posts=posts, sightings=[], carried=7)

    brought = team.write(store_poll, poll, limits=DEFAULT_LIMITS, at=NOW)

    assert (brought.harvest.carried, brought.news, brought.harvest.new, brought.harvest.repeated) == (7, 3, 2, 0)
    assert brought.harvest.newest_at == later(hours=-2)


def test_any_change_of_a_watch_shows_in_their_state(team):
    seen = [team.read(state_of_watches)]
    for change in (lambda: team.add_watch("Tide"), team.add_watch, lambda: team.add_watch("Tide")):
        change()
        seen.append(team.read(state_of_watches))

    assert len(set(seen)) == len(seen)


def test_a_watch_whose_row_cannot_be_read_is_named_and_costs_no_other(team):
    other = team.add_watch("Tide")
    team.db.transact(lambda tx: tx.run("UPDATE watch SET names = 'Tide' WHERE id = :id", id=other.id))

    watches, broken = team.read(all_watches)

    assert (set(watches), broken) == ({team.watch.id}, {other.id})


def test_a_poll_that_fails_half_way_leaves_nothing(team):
    team.poll(a_post())
    before, source = counts(team), source_now(team, team.source)
    poll = Poll(
        source_id=team.source.id,
        posts=[a_post()],
        # Never stored by this poll: what it mentions cannot be found.
        sightings=[a_sighting(team.watch, a_post())],
    )

    with pytest.raises(KeyError):
        team.write(store_poll, poll, limits=DEFAULT_LIMITS, at=NOW)

    assert counts(team) == before
    assert source_now(team, team.source) == source


def test_a_new_watch_is_unprimed_until_its_first_poll_and_then_shown_what_was_there(team):
    post = a_post()
    team.poll(post, sightings=[])
    newcomer = team.add_watch("Tide", channel="C2")
    team.add_source(newcomer, team.source.url)

    before = team.read(look_before, team.source, [])
    assert team.read(listening_since, team.source.id, [team.watch.id, newcomer.id])[newcomer.id] is None
    assert [each.post.title for each in before.earlier] == [post.title]

    sighting = a_sighting(newcomer, before.earlier[0].post, before_start=True)
    assert team.poll(sightings=[sighting]) == 1
    assert team.read(listening_since, team.source.id, [newcomer.id]) == {newcomer.id: NOW}
    assert team.read(look_before, team.source, []).earlier == ()
    assert team.read(look_before, team.source, [post]).sifted.news == ()


def test_what_was_there_before_is_marked_so(team):
    conversation_id = team.hear(before_start=True)

    assert team.card(conversation_id).opening.before_start


def test_a_later_mention_goes_into_the_thread_of_the_card(team):
    first = team.hear(thread_key="thread")
    second = team.hear(thread_key="thread", kind=Kind.PRAISE, at=later(hours=1))

    card = team.read(find_message, MessageKind.CARD, str(first))
    [note] = messages(team, MessageKind.NOTE)
    assert first == second
    assert note["parent_id"] == card.id
    assert team.read(find_mention, int(note["subject"])).conversation_id == first
    assert (team.card(first).more, team.card(first).waiting) == (1, 0)


def test_what_follows_within_the_same_poll_is_a_note_too(team):
    team.poll(a_post(thread_key="thread"), a_post(thread_key="thread"), a_post(thread_key="thread"))

    assert [len(messages(team, kind)) for kind in (MessageKind.CARD, MessageKind.NOTE)] == [1, 2]
    assert [each.kind for each in team.send_all()] == [MessageKind.CARD, MessageKind.NOTE, MessageKind.NOTE]


def test_a_later_mention_has_the_card_redrawn(team):
    conversation_id = team.hear(thread_key="thread")
    team.send_all()
    team.hear(thread_key="thread")

    assert team.read(find_message, MessageKind.CARD, str(conversation_id)).stale


def test_two_workspaces_have_a_conversation_each_about_one_post(team):
    team.add_workspace("T2")
    theirs = team.add_watch(workspace_id="T2", channel="C9")
    team.add_source(theirs, team.source.url)
    team.poll()

    assert team.poll(a_post()) == 2
    conversations = team.rows("SELECT workspace_id, channel FROM conversation ORDER BY id")
    assert sorted(row["workspace_id"] for row in conversations) == [TEAM, "T2"]
    assert counts(team)["post"] == 1


def test_two_watches_of_a_workspace_share_the_conversation(team):
    rival = team.add_watch("Rival", channel="C2")
    team.add_source(rival, team.source.url)
    team.poll()

    assert team.poll(a_post()) == 1


def test_somebody_who_writes_again_is_known(team):
    team.hear(author="pat")
    team.hear(author="pat", community="elsewhere.example")
    conversation_id = team.hear(author="pat")
    nobody = [team.hear(author="") for _ in range(2)]

    assert team.card(conversation_id).times_seen == 2
    assert [team.card(each).times_seen for each in nobody] == [1, 1]


class Looked:
    """A transaction that stops once, after it has looked and before it stores the first post."""

    def __init__(self, tx, both_looked):
        self._tx = tx
        self._both_looked = both_looked

    def __getattr__(self, name):
        return getattr(self._tx, name)

    def all(self, sql, **values):
        if sql.startswith("INSERT INTO post "):
            with suppress(BrokenBarrierError):
                self._both_looked.wait(HELD_UP_SECONDS)
        return self._tx.all(sql, **values)


def test_two_processes_that_hear_the_same_post_at_once_store_it_once(team, database_url):
    """On PostgreSQL both look before either has stored: the second finds the first one's keys and starts again."""
    databases = [open_database(database_url) for _ in range(2)]
    sources = [team.add_source(team.watch, f"https://{number}.example/feed") for number in range(2)]
    post, both_looked = a_post(), Barrier(2)

    def hear(tx, source):
        poll = Poll(
            source_id=source.id,
            posts=[post],
            sightings=[a_sighting(team.watch, post)],
        )
        return store_poll(Looked(tx, both_looked), poll, limits=DEFAULT_LIMITS, at=NOW).mentions

    pending = [
        database._writing.submit(database._writer.transact, lambda tx, source=source: hear(tx, source))
        for database, source in zip(databases, sources, strict=True)
    ]

    assert sorted(each.result() for each in pending) == [0, 1]
    rows = counts(team)
    assert (rows["post"], rows["source_post"], rows["mention"], rows["conversation"]) == (1, 2, 1, 1)
    for database in databases:
        database.close()


# ---- asked again ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "act"),
    [(Kind.QUESTION, Act.ANSWERED), (Kind.QUESTION, Act.LISTEN), (Kind.PRAISE, Act.REACT)],
    ids=["we answered", "we only listened", "we reacted to praise"],
)
def test_a_question_after_all_was_settled_is_owed_an_answer(team, kind, act):
    conversation_id = team.hear(kind=kind, thread_key="thread")
    team.press(act, conversation_id)

    team.hear(thread_key="thread", at=later(days=1))

    conversation = team.conversation(conversation_id)
    assert conversation.reply.state is ReplyState.OWED
    assert conversation.reply.due_at == later(days=2)
    assert conversation.version == 3
    assert team.card(conversation_id).waiting == 1


def test_praise_after_an_answer_changes_nothing(team):
    conversation_id = team.hear(thread_key="thread")
    team.press(Act.ANSWERED, conversation_id)

    team.hear(thread_key="thread", kind=Kind.PRAISE)

    assert team.conversation(conversation_id).reply.state is ReplyState.ANSWERED


def test_a_question_while_a_reply_is_owed_keeps_its_due_time(team):
    conversation_id = team.hear(thread_key="thread")
    team.press(Act.INTERACT, conversation_id)
    owed = team.conversation(conversation_id)

    team.hear(thread_key="thread", at=later(hours=3))

    assert team.conversation(conversation_id) == owed
    assert team.card(conversation_id).waiting == 1


def test_only_what_was_asked_since_the_answer_is_waiting(team):
    conversation_id = team.hear(thread_key="thread")
    team.hear(thread_key="thread", at=later(minutes=1))
    team.press(Act.ANSWERED, conversation_id, at=later(minutes=2))
    assert (team.card(conversation_id).more, team.card(conversation_id).waiting) == (1, 0)

    team.hear(thread_key="thread", at=later(minutes=3))

    assert (team.card(conversation_id).more, team.card(conversation_id).waiting) == (2, 1)


def test_nothing_waits_in_a_conversation_that_is_not_us(team):
    conversation_id = team.hear(thread_key="thread")
    team.press(Act.NOT_US, conversation_id)
    team.hear(thread_key="thread")

    assert (team.card(conversation_id).more, team.card(conversation_id).waiting) == (1, 0)
    assert not team.rows("SELECT id FROM conversation WHERE is_open = 1")


def test_undo_of_listen_keeps_what_was_asked_since(team):
    conversation_id = team.hear(thread_key="thread")
    team.press(Act.LISTEN, conversation_id)
    team.hear(thread_key="thread")

    team.press(Act.UNDO, conversation_id)

    conversation = team.conversation(conversation_id)
    assert (conversation.tag, conversation.reply.state) == (None, ReplyState.OWED)


# ---- the brake -----------------------------------------------------------------------------------------------------


def test_the_brake_holds_what_is_more_than_fifteen_an_hour(team):
    team.poll(*(a_post() for _ in range(10)))
    team.poll(*(a_post() for _ in range(10)), at=later(minutes=30))

    cards = messages(team, MessageKind.CARD)
    assert [card["state"] for card in cards] == ["waiting"] * 15 + ["held"] * 5
    assert len(messages(team, MessageKind.BRAKE)) == 1


def test_an_hour_later_there_is_room_again(team):
    team.poll(*(a_post() for _ in range(15)))
    team.poll(*(a_post() for _ in range(15)), at=later(minutes=61))

    assert [card["state"] for card in messages(team, MessageKind.CARD)] == ["waiting"] * 25 + ["held"] * 5


def test_the_brake_holds_what_is_more_than_twenty_five_untouched(team):
    for hours in range(6):
        team.poll(*(a_post() for _ in range(5)), at=later(hours=2 * hours))
    assert [card["state"] for card in messages(team, MessageKind.CARD)].count("held") == 5

    for row in team.rows("SELECT id FROM conversation WHERE brake_id IS NULL"):
        team.press(Act.LISTEN, row["id"])
    team.poll(*(a_post() for _ in range(5)), at=later(hours=20))

    assert [card["state"] for card in messages(team, MessageKind.CARD)].count("held") == 5


def test_the_limits_of_the_brake_can_be_set(team):
    team.poll(a_post(), a_post(), limits=BrakeLimits(cards_per_hour=1))

    assert [card["state"] for card in messages(team, MessageKind.CARD)] == ["waiting", "held"]


def test_each_channel_has_a_brake_of_its_own(team):
    other = team.add_watch("Other", channel="C2")
    team.poll(*(a_post() for _ in range(16)))
    team.hear(watch=other)

    assert messages(team, MessageKind.CARD)[-1]["state"] == "waiting"


def test_notes_of_a_held_card_wait_with_it(team):
    posts = [a_post() for _ in range(16)]
    team.poll(*posts)
    team.hear(thread_key=posts[-1].thread_key)

    sent = team.send_all()

    assert [each.kind for each in sent] == [MessageKind.CARD] * 15 + [MessageKind.BRAKE]


# ---- sources -------------------------------------------------------------------------------------------------------


def test_due_sources_come_longest_due_first_and_only_where_somebody_listens(team):
    late = team.add_source(team.watch, "https://late.example/feed", at=later(hours=-2))
    soon = team.add_source(team.watch, "https://soon.example/feed", at=later(hours=2))
    team.db.transact(lambda tx: tx.run("DELETE FROM watch_source WHERE source_id = :id", id=team.source.id))

    assert [each.id for each in team.read(due_sources, now=NOW, limit=9)] == [late.id]
    assert [each.id for each in team.read(due_sources, now=later(hours=3), limit=9)] == [late.id, soon.id]
    assert len(team.read(due_sources, now=later(hours=3), limit=1)) == 1


def test_failures_are_counted_until_the_source_is_heard_again(team):
    for minutes in (0, 10):
        team.fail(team.source, again_at=later(minutes=minutes + 10), at=later(minutes=minutes))
    source = source_now(team, team.source)
    assert (source.failures, source.last_error, source.next_poll_at) == (2, "no answer", later(minutes=20))

    team.poll(at=later(minutes=20))
    assert (source_now(team, source).failures, source_now(team, source).last_error) == (0, "")
