"""What people enter into Start listening: what is taken, what they are asked to mend, and what is kept of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOW
from databases import a_database
from listening import remember_team

from engagement.listening.trouble import Cause
from engagement.watch import Delivery, Outcome
from feeds.places.probing import Heard, Probed
from feeds.places.proposing import Proposal
from handlers.listening.setting_up import begin
from handlers.listening.watch_form import find_problems, listed, near_listed, new_watch, read_form
from handlers.payload import BadPayloadError
from handlers.polling.finds import SETUPS_AT_MOST, Finds
from handlers.views.listening.watch import WatchForm
from storage.listening.listening import sources_of
from storage.listening.setups import settle_setup, setups_left
from storage.listening.sources import all_sources
from storage.listening.watches import save_watch

FILLED = WatchForm(names="Tidewiki", channel="C0MENTIONS")


@pytest.mark.parametrize(
    ("entered", "kept"),
    [
        ("", ""),
        ("tidewiki.example", "https://tidewiki.example"),
        ("http://tidewiki.example/forum", "http://tidewiki.example/forum"),
        ("Https://Tidewiki.example", "https://Tidewiki.example"),
        ("localhost:8000/feed", "https://localhost:8000/feed"),
        ("münchen.example", "https://münchen.example"),
        ("https://tidewiki.example#top", "https://tidewiki.example#top"),
        ("tidewiki.example/to?url=http://x.example", "https://tidewiki.example/to?url=http://x.example"),
    ],
    ids=["nothing", "host", "address", "a phone's capital", "port", "letters of the world", "fragment", "two in one"],
)
def test_a_site_is_kept_with_its_scheme(entered, kept):
    filled = read_form(_a_submitted_form(names="Tidewiki", site=entered), FILLED)

    assert find_problems(filled) == {}
    assert new_watch(filled).site == kept


@pytest.mark.parametrize(
    "entered",
    [
        "not a site",
        "[",
        "http://",
        "http:///x",
        "https://[::1",
        "ftp://x.example",
        "mailto:us@x",
        "mailto:x",
        "x:99999",
        "tidewiki",
    ],
)
def test_what_is_no_address_of_a_site_is_refused(entered):
    assert list(find_problems(read_form(_a_submitted_form(site=entered), FILLED))) == ["site"]


@pytest.mark.parametrize(
    ("entered", "field", "words"),
    [
        ({"names": " ,\n"}, "names", "at least one name"),
        ({"names": "T"}, "names", "2 to 80 characters: T"),
        ({"names": "T" * 81}, "names", "2 to 80 characters"),
        ({"names": ",".join(f"name {n}" for n in range(51))}, "names", "at most 50"),
        ({"excluded": "x" * 81}, "excluded", "At most 80 characters each"),
        ({"near": ",".join(f"word {n}" for n in range(51))}, "near", "at most 50"),
        ({"names": "tide", "near": "tdie: wiki"}, "near", "“tdie” is none of your names: write one of them before the"),
        (
            {"query": 'say "tide'},
            "query",
            "There is no closing quote for the one before `tide`: put one in, or take this one away (character 5).",
        ),
    ],
)
def test_words_that_cannot_be_looked_for_are_refused_beside_their_field(entered, field, words):
    problems = find_problems(read_form(_a_submitted_form(**entered), FILLED))

    assert list(problems) == [field]
    assert words in problems[field]


def test_without_a_channel_one_is_asked_for():
    assert list(find_problems(WatchForm(names="Tidewiki"))) == ["channel"]


def test_names_stand_one_a_line_or_with_commas_between_each_once():
    assert listed("Tidewiki, Tide Wiki\n\n Tidewiki ;tide-wiki,") == ("Tidewiki", "Tide Wiki", "tide-wiki")


def test_quotes_round_a_name_are_not_of_it_and_what_nobody_can_see_is_no_name():
    assert listed('"Tide Wiki", “tide tables”\n\u200b\u200b, the "Tide"') == ("Tide Wiki", "tide tables", 'the "Tide"')


def test_a_name_that_only_a_query_has_may_ask_for_words_too():
    filled = WatchForm(names="tide", near="ebb: flow, rocks", query="tide OR ebb", channel="C1")

    assert find_problems(filled) == {}
    assert new_watch(filled).terms.near == ("ebb: flow", "ebb: rocks")


def test_what_a_form_took_it_takes_again():
    """A name before each word makes a long word longer than one may be."""
    filled = WatchForm(names="n" * 80, near=f"{'n' * 80}: {'w' * 80}, {'x' * 80}", channel="C1")
    saved = replace(filled, near="\n".join(new_watch(filled).terms.near))

    assert find_problems(filled) == {}
    assert find_problems(saved) == {}
    assert new_watch(saved) == new_watch(filled)


def test_words_behind_a_name_and_a_colon_are_for_that_name_to_the_end_of_their_line():
    typed = 'tide: wiki, "note book", Ebb: flow\nbackup'

    assert near_listed(typed, ("Tide", "ebb")) == ("Tide: wiki", "Tide: note book", "ebb: flow", "backup")


def test_what_is_folded_away_stays_as_it_was_and_what_is_shown_counts():
    before = WatchForm(names="a1", near="b", handles="us", outcome=Outcome.LEADS, delivery=Delivery.DAILY, channel="C1")

    filled = read_form(_a_submitted_form(names="a2", near=""), before)

    assert filled == WatchForm(names="a2", handles="us", outcome=Outcome.LEADS, delivery=Delivery.DAILY, channel="C1")
    assert new_watch(filled, name="Tidewiki").name == "Tidewiki"


@pytest.mark.parametrize(
    "hostile",
    [{"outcome": "riches"}, {"delivery": "never"}, {"channel": "<!channel>"}, {"target": "7"}, {"target": "soon"}],
    ids=["an outcome", "a delivery", "a channel", "a target", "no number"],
)
def test_what_no_form_of_ours_offers_is_refused(hostile):
    with pytest.raises(BadPayloadError):
        read_form(_a_submitted_form(**hostile), FILLED)


@pytest.fixture
def team(tmp_path):
    """A team that has just said what to listen for."""
    db = a_database(tmp_path / "setup.db")
    db._writer.transact(lambda tx: remember_team(tx, "T0SANDBOX"))
    db.watch = db._writer.transact(lambda tx: save_watch(tx, "T0SANDBOX", new_watch(FILLED), by="U1", at=NOW))
    yield db
    db.close()


@pytest.mark.parametrize(
    ("probed", "cause"),
    [
        ({"reason": "no answer within 12 seconds", "cause": Cause.NO_ANSWER}, Cause.NO_ANSWER),
        ({"reason": "the server asks us to slow down (429)", "cause": Cause.THROTTLED}, Cause.THROTTLED),
        ({"reason": "its host takes one request at a time", "unasked": True}, None),
    ],
    ids=["nobody answered", "asked to slow down", "not asked"],
)
async def test_a_place_that_failed_in_set_up_has_failed_as_in_a_poll(team, probed, cause):
    place = Proposal(name="The blog", community="", url="https://blog.example/feed")
    tried = Probed(proposal=place, heard=None, may_answer=True, retry_after_seconds=1800, **probed)

    begun = await team.transact(lambda tx: begin(tx, team.watch, [tried], 600, by="U1", at=NOW))

    [source] = await team.read(all_sources)
    assert begun.setup_id is None
    assert source.cause is cause
    assert source.next_poll_at == (NOW + timedelta(seconds=1800) if cause else NOW)


async def test_nothing_that_answered_is_listened_to_before_somebody_chose(team):
    begun = await team.transact(lambda tx: begin(tx, team.watch, _three_that_answered(), 600, by="U1", at=NOW))

    assert await team.read(all_sources) == []
    assert await _settle(team, begun.setup_id, chosen=frozenset({0, 2})) is not None
    assert [source.name for source in await team.read(lambda tx: sources_of(tx, team.watch.id))] == ["A", "C"]


async def test_a_choice_is_made_once_and_only_by_its_own_workspace(team):
    begun = await team.transact(lambda tx: begin(tx, team.watch, _three_that_answered(), 600, by="U1", at=NOW))

    assert await _settle(team, begun.setup_id, chosen=frozenset({0}), workspace_id="TOTHER") is None
    assert await _settle(team, begun.setup_id + 1, chosen=None) is None
    assert await _settle(team, begun.setup_id, chosen=frozenset({1, 99})) is not None
    assert await _settle(team, begun.setup_id, chosen=None) is None
    assert [source.name for source in await team.read(lambda tx: sources_of(tx, team.watch.id))] == ["B"]


async def test_a_choice_that_nobody_makes_is_found_again(team):
    begun = await team.transact(lambda tx: begin(tx, team.watch, _three_that_answered(), 600, by="U1", at=NOW))
    left = NOW + timedelta(seconds=1)

    assert await team.read(lambda tx: setups_left(tx, before=NOW)) == []
    assert await team.read(lambda tx: setups_left(tx, before=left)) == [(begun.setup_id, "T0SANDBOX")]
    await _settle(team, begun.setup_id, chosen=None)
    assert await team.read(lambda tx: setups_left(tx, before=left)) == []


def test_what_was_found_is_taken_once_and_not_remembered_for_ever():
    finds, heard = Finds(), Heard(count=1, newest=None)
    for number in range(SETUPS_AT_MOST + 1):
        finds.keep(number, [heard])

    assert finds.take(0) == ()
    assert finds.take(1) == (heard,)
    assert finds.take(1) == ()


def _three_that_answered():
    heard = Heard(count=1, newest=None)
    places = [Proposal(name=name, community=name, url=f"https://{name.lower()}.example/feed") for name in "ABC"]
    return [Probed(proposal=place, heard=heard) for place in places]


async def _settle(team, setup_id, *, chosen, workspace_id="T0SANDBOX"):
    return await team.transact(
        lambda tx: settle_setup(
            tx, setup_id, workspace_id=workspace_id, chosen=chosen, interval_seconds=600, by="U1", at=NOW
        )
    )


def _a_submitted_form(**values):
    """A form with only these fields in view."""

    def state(field, value):
        if field in ("outcome", "delivery", "target"):
            return {"type": "static_select", "selected_option": {"value": value}}
        if field == "channel":
            return {"type": "conversations_select", "selected_conversation": value}
        return {"type": "plain_text_input", "value": value}

    fields = {field: {field: state(field, value)} for field, value in values.items()}
    return {"type": "view_submission", "view": {"id": "V0", "state": {"values": fields}}}
