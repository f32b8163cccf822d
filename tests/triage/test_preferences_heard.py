"""What a team prefers is suggested, and the reason says so; but not where something is on fire, or ours."""

import pytest
from builders import a_watch
from posts import a_post

from engagement.understanding.learned import Learned, Preference
from engagement.understanding.reading import Kind, Tag
from triage.read import read
from triage.suggest import REASON_AT_MOST

QUESTION = "Does Tidewiki keep page history after a restore?"


def prefers(tag, *, kind=Kind.QUESTION, community="r/selfhosted"):
    return Learned(preferences=(Preference(id=1, community=community, kind=kind, tag=tag, choices=9),))


def test_what_the_team_chooses_is_suggested_with_what_it_comes_from():
    reading = read(a_post(QUESTION), a_watch(), prefers(Tag.LISTEN))

    assert reading.suggested is Tag.LISTEN
    assert reading.reason == "learned: you chose that for 9 of the last 10 like it in r/selfhosted"


@pytest.mark.parametrize(
    "learned",
    [prefers(Tag.INTERACT), prefers(Tag.LISTEN, kind=Kind.BUG), prefers(Tag.LISTEN, community="Lobsters")],
    ids=["we would say the same", "another kind", "another community"],
)
def test_elsewhere_the_reason_is_ours(learned):
    assert read(a_post(QUESTION), a_watch(), learned) == read(a_post(QUESTION), a_watch())


def test_what_we_wrote_ourselves_is_nobody_s_task():
    watch = a_watch(handles=("tidewiki",))

    assert read(a_post(QUESTION, author="tidewiki"), watch, prefers(Tag.REACT)).reason == "written by us"


def test_a_reason_fits_its_line_whatever_the_community_is_called():
    name = "x" * 300
    reading = read(a_post(QUESTION, community=name), a_watch(), prefers(Tag.REACT, community=name))

    assert reading.suggested is Tag.REACT
    assert len(reading.reason) <= REASON_AT_MOST
