"""Who changed what, as its modal shows it: in the words of the forms, a page at a time."""

from itertools import pairwise

import pytest
import view_samples as sample

from engagement.prose import clip
from engagement.records.history import Line
from engagement.records.lookup import (
    LINES_A_PAGE,
    OF_TOPIC,
    About,
    Change,
    Lookup,
    Step,
    Topic,
    Turn,
    Turns,
    changes_in,
    page_of,
)
from handlers.payload import BadPayloadError
from handlers.records.lookups import about_of, turn_of
from handlers.views.home.changes import DEEDS, say_deed
from handlers.views.records.facts import FACTS, say_facts
from handlers.views.records.history import gone_modal, lines_modal
from handlers.views.records.turning import value_of
from handlers.views.words import TOPIC_NAME
from sandbox.blockkit import validate_view
from sandbox.pressing import words_of

WATCH = {
    "name": "Tidewiki",
    "channel": "C1",
    "names": ["Tidewiki"],
    "excluded": [],
    "query": "",
    "outcome": "support",
    "delivery": "now",
    "target_minutes": None,
    "stopped_at": None,
}
CHANGED = WATCH | {"channel": "C2", "names": ["Tide Wiki", "TideWiki"], "outcome": "leads", "target_minutes": 240}
GUIDE = {"sounds_like": "We say I.\nWe thank.", "banned": ["cheap"], "longest": None, "links": 0, "hard": []}
MUTED = {"scope": "author", "community": "r/selfhosted", "author": "u/spam", "value": "", "watch_id": 0}
PAST = [
    sample.a_change("watch", "leave", number=3, before={"place": "Hacker News", "sources": [1]}),
    sample.a_change("watch", "save", number=3, before=WATCH, after=CHANGED),
    sample.a_change("watch", "add places", number=3, by="", after={"places": ["Hacker News", "dev.to"]}),
    sample.a_change("watch", "save", number=3, after=WATCH),
]
SETTINGS = [
    sample.a_change("workspace", "voice", after=GUIDE),
    sample.a_change("workspace", "voice", before=GUIDE, after=GUIDE | {"sounds_like": "We thank.", "hard": ["links"]}),
    sample.a_change(
        "workspace", "community voice", after={"name": "r/selfhosted", "links": 1, "approval": 1, "late_days": 90}
    ),
    sample.a_change("workspace", "digest", before={"digest_weekday": 0}, after={"digest_weekday": 2}),
    sample.a_change("workspace", "roles", after={"speak": ["U1", "U2"], "approve": [], "approved": ["3", "4"]}),
    sample.a_change("workspace", "webhook on", by=""),
    sample.a_change("mute", "mute", after={**MUTED, "until": None, "ended_at": None}),
    sample.a_change("mute", "unmute", number=9, before={}, after={}),
    sample.a_change("mute", "unmute", after={**MUTED, "until": "2026-11-30T09:00:00.000Z"}),
    sample.a_change("mute", "mute", number=8, after={**MUTED, "scope": "conversation"}),
    sample.a_change("teammate", "save", after={"slack_user": "U2", "name": "Sam", "handles": ["Medium: sam"]}),
    sample.a_change("teammate", "away", after={"slack_user": "U0SUPPORT", "cover": "U2"}),
    sample.a_change("teammate", "leave", by="", after={"slack_user": "U2", "left_at": "2026-11-30T09:00:00.000Z"}),
    sample.a_change("person", "label", after={"community": "r/selfhosted", "author": "u/pat", "labels": ["kind"]}),
    sample.a_change("label", "label", before={"labels": ["journalist"]}, after={"labels": []}),
    sample.a_change("theme", "decide", after={"name": "Umlauts", "improvement_id": 7}),
    sample.a_change("source", "move", by="", before={"address": "a.example"}, after={"address": "b.example"}),
]
NAMES = {("watch", 3): "Tidewiki", ("improvement", 7): "Umlauts in search", ("mute", 8): "A thread"}
OF_WATCH = About(topic=Topic.WATCH, number=3)
VIEWS = {
    "history-watch": lines_modal(
        OF_WATCH, Lookup(lines=tuple(PAST), turns=Turns(older=4), names=NAMES), reader="U0SUPPORT"
    ),
    "history-settings": lines_modal(
        About(topic=Topic.SETTINGS), Lookup(lines=tuple(SETTINGS), names=NAMES), reader="U1"
    ),
    "history-nothing": lines_modal(About(topic=Topic.VOICE), Lookup(lines=()), reader="U1"),
    "history-gone": gone_modal(),
}


@pytest.mark.parametrize("name", VIEWS)
def test_every_history_looks_as_agreed_and_slack_takes_it(name, golden):
    golden(name, VIEWS[name])
    assert validate_view(VIEWS[name]) == []


