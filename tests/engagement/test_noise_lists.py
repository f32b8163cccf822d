"""Noise lists as people write them down: read, refused with the place and what to do, and shown again."""

from dataclasses import replace
from itertools import count

import pytest
from builders import NOW, TEAM, a_post, a_sighting, a_watch, later
from hypothesis import given
from hypothesis import strategies as st

from engagement.calm.mute import Mute, MuteScope
from engagement.calm.noise import (
    ENTRIES_AT_MOST,
    LONGEST_ENTRY,
    NOISE_SCOPES,
    BadEntry,
    Entry,
    entry_of,
    falls_under,
    noise_lists,
    printed,
    read_entries,
)
from engagement.listening.choose import heard_by_some

numbers = count(1)


def a_mute(scope, **facts):
    return Mute(**({"id": next(numbers), "workspace_id": TEAM, "scope": scope, "by": "U1", "at": NOW} | facts))


@pytest.mark.parametrize(
    ("scope", "typed", "entries"),
    [
        (
            MuteScope.TERM,
            "giveaway, tide  tables\n\n giveaway",
            [Entry(scope=MuteScope.TERM, value="giveaway"), Entry(scope=MuteScope.TERM, value="tide tables")],
        ),
        (
            MuteScope.SITE,
            "https://www.Weather.example/\nnews.example",
            [Entry(scope=MuteScope.SITE, value="weather.example"), Entry(scope=MuteScope.SITE, value="news.example")],
        ),
        (
            MuteScope.AUTHOR,
            "u/spam on r/selfhosted\nSmith, John",
            [
                Entry(scope=MuteScope.AUTHOR, author="u/spam", community="r/selfhosted"),
                Entry(scope=MuteScope.AUTHOR, author="Smith, John"),
            ],
        ),
        (MuteScope.COMMUNITY, "Hacker News", [Entry(scope=MuteScope.COMMUNITY, community="Hacker News")]),
        (
            MuteScope.TERM,
            '"tide  tables", „Ebbe“',
            [Entry(scope=MuteScope.TERM, value="tide tables"), Entry(scope=MuteScope.TERM, value="Ebbe")],
        ),
        (MuteScope.TERM, ' \n , ""', []),
    ],
    ids=["words", "sites", "people", "communities", "words in quotes", "nothing"],
)
def test_a_line_is_an_entry(scope, typed, entries):
    assert read_entries(scope, typed) == tuple(entries)


@pytest.mark.parametrize(
    ("scope", "typed", "problem"),
    [
        (MuteScope.TERM, "giveaway\na", "Line 2: “a” stands in nearly every post. A word has at least 2 characters."),
        (
            MuteScope.TERM,
            "TIDEWIKI",
            "Line 1: “Tidewiki” is what you listen for, so nothing would be left. Take it away here.",
        ),
        (
            MuteScope.TERM,
            "xy" * 41,
            f"Line 1: “{'xy' * 19}x…” has more than 80 characters. Use what is special about it.",
        ),
        (
            MuteScope.SITE,
            "a.example\n\nb.example/blog",
            "Line 3: “b.example/blog” is no site. Type it without a path, as in weather.example.",
        ),
        (
            MuteScope.SITE,
            "weather.example/~",
            "Line 1: “weather.example/~” is no site. Type it without a path, as in weather.example.",
        ),
        (
            MuteScope.SITE,
            "weather",
            "Line 1: “weather” is no site. Type it without a path, as in weather.example.",
        ),
        (MuteScope.AUTHOR, "u/", "Line 1: “u/” names nobody. Type a name, as in u/name or u/name on r/selfhosted."),
        (MuteScope.TERM, "\n".join(f"word {n}" for n in range(201)), "At most 200 entries; these are 201."),
    ],
    ids=["too short", "our own name", "too long", "a path", "a short path", "no host", "nobody", "too many"],
)
def test_what_is_no_entry_is_refused_with_its_line_and_what_to_do(scope, typed, problem):
    read = read_entries(scope, typed, names=["Tidewiki"])

    assert read == BadEntry(problem=problem)


def test_a_list_may_be_full_a_word_short_and_a_name_long():
    words = "\n".join(f"{number:02}" for number in range(100, 100 + ENTRIES_AT_MOST)) + "\n"
    long, name = "x" * 80, "n" * 200

    assert len(read_entries(MuteScope.TERM, words)) == ENTRIES_AT_MOST
    assert read_entries(MuteScope.TERM, f"ok, {long}") == (
        Entry(scope=MuteScope.TERM, value="ok"),
        Entry(scope=MuteScope.TERM, value=long),
    )
    assert read_entries(MuteScope.AUTHOR, name) == (Entry(scope=MuteScope.AUTHOR, author=name),)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (Entry(scope=MuteScope.TERM, value="ebb"), "ebb"),
        (Entry(scope=MuteScope.AUTHOR, author="u/spam"), "u/spam"),
        (Entry(scope=MuteScope.AUTHOR, author="u/spam", community="r/x"), "u/spam on r/x"),
        (Entry(scope=MuteScope.COMMUNITY, community="r/x"), "r/x"),
    ],
)
def test_an_entry_is_printed_as_it_is_typed(entry, said):
    assert printed(entry) == said
    assert read_entries(entry.scope, said) == (entry,)


def test_as_many_entries_as_there_may_be_are_read_and_as_long_ones():
    words = [f"word {number}" for number in range(ENTRIES_AT_MOST)]

    assert len(read_entries(MuteScope.TERM, "\n".join(words))) == ENTRIES_AT_MOST
    for scope, longest in ((MuteScope.TERM, "x" * LONGEST_ENTRY), (MuteScope.TERM, "hi"), (MuteScope.AUTHOR, "x" * 99)):
        assert [printed(entry) for entry in read_entries(scope, longest)] == [longest]


