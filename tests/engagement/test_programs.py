"""Who is a program, by its name."""

import pytest

from engagement.turns.programs import is_program


@pytest.mark.parametrize(
    "name", ["dependabot[bot]", "/u/AutoModerator", "renovate-bot", "wiki.bot", "wiki_bot", "@github-actions", "System"]
)
def test_programs_are_known_by_their_names(name):
    assert is_program(name)


@pytest.mark.parametrize("name", ["", "talbot", "abbot", "bot", "robotnik", "systemd_fan"])
def test_people_are_not(name):
    assert not is_program(name)
