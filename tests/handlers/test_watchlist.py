"""watchlist.toml: what is written is read again, the team included, and secrets are not written."""

import tomllib

import pytest
from builders import NOW
from hypothesis import given
from hypothesis import strategies as st

from engagement.calm.mute import Mute, MuteScope
from engagement.calm.noise import entry_of
from engagement.digest.voices import Person
from engagement.improvements.themes import Theme
from engagement.listening.source import NewSource
from engagement.team.team import Handle, Teammate
from engagement.voice.guide import CommunityRules, Disclosure, Guide, Promotion, Rule
from engagement.watch import Delivery, Outcome, Terms, Watch
from handlers.listening.exchange import find_team
from handlers.listening.watchlist import BadWatchlistError, Watchlist, read_watchlist, secretive, write_watchlist
from settings import Settings

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30)
pages = st.from_regex(r"https://[a-z]{1,9}\.example/[a-z0-9/]{0,20}", fullmatch=True)
sources = st.builds(NewSource, url=pages, name=words, community=words)
watches = st.builds(
    Watch,
    id=st.just(1),
    workspace_id=st.just("T1"),
    channel=st.just("C0MENTIONS"),
    name=words,
    terms=st.builds(
        Terms,
        names=st.lists(words, min_size=1, max_size=3).map(tuple),
        excluded=st.just(("tide",)),
        near=st.lists(words, max_size=2).map(tuple),
        query=st.sampled_from(["", 'tide NEAR/5 "self hosted"']),
    ),
    outcome=st.sampled_from(Outcome),
    site=st.just(""),
    handles=st.lists(words, max_size=2).map(tuple),
    delivery=st.sampled_from(Delivery),
    target_minutes=st.sampled_from([None, 60, 480]),
)
handles = st.builds(Handle, community=words, name=words, feed=st.none() | sources)
mates = st.builds(
    Teammate,
    slack_user=st.from_regex(r"U[A-Z0-9]{3,10}", fullmatch=True),
    name=words,
    handles=st.lists(handles, max_size=3).map(tuple),
)


lengths, links = st.none() | st.integers(1, 3_000), st.none() | st.integers(0, 20)
rules = st.builds(
    CommunityRules,
    community=words,
    longest=lengths,
    links=links,
    promotion=st.sampled_from(Promotion),
    wording=words | st.just(""),
    approval=st.booleans(),
)
guides = st.builds(
    Guide,
    sounds_like=words | st.just(""),
    banned=st.lists(words, max_size=3).map(tuple),
    disclosure=st.sampled_from(Disclosure),
    disclosing=st.lists(words, max_size=2).map(tuple),
    longest=lengths,
    links=links,
    hard=st.frozensets(st.sampled_from(Rule)),
    communities=st.lists(rules, max_size=2).map(tuple),
)
phrases = st.from_regex(r"[a-zü]{1,9}( [a-z]{1,9})?", fullmatch=True)
themes = st.builds(
    Theme,
    name=st.from_regex(r"[a-zü]{1,9} [A-Z]{1,9}", fullmatch=True),
    phrases=st.lists(phrases, min_size=1, max_size=3, unique=True).map(tuple),
)
people = st.builds(Person, community=words, author=words)


@given(
    st.lists(st.tuples(watches, st.lists(sources, max_size=3)), min_size=1, max_size=2),
    st.lists(mates, max_size=3),
    st.sets(people, max_size=3),
    guides,
    st.lists(themes, max_size=2),
)
def test_what_is_written_is_read_again(entries, team, unlisted, guide, themes):
    written = write_watchlist(entries, {}, team, unlisted, guide, themes)
    read = Watchlist.model_validate(tomllib.loads(written))

    assert (read.voice.guide() if read.voice else Guide()) == guide

    assert [each.theme() for each in read.theme] == themes

    assert {Person(each.community, each.name) for each in read.unlisted} == unlisted

    assert [
        (each.name, each.names, each.near, each.query, each.handles, each.delivery, each.target_minutes)
        for each in read.watch
    ] == [
        (
            watch.name,
            list(watch.terms.names),
            list(watch.terms.near),
            watch.terms.query,
            list(watch.handles),
            watch.delivery,
            watch.target_minutes,
        )
        for watch, _ in entries
    ]
    assert [[(each.url, each.name, each.community) for each in watch.source] for watch in read.watch] == [
        [(each.url, each.name, each.community) for each in found] for _, found in entries
    ]
    assert [
        (mate.slack, mate.name, [(each.community, each.name, each.feed) for each in mate.handle])
        for mate in read.teammate
    ] == [
        (
            mate.slack_user,
            mate.name,
            [(each.community, each.name, each.feed.url if each.feed else None) for each in mate.handles],
        )
        for mate in team
    ]


def a_mute(number, scope, **facts):
    return Mute(**({"id": number, "workspace_id": "T1", "scope": scope, "by": "U1", "at": NOW} | facts))


MUTES = [
    a_mute(1, MuteScope.TERM, value="tide tables"),
    a_mute(2, MuteScope.AUTHOR, author="u/spam", community="r/selfhosted"),
    a_mute(3, MuteScope.SITE, value="weather.example", watch_id=1),
    a_mute(4, MuteScope.COMMUNITY, community="r/surfing", until=NOW),
    a_mute(5, MuteScope.CONVERSATION),
]


def test_noise_lists_are_written_for_all_and_for_their_watch_and_read_again():
    watch = Watch(id=1, workspace_id="T1", channel="C1", name="Tidewiki", terms=Terms(names=("Tidewiki",)))
    read = Watchlist.model_validate(tomllib.loads(write_watchlist([(watch, [])], {}, noise=MUTES)))

    assert read.noise.entries() == [entry_of(MUTES[0]), entry_of(MUTES[1])]
    assert read.watch[0].noise.entries() == [entry_of(MUTES[2])]


