"""An answer may end in the middle, where nothing says how long it is: half an entry would come again as a whole one."""

import pytest

from feeds.entry import NotAFeedError
from feeds.parsing.parse import parse_feed

URL = "https://feeds.example/feed"
ITEM = (
    "<item><title>Tidewiki {0} &amp; more</title><description><![CDATA[<p>About <b>it</b>.</p>]]></description>"
    "<link>https://feeds.example/{0}</link><guid>https://feeds.example/{0}</guid>"
    "<pubDate>Fri, 20 Nov 2026 0{0}:00:00 GMT</pubDate></item>"
)
ENTRY = (
    "<entry><title type='html'>Tidewiki {0} &amp;amp; more</title><content type='html'>&lt;p>About it.</content>"
    "<link href='https://feeds.example/{0}'/><id>tag:feeds.example,2026:{0}</id>"
    "<updated>2026-11-20T0{0}:00:00Z</updated></entry>"
)
ENTRIES = [ITEM.format(number) for number in range(3)], [ENTRY.format(number) for number in range(3)]
FEEDS = {
    "RSS": "<rss version='2.0'><channel><title>T</title>" + "".join(ENTRIES[0]) + "</channel></rss>",
    "Atom": "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>" + "".join(ENTRIES[1]) + "</feed>",
}


def entries_of(body):
    try:
        return parse_feed(body.encode(), "", URL).entries
    except NotAFeedError:
        return ()


@pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
def test_wherever_a_body_ends_only_whole_entries_are_read(feed):
    whole = entries_of(feed)
    assert len(whole) == 3

    for end in range(len(feed)):
        read = entries_of(feed[:end])
        assert read == whole[: len(read)], feed[:end][-60:]
        assert len(read) >= feed[:end].count("</item>") + feed[:end].count("</entry>") - 1


@pytest.mark.parametrize("feed", FEEDS.values(), ids=FEEDS)
def test_whole_entries_count_where_only_the_end_is_missing(feed):
    for end in ("</channel></rss>", "</rss>", "</feed>"):
        assert len(entries_of(feed.removesuffix(end))) == 3


def test_who_never_closes_an_entry_is_read_all_the_same():
    assert len(entries_of(FEEDS["RSS"].replace("</item>", "") + "<!-- made by hand -->")) == 3
