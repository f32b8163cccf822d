"""What a team sets in Slack, and what is remembered of it."""

from builders import NOW, TEAM, a_new_source, a_schedule, later
from listening import remember_team

from engagement.calm.mute import MuteScope
from engagement.conversations.press import Act
from engagement.team.team import Handle, Teammate
from engagement.voice.guide import Guide
from engagement.workspace import DigestWish
from storage.calm.mutes import add_mute
from storage.calm.muting import unmute
from storage.listening.listening import join_places
from storage.listening.sources import all_sources
from storage.records.history import changes_of_settings
from storage.sending.webhook import listen_for_events
from storage.stamps import stamp
from storage.team.teammates import save_teammate
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


def lines_of(team, object_):
    """Return who did what, from what to what, since the tests' own team was made."""
    lines = reversed(team.read(changes_of_settings, TEAM, limit=99))
    return [(each.act, each.by, each.before, each.after) for each in lines if each.object == object_]


def test_places_that_a_file_or_set_up_brings_stand_in_the_history_once(team):
    places = [a_new_source("https://forum.example/new", name="New"), a_new_source(team.source.url, name="Old")]
    for _ in range(2):
        team.write(join_places, team.watch, places, interval_seconds=600, by="", at=NOW)

    [new] = [each for each in team.read(all_sources) if each.url == "https://forum.example/new"]
    assert lines_of(team, "watch")[1:] == [("add places", "", {}, {"places": ["New"], "sources": [new.id]})]


def test_whoever_loses_a_name_to_somebody_else_has_a_line_of_it(team):
    handle = Handle(community="Medium", name="tide")
    for who in ("U1", "U2"):
        mate = Teammate(slack_user=who, name=who, handles=(handle,))
        team.write(save_teammate, TEAM, mate, by="U3", interval_seconds=600, at=NOW)

    *_, (act, by, before, after) = lines_of(team, "teammate")
    assert (act, by, after["slack_user"]) == ("save", "U3", "U1")
    assert (before["handles"], after["handles"]) == (["Medium: tide"], [])


def test_the_environments_word_on_the_digest_is_a_change_where_it_is_another(team):
    for hour in (9, 7, 7):
        install_again(team, schedule=a_schedule(hour=hour))

    [(act, by, before, after)] = lines_of(team, "workspace")
    assert (act, by) == ("digest", "")
    assert (before["digest_hour"], after["digest_hour"]) == (9, 7)


def test_the_webhook_is_noted_as_it_is_switched_and_not_at_every_start(team):
    for wanted in (False, True, True, False, False):
        team.write(listen_for_events, TEAM, at=NOW, wanted=wanted)

    assert [(act, by) for act, by, _, _ in lines_of(team, "workspace")] == [("webhook on", ""), ("webhook off", "")]


def test_a_mute_that_is_given_anew_says_until_when_it_was(team):
    who = {"community": "forum.example", "author": "pat"}
    for days in (1, 2):
        team.write(add_mute, TEAM, MuteScope.AUTHOR, **who, until=later(days=days), by="U1", at=NOW)
    team.write(unmute, TEAM, 1, by="U2", at=NOW)

    first, second, end = lines_of(team, "mute")
    assert (first[2], second[2]["until"]) == ({}, stamp(later(days=1)))
    assert (end[:2], end[3]["author"], end[3]["ended_at"]) == (("unmute", "U2"), "pat", stamp(NOW))
