"""The same story in several conversations: one card, and the copies in its thread; nothing is lost by it."""

from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from builders import DEFAULT_LIMITS, NOW, TEAM, a_post, a_reading, later
from forgetting import forget_whole
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.calm.mute import MuteScope
from engagement.conversations.conversation import Sighting
from engagement.conversations.press import Act, Decided, Outdated, Press
from engagement.digest.voices import Person
from engagement.home import UNTAGGED, Filters, Page
from engagement.sending.outbox import MessageKind
from engagement.span import read_span
from engagement.understanding.reading import Kind, Pillar, Tag
from handlers.polling.same_story import TELLING
from storage.calm.mutes import add_mute
from storage.calm.rollups import find_rollup
from storage.calm.rollups_due import tell_rollups
from storage.conversations.by_hand import bring
from storage.conversations.copies import root_of
from storage.conversations.decisions import record_press
from storage.conversations.queue import everything
from storage.conversations.stories import put_together, take_apart
from storage.digest.weeks import week_of
from storage.listening.polls import Poll, look_before
from storage.listening.taking_in import store_poll
from storage.records.exports import exported_mentions
from storage.records.search import search_mentions
from storage.understanding.rereading import read_anew

RELEASE = "Tidewiki 4.2 brings a new editor and faster search"
NEARLY = "Tidewiki 4.2 is out: new editor, faster search"


def a_copy(community, title=RELEASE, *, text="", author="", key="", **facts):
    """A post of a place that nobody else carries; posts of one place, title and key are the same."""
    key = f"{community}-{title.replace(' ', '-')}{key}"
    url = f"https://{community.replace('/', '-')}.example/{key}"
    return a_post(key, **({"community": community, "title": title, "text": text, "author": author, "url": url} | facts))


def a_telling(team, post, kind):
    pillar = Pillar.ASSOCIATION if kind is Kind.NEWS else Pillar.USER_INITIATED
    return Sighting(watch=team.watch, post=post, term="tidewiki", reading=a_reading(kind, pillar=pillar))


def hear(team, *posts, kinds=(), at=NOW):
    """Hear posts in one poll, as the bot does, each of its kind (news if none is given); return their conversations."""
    before = team.read(look_before, team.source, posts)
    kind_of = dict(zip((post.keys for post in posts), kinds or [Kind.NEWS] * len(posts), strict=True))
    news = before.sifted.news
    sightings = [a_telling(team, post, kind_of[post.keys]) for post in news]
    poll = Poll(source_id=team.source.id, posts=news, sightings=sightings)
    team.write(store_poll, poll, limits=DEFAULT_LIMITS, at=at, telling=TELLING)
    found = "SELECT id FROM conversation WHERE thread_key = :key"
    return [row["id"] for post in posts for row in team.rows(found, key=post.thread_key)]


def say(team, number, *words, kind, key, at):
    """Have somebody write in the thread of a conversation."""
    [row] = team.rows("SELECT thread_key FROM conversation WHERE id = :id", id=number)
    thread = row["thread_key"]
    hear(team, a_post(key, thread_key=thread, parent_key="above", title="", text=" ".join(words)), kinds=[kind], at=at)


def press(team, act, number, *, by="U2", at=NOW, drawn=None):
    drawn = team.conversation(number).version if drawn is None else drawn
    record = {Act.TOGETHER: put_together, Act.APART: take_apart}.get(act, record_press)
    return team.write(record, Press(act=act, conversation_id=number, by=by, drawn=drawn), workspace_id=TEAM, at=at)


def card_of(team, number):
    """Return the conversation whose card stands for this one."""
    return team.read(root_of, number)


def cards(team):
    """Return the conversations with a card, in the order of the outbox."""
    return [int(row["subject"]) for row in team.rows("SELECT subject FROM message WHERE kind = 'card' ORDER BY id")]


def notes(team):
    """Return which conversations are told in whose thread."""
    rows = team.rows(
        """SELECT mention.conversation_id AS copy, card.subject AS card FROM message
           JOIN message AS card ON card.id = message.parent_id
           JOIN mention ON mention.id = CAST(message.subject AS BIGINT)
           WHERE message.kind = 'note' ORDER BY message.id"""
    )
    return [(row["copy"], int(row["card"])) for row in rows]


