import builders
import pytest
from posts import a_post

from engagement.reading import Pillar
from triage.pillar import pillar_of

PROVIDER, USER = Pillar.PROVIDER_INITIATED, Pillar.USER_INITIATED


def a_watch(site="tidewiki.example"):
    return builders.a_watch(site=site, handles=("@Tidewiki", "u/tide_team", "tidewiki@social.example"))


@pytest.mark.parametrize(
    ("author", "pillar"),
    [
        ("tidewiki", PROVIDER),
        ("/u/Tide_Team", PROVIDER),
        ("@tidewiki@social.example", PROVIDER),
        ("tidewiki@elsewhere.example", USER),
        ("tidewiki_fan", USER),
        ("", USER),
    ],
)
def test_what_our_handles_write_was_started_by_us(author, pillar):
    assert pillar_of(a_post(author=author), a_watch()) is pillar


@pytest.mark.parametrize(
    ("url", "site", "pillar"),
    [
        ("https://tidewiki.example/blog/1", "tidewiki.example", PROVIDER),
        ("https://www.tidewiki.example/", "https://tidewiki.example/", PROVIDER),
        ("https://blog.tidewiki.example/1", "www.tidewiki.example", PROVIDER),
        ("https://forum.tidewiki.example/1", "tidewiki.example", USER),
        ("https://tidewiki.example/t/history/12", "tidewiki.example", USER),
        ("https://nottidewiki.example/1", "tidewiki.example", USER),
        ("https://tidewiki.example.evil.example/", "tidewiki.example", USER),
        ("https://code.example/tide/wiki/releases/1", "https://code.example/tide/wiki", PROVIDER),
        ("https://code.example/tide/wiki/issues/7", "https://code.example/tide/wiki", USER),
        ("https://code.example/other/wiki", "https://code.example/tide/wiki", USER),
        ("https://tidewiki.example/blog/1", "", USER),
        ("https://[broken", "tidewiki.example", USER),
        ("https://tidewiki.example/", "https://[broken", USER),
    ],
)
def test_our_site_speaks_for_us_except_where_people_write(url, site, pillar):
    assert pillar_of(a_post(url=url), a_watch(site)) is pillar


@pytest.mark.parametrize(
    ("post", "pillar"),
    [
        (a_post(url="https://en.wikipedia.org/wiki/Tidewiki"), Pillar.IDENTITY),
        (a_post(url="https://www.linkedin.com/company/tidewiki"), Pillar.IDENTITY),
        (a_post(url="https://www.linkedin.com/posts/pat-1"), USER),
        (a_post(community="Google News", title="Tidewiki raises a seed round"), Pillar.IDENTITY),
        (a_post(community="Google News", title="Five wikis to watch"), Pillar.ASSOCIATION),
        (a_post(community="Hacker News", title="Tidewiki"), USER),
    ],
)
def test_pages_about_us_are_told_from_people(post, pillar):
    assert pillar_of(post, a_watch()) is pillar
