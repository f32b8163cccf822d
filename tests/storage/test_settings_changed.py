"""What a team sets in Slack, and what is remembered of it."""

from builders import NOW, TEAM, a_schedule, later
from listening import remember_team

from engagement.conversations.press import Act
from engagement.voice.guide import Guide
from engagement.workspace import DigestWish
from storage.records.history import changes_of_settings
from storage.voice.guide import save_guide
from storage.workspaces import find_workspace, set_digest


def install_again(team, *, schedule, digest_channel=""):
    """What every start does with the environment's settings."""
    team.write(remember_team, TEAM, schedule=schedule, digest_channel=digest_channel, url="https://tide.slack.com/")


def test_until_somebody_sets_the_digest_in_slack_it_is_the_environments_word(team):
    install_again(team, schedule=a_schedule(weekday=2, hour=7, zone="Europe/Berlin"), digest_channel="C7")

    workspace = team.read(find_workspace, TEAM)

    assert workspace.schedule == a_schedule(weekday=2, hour=7, zone="Europe/Berlin")
    assert (workspace.digest_channel, workspace.digest_set_by) == ("C7", "")
    assert workspace.url == "https://tide.slack.com/"


def test_what_was_set_in_slack_outlives_every_start(team):
    friday = a_schedule(weekday=4, hour=16, zone="Asia/Tokyo")
    team.write(set_digest, TEAM, DigestWish(drawn=1, schedule=friday, channel="C9"), by="U7", at=NOW)
    install_again(team, schedule=a_schedule(weekday=2), digest_channel="C7")

    workspace = team.read(find_workspace, TEAM)

    assert workspace.schedule == friday
    assert (workspace.digest_channel, workspace.digest_set_by) == ("C9", "U7")


def test_of_two_who_set_the_digest_at_once_the_second_changes_nothing(team):
    friday, monday = a_schedule(weekday=4), a_schedule(weekday=0)
    assert team.write(set_digest, TEAM, DigestWish(drawn=1, schedule=friday), by="U7", at=NOW)

    assert not team.write(set_digest, TEAM, DigestWish(drawn=1, schedule=monday), by="U8", at=NOW)

    workspace = team.read(find_workspace, TEAM)
    assert (workspace.schedule, workspace.digest_set_by, workspace.digest_version) == (friday, "U7", 2)
    assert [each.by for each in team.read(changes_of_settings, TEAM, limit=9) if each.act == "digest"] == ["U7"]


def test_the_latest_changes_are_those_of_settings_alone(team):
    conversation = team.hear()
    team.write(save_guide, TEAM, Guide(sounds_like="Friendly."), by="U7", at=later(minutes=1))
    team.press(Act.LISTEN, conversation)
    team.write(set_digest, TEAM, DigestWish(drawn=1, schedule=a_schedule()), by="U8", at=later(minutes=2))

    digest, voice, *others = team.read(changes_of_settings, TEAM, limit=9)

    assert (digest.object, digest.act, digest.by, digest.at) == ("workspace", "digest", "U8", later(minutes=2))
    assert (voice.act, voice.by) == ("voice", "U7")
    assert [(other.object, other.act, other.name) for other in others] == [("watch", "save", "Tidewiki")]
    assert len(team.read(changes_of_settings, TEAM, limit=1)) == 1


def test_the_settings_of_a_workspace_that_is_not_there_are_nobodys(team):
    assert not team.write(set_digest, "T9", DigestWish(drawn=1, schedule=a_schedule()), by="U7", at=NOW)

    assert team.read(changes_of_settings, "T9", limit=9) == []
