import pytest

from engagement.sites import address_of_site, belongs_to, host_of


@pytest.mark.parametrize(
    ("site", "host"),
    [
        ("tidewiki.example", "tidewiki.example"),
        ("WWW.Tidewiki.example/blog", "tidewiki.example"),
        ("http://forum.tidewiki.example:8080/t/1", "forum.tidewiki.example"),
        ("", ""),
        ("https://[broken", ""),
    ],
)
def test_a_site_is_at_the_host_that_people_name_with_or_without_the_scheme(site, host):
    assert host_of(address_of_site(site)) == host


@pytest.mark.parametrize(
    ("host", "site", "expected"),
    [
        ("tidewiki.example", "tidewiki.example", True),
        ("forum.tidewiki.example", "tidewiki.example", True),
        ("nottidewiki.example", "tidewiki.example", False),
        ("tidewiki.example.evil.example", "tidewiki.example", False),
        ("tidewiki.example", "", False),
        ("", "", False),
    ],
)
def test_to_a_site_belongs_its_host_and_what_is_below_it(host, site, expected):
    assert belongs_to(host, site) is expected
