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
        ("Benchmarking wikis: Tidewiki, Outline, Bookish", Pillar.USER_INITIATED),
        ("Moved 300 pages to Tidewiki in an afternoon", Pillar.USER_INITIATED),
        ("Tidewiki sends its pages by mail", Pillar.USER_INITIATED),
    ],
)
def test_titles_that_only_name_us_are_told_from_those_of_people(title, pillar):
    assert read(a_post(title=title), WATCH).pillar is pillar
