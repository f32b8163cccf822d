import builders
import pytest
from posts import a_post

from engagement.understanding.reading import Kind, Tag
from triage.read import read

WATCH = builders.a_watch(name="Tidewiki")


@pytest.mark.parametrize("community", ["GitHub", "Forum"])
@pytest.mark.parametrize(
    "title",
    [
        "Support Org mode as well as Markdown",
        "Allow more than one owner per wiki",
        "[Import] Accept tabs as well",
        "editor: remember the last page",
        "Option to sort pages by date",
        "Configurable backup interval",
    ],
)
def test_a_title_that_tells_us_what_to_do_is_a_wish(title, community):
    reading = read(a_post(title=title, community=community), WATCH)

    assert (reading.kind, reading.suggested) == (Kind.WISH, Tag.REACT)


@pytest.mark.parametrize(
    ("community", "title"),
    [
        ("r/selfhosted", "Support Org mode"),
        ("GitHub", "Support Tidewiki pages"),
        ("Forum", "Show your favourite page"),
        ("Forum", "Support was kind"),
        ("Forum", "Option prices rise"),
    ],
)
def test_elsewhere_it_tells_others_or_only_looks_like_it(community, title):
    assert read(a_post(title=title, community=community), WATCH).kind is not Kind.WISH


@pytest.mark.parametrize(
    ("community", "title", "tag"),
    [
        ("GitHub", "Tabs in the sidebar", Tag.REACT),
        ("GitLab", "Tabs in the sidebar", Tag.REACT),
        ("Forum", "Tabs in the sidebar", Tag.INTERACT),
        ("GitHub", "Tidewiki tabs in my sidebar", Tag.INTERACT),
    ],
)
def test_what_opens_in_our_tracker_is_for_whoever_mends_and_builds(community, title, tag):
    assert read(a_post(title=title, community=community), WATCH).suggested is tag


def test_a_comment_in_a_tracker_is_not_what_opened_it():
    comment = a_post("Tabs in the sidebar", title="A title", community="GitHub", parent_key="thread:0")

    assert read(comment, WATCH).suggested is Tag.INTERACT
