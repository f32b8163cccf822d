"""The team's queue, a page at a time."""

from dataclasses import replace

import pytest
from builders import TEAM, a_post, later

from engagement.calm.mute import MuteScope
from engagement.conversations.press import Act, Decided, Press
from engagement.home import ROWS_A_PAGE, UNTAGGED, Filters, Page, Spot, State, Step, Tab
from engagement.sending.outbox import MessageKind
from engagement.understanding.reading import Kind
from storage.calm.muting import mute_from_card
from storage.conversations.decisions import record_press
from storage.conversations.queue import (
    communities_of,
    count_mine,
    count_unowned,
    everything,
    mine,
    needs_someone,
    put_aside,
)
from storage.homes import find_page, save_page
from storage.sending.messages import find_message
from storage.team.labels import label_person, label_source

EVERYTHING = Page(tab=Tab.EVERYTHING)


def ids(listed):
    return [queued.line.conversation_id for queued in listed.rows]


def on(page, listed):
    """The page behind these rows."""
    first = listed.first + len(listed.rows)
    return replace(page, step=Step.ON, spot=listed.rows[-1].spot, first=first)


def back(page, listed):
    """The page before these rows."""
    return replace(page, step=Step.BACK, spot=listed.rows[0].spot, first=max(1, listed.first - ROWS_A_PAGE))


def narrowed(team, **filters):
    return ids(team.read(everything, TEAM, replace(EVERYTHING, filters=Filters(**filters))))


def test_mine_is_what_i_promised_the_soonest_due_first(team):
    late, soon, of_another, _unowned = (team.hear() for _ in range(4))
    team.press(Act.CLAIM, late, by="U2", at=later(days=1))
    team.press(Act.CLAIM, soon, by="U2")
    team.press(Act.CLAIM, of_another, by="U3")

    listed = team.read(mine, TEAM, "U2", Page())

    assert ids(listed) == [soon, late]
    assert team.read(count_mine, TEAM, "U2") == 2
    assert team.read(mine, "T2", "U2", Page()).rows == ()


@pytest.mark.parametrize("act", [Act.ANSWERED, Act.HAND_BACK, Act.NOT_US])
def test_what_is_settled_or_handed_back_is_mine_no_more(team, act):
    conversation = team.hear()
    team.press(Act.CLAIM, conversation, by="U2")
    team.press(act, conversation, by="U2")

    assert team.read(mine, TEAM, "U2", Page()).rows == ()


def test_what_sleeps_is_put_aside_for_who_put_it_there_and_who_promised_it(team):
    promised, of_another, asleep = (team.hear() for _ in range(3))
    team.press(Act.CLAIM, promised, by="U2")
    for number, (conversation, days) in enumerate([(promised, 2), (asleep, 1), (of_another, 3)]):
        by = "U2" if number < 2 else "U3"
        drawn = team.conversation(conversation).version
        press = Press(act=Act.SNOOZE, conversation_id=conversation, by=by, drawn=drawn, until=later(days=days))
        assert isinstance(team.write(record_press, press, workspace_id=TEAM, at=later()), Decided)

    aside = team.read(put_aside, TEAM, "U2")

    assert ids(aside) == [asleep, promised]
    assert aside.rows[0].line.snooze.until == later(days=1)
    assert team.read(mine, TEAM, "U2", Page()).rows == ()
    assert team.read(needs_someone, TEAM, Page()).rows == ()
    assert narrowed(team, state=State.SNOOZED) == [asleep, of_another, promised]


def test_what_is_muted_waits_for_nobody_and_is_found_under_everything(team):
    quiet, loud = team.hear(), team.hear()
    drawn = team.conversation(quiet).version
    press = Press(act=Act.MUTE, conversation_id=quiet, by="U2", drawn=drawn)
    team.write(mute_from_card, press, MuteScope.CONVERSATION, until=None, workspace_id=TEAM, at=later())

    assert ids(team.read(needs_someone, TEAM, Page())) == [loud]
    assert narrowed(team, state=State.MUTED) == [quiet]
    assert narrowed(team) == [loud, quiet]


