"""What titles alone say of who wrote: a newsletter, a list of sponsors, or somebody with something to say."""

import builders
import pytest
from posts import a_post

from engagement.understanding.reading import Pillar, Tag
from triage.read import read

WATCH = builders.a_watch(name="Tidewiki")


@pytest.mark.parametrize(
    "title",
    [
        "Issue 212: Tidewiki, Makefiles, and why we love ink",
        "Garden Weekly #31: Tidewiki, frost, a spade I regret",
        "Newsletter 88: Tidewiki for beginners",
        "Weekend reads: Tidewiki and tea",
    ],
)
def test_an_issue_of_a_newsletter_only_links_to_us(title):
    reading = read(a_post(title=title, community="Blog"), WATCH)

    assert (reading.pillar, reading.suggested) == (Pillar.ASSOCIATION, Tag.LISTEN)


@pytest.mark.parametrize(
    ("title", "pillar"),
    [
        ("WikiConf 2026: thanks to our sponsors Tidewiki, Odoo, Bakker", Pillar.ASSOCIATION),
        ("How we host our minutes with Tidewiki", Pillar.ASSOCIATION),
        ("New post: how I print with Tidewiki", Pillar.ASSOCIATION),
        ("For hire: I set up Tidewiki for small teams", Pillar.ASSOCIATION),
        ("Top 10 wikis for 2027: Tidewiki first", Pillar.ASSOCIATION),
        ("What's in my bag: Tidewiki", Pillar.ASSOCIATION),
        ("Benchmarking wikis: Tidewiki, Outline, Bookish", Pillar.USER_INITIATED),
        ("Moved 300 pages to Tidewiki in an afternoon", Pillar.USER_INITIATED),
        ("Tidewiki sends its pages by mail", Pillar.USER_INITIATED),
    ],
)
def test_titles_that_only_name_us_are_told_from_those_of_people(title, pillar):
    assert read(a_post(title=title), WATCH).pillar is pillar


@pytest.mark.parametrize(
    ("title", "pillar"),
    [
        ("docs: move to Tidewiki", Pillar.ASSOCIATION),
        ("Add Tidewiki to the list of tools", Pillar.ASSOCIATION),
        ("Switch the handbook to Tidewiki", Pillar.ASSOCIATION),
        ("docs: the page on tabs is empty", Pillar.USER_INITIATED),
        ("Add tabs to the sidebar", Pillar.USER_INITIATED),
        ("Please add a flag to tidewiki run", Pillar.USER_INITIATED),
    ],
)
def test_what_others_change_because_of_us_only_links_to_us(title, pillar):
    assert read(a_post(title=title, community="GitHub"), WATCH).pillar is pillar
