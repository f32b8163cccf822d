"""The team: who answers where, under which name, and the feeds their posts are heard through."""

from builders import NOW, TEAM

from engagement.listening.source import NewSource
from engagement.team.team import Handle, Teammate
from storage.listening.sources import due_sources
from storage.team.teammates import save_teammate, teammates_of

FEED = NewSource(url="https://forum.example/u/mira/activity.rss", name="mira on the forum", community="forum.example")
MIRA = Teammate(
    slack_user="U0MIRA",
    name="Mira",
    handles=(
        Handle(community="Medium", name="mira.k"),
        Handle(community="forum.example", name="mira", feed=FEED),
    ),
)
SAM = Teammate(slack_user="U0SAM", name="Sam")


def save(team, *teammates):
    for teammate in teammates:
        team.write(save_teammate, TEAM, teammate, by="U0SAM", interval_seconds=600, at=NOW)


def test_a_teammate_comes_back_as_saved(team):
    save(team, SAM, MIRA)

    assert team.read(teammates_of, TEAM) == [SAM, MIRA]
    assert team.read(teammates_of, "T0OTHER") == []


def test_the_feed_of_a_teammate_is_due_like_every_other_source(team):
    save(team, MIRA)

    assert FEED.url in [source.url for source in team.read(due_sources, now=NOW, limit=9)]


def test_saved_again_the_handles_replace_those_before_and_the_feed_is_asked_no_more(team):
    save(team, MIRA, Teammate(slack_user="U0MIRA", name="Mira K."))

    assert team.read(teammates_of, TEAM) == [Teammate(slack_user="U0MIRA", name="Mira K.")]
    assert FEED.url not in [source.url for source in team.read(due_sources, now=NOW, limit=9)]


def test_a_handle_belongs_to_one_teammate_and_moves(team):
    save(team, MIRA, Teammate(slack_user="U0SAM", name="Sam", handles=MIRA.handles[1:]))

    mira, sam = team.read(teammates_of, TEAM)
    assert mira.handles == MIRA.handles[:1]
    assert sam.handles == MIRA.handles[1:]


def test_the_history_says_who_changed_what_and_nothing_where_nothing_changed(team):
    save(team, MIRA, MIRA)

    [line] = team.rows("SELECT * FROM history WHERE object = 'teammate'")
    assert (line["actor"], line["act"]) == ("U0SAM", "save")
    assert "forum.example: mira" in line["after_facts"]