def test_needs_someone_is_what_waits_and_nobody_has_the_longest_waiting_first(team):
    new = team.hear(published_at=later(hours=-1))
    old = team.hear(published_at=later(hours=-9))
    owed = team.hear(published_at=later(hours=-5))
    taken, heard = team.hear(), team.hear(kind=Kind.PRAISE)
    team.press(Act.INTERACT, owed)
    team.press(Act.CLAIM, taken)
    team.press(Act.LISTEN, heard)

    assert ids(team.read(needs_someone, TEAM, Page())) == [old, owed, new]
    assert team.read(count_unowned, TEAM) == 3


def test_everything_is_there_the_newest_first_also_what_is_not_us(team):
    first = team.hear(at=later(minutes=1))
    second = team.hear(at=later(minutes=2), kind=Kind.PRAISE)
    team.press(Act.NOT_US, first)

    assert narrowed(team) == [second, first]
    assert narrowed(team, state=State.NOT_US) == [first]


def test_everything_is_narrowed_by_each_thing_and_by_all_together(team):
    bookstack = team.add_watch("BookStack")
    bug = team.hear(kind=Kind.BUG, community="GitHub", at=later(minutes=1))
    question = team.hear(watch=bookstack, community="r/selfhosted", at=later(minutes=2))
    praise = team.hear(kind=Kind.PRAISE, community="r/selfhosted", at=later(minutes=3))
    team.press(Act.REACT, bug)
    team.press(Act.CLAIM, question)

    assert narrowed(team, watch=bookstack.id) == [question]
    assert narrowed(team, community="r/selfhosted") == [praise, question]
    assert narrowed(team, kind=Kind.BUG) == [bug]
    assert narrowed(team, tag="react") == [bug]
    assert narrowed(team, tag=UNTAGGED) == [praise]
    assert narrowed(team, state=State.WAITING) == [question, bug]
    assert narrowed(team, state=State.CLAIMED) == [question]
    team.press(Act.ANSWERED, question)
    assert narrowed(team, state=State.ANSWERED, community="r/selfhosted", tag="interact") == [question]
    assert narrowed(team, state=State.ANSWERED, community="GitHub") == []


def test_everything_is_searched_by_its_words_in_any_post_of_a_conversation(team):
    history = team.hear(title="Does Tidewiki keep history?", text="Lost it.", at=later(minutes=1), thread_key="one")
    team.hear(title="", text="Tidewiki ate mine, umlauts and all", at=later(minutes=2), thread_key="one")
    praise = team.hear(title="Tidewiki is great", text="So fast", kind=Kind.PRAISE, at=later(minutes=3))

    assert narrowed(team, words="tidewiki") == [praise, history]
    assert narrowed(team, words="umlauts") == [history]
    assert narrowed(team, words="tidewiki", kind=Kind.PRAISE) == [praise]
    assert narrowed(team, words="') OR 1 = 1 --") == []
    assert narrowed(team, words='*"') == []


def test_of_a_kind_is_what_the_row_shows_and_not_what_somebody_wrote_later(team):
    bug = team.hear(kind=Kind.BUG, at=later(minutes=1), thread_key="one")
    team.hear(kind=Kind.PRAISE, at=later(minutes=2), thread_key="one")

    assert narrowed(team, kind=Kind.BUG) == [bug]
    assert narrowed(team, kind=Kind.PRAISE) == []


def test_the_communities_are_those_we_were_heard_of_in(team):
    for community in ("r/selfhosted", "GitHub", "r/selfhosted", ""):
        team.hear(community=community)
    other = team.add_workspace("T2")
    team.hear(watch=team.add_watch(workspace_id=other.id), community="elsewhere")

    assert team.read(communities_of, TEAM, limit=9) == ["GitHub", "r/selfhosted"]
    assert team.read(communities_of, TEAM, limit=1) == ["GitHub"]


