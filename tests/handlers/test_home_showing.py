"""Drawing somebody's Home: never an older state over a newer one, and never for whoever did not open it."""

import pytest
import view_samples as sample
from builders import NOW, TEAM, a_new_source
from databases import a_database
from learned_samples import add_beside, add_preference, add_word
from listening import listen, remember_team, watch_for
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from voice_samples import a_nasty_writing

from engagement.calm.mute import MuteScope
from engagement.digest.voices import Person
from engagement.home import Page, Tab
from engagement.team.team import Handle, Teammate
from engagement.voice.draft import Roles
from engagement.watch import Terms
from handlers.home.showing import show_home, turn_home
from handlers.home.visit import Visit
from sandbox.manifest import BOT_TOKEN
from sandbox.pressing import words_of
from storage.calm.mutes import add_mute
from storage.digest.unlisted import unlist
from storage.homes import save_page
from storage.team.labels import label_person
from storage.team.teammates import save_teammate
from storage.voice.guide import save_community, save_guide, save_roles


@pytest.fixture
def client(slack):
    return AsyncWebClient(token=BOT_TOKEN, base_url=slack.api_url)


@pytest.fixture
def visit(slack):
    return Visit(workspace_id=TEAM, user=slack.user("maya"), now=NOW)


@pytest.fixture
async def db(tmp_path):
    db = a_database(tmp_path / "home.db")
    await db.transact(lambda tx: (remember_team(tx), listen(tx, a_new_source())))
    yield db
    db.close()


async def test_nothing_is_drawn_for_whoever_has_never_opened_their_home(slack, client, db, visit):
    await show_home(client, db, visit)

    assert slack.home("maya") is None


async def test_what_was_drawn_meanwhile_is_read_again(slack, client, db, visit):
    await turn_home(client, db, visit, Page())
    old = slack.home("maya")["hash"]
    await turn_home(client, db, visit, Page(tab=Tab.UNOWNED), drawn=old)
    await db.transact(lambda tx: save_page(tx, TEAM, visit.user, Page(tab=Tab.SETTINGS)))

    await show_home(client, db, visit, drawn=old, notice="Somebody was first.")

    assert "▸ Settings" in words_of(slack.home("maya"))
    assert "Somebody was first." in words_of(slack.home("maya"))


async def test_a_no_of_slack_that_is_no_conflict_is_no_success(slack, client, db, visit):
    await turn_home(client, db, visit, Page())
    stranger = AsyncWebClient(token="xoxb-nobody", base_url=slack.api_url)

    with pytest.raises(SlackApiError):
        await show_home(stranger, db, visit)


async def test_slack_takes_the_settings_of_a_team_with_the_nastiest_names_and_as_many_lines_as_there_are(
    slack, client, db, visit
):
    long, nasty = sample.NASTY * 40, a_nasty_writing()

    def fill(tx):
        for number in range(30):
            name = f"{number} {long}"
            terms = Terms(names=(name, long, long[1:], long[2:]))
            watch_for(tx, name, terms=terms)
            handles = tuple(Handle(community=long, name=f"{letter}{name}") for letter in "abcdefghi")
            mate = Teammate(slack_user=f"U{number}", name=long, handles=handles)
            save_teammate(tx, TEAM, mate, by=long, interval_seconds=600, at=NOW)
        save_guide(tx, TEAM, nasty.guide, by=long, at=NOW)
        save_roles(tx, TEAM, Roles(speak=(long,) * 100, approve=(long,) * 100), by=long, at=NOW)
        for rules in nasty.guide.communities:
            save_community(tx, TEAM, rules, by=long, at=NOW)
        for number in range(20):
            label_person(tx, TEAM, [f"{number} {long}"], community=long, author=f"{number}", by="U1", at=NOW)
            add_mute(tx, TEAM, MuteScope.AUTHOR, community=long, author=f"{number}{long}", until=None, by=long, at=NOW)
            unlist(tx, TEAM, Person(long, f"{number} {long}"), by=long, at=NOW)
            add_word(tx, f"{number} {long}")
            add_preference(tx, "question", "listen", f"{number} {long}")
            add_beside(tx, f"{number} {long}", is_us=0)

    await db.transact(fill)
    await turn_home(client, db, visit, Page(tab=Tab.SETTINGS))

    assert "Latest changes" in words_of(slack.home("maya"))
