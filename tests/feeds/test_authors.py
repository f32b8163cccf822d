"""Teammates: where their posts can be heard."""

import pytest
from aiohttp import web

from engagement.listening.source import NewSource
from feeds.places.authors import AuthorFeed, NotHeard, author_feed, find_author
from feeds.places.catalogue import Author, load_catalogue

AUTHORS = load_catalogue().authors


@pytest.mark.parametrize(
    ("community", "handle", "url"),
    [
        (
            "Hacker News",
            "finn_tide",
            "https://hn.algolia.com/api/v1/search_by_date?tags=(story,comment),author_finn_tide&hitsPerPage=50",
        ),
        ("Reddit", "u/finn", "https://www.reddit.com/user/finn/comments/.rss"),
        ("r/selfhosted", "https://www.reddit.com/user/finn/", "https://www.reddit.com/user/finn/comments/.rss"),
        ("Lobsters", "~finn", "https://lobste.rs/~finn/stories.rss"),
        (
            "Stack Overflow",
            "https://stackoverflow.com/users/17/finn",
            "https://api.stackexchange.com/2.3/users/17/answers?site=stackoverflow&sort=creation&order=desc&pagesize=50&filter=withbody",
        ),
        (
            "Server Fault",
            "https://serverfault.com/users/17",
            "https://api.stackexchange.com/2.3/users/17/answers?site=serverfault.com&sort=creation&order=desc&pagesize=50&filter=withbody",
        ),
        (
            "unix.stackexchange.com",
            "https://unix.stackexchange.com/users/17",
            "https://api.stackexchange.com/2.3/users/17/answers?site=unix.stackexchange.com&sort=creation&order=desc&pagesize=50&filter=withbody",
        ),
        ("GitHub", "@finn-tide", "https://api.github.com/users/finn-tide/events/public?per_page=100"),
        (
            "Mastodon",
            "@finn@social.example",
            "https://social.example/api/v1/accounts/{id}/statuses?exclude_reblogs=true&limit=40",
        ),
        (
            "Bluesky",
            "finn.example",
            "https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed?actor=finn.example&filter=posts_with_replies&limit=50",
        ),
        ("Lemmy", "finn@lemmy.example", "https://lemmy.example/api/v3/user?username=finn&sort=New&limit=50"),
        ("forum.example", "finn", "https://forum.example/u/finn/activity.rss"),
        ("Discourse", "finn@forum.example", "https://forum.example/u/finn/activity.rss"),
        ("dev.to", "finn", "https://dev.to/feed/finn"),
    ],
)
def test_a_handle_leads_to_the_posts_of_the_person(community, handle, url):
    feed = author_feed(community, handle, AUTHORS)

    assert isinstance(feed, AuthorFeed)
    assert (feed.url, feed.community) == (url, community)


@pytest.mark.parametrize(
    ("community", "handle", "reason"),
    [
        ("The harbour", "finn", "I know no way to hear one person on The harbour"),
        ("Mastodon", "finn", "'finn' is not how names are written on Mastodon"),
        ("Hacker News", "../admin?x", "is not how names are written"),
        ("Discourse", "finn", "the address of the forum is missing"),
    ],
)
def test_who_cannot_be_heard_is_told_why(community, handle, reason):
    said = author_feed(community, handle, AUTHORS)

    assert isinstance(said, NotHeard)
    assert reason in said.reason


async def test_a_number_is_looked_up_where_a_community_counts_people(serve, fetcher):
    async def handler(request):
        match request.query.get("acct"):
            case "finn":
                return web.json_response({"id": "109", "acct": "finn"})
            case "odd":
                return web.json_response([True])
        return web.Response(status=404)

    url = await serve(handler)
    author = Author(community="Mastodon", url=url + "/accounts/{id}/statuses", lookup=url + "/lookup?acct={handle}")

    found = await find_author(fetcher, "Mastodon", "finn", [author])
    odd = await find_author(fetcher, "Mastodon", "odd", [author])
    nobody = await find_author(fetcher, "Mastodon", "nobody", [author])

    assert found == NewSource(url=f"{url}/accounts/109/statuses", name="finn on Mastodon", community="Mastodon")
    assert odd == nobody == NotHeard(reason="there is nobody of this name")
