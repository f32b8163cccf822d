import builders
import pytest
from posts import a_post

from engagement.understanding.reading import Pillar, Tag
from triage.of_us.made_for_us import is_made_for_us
from triage.read import read

WATCH = builders.a_watch(name="Tidewiki")


@pytest.mark.parametrize(
    "title",
    [
        "Show HN: A tray icon for Tidewiki",
        "Show HN: Turn your notebook into Tidewiki pages",
        "Show HN: Your Tidewiki pages on paper",
        "Show HN: Tidewiki pages in your terminal",
        "Show HN: I made a program that prints Tidewiki",
        "I wrote a Tidewiki plugin for tide tables",
        "I built a small calendar for Tidewiki",
        "We just released a theme for Tidewiki in green",
        "tidewiki-tray: your pages in the menu bar",
        "obsidian-to-tidewiki: a converter",
        "boats/tidewiki-docker \u2013 unofficial image",
        "An unofficial Tidewiki client in Rust",
        "Community maintained Tidewiki plugins",
    ],
)
def test_what_others_made_for_those_who_use_us_is_looked_at(title):
    post = a_post(title=title, community="GitHub")

    reading = read(post, WATCH)

    assert is_made_for_us(post, WATCH)
    assert (reading.pillar, reading.suggested) == (Pillar.ASSOCIATION, Tag.INTERACT)
    assert reading.reason == "somebody made something for those who use us"


@pytest.mark.parametrize(
    "title",
    [
        "Show HN: Boatpad, a text editor (docs on Tidewiki)",
        "Show HN: A tray icon for your boat",
        "I built a shed, and wrote Tidewiki pages of it",
        "tidewiki-cli: no such page",
        "tidewiki-cli: init at 2.1",
        "awesome-tidewiki: themes, plugins and examples",
        "The community of Tidewiki grows",
    ],
)
def test_what_only_names_us_was_not_made_for_us(title):
    assert not is_made_for_us(a_post(title=title, community="Hacker News"), WATCH)


def test_in_our_own_forum_a_plugin_needs_no_name():
    title = "I wrote a little plugin for tide tables"

    assert is_made_for_us(a_post(title=title, community="Our forum"), WATCH)
    assert not is_made_for_us(a_post(title=title, community="Lobsters"), WATCH)