def test_a_copy_goes_into_the_thread_of_the_first_card(team):
    [first] = hear(team, a_copy("news.example"))
    [copy] = hear(team, a_copy("r/selfhosted", f"[News] {RELEASE.upper()}!"), at=later(hours=2))

    assert cards(team) == [first]
    assert notes(team) == [(copy, first)]
    assert team.conversation(copy).told_in == first
    card = team.card(first)
    assert (card.copies.count, card.copies.first[0].community) == (1, "r/selfhosted")
    assert not team.rows("SELECT 1 FROM conversation WHERE id = :id AND is_open = 1", id=copy)
    [line] = team.rows("SELECT act, actor FROM history WHERE object = 'conversation' AND object_id = :id", id=copy)
    assert line == {"act": "together", "actor": ""}


def test_the_same_article_is_one_story_under_whatever_headline(team):
    hear(team, a_copy("news.example")._replace(url="https://www.paper.example/story/?utm_source=feed"))
    hear(team, a_copy("links.example", "Worth a read")._replace(url="http://paper.example/story"))

    assert (cards(team), notes(team)) == ([1], [(2, 1)])


def test_two_people_who_praise_us_with_the_same_words_have_two_cards(team):
    numbers = hear(team, *(a_copy("apps", author=name, key=name) for name in ("pat", "sam")), kinds=[Kind.PRAISE] * 2)

    assert (cards(team), notes(team)) == (numbers, [])


def test_copies_of_one_poll_find_each_other(team):
    numbers = hear(team, *(a_copy(f"place{each}.example") for each in range(30)))

    assert cards(team) == numbers[:1]
    assert sorted(notes(team)) == [(copy, numbers[0]) for copy in numbers[1:]]
    assert not team.rows("SELECT 1 FROM brake"), "copies are no cards to the brake"


@pytest.mark.parametrize("kind", [Kind.QUESTION, Kind.HELP, Kind.BUG, Kind.COMPLAINT, Kind.WISH])
def test_whoever_asks_us_keeps_a_card_that_names_the_first(team, kind):
    # Word for word the same: who wrote it waits in both places.
    words = "Restored the backup of last night on a new box, and every tab of every page is empty. What did I miss?"
    [first] = hear(team, a_copy("news.example", text=words), kinds=[kind])
    [asking] = hear(team, a_copy("r/selfhosted", text=words), kinds=[kind])

    assert cards(team) == [first, asking]
    assert (team.conversation(asking).told_in, team.conversation(asking).alike_to) == (0, first)
    earlier = team.card(asking).earlier
    assert (earlier.post.community, earlier.may_be_joined) == ("news.example", False)
    assert isinstance(press(team, Act.TOGETHER, asking), Outdated), "whoever waits must not go out of sight"


def test_what_a_person_says_in_their_own_words_keeps_its_card(team):
    hear(team, a_copy("news.example"))
    own = (
        "We moved our club of eighty rowers over last week and everybody found the button that they had missed before."
    )
    [praise] = hear(team, a_copy("r/selfhosted", text=own), kinds=[Kind.PRAISE])

    assert cards(team) == [1, praise]
    assert team.card(praise).earlier.may_be_joined


def test_what_is_possibly_the_same_waits_for_a_press(team):
    [first] = hear(team, a_copy("news.example"))
    [perhaps] = hear(team, a_copy("blog.example", NEARLY))
    assert (cards(team), notes(team)) == ([first, perhaps], [])

    assert isinstance(press(team, Act.TOGETHER, perhaps, at=later(hours=1)), Decided)

    assert notes(team) == [(perhaps, first)]
    assert (team.conversation(perhaps).told_in, team.conversation(perhaps).placed_by) == (first, "U2")
    late = press(team, Act.TOGETHER, perhaps, by="U3", drawn=1)
    assert (late.first.act, late.first.by, late.first.at) == (Act.TOGETHER, "U2", later(hours=1))


def test_not_the_same_gives_it_its_card_and_holds(team):
    [first] = hear(team, a_copy("news.example"))
    [copy] = hear(team, a_copy("r/selfhosted"))

    press(team, Act.APART, copy, by="U3")

    after = team.conversation(copy)
    assert (after.told_in, after.apart_from, after.placed_by) == (0, first, "U3")
    assert cards(team) == [first, copy]
    assert team.card(first).copies.count == 0
    assert team.rows("SELECT is_open FROM conversation WHERE id = :id", id=copy) == [{"is_open": 1}]
    # The next copy of it stays with what it is nearest to, the first of equals.
    [third] = hear(team, a_copy("lobste.rs"), at=later(hours=1))
    assert (team.conversation(third).told_in, team.conversation(copy).told_in) == (first, 0)


