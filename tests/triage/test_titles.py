"""What titles alone say of who wrote: a newsletter, a list of sponsors, or somebody with something to say."""

import builders
import pytest
from posts import a_post

from engagement.understanding.reading import Kind, Pillar, Tag
from triage.read import read

WATCH = builders.a_watch(name="Tidewiki")


@pytest.mark.parametrize(
    "title",
    [
        "Issue 212: Tidewiki, Makefiles, and why we love ink",
        "Garden Weekly #31: Tidewiki, frost, a spade I regret",
        "Newsletter 88: Tidewiki for beginners",
        "Weekend reads: Tidewiki and tea",
        "Episode 12: why search is broken, with the founder of Tidewiki",
        "New episode: slow gardens, with the makers of Tidewiki",
        "Garden Show #88: Ann of Tidewiki on why hedges fail",
    ],
)
def test_an_issue_of_a_newsletter_only_links_to_us(title):
    reading = read(a_post(title=title, community="Blog"), WATCH)

    assert (reading.pillar, reading.suggested) == (Pillar.ASSOCIATION, Tag.LISTEN)


@pytest.mark.parametrize(
    "text",
    [
        "new episode: slow gardens, with the makers of Tidewiki",
        "Guest today: Ann Boon of Tidewiki",
        "I am joining Tidewiki as head of support",
        "Last day at Tidewiki today, thank you all",
        "New job! I start at Tidewiki in May",
        "Released v3 of my garden planner. Notes by Tidewiki",
        "Set TIDEWIKI_KEY to publish your notes",
        "Use pandoc with any wiki (Outline, Tidewiki, Bookish)",
    ],
)
def test_what_is_told_to_everybody_and_names_us_beside_it_only_links_to_us(text):
    reading = read(a_post(text), WATCH)

    assert (reading.pillar, reading.suggested) == (Pillar.ASSOCIATION, Tag.LISTEN)


@pytest.mark.parametrize(
    "text",
    ["Set TIDEWIKI_KEY and the page still does not load", "Episode three of my quarrel: my Tidewiki crashed"],
)
def test_who_only_begins_so_is_heard(text):
    assert read(a_post(text), WATCH).pillar is Pillar.USER_INITIATED


@pytest.mark.parametrize("community", ["Blog", "News"])
@pytest.mark.parametrize(
    "title", ["Six wikis put to the test: Tidewiki is quickest", "Wikis tested: Tidewiki, Outline"]
)
def test_a_headline_that_puts_many_to_the_test_compares(title, community):
    reading = read(a_post(title=title, community=community, url="https://papers.example/news/wikis"), WATCH)

    assert (reading.kind, reading.pillar) == (Kind.COMPARISON, Pillar.USER_INITIATED)


@pytest.mark.parametrize(
    "title",
    [
        "Press release: Tidewiki opens in Ghent",
        "Tidewiki opens in Ghent (press release)",
        "Tidewiki opens - Press Release",
    ],
)
def test_what_is_called_a_press_release_and_begins_with_us_is_ours(title):
    assert read(a_post(title=title, community="News"), WATCH).pillar is Pillar.PROVIDER_INITIATED
    assert read(a_post(title=f"About {title}", community="News"), WATCH).pillar is not Pillar.PROVIDER_INITIATED


@pytest.mark.parametrize(
    "title",
    [
        "Scammers abuse Tidewiki pages to collect passwords",
        "Critical severity: old parser in tidewiki",
        "High severity: tidewiki-tray ships a vulnerable parser",
    ],
)
def test_abuse_and_holes_are_for_whoever_can_mend_them(title):
    reading = read(a_post(title=title), WATCH)

    assert (reading.pillar, reading.suggested) == (Pillar.ASSOCIATION, Tag.REACT)


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
