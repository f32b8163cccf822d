"""The forms of the settings: how each looks, and that Slack takes it whatever the rows hold."""

import re
from dataclasses import replace

import place_samples
import pytest
import view_samples as sample
from builders import NOW, a_schedule, a_watch

from engagement.calm.mute import Mute, MuteScope
from engagement.calm.noise import NOISE_SCOPES, LeftOut, noise_lists
from engagement.home import Tab
from engagement.listening.places import Sources
from engagement.listening.telling import Ailment
from engagement.listening.trouble import Trouble
from engagement.team.team import Handle, Teammate
from engagement.workspace import Workspace
from feeds.places.catalogue import load_catalogue
from handlers.home.digest import read_digest
from handlers.home.team import communities_to_name, with_handle, without
from handlers.payload import BadPayloadError
from handlers.views import blocks
from handlers.views.home.changes import say_change
from handlers.views.home.digest import digest_modal
from handlers.views.home.frame import draw_home
from handlers.views.home.mutes import say_mute
from handlers.views.home.noise import left_out_modal, noise_modal, say_lists
from handlers.views.home.places import draw_places
from handlers.views.home.settings import Section, draw_settings
from handlers.views.home.start import channel_modal
from handlers.views.home.team import forget_modal, forgotten_modal, looking_for_modal, name_modal, named_modal, value_of
from handlers.views.mrkdwn import inline, when
from sandbox.blockkit import validate_view

LONG = sample.NASTY * 40
WORKSPACE = Workspace(id="T1", schedule=a_schedule(weekday=4, hour=16, zone="Europe/Berlin"), digest_channel="C0TEAM")
ON_REDDIT = Handle(community="Reddit", name="tide_maya")
ON_GITHUB = Handle(community="GitHub", name="maya")
MAYA = Teammate(slack_user="U0MAYA", name="Maya", handles=(ON_GITHUB, ON_REDDIT))
PLACES = Sources(
    places=(
        place_samples.a_place(),
        place_samples.a_place(source_id=2, name="r/devops", failures=4, last_error="no answer"),
    ),
    ailments=(Ailment(source_id=3, place="r/old", kind=Trouble.GONE, began_at=NOW, detail="it answers 410"),),
)
NOISE = [
    sample.a_mute(id=4, scope=MuteScope.TERM, value="giveaway"),
    sample.a_mute(id=3, scope=MuteScope.TERM, value="tide tables", watch_id=3, watch="Tidewiki"),
    sample.a_mute(id=2, scope=MuteScope.SITE, value="weather.example"),
    sample.a_mute(id=1),
]
LEFT_OUT = LeftOut(
    mention_id=7,
    title="Win a year of Tidewiki & <more>",
    url="https://deals.example/1",
    community="Google News",
    author="Deals",
    at=NOW,
    mute=NOISE[0],
)
VIEWS = {
    "home-channel": channel_modal(),
    "home-places": draw_home(Tab.PLACES, draw_places(PLACES, first=1), counts={}),
    "settings-digest": digest_modal(WORKSPACE),
    "settings-noise": noise_modal(noise_lists(NOISE, watch_id=0)),
    "watch-noise": noise_modal(noise_lists(NOISE, watch_id=3), a_watch(id=3)),
    "noise-left-out": left_out_modal([LEFT_OUT], this_week=12, said="It is on its way to <#C1>."),
    "noise-nothing-left-out": left_out_modal([], this_week=0),
    "team-name": name_modal(["Hacker News", "Reddit"], asker="U0MAYA"),
    "team-looking": looking_for_modal(ON_REDDIT),
    "team-named": named_modal("U0MAYA", ON_REDDIT),
    "team-named-unheard": named_modal("U0MAYA", ON_REDDIT, reason="there is nobody of this name"),
    "team-forget": forget_modal([MAYA]),
    "team-forgotten": forgotten_modal(2),
    "team-forgotten-already": forgotten_modal(0),
}
NASTY = Handle(community=LONG, name=LONG)
NASTY_NOISE = [
    sample.a_mute(id=number, scope=scope, value=LONG, author=LONG, community=LONG, by=LONG)
    for number, scope in enumerate(NOISE_SCOPES * 20)
]
NASTY_VIEWS = {
    "noise": noise_modal(noise_lists(NASTY_NOISE, watch_id=0), a_watch(name=LONG)),
    "left out": left_out_modal(
        [
            LeftOut(mention_id=1, title=LONG, url=LONG, community=LONG, author=LONG, at=NOW, mute=mute)
            for mute in NASTY_NOISE
        ],
        this_week=9_999,
    ),
    "digest": digest_modal(Workspace(id="T1", schedule=a_schedule())),
    "name": name_modal([f"community {number}" for number in range(200)] + [LONG], asker="U0MAYA"),
    "looking": looking_for_modal(NASTY),
    "named": named_modal(LONG, NASTY, reason=LONG),
    "forget": forget_modal([Teammate(slack_user=f"U{number}", name=LONG, handles=(NASTY,)) for number in range(150)]),
}


@pytest.mark.parametrize("name", VIEWS)
def test_every_form_looks_as_agreed_and_slack_takes_it(name, golden):
    golden(name, VIEWS[name])
    assert validate_view(VIEWS[name]) == []