def test_what_is_possibly_the_same_is_waved_away_and_stays_where_it_is(team):
    [first] = hear(team, a_copy("news.example"))
    [perhaps] = hear(team, a_copy("blog.example", NEARLY))

    assert isinstance(press(team, Act.APART, perhaps, by="U3"), Decided)

    after = team.card(perhaps)
    assert (after.conversation.apart_from, after.conversation.placed_by) == (first, "U3")
    assert (after.earlier.were_joined, cards(team), notes(team)) == (False, [first, perhaps], [])
    late = press(team, Act.APART, perhaps, drawn=1)
    assert (late.first.act, late.first.by) == (Act.APART, "U3")

    assert isinstance(press(team, Act.PERHAPS, perhaps), Decided)
    assert team.conversation(perhaps).apart_from == 0
    assert team.card(perhaps).earlier.may_be_joined


def test_each_of_the_two_presses_is_the_undo_of_the_other(team):
    hear(team, a_copy("news.example"))
    [perhaps] = hear(team, a_copy("blog.example", NEARLY))
    before = team.conversation(perhaps)

    press(team, Act.TOGETHER, perhaps)
    press(team, Act.APART, perhaps)
    press(team, Act.TOGETHER, perhaps)
    press(team, Act.APART, perhaps)

    after = team.conversation(perhaps)
    assert (after.told_in, after.tag, after.reply) == (before.told_in, before.tag, before.reply)
    assert team.card(perhaps).earlier.were_joined
    assert cards(team) == [1, perhaps]
    assert len(notes(team)) == 1, "one note, drawn anew"


def test_a_copy_in_which_somebody_asks_by_now_gets_its_card(team):
    [first] = hear(team, a_copy("news.example"))
    [copy] = hear(team, a_copy("r/selfhosted"))

    say(team, copy, "Nice.", kind=Kind.PRAISE, key="talk", at=later(hours=1))
    assert (cards(team), notes(team)) == ([first], [(copy, first), (copy, first)])

    say(team, copy, "How do I turn it on?", kind=Kind.QUESTION, key="ask", at=later(hours=2))

    assert cards(team) == [first, copy]
    assert team.conversation(copy).told_in == 0
    assert team.card(copy).waiting == 1
    assert team.rows("SELECT card_id FROM mention WHERE card_id IS NOT NULL") == []


def test_what_is_decided_on_the_card_counts_for_its_copies(team):
    [first, *_] = hear(team, *(a_copy(f"place{each}.example") for each in range(4)))
    team.press(Act.LISTEN, first)

    week = team.read(week_of, TEAM, starts_at=NOW - timedelta(days=1), ends_at=NOW + timedelta(days=1))
    assert (week.mentions, week.listen, week.untagged) == (4, 4, 0)

    team.press(Act.NOT_US, first)
    week = team.read(week_of, TEAM, starts_at=NOW - timedelta(days=1), ends_at=NOW + timedelta(days=1))
    assert (week.mentions, week.not_us) == (0, 4)


def test_a_copy_is_found_and_exported_beside_the_card_that_stands_for_it(team):
    [first, copy] = hear(team, a_copy("news.example"), a_copy("r/selfhosted"))
    team.press(Act.LISTEN, first)

    found = team.read(search_mentions, TEAM, "faster editor", limit=9)
    assert [(each.is_copy, each.conversation.id) for each in found] == [(True, first), (False, first)]
    span = read_span("", now=later(days=1), zone=ZoneInfo("UTC"))
    rows, _ = team.read(exported_mentions, TEAM, span, limit=9)
    assert [(each.mention.conversation_id, each.conversation.id, each.conversation.tag) for each in rows] == [
        (first, first, Tag.LISTEN),
        (copy, first, Tag.LISTEN),
    ]


@pytest.mark.parametrize("what", ["not us", "muted", "deleted card", "a week ago", "another channel"])
def test_what_takes_no_copies_leaves_the_next_one_its_card(team, what):
    [first] = hear(team, a_copy("news.example"))
    at = later(hours=1)
    match what:
        case "not us":
            team.press(Act.NOT_US, first)
        case "muted":
            team.press(Act.MUTE, first, mute_id=1)
        case "deleted card":
            team.db.transact(lambda tx: tx.run("UPDATE message SET state = 'deleted' WHERE kind = 'card'"))
        case "a week ago":
            at = later(days=7, seconds=1)
        case "another channel":
            team.db.transact(lambda tx: tx.run("UPDATE conversation SET channel = 'C9'"))

    [second] = hear(team, a_copy("r/selfhosted"), at=at)

    assert (cards(team), notes(team)) == ([first, second], [])


