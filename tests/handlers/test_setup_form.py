"""What people enter into Start listening: what is taken, and what they are asked to mend."""

import pytest

from handlers.setup import is_site, listed, with_scheme


@pytest.mark.parametrize(
    ("entered", "kept"),
    [
        ("", ""),
        ("tidewiki.example", "https://tidewiki.example"),
        ("http://tidewiki.example/forum", "http://tidewiki.example/forum"),
        ("Https://Tidewiki.example", "https://Tidewiki.example"),
        ("localhost:8000/feed", "https://localhost:8000/feed"),
        ("münchen.example", "https://münchen.example"),
        ("https://tidewiki.example#top", "https://tidewiki.example#top"),
        ("tidewiki.example/to?url=http://x.example", "https://tidewiki.example/to?url=http://x.example"),
    ],
    ids=["nothing", "host", "address", "a phone's capital", "port", "letters of the world", "fragment", "two in one"],
)
def test_a_site_is_kept_with_its_scheme(entered, kept):
    assert is_site(entered)
    assert with_scheme(entered) == kept


@pytest.mark.parametrize(
    "entered",
    [
        "not a site",
        "[",
        "http://",
        "http:///x",
        "https://[::1",
        "ftp://x.example",
        "mailto:us@x",
        "mailto:x",
        "x:99999",
    ],
)
def test_what_is_no_address_of_a_site_is_refused(entered):
    assert not is_site(entered)


def test_names_stand_one_a_line_or_with_commas_between_each_once():
    assert listed("Tidewiki, Tide Wiki\n\n Tidewiki ;tide-wiki,") == ("Tidewiki", "Tide Wiki", "tide-wiki")