@pytest.mark.parametrize("name", NASTY_VIEWS)
def test_slack_takes_forms_of_the_nastiest_data(name):
    assert validate_view(NASTY_VIEWS[name]) == []


def many_places(count, **facts):
    return Sources(places=tuple(place_samples.a_place(source_id=number, **facts) for number in range(count)))


@pytest.mark.parametrize("first", [0, 1, 51, 99_999])
def test_slack_takes_every_page_of_places_of_the_nastiest_data(first):
    sources = many_places(120, name=LONG, watch=LONG, failures=3, last_error=LONG, url="https://x.example/" + "a" * 280)
    gone = Ailment(source_id=1, place=LONG, kind=Trouble.GONE, began_at=NOW, detail=LONG)

    shown = draw_places(replace(sources, ailments=(gone,) * 30), first=first)

    assert validate_view(draw_home(Tab.PLACES, shown, counts={})) == []


def test_every_place_is_on_one_page():
    sources = Sources(places=tuple(place_samples.a_place(source_id=n, name=f"place {n:03}") for n in range(120)))
    seen, first = [], 1
    while first:
        shown = draw_places(sources, first=first)
        seen += re.findall(r"place \d{3}", str(shown))
        buttons = [element for block in shown if block["type"] == "actions" for element in block["elements"]]
        first = next((int(button["value"]) for button in buttons if button["action_id"] == "home.places.on"), 0)

    assert seen == [f"place {n:03}" for n in range(120)]


def test_slack_takes_settings_of_the_nastiest_data():
    mute = Mute(id=1, workspace_id="T1", scope=MuteScope.AUTHOR, by=LONG, at=NOW, community=LONG, author=LONG)
    change = sample.a_change(LONG, LONG, by=LONG, after={"name": LONG})
    lines = tuple(blocks.section(say_mute(mute)) for _ in range(9))
    section = Section(title="Mutes", said=say_change(change), below=lines)

    assert validate_view(draw_home("settings", draw_settings([section] * 9), counts={})) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("watch", "save", "U1", "Tidewiki"), "<@U1> saved the watch *Tidewiki*, "),
        (("workspace", "digest", "U1", ""), "<@U1> changed the digest, "),
        (("source", "move", "", ""), "I followed a place to its new address, "),
        (("comet", "landed", "U1", ""), "<@U1> comet: landed, "),
    ],
)
def test_a_change_is_one_line_also_where_nobody_has_words_for_it(change, said):
    object_, act, by, name = change

    assert say_change(sample.a_change(object_, act, by=by, after={"name": name})).startswith(said)


def submitted(**values):
    state = {name: {name: {"type": "plain_text_input", "value": value}} for name, value in values.items()}
    return {"view": {"state": {"values": state}, "private_metadata": '{"digest": 1}'}}


def test_a_digest_that_never_comes_is_refused_where_it_was_entered():
    assert set(read_digest(submitted(day="9", hour="9", zone="UTC"))) == {"day"}
    assert set(read_digest(submitted(day="0", hour="9", zone="../etc"))) == {"zone"}
    with pytest.raises(BadPayloadError):
        read_digest(submitted(day="Monday", hour="9", zone="UTC"))


def test_a_name_is_added_once_and_forgotten_alone():
    again = with_handle([MAYA], "U0MAYA", "Somebody", Handle(community="GitHub", name="maya"))
    new = with_handle([MAYA], "U0SAM", "Sam", ON_GITHUB)

    assert sorted(handle.name for handle in again.handles) == ["maya", "tide_maya"]
    assert (again.name, new) == ("Maya", Teammate(slack_user="U0SAM", name="Sam", handles=(ON_GITHUB,)))
    assert without(MAYA, {value_of(MAYA, ON_GITHUB)}).handles == (ON_REDDIT,)
    assert without(MAYA, {value_of(new, ON_GITHUB)}) == MAYA


def test_people_have_one_name_on_reddit_and_one_on_each_forum():
    offered = communities_to_name(["r/selfhosted", "forum.example", "GitHub"], load_catalogue().authors)

    assert offered.count("Reddit") == 1
    assert offered[-1] == "forum.example"
    assert "Discourse" not in offered


def test_the_lists_are_said_by_what_they_hold_and_for_which_watch():
    until = sample.a_mute(scope=MuteScope.SITE, value="a*b*.example", until=NOW)

    assert say_lists([*NOISE[:3], until]).splitlines() == [
        "• Words: “giveaway”",
        f"• Sites: weather.example and {inline('a*b*.example')} (until {when(NOW)})",
        "• Words for *Tidewiki*: “tide tables”",
    ]


@pytest.mark.parametrize(
    ("mute", "said"),
    [
        (NOISE[0], "posts with “giveaway”, for good, by <@U0FOUNDER>"),
        (NOISE[1], "posts with “tide tables” for *Tidewiki*, for good, by <@U0FOUNDER>"),
        (NOISE[2], "all that stands on weather.example, for good, by <@U0FOUNDER>"),
        (sample.a_mute(author="spam", community=""), "all of spam, for good, by <@U0FOUNDER>"),
    ],
)
def test_a_mute_of_a_word_or_a_site_is_said_in_a_line(mute, said):
    assert say_mute(mute) == said