def test_whoever_is_muted_gets_no_note_either(team):
    hear(team, a_copy("news.example"))
    team.write(add_mute, TEAM, MuteScope.COMMUNITY, community="r/selfhosted", until=None, by="U1", at=NOW)
    hear(team, a_copy("r/selfhosted"))

    assert (cards(team), notes(team)) == ([1], [])


def test_when_the_first_is_deleted_at_the_source_its_copies_find_the_next_one(team):
    original = a_copy("news.example")
    [first] = hear(team, original)
    hear(team, a_copy("r/selfhosted"))
    hear(team, original._replace(text="[deleted]"), at=later(hours=1))
    assert team.rows("SELECT withdrawn_at FROM post WHERE id = 1")[0]["withdrawn_at"]

    [third] = hear(team, a_copy("lobste.rs"), at=later(hours=2))

    assert team.conversation(third).told_in == first


def test_who_is_forgotten_leaves_no_mark_and_no_name_on_the_card(team):
    [first] = hear(team, a_copy("news.example"))
    [copy] = hear(team, a_copy("r/selfhosted", author="pat"))

    team.send_all()
    team.write(forget_whole, TEAM, Person("r/selfhosted", "pat"), by="U1", at=NOW)

    assert not team.rows("SELECT 1 FROM story_mark WHERE conversation_id = :id", id=copy)
    assert team.card(first).copies.first[0].url == ""
    stale = team.rows("SELECT kind FROM message WHERE stale = 1 ORDER BY id")
    assert {"kind": MessageKind.CARD.value} in stale
    assert {"kind": MessageKind.NOTE.value} in stale


def test_every_card_that_names_who_is_forgotten_is_drawn_again(team):
    hear(team, a_copy("news.example", author="pat"))
    asking = hear(team, *(a_copy(f"forum{each}") for each in range(12)), kinds=[Kind.QUESTION] * 12)
    assert {team.card(each).earlier.post.community for each in asking} == {"news.example"}
    team.send_all()

    team.write(forget_whole, TEAM, Person("news.example", "pat"), by="U1", at=NOW)

    stale = team.rows("SELECT subject FROM message WHERE kind = 'card' AND stale = 1")
    assert {str(number) for number in asking} <= {row["subject"] for row in stale}


def test_a_rollup_tells_of_the_first_and_counts_its_copies(team):
    team.db.transact(lambda tx: tx.run("UPDATE watch SET delivery = 'hourly'"))
    [first, _] = hear(team, a_copy("news.example"), a_copy("r/selfhosted"))
    assert team.rows("SELECT conversation_id FROM rollup_card") == [{"conversation_id": first}]

    team.write(tell_rollups, limits=DEFAULT_LIMITS, now=later(hours=2))

    rollup = team.read(find_rollup, 1)
    assert (rollup.told, [row.more for row in rollup.rows]) == (1, [1])


def test_the_home_lists_a_story_once_whatever_copy_is_sought(team):
    [first, _] = hear(team, a_copy("news.example"), a_copy("r/selfhosted", f"{RELEASE} - Harbour Gazette"))
    assert len(cards(team)) == 1

    for filters in (Filters(), Filters(tag=UNTAGGED), Filters(words="gazette")):
        listed = team.read(everything, TEAM, Page(filters=filters))
        assert [row.line.conversation_id for row in listed.rows] == [first]


def test_what_somebody_brings_has_a_card_in_any_case_and_copies_from_then_on(team):
    [first] = hear(team, a_copy("news.example"))
    brought = a_telling(team, a_copy("r/selfhosted"), Kind.NEWS)
    stands = team.write(bring, brought, [], by="U1", at=later(hours=1), telling=TELLING).conversation_id

    assert (cards(team), team.conversation(stands).alike_to) == ([first, stands], first)
    team.press(Act.NOT_US, first)
    [third] = hear(team, a_copy("lobste.rs"), at=later(hours=2))
    assert team.conversation(third).told_in == stands


