"""Pages about us: what profiles are called, and the facts that entries in directories tell."""

import pytest
from builders import a_watch
from posts import a_post

from triage.of_us.pages import PROFILE_TITLE, is_entry, is_profile


@pytest.mark.parametrize("many", ["12 shops", "8.1K ratings", "1,234,567 downloads", "10M+ downloads"])
def test_a_number_of_what_is_counted_is_one_fact_of_two(many):
    assert is_entry(f"Founded 2018. {many}")
    assert not is_entry(many)


@pytest.mark.parametrize(
    "title",
    ["Tidewiki Reviews, Ratings & Features | Softly", "Tidewiki - official channel", "Tidewiki | Official site"],
)
def test_a_page_of_reviews_or_an_official_one_is_about_us(title):
    assert PROFILE_TITLE.search(title)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Tidewiki has 12 repositories available. Follow their code.", True),
        ("Official account of Tidewiki. Notes and boats", True),
        ("Tidewiki (@tide@wiki.example): notes for boats", True),
        ("Ann (@ann@wiki.example): I like Tidewiki", False),
        ("Tidewiki has two repositories for me", False),
    ],
)
def test_what_profiles_say_of_us_is_about_us(text, is_one):
    assert is_profile(a_post(text), a_watch(name="Tidewiki")) is is_one