def test_a_row_names_the_message_in_which_its_card_stands(team):
    conversation = team.hear()
    [before] = team.read(everything, TEAM, EVERYTHING).rows
    team.send_all()

    [after] = team.read(everything, TEAM, EVERYTHING).rows

    assert before.card_ts == ""
    assert after.card_ts == team.read(find_message, MessageKind.CARD, str(conversation)).ts
    assert after.channel == team.watch.channel


@pytest.mark.parametrize("question", [needs_someone, everything])
@pytest.mark.parametrize("count", [0, ROWS_A_PAGE, ROWS_A_PAGE + 1, 2 * ROWS_A_PAGE + 5])
def test_every_row_is_on_one_page_there_and_back(team, count, question):
    """Also where many rows came at the same moment."""
    minutes = [number % 3 for number in range(count)]
    heard = [team.hear(at=later(minutes=each), published_at=later(minutes=each)) for each in minutes]
    ordered = sorted(zip(minutes, heard, strict=True), reverse=question is everything)
    expected = [number for _, number in ordered]

    listed = team.read(question, TEAM, EVERYTHING)
    there = [listed]
    while not listed.is_last:
        listed = team.read(question, TEAM, on(EVERYTHING, listed))
        there.append(listed)
    and_back = [listed]
    while not listed.is_first:
        listed = team.read(question, TEAM, back(EVERYTHING, listed))
        and_back.append(listed)

    assert [number for page in there for number in ids(page)] == expected
    assert [page.first for page in there] == [1 + ROWS_A_PAGE * number for number in range(len(there))]
    assert [ids(page) for page in reversed(and_back)] == [ids(page) for page in there]
    assert [page.first for page in reversed(and_back)] == [page.first for page in there]


PAGE = Page(
    tab=Tab.EVERYTHING,
    filters=Filters(watch=3, tag="react", state=State.ANSWERED, community="r/selfhosted ✓", kind="bug", words="a 'b'"),
    spot=Spot(at=later(minutes=5), id=7),
    step=Step.BACK,
    first=31,
)


@pytest.mark.parametrize("page", [Page(), PAGE])
def test_what_somebody_looks_at_is_remembered_for_each_of_them(team, page):
    team.write(save_page, TEAM, "U1", Page(tab=Tab.SETTINGS))
    team.write(save_page, TEAM, "U1", page)

    assert team.read(find_page, TEAM, "U1") == page
    assert team.read(find_page, TEAM, "U2") is None


@pytest.mark.parametrize("written", ["", "{}", "[]", '{"tab": "themes"}'])
def test_a_page_that_another_release_wrote_is_the_first_one(team, written):
    team.write(save_page, TEAM, "U1", PAGE)
    team.write(lambda tx: tx.run("UPDATE home SET page = :written", written=written))

    assert team.read(find_page, TEAM, "U1") == Page()


def test_everything_is_narrowed_to_what_people_and_places_with_a_label_said(team):
    other = team.add_source(team.watch, "https://else.example/feed")
    mira = team.hear(author="mira", at=later(minutes=1))
    pat = team.hear(author="pat", at=later(minutes=2), kind=Kind.PRAISE)
    post = a_post(author="sam")
    team.poll(post, source=other, at=later(minutes=3))
    [sam] = [row["id"] for row in team.rows("SELECT id FROM conversation WHERE thread_key = :key", key=post.thread_key)]
    team.write(label_person, TEAM, ["press"], community="forum.example", author="mira", by="U1", at=later())

    assert narrowed(team, label="Press") == [mira]
    assert narrowed(team, label="press", kind=Kind.PRAISE) == []
    assert narrowed(team, label="press", words="tidewiki") == [mira]
    assert narrowed(team, label="nobody") == []
    team.write(label_source, TEAM, ["press"], source_id=other.id, by="U1", at=later())
    assert narrowed(team, label="press") == [sam, mira]
    assert pat not in narrowed(team, label="press")
