"""What somebody types, as the address that it means."""

import pytest

from feeds.links import LONGEST_LINK
from feeds.typed import as_address


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" blog.example/a ", "https://blog.example/a"),
        ("HTTP://blog.example", "http://blog.example"),
        ("feed://blog.example/rss", "https://blog.example/rss"),
        ("feed:https://blog.example/rss", "https://blog.example/rss"),
        ("localhost:8080/rss", "https://localhost:8080/rss"),
        ("tidewiki", ""),
        ("what people say", ""),
        ("", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://", ""),
        ("http://wiki/feed", "http://wiki/feed"),
        ("https://lin:secret@blog.example/feed", "https://lin:secret@blog.example/feed"),
        ("lin@blog.example", ""),
        ("video.example/@lin", "https://video.example/@lin"),
        ("[2001:db8::1]/rss", "https://[2001:db8::1]/rss"),
        ("blog.example:65535", "https://blog.example:65535"),
        ("blog.example:65536", ""),
        ("blog.example:0", ""),
        ("<https://blog.example|blog>", ""),
        ("https://blog.example/" + "a" * LONGEST_LINK, ""),
    ],
)
def test_what_somebody_types_becomes_an_address_or_none(typed, address):
    assert as_address(typed) == address
