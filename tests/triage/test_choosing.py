import builders
import pytest
from posts import a_post

from engagement.understanding.reading import Kind, Tag
from triage.read import read

WATCH = builders.a_watch(name="Tidewiki")


@pytest.mark.parametrize(
    "title",
    [
        "Tidewiki or Dokuwiki for a small school",
        "Two people, one boat: Tidewiki or plain Markdown",
        "Dokuwiki or a self-hosted Tidewiki",
        "From Dokuwiki to Tidewiki in a weekend",
    ],
)
def test_who_puts_an_or_between_us_and_another_compares(title):
    reading = read(a_post(title=title), WATCH)

    assert (reading.kind, reading.suggested) == (Kind.COMPARISON, Tag.INTERACT)


@pytest.mark.parametrize(
    "title",
    [
        "Editor wanted who knows Tidewiki or Dokuwiki",
        "Tidewiki or not, it rains",
        "Dokuwiki or Outline",
        "Move pages from Dokuwiki to Tidewiki",
    ],
)
def test_an_or_elsewhere_compares_nothing_with_us(title):
    assert read(a_post(title=title), WATCH).kind is not Kind.COMPARISON


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Does Tidewiki print on both sides", Kind.QUESTION),
        ("Can the Tidewiki app read a scan", Kind.QUESTION),
        ("Tidewiki does print on both sides", Kind.OTHER),
        ("Does it rain on Tidewiki", Kind.QUESTION),
    ],
)
def test_a_title_that_asks_about_us_needs_no_mark(title, kind):
    assert read(a_post(title=title), WATCH).kind is kind