def test_a_list_with_a_mistake_names_the_line(tmp_path):
    file = tmp_path / "watchlist.toml"
    file.write_text(
        '[noise]\nsites = ["a.example", "b"]\n[[watch]]\nname = "x"\nchannel = "c"\nnames = ["x"]\n', encoding="utf-8"
    )

    with pytest.raises(BadWatchlistError, match=r"noise, sites: Line 2: “b” is no site"):
        read_watchlist(file)


def test_secrets_in_addresses_are_not_written_and_it_is_said_whose():
    watch = Watch(id=1, workspace_id="T1", channel="C1", name="Tidewiki", terms=Terms(names=("Tidewiki",)))
    private = NewSource(url="https://x.example/feed?token=s3cret", name="Private", community="x")
    public = NewSource(url="https://x.example/feed?page=1", name="Public", community="x")
    feed = NewSource(url="https://u:s3cret@x.example/me", name="finn", community="x")
    mate = Teammate(slack_user="U1", name="Finn", handles=(Handle(community="x", name="finn", feed=feed),))

    written = write_watchlist([(watch, [private, public])], {}, [mate])

    assert "s3cret" not in written
    assert "https://x.example/feed?page=1" in written
    assert secretive([private, public]) == ["Private"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[teammate]]\nslack = 'finn'\nname = 'Finn'\n", "teammate 1, slack: write the id of a Slack user here"),
        (
            "[[teammate]]\nslack = 'U1'\nname = 'Finn'\n[[teammate.handle]]\nname = 'finn'\n",
            "teammate 1, handle 1, community: it is missing, and has to be there",
        ),
        (
            "[[watch]]\nname = 'T'\nchannel = '#m'\nnames = ['T']\nnear = ['tdie: wiki']\n",
            "watch 2: near: “tdie” is none of your names: write one of them before the colon",
        ),
        ("nane = 'T'\n", "watch 1, nane: nothing here is called so"),
        ("[[theme]]\nname = ' '\nphrases = ['lost history']\n", "theme 1, name: nothing stands here"),
        (
            "[[theme]]\nname = 'Lost'\nphrases = [' , ']\n",
            "theme 1, phrases 1: nothing stands here: write something, without commas",
        ),
    ],
)
def test_what_is_wrong_is_named(tmp_path, text, problem):
    file = tmp_path / "watchlist.toml"
    file.write_text("[[watch]]\nname = 'T'\nchannel = '#m'\nnames = ['T']\n" + text, encoding="utf-8")

    with pytest.raises(BadWatchlistError, match=problem):
        read_watchlist(file)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("names = []", "watch 1, names: the list is empty"),
        ("names = 'T'", "watch 1, names: write a list here"),
        ("names = [1]", "watch 1, names 1: write text here, in quotes"),
        ("names = ['']", "watch 1, names 1: nothing stands here"),
        (f"names = ['{'x' * 201}']", "watch 1, names 1: this is longer than 200 characters"),
        ("outcome = 'fame'", "watch 1, outcome: write one of these here: 'awareness', 'leads'"),
        ("target_minutes = 'soon'", "watch 1, target_minutes: write a whole number here"),
        ("target_minutes = 0", "watch 1, target_minutes: write 1 or more here"),
        ("target_minutes = 99999", "watch 1, target_minutes: write 9600 or less here"),
        ("source = [{name = 'x', url = 'ftp://x'}]", "watch 1, source 1, url: write an address here"),
        ("source = [5]", "watch 1, source 1: write a table here"),
    ],
)
def test_what_to_write_instead_is_told_without_words_of_the_library(tmp_path, line, problem):
    known = {"name": "'T'", "channel": "'#m'", "names": "['T']"}
    lines = [line, *(f"{key} = {value}" for key, value in known.items() if not line.startswith(f"{key} ="))]
    file = tmp_path / "watchlist.toml"
    file.write_text("\n".join(["[[watch]]", *lines]), encoding="utf-8")

    with pytest.raises(BadWatchlistError, match=problem) as wrong:
        read_watchlist(file)

    assert not {"Input", "String", "List"} & set(str(wrong.value).split())


def test_a_wrong_query_is_named_with_the_place_of_the_mistake(tmp_path):
    file = tmp_path / "watchlist.toml"
    file.write_text("[[watch]]\nname = 'T'\nchannel = '#m'\nnames = ['T']\nquery = '(tide'\n", encoding="utf-8")

    with pytest.raises(BadWatchlistError, match=r"watch 1, query: There is no closing parenthesis .* \(character 1\)"):
        read_watchlist(file)


async def test_a_handle_gets_its_feed_from_the_catalogue_or_says_why_it_has_none():
    entry = {
        "slack": "U1",
        "name": "Finn",
        "handle": [
            {"community": "Hacker News", "name": "finn"},
            {"community": "The harbour", "name": "finn"},
            {"community": "The pier", "name": "finn", "feed": "https://pier.example/finn.rss"},
        ],
    }
    watch = {"name": "T", "channel": "#m", "names": ["T"]}

    [mate], unheard = await find_team(Watchlist(watch=[watch], teammate=[entry]), Settings(_env_file=None))

    assert [handle.feed.url if handle.feed else None for handle in mate.handles] == [
        "https://hn.algolia.com/api/v1/search_by_date?tags=(story,comment),author_finn&hitsPerPage=50",
        None,
        "https://pier.example/finn.rss",
    ]
    assert unheard == ["Finn as finn on The harbour is not heard: I know no way to hear one person on The harbour."]