@pytest.mark.parametrize(
    ("entry", "typed"),
    [
        (Entry(scope=MuteScope.AUTHOR, author="u/spam", community="r/surfing"), "u/spam on r/surfing"),
        (Entry(scope=MuteScope.AUTHOR, author="u/spam"), "u/spam"),
        (Entry(scope=MuteScope.SITE, value="weather.example"), "weather.example"),
        (Entry(scope=MuteScope.COMMUNITY, community="r/surfing"), "r/surfing"),
    ],
)
def test_an_entry_is_shown_as_somebody_would_type_it(entry, typed):
    assert printed(entry) == typed
    assert read_entries(entry.scope, typed) == (entry,)


def test_what_stands_there_is_read_back_however_it_is_spelled():
    muted = a_mute(MuteScope.AUTHOR, author="Man on Fire", community="Songs on the radio")
    entry = entry_of(muted)

    assert read_entries(MuteScope.AUTHOR, printed(entry)) != (entry,)
    assert read_entries(MuteScope.AUTHOR, printed(entry), known=[entry]) == (entry,)


names = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters=","), min_size=2, max_size=30
)


@given(st.lists(st.tuples(st.sampled_from(NOISE_SCOPES), names), max_size=8))
def test_a_form_that_nobody_touches_changes_nothing(listed):
    mutes = [a_mute(scope, value=name, author=name, community=name) for scope, name in listed]
    bare = [
        replace(mute, author="", community="") if mute.scope in (MuteScope.TERM, MuteScope.SITE) else mute
        for mute in mutes
    ]
    lists = noise_lists(bare, watch_id=0)
    known = {entry_of(mute) for mute in lists.shown}

    read = [entry for scope in NOISE_SCOPES for entry in read_entries(scope, lists.text_of(scope), known=known)]

    assert set(read) == known


def test_a_list_shows_what_is_for_good_and_of_its_watch_and_keeps_what_does_not_fit():
    for_a_week = a_mute(MuteScope.COMMUNITY, community="r/surfing", until=later(days=7))
    of_one = a_mute(MuteScope.TERM, value="ebb", watch_id=3)
    talk = a_mute(MuteScope.CONVERSATION)
    oldest = a_mute(MuteScope.COMMUNITY, community="r/old")
    long = [a_mute(MuteScope.COMMUNITY, community=f"{number:0>1000}") for number in range(4)]

    lists = noise_lists([*reversed(long), for_a_week, of_one, talk, oldest], watch_id=0)

    assert (lists.shown, lists.hidden) == (tuple(long[2:]), 3)
    assert lists.text_of(MuteScope.TERM) == ""
    of_three = noise_lists([of_one, talk], watch_id=3)
    assert (of_three.watch_id, of_three.text_of(MuteScope.TERM)) == (3, "ebb")


@pytest.mark.parametrize(("length", "hidden"), [(39, 0), (40, 1)], ids=["just fits", "one character too long"])
def test_a_field_of_three_thousand_characters_with_their_line_ends_is_full(length, hidden):
    newest_first = [a_mute(MuteScope.TERM, value=f"{number:0>39}") for number in range(74)]
    oldest = a_mute(MuteScope.TERM, value="~" * length)

    assert noise_lists([*newest_first, oldest], watch_id=0).hidden == hidden


def test_the_version_of_a_list_differs_when_an_entry_comes_or_goes():
    ebb, flow, tables = (a_mute(MuteScope.TERM, value=word) for word in ("ebb", "flow", "tables"))
    standing = ([], [ebb], [flow], [flow, ebb], [tables, ebb])

    assert len({noise_lists(mutes, watch_id=0).version for mutes in standing}) == len(standing)


@pytest.mark.parametrize(
    ("mute", "falls"),
    [
        (a_mute(MuteScope.SITE, value="forum.example"), True),
        (a_mute(MuteScope.SITE, value="example"), True),
        (a_mute(MuteScope.SITE, value="um.example"), False),
        (a_mute(MuteScope.AUTHOR, author="@PAT"), True),
        (a_mute(MuteScope.AUTHOR, author="pat", community="R/Selfhosted"), True),
        (a_mute(MuteScope.AUTHOR, author="pat", community="reddit"), True),
        (a_mute(MuteScope.AUTHOR, author="pat", community="Hacker News"), False),
        (a_mute(MuteScope.AUTHOR, author="pa"), False),
        (a_mute(MuteScope.COMMUNITY, community="Reddit"), True),
        (a_mute(MuteScope.COMMUNITY, community="r/surfing"), False),
        (a_mute(MuteScope.CONVERSATION), False),
    ],
)
def test_who_writes_where_falls_under_a_mute(mute, falls):
    post = a_post(author="u/pat", community="r/selfhosted", url="https://forum.example/1")

    assert falls_under(post, mute) is falls


def test_nobody_in_particular_is_muted_by_a_name():
    assert not falls_under(a_post(author=""), a_mute(MuteScope.AUTHOR, author="u/"))


def test_what_is_noise_for_one_watch_is_heard_for_the_other():
    post, other = a_post("1"), a_post("2")
    noise = a_sighting(a_watch(id=1), post, mute_id=7)
    heard = a_sighting(a_watch(id=2), post)
    alone = a_sighting(a_watch(id=1), other, mute_id=7)
    elsewhere = a_sighting(a_watch(id=3, workspace_id="T2"), other)

    assert heard_by_some([noise, heard, alone, elsewhere]) == [heard, alone, elsewhere]
