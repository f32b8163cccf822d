"""Which host a request is paced by, and how often it lets itself be asked."""

import pytest

from feeds.wire.manners import BUNDLED, Manners

MANNERS = Manners.load()


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.reddit.com/r/devops/new/.rss", "reddit.com"),
        ("https://oauth.reddit.com/r/devops/new", "reddit.com"),
        ("https://blog.tumblr.com/rss", "tumblr.com"),
        ("https://a.b.co.uk/feed", "b.co.uk"),
        ("https://somebody.github.io/feed.xml", "github.io"),
        ("https://github.com/o/r/releases.atom", "github.com"),
        ("https://api.github.com/search/issues?q=x", "api.github.com"),
        ("https://API.GitHub.com./search", "api.github.com"),
        ("https://xn--bcher-kva.de/feed", "xn--bcher-kva.de"),
        ("https://93.184.216.34/feed", "93.184.216.34"),
        ("https://[2606:2800:220:1::1]/feed", "2606:2800:220:1::1"),
        ("http://127.0.0.1:8080/feed", ""),
        ("http://[::1]/feed", ""),
        ("http://10.0.0.7/feed", ""),
        ("http://localhost/feed", ""),
        ("http://rsshub/feed", ""),
        ("http://rsshub.local/feed", ""),
        ("http://nas.home.arpa/feed", ""),
        ("https://forum.example/feed", ""),
        ("https://[broken/feed", ""),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_public_hosts_count_by_who_registered_them_and_private_ones_are_not_paced(url, host):
    assert MANNERS.paced_host_of(url) == host


def test_tight_hosts_are_known_and_accounts_loosen_them():
    assert [MANNERS.gap_of(host) for host in ("reddit.com", "hnrss.org", "api.github.com", "lobste.rs")] == [
        60,
        10,
        6,
        2,
    ]
    assert 24 * 3600 / MANNERS.gap_of("api.stackexchange.com") <= 300

    known = Manners.load(["reddit", "github", "stack_exchange"])
    assert [known.gap_of(host) for host in ("reddit.com", "hnrss.org", "api.github.com")] == [1, 10, 2]
    assert 24 * 3600 / known.gap_of("api.stackexchange.com") <= 10_000


def test_every_known_host_says_where_its_limit_stands():
    """A table of numbers that nobody can check is not changed by anybody."""
    text = BUNDLED.read_text(encoding="utf-8")
    for entry in text.split("[[host]]")[1:]:
        assert "# " in entry
