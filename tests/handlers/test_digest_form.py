"""The form that says when the digest comes, through real Bolt."""

import pytest
from bolt_bot import FINN, MAYA, TEAM, BoltBot, chosen
from builders import NOW
from databases import a_database
from listening import remember_team

from storage.workspaces import find_workspace


@pytest.fixture
async def bot(slack, tmp_path):
    db = a_database(tmp_path / "forms.db")
    await db.transact(lambda tx: remember_team(tx, TEAM, at=NOW))
    yield BoltBot(slack, db)
    db.close()


async def test_of_two_who_set_the_digest_at_once_the_second_is_told(bot):
    drawn = {"digest": 1}
    friday = {"day": chosen("4"), "hour": chosen("16"), "zone": "UTC"}
    assert await bot.submit("settings.digest_submit", friday, drawn, by=MAYA) == {}

    answer = await bot.submit("settings.digest_submit", friday | {"hour": chosen("9")}, drawn, by=FINN)

    assert answer["errors"]["day"].startswith("Somebody changed this since you opened it")
    workspace = await bot.read(find_workspace, TEAM)
    assert (workspace.schedule.hour, workspace.digest_set_by) == (16, MAYA)
