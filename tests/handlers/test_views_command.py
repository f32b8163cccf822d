"""What the command answers, as it stands in tests/data/views: at most ten lines, and nothing in them that pings."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import digest_samples
import pytest
import view_samples as sample

from engagement.calm.mute import Mute, MuteScope
from engagement.conversations.conversation import Reply
from engagement.listing import LIST_ROWS, Found
from engagement.span import read_span
from engagement.understanding.reading import Kind, Tag
from engagement.understanding.replay import Judged, Replay, Verdict
from engagement.watch import Terms
from handlers.commands.command import ANSWERS, nearest_to
from handlers.records.exporting import PART_LENGTH
from handlers.views.calm.muting import draw_mutes, say_nobody_meant
from handlers.views.conversations.found import FOUND_AT_MOST, draw_found
from handlers.views.help import draw_help, say_expected
from handlers.views.listening.watching import draw_watches
from handlers.views.lists import draw_mine, draw_waiting
from handlers.views.records.export import (
    draw_part,
    draw_part_head,
    say_broken_off,
    say_delivered,
    say_no_mentions,
    say_on_the_way,
    say_too_much,
)
from handlers.views.understanding.queries import draw_bad_query, draw_queries, draw_replay, say_mistake, say_which_watch

LONG = sample.NASTY * 40
OVERDUE = digest_samples.a_waiting(
    2, kind=Kind.BUG, reply=replace(sample.claimed(), due_at=sample.NOW - timedelta(hours=1))
)
REPLAYED = Replay(
    posts=1_234,
    before=20,
    after=16,
    gained=(Judged(stored=sample.a_mention(sample.a_post(title="Tide and its docs")).stored),),
    lost=tuple(
        Judged(stored=sample.a_mention(sample.a_post(title=f"High tide {number}")).stored, verdict=verdict)
        for number, verdict in enumerate((Verdict.US, Verdict.NONE, Verdict.NOT_US, Verdict.NOT_US, Verdict.NOT_US))
    ),
)
NASTY_POSTS = tuple(
    Judged(stored=sample.a_mention(sample.a_post(title=LONG, community=LONG)).stored, verdict=Verdict.US)
    for _ in range(9)
)
NASTY_REPLAYED = Replay(posts=10**9, before=10**9, after=10**9, gained=NASTY_POSTS, lost=NASTY_POSTS)
NASTY_ROWS = [
    replace(digest_samples.a_nasty_digest().waiting[0], conversation_id=number) for number in range(LIST_ROWS)
]
NO_REPLY = Reply()


def found(conversation=None, **post):
    mention = sample.a_mention(sample.a_post(**post), kind=post.pop("kind", Kind.QUESTION))
    return Found(mention=mention, conversation=conversation or sample.a_conversation())


FOUND = [
    found(),
    found(sample.a_conversation(dismissed_by="U0COMMUNITY"), title="The tide wiki of Cornwall"),
    found(sample.tagged(Tag.INTERACT, sample.claimed()), title="", text="Moved our club to Tidewiki. 10/10"),
    found(sample.tagged(Tag.INTERACT, sample.answered()), community="GitHub"),
    found(sample.tagged(Tag.LISTEN, NO_REPLY), url="", community="in person"),
    found(sample.a_conversation(unsure=True), title="High tide at noon"),
]
NASTY_FOUND = Found(mention=sample.a_nasty_card().opening, conversation=sample.a_conversation())
NOVEMBER = read_span("2026-11", now=sample.NOW, zone=ZoneInfo("Europe/Berlin"))
MUTES = [
    Mute(id=1, workspace_id="T1", scope=MuteScope.AUTHOR, by="U0MAYA", at=sample.NOW, community="r/x", author="u/spam"),
    Mute(
        id=2,
        workspace_id="T1",
        scope=MuteScope.COMMUNITY,
        by="U0SAM",
        at=sample.NOW,
        community="Forum",
        until=sample.DUE,
    ),
]
NASTY_MUTES = [replace(MUTES[0], id=number, community=LONG, author=LONG) for number in range(30)]
NASTY_WATCHES = [sample.a_watch(id=number, name=LONG, terms=Terms(names=(LONG,) * 9)) for number in range(30)]
MISTAKE = "`NEAR` wants a word behind it: put one there, or take it away (character 6)."
MESSAGES = {
    "expected": say_expected("/ears", "search", "words that people used", "search page history"),
    "mine": draw_mine(
        [digest_samples.a_waiting(1, reply=sample.claimed()), OVERDUE], more=3, unowned=2, now=sample.NOW
    ),
    "mine-nothing": draw_mine([], more=0, unowned=2, now=sample.NOW),
    "mine-nothing-at-all": draw_mine([], more=0, unowned=0, now=sample.NOW),
    "waiting": draw_waiting([digest_samples.a_waiting(1), OVERDUE], more=1, now=sample.NOW),
    "waiting-first": draw_waiting(
        [digest_samples.a_waiting(1), OVERDUE], more=1, now=sample.NOW, first=sample.a_priority(alarms=False)
    ),
    "waiting-nobody": draw_waiting([], more=0, now=sample.NOW),
    "found": draw_found("page history", FOUND),
    "found-more": draw_found("page*", [found()] * (FOUND_AT_MOST + 1), unread=12_000, is_first=False),
    "found-nothing": draw_found("<!channel> *nothing*", []),
    "found-nothing-yet": draw_found("history", [], unread=1),
    "found-no-more": draw_found("history", [], is_first=False),
    "mutes": draw_mutes(MUTES, command="/ears"),
    "mutes-none": draw_mutes([], command="/ears"),
    "mute-nobody-meant": say_nobody_meant("<!channel>", "r/selfhosted"),
    "watches": draw_watches(
        [
            sample.a_watch(),
            sample.a_watch(id=2, name="BookStack", terms=Terms(names=("bookstack",), query="bookstack NOT <jobs>")),
        ],
        command="/ears",
    ),
    "watches-none": draw_watches([], command="/ears"),
    "queries": draw_queries([(sample.a_watch(), 'tidewiki OR "tide wiki"')], command="/ears"),
    "queries-unread": draw_queries([(sample.a_watch(), "tide NEAR")], command="/ears", mistakes={1: MISTAKE}),
    "watches-unread": draw_watches([sample.a_watch()], command="/ears", mistakes={1: MISTAKE}),
    "bad-query": draw_bad_query(sample.a_watch(terms=Terms(names=("Tidewiki",), query="tide NEAR")), MISTAKE),
    "bad-query-mended": draw_bad_query(sample.a_watch(), ""),
    "queries-none": draw_queries([], command="/ears"),
    "query-replay": draw_replay(sample.a_watch(), "tide NEAR/10 wiki", REPLAYED),
    "query-replay-same": draw_replay(sample.a_watch(), "tide", Replay(posts=1, before=1, after=1)),
    "query-replay-of-nothing": draw_replay(sample.a_watch(), "tide", Replay(posts=0, before=0, after=0)),
    "query-mistake": say_mistake(
        'say "tide',
        "There is no closing quote for the one before `tide`: put one in, or take this one away (character 5).",
        character=5,
    ),
    "query-which-watch": say_which_watch(["Tidewiki", "BookStack"], command="/ears"),
    "export-head": draw_part_head(NOVEMBER, "csv", 46, 1),
    "export-head-of-parts": draw_part_head(NOVEMBER, "json", 146, 3),
    "export-part": draw_part("a,b\n1,<!channel> ```\n", number=1, of=3),
    "export-on-the-way": say_on_the_way(NOVEMBER, 146, 3),
    "export-delivered": say_delivered(NOVEMBER, 1, "https://tidewiki.slack.com/archives/D1/p1"),
    "export-delivered-somewhere": say_delivered(NOVEMBER, 2, ""),
    "export-no-mentions": say_no_mentions(NOVEMBER),
    "export-too-much": say_too_much(NOVEMBER, "csv", 12_345, command="/ears"),
    "export-broken-off": say_broken_off(1, 3, "messages_tab_disabled"),
}
NASTY_MESSAGES = {
    "mine": draw_mine(NASTY_ROWS, more=9, unowned=0, now=sample.NOW),
    "waiting": draw_waiting([replace(row, reply=NO_REPLY) for row in NASTY_ROWS], more=9, now=sample.NOW),
    "found": draw_found(LONG[:300], [NASTY_FOUND] * (FOUND_AT_MOST + 1), unread=9),
    "found nothing": draw_found(LONG, []),
    "help": draw_help("/ears", LONG, "status"),
    "mutes": draw_mutes(NASTY_MUTES, command="/ears"),
    "queries": draw_queries([(each, LONG) for each in NASTY_WATCHES], command="/ears"),
    "query replay": draw_replay(NASTY_WATCHES[0], LONG, NASTY_REPLAYED),
    "query mistake": say_mistake(LONG, LONG, character=len(LONG) // 2),
    "query which watch": say_which_watch([LONG] * 9, command="/ears"),
    "nobody meant": say_nobody_meant(LONG, LONG),
    "watches": draw_watches(NASTY_WATCHES, command="/ears"),
    "bad query": draw_bad_query(sample.a_watch(name=LONG, terms=Terms(names=(LONG,) * 9, query=LONG)), LONG),
    "queries unread": draw_queries(
        [(each, LONG) for each in NASTY_WATCHES], command="/ears", mistakes=dict.fromkeys(range(30), LONG)
    ),
    "watches unread": draw_watches(NASTY_WATCHES, command="/ears", mistakes=dict.fromkeys(range(30), LONG)),
    "export broken off": say_broken_off(0, 1, LONG),
    "export part": draw_part("x" * PART_LENGTH, number=1, of=1),
}


def lines(message):
    texts = [block.get("text", {}).get("text", "") for block in message.blocks]
    texts += [each["text"] for block in message.blocks if block["type"] == "context" for each in block["elements"]]
    return [line for text in texts for line in text.splitlines()]


@pytest.mark.parametrize("name", MESSAGES)
def test_every_answer_looks_as_agreed_and_slack_takes_it(name, golden):
    golden(f"command-{name}", MESSAGES[name])
    sample.assert_slack_takes(MESSAGES[name])


@pytest.mark.parametrize("name", NASTY_MESSAGES)
def test_slack_takes_answers_of_the_nastiest_data_and_nothing_in_them_pings(name):
    sample.assert_slack_takes(NASTY_MESSAGES[name])
    assert "<!" not in "\n".join(lines(NASTY_MESSAGES[name])).replace("<!date", "")


@pytest.mark.parametrize("message", [*MESSAGES.values(), *NASTY_MESSAGES.values(), draw_help("/ears", "x", "mine")])
def test_no_answer_is_longer_than_ten_lines(message):
    assert len(lines(message)) <= 10


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("statsu", "status"), ("WAIT", "waiting"), ("serach", "search"), ("xyzzy", ""), ("<!channel>", ""), ("", "")],
)
def test_a_word_that_is_nearly_one_of_ours_is_understood_as_that(typed, meant):
    assert nearest_to(typed) == meant


def test_a_page_with_more_behind_it_says_where_the_next_one_begins():
    message = draw_found('a "b" ü', [found()] * (FOUND_AT_MOST + 1))
    [button] = message.blocks[-1]["elements"]

    assert json.loads(button["value"]) == ['a "b" ü', found().post_id]
    assert not [block for block in draw_found("a", [found()] * FOUND_AT_MOST).blocks if block["type"] == "actions"]


def test_a_page_is_in_the_order_in_which_it_was_written():
    posts = [found(title=f"Day {day}", published_at=sample.NOW - timedelta(days=day)) for day in (3, 1, 2)]
    said = "\n".join(lines(draw_found("day", posts)))

    assert re.findall(r"Day \d", said) == ["Day 1", "Day 2", "Day 3"]


def test_every_word_has_an_answer_of_its_own_or_is_the_status():
    assert [word for word in ANSWERS if ANSWERS[word] is ANSWERS[""]] == ["", "status"]


@pytest.mark.parametrize(
    ("typed", "character", "lines"),
    [
        ('say "tide', 5, ['say "tide', "    ^"]),
        ("tide AND", 6, ["tide AND", "     ^"]),
        ("tide\n(wiki", 6, ["tide (wiki", "     ^"]),
        ("東京 (tide", 4, ["東京 (tide", "\u3000\u3000 ^"]),
        ("te\u0301\u200bl (tide", 7, ["te\u0301\u200bl (tide", "    ^"]),
        ("\u202etide (", 7, ["tide (", "     ^"]),
        (
            f"{'wiki OR ' * 9}(tide OR ebb) AND (`C++`",
            73,
            ["… wiki OR wiki OR wiki OR (tide OR ebb) A…", " " * 26 + "^"],
        ),
    ],
)
def test_a_mistake_in_a_query_is_pointed_at_in_the_query_as_it_was_typed(typed, character, lines):
    [_, shown] = say_mistake(typed, "This is wrong.", character=character).blocks

    assert shown["elements"][0]["elements"][0]["text"].split("\n") == lines