def test_slack_takes_a_page_of_the_nastiest_lines():
    nasty = {"name": sample.NASTY * 40, **{fact: [sample.NASTY * 40, f"{sample.NASTY}2"] * 4 for fact in FACTS}}
    texts = dict.fromkeys(("query", "site", "wording", "address", "zone", "longest"), sample.NASTY * 40)
    line = sample.a_change("watch", "save", by=sample.NASTY, before={"name": "x"}, after=nasty | texts)
    names = {("watch", 3): sample.NASTY * 40}
    numbers = {"approved": [str(10**17)] * 40, "digest_weekday": 1, "digest_hour": 2, "improvement_id": 9}
    moments = {
        "quiet_from": 1,
        "quiet_to": 2,
        "target_minutes": 60,
        "away_until": "2026-11-30T09:00:00.000Z",
        "late_days": 9,
    }
    lines = tuple([Line(**{**_facts(line), "after": {**line.after, **numbers, **moments}})] * LINES_A_PAGE)
    page = Lookup(lines=lines, turns=Turns(newer=10**17, older=10**16), names=names)

    assert validate_view(lines_modal(OF_WATCH, page, reader="U1")) == []


def _facts(line):
    return {name: getattr(line, name) for name in line.__slots__}


def test_a_line_says_what_was_and_what_became_of_it():
    said = say_facts(PAST[1], {})

    assert said == [
        "Cards go to: <#C1> → <#C2>",
        "Names: added *Tide Wiki* and *TideWiki*, took out *Tidewiki*",
        "What we want from it: answer people → find people we can help",
        "First reply within: 4 working hours",
    ]


def test_zero_may_be_monday_midnight_or_no_links_and_is_said():
    before = {"digest_weekday": 2, "digest_hour": 7, "links": None}
    line = sample.a_change(
        "workspace", "digest", before=before, after={"digest_weekday": 0, "digest_hour": 0, "links": 0}
    )

    assert say_facts(line, {}) == ["Day: Wednesday → Monday", "Hour: 07:00 → 00:00", "Links at most: 0"]


def test_changes_are_those_facts_that_differ():
    line = sample.a_change(before={"a": 1, "b": "", "c": [], "d": 0}, after={"a": 2, "b": None, "c": None, "e": 0})

    assert changes_in(line) == (
        Change(fact="a", was=1, became=2),
        Change(fact="e", was=None, became=0),
        Change(fact="d", was=0, became=None),
    )


def test_every_topic_has_a_name_and_every_deed_of_a_topic_has_words():
    ones = {Topic.CONVERSATION, Topic.IMPROVEMENT, Topic.WATCH, Topic.THEME}
    named = [(object_, act) for acts in OF_TOPIC.values() for object_, each in acts.items() for act in each]

    assert set(TOPIC_NAME) == set(Topic) - ones
    assert set(named) <= DEEDS.keys()


def test_a_deed_ends_before_what_it_was_done_to_where_nobody_knows_that():
    line = sample.a_change("mute", "unmute", by="U1")

    assert say_deed(line, "*spam*") == "<@U1> took back a mute: *spam*"
    assert say_deed(line, reader="U1") == "You took back a mute"
    assert [deed for deed in DEEDS.values() if "{it}" in deed.removesuffix("{it}")] == []


def test_every_change_of_settings_stands_under_some_topic_but_the_operators_webhook():
    def is_found(object_, act):
        return any(object_ in acts and (not acts[object_] or act in acts[object_]) for acts in OF_TOPIC.values())

    lost = {(object_, act) for object_, act in DEEDS if not is_found(object_, act)}
    assert lost == {("workspace", f"webhook {how}") for how in ("on", "off", "unwanted")}


@pytest.mark.parametrize("count", [0, 1, LINES_A_PAGE, LINES_A_PAGE + 1, 3 * LINES_A_PAGE - 1])
def test_turned_to_its_end_and_back_every_line_is_met_once_each_way(count):
    lines = [(number, number) for number in range(count, 0, -1)]
    page, turns = page_of(lines, None)
    pages = [page]
    while turns.older:
        page, turns = page_of(lines, Turn(step=Step.OLDER, line=turns.older))
        pages.append(page)
    there = [line for page in pages for line in page]
    back = [pages[-1]]
    while turns.newer:
        page, turns = page_of(lines, Turn(step=Step.NEWER, line=turns.newer))
        back.append(page)

    assert there == [number for number, _ in lines]
    assert sorted(line for page in back for line in page) == sorted(there)
    assert all(len(page) == LINES_A_PAGE for page in pages[:-1])
    assert all(min(newer) > max(older) for newer, older in pairwise(pages))


@pytest.mark.parametrize("about", [OF_WATCH, About(topic=Topic.LABELS_HERE, number=7), About(topic=Topic.CALM)])
def test_a_button_says_whose_history_it_opens(about):
    assert about_of(value_of(about)) == about


@pytest.mark.parametrize(
    "value", ["", "watch", "watch:", "watch:-1", "watch:٣", "weather:1", "voice:1", f"watch:{'9' * 19}", "watch:1:2"]
)
def test_a_value_that_no_button_of_ours_has_opens_nothing(value):
    with pytest.raises(BadPayloadError):
        about_of(value)


@pytest.mark.parametrize("value", ["watch:1", "watch:1:older", "watch:1:sideways:2", "watch:1:older:x", "older:1"])
def test_a_value_that_turns_nothing_is_refused(value):
    with pytest.raises(BadPayloadError):
        turn_of(value)


def test_a_text_that_tries_to_ping_everybody_pings_nobody():
    line = sample.a_change("workspace", "voice", after={"sounds_like": "<!channel> & <https://evil.example|us>"})

    said = words_of(lines_modal(About(topic=Topic.VOICE), Lookup(lines=(line,)), reader="U1"))

    assert "<!channel>" not in clip(said, 10_000)
    assert "&lt;!channel&gt;" in said