def test_a_copy_that_is_found_to_ask_when_it_is_read_anew_gets_its_card(team):
    [first, copy] = hear(team, a_copy("news.example"), a_copy("r/selfhosted"))
    [row] = team.rows("SELECT id FROM mention WHERE conversation_id = :id", id=copy)

    fresh = {row["id"]: a_reading(Kind.QUESTION, rules_version=9)}
    team.write(read_anew, fresh, lambda _mention, reading, _said: reading, at=later(hours=1))

    assert cards(team) == [first, copy]
    assert team.rows("SELECT is_open FROM conversation WHERE id = :id", id=copy) == [{"is_open": 1}]


def test_marks_are_kept_for_a_week_only(team):
    hear(team, a_copy("news.example"))
    hear(team, a_copy("other.example", "Which wiki do they host in Bergen these days"), at=later(days=8))

    assert team.rows("SELECT DISTINCT conversation_id FROM story_mark") == [{"conversation_id": 2}]


def test_what_is_put_together_takes_along_what_was_told_in_it(team):
    [first] = hear(team, a_copy("news.example"))
    [second, third] = hear(team, a_copy("blog.example", NEARLY), a_copy("lobste.rs", NEARLY))
    assert team.conversation(third).told_in == second

    press(team, Act.TOGETHER, second)
    assert (card_of(team, third), team.card(first).copies.count) == (first, 2)

    press(team, Act.APART, second)
    assert (card_of(team, third), team.card(first).copies.count) == (second, 0)
    assert team.rows("SELECT card_id FROM mention ORDER BY id") == [
        {"card_id": None},
        {"card_id": None},
        {"card_id": second},
    ]


# ---- laws ----------------------------------------------------------------------------------------------------------

HEADLINES = (RELEASE, NEARLY, "Harbour office of Bergen moves to Tidewiki after a long debate")
PRESSES = (Act.TOGETHER, Act.APART, Act.LISTEN, Act.NOT_US, Act.UNDO)
tellings = st.lists(
    st.tuples(st.sampled_from(HEADLINES), st.sampled_from([Kind.NEWS, Kind.NEWS, Kind.QUESTION])),
    min_size=1,
    max_size=6,
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("hear"), tellings),
        st.tuples(st.just("ask"), st.integers(1, 8)),
        st.tuples(st.sampled_from(PRESSES), st.integers(1, 8)),
    ),
    min_size=1,
    max_size=8,
)


def do(team, steps):
    for number, (what, how) in enumerate(steps):
        at = later(minutes=number)
        if what == "hear":
            posts = [a_copy(f"place{number}-{each}", title) for each, (title, _) in enumerate(how)]
            hear(team, *posts, kinds=[kind for _, kind in how], at=at)
        elif team.conversation(how) is None:
            continue
        elif what == "ask":
            say(team, how, "How?", kind=Kind.QUESTION, key=f"ask{number}", at=at)
        elif what in (Act.TOGETHER, Act.APART):
            press(team, what, how, at=at)
        else:
            team.press(what, how, at=at)


@given(steps)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_mention_is_on_exactly_one_card_or_in_exactly_one_thread(new_team, steps):
    team = new_team()
    do(team, steps)

    carded, told = cards(team), notes(team)
    assert len(carded) == len(set(carded))
    rows = team.rows(
        """SELECT mention.card_id, mention.waits_for_us, conversation.id, conversation.told_in, conversation.is_open
           FROM mention JOIN conversation ON conversation.id = mention.conversation_id"""
    )
    for row in rows:
        stands_for_it = card_of(team, row["id"])
        assert (row["card_id"] or row["id"]) == stands_for_it
        assert stands_for_it in carded, "whoever decides sees a card"
        if row["told_in"]:
            assert (row["id"], stands_for_it) in told or (row["id"], row["told_in"]) in told
            assert not row["waits_for_us"], "whoever asks us is never out of sight"
            assert not row["is_open"]
        else:
            assert row["id"] in carded


@given(order=st.permutations(range(5)), cuts=st.sets(st.integers(1, 4)))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_whatever_order_and_polls_copies_come_there_is_one_card(new_team, order, cuts):
    team = new_team()
    posts = [a_copy(f"place{each}") for each in order]
    for number, (start, end) in enumerate(pairwise(sorted({0, *cuts, 5}))):
        hear(team, *posts[start:end], at=later(minutes=number))

    assert len(cards(team)) == 1
    assert len(notes(team)) == 4
