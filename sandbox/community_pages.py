"""Plain pages of the demo's communities, so that a click on a card's title shows where the post stands."""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote, urlsplit

from sandbox.community_places import Written

NAMES = {
    "hn": "Hacker News",
    "reddit": "Reddit",
    "lobsters": "Lobsters",
    "stackoverflow": "Stack Overflow",
    "mastodon": "Mastodon",
    "forum": "forum.tidewiki.example",
    "news": "News",
    "github": "GitHub",
    "devto": "dev.to",
    "site": "tidewiki.example",
}
COLOURS = {
    "hn": "#d9541e",
    "reddit": "#c4401b",
    "lobsters": "#8f1414",
    "stackoverflow": "#b8661a",
    "mastodon": "#5a4fcf",
    "forum": "#0b6b61",
    "news": "#1f5fbf",
    "github": "#24292f",
    "devto": "#3b3b3b",
    "site": "#0b6b61",
}
STYLE = """
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 15%, transparent) }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 44rem; padding: 0 1rem 3rem }
header { border-bottom: 4px solid var(--place); margin: 0 -1rem 1.5rem; padding: .8rem 1rem }
header a { color: inherit; font-weight: 600; text-decoration: none }
h1 { font-size: 1.4rem; line-height: 1.3 }
article { border-top: 1px solid var(--line); padding: .8rem 0 }
article:target, article.here { border-left: 4px solid var(--place); padding-left: .8rem }
.by { opacity: .7; font-size: .875rem }
p { white-space: pre-line; overflow-wrap: anywhere }
footer { border-top: 1px solid var(--line); font-size: .875rem; opacity: .7; padding-top: 1rem }
"""


def thread_page(posts: Sequence[Written], here: Written) -> str:
    """Draw a thread, oldest post first, with the post somebody came for marked."""
    name = place_name(here)
    articles = "".join(_article(post, marked=post is here and len(posts) > 1) for post in posts)
    return _page(title=here.subject, name=name, colour=COLOURS[here.feed], body=articles)


def front_page(posts: Sequence[Written]) -> str:
    """Draw what the communities talk about, newest thread first; `posts` come oldest first."""
    rows = "".join(
        f'<article><a href="{escape(post.path)}">{escape(post.subject)}</a>'
        f'<div class="by">{escape(place_name(post))}, {escape(post.author)}</div></article>'
        for post in reversed(posts)
        if post.opens
    )
    return _page(title="What people talk about", name="The demo's communities", colour="#0b6b61", body=rows)


def site_page(of: str) -> str:
    """Draw the front page of a site, which names its feed; `of` is the site's address, the brand's own if empty."""
    host = urlsplit(of).hostname or NAMES["site"]
    name = host.removeprefix("www.").partition(".")[0]
    feed = f"/site/feed.json?of={quote(name)}"
    link = f'<link rel="alternate" type="application/feed+json" title="News" href="{escape(feed)}">'
    body = "<p>Release notes, guides and a forum.</p>"
    return _page(title=name.capitalize(), name=host, colour=COLOURS["site"], body=body, head=link)


def place_name(post: Written) -> str:
    """Return where a post stands, as people call it: `r/selfhosted`, `Hacker News`."""
    return f"r/{post.place or 'selfhosted'}" if post.feed == "reddit" else NAMES[post.feed]


def _article(post: Written, *, marked: bool) -> str:
    when = post.at.strftime("%d %b %Y %H:%M UTC")
    place = ' class="here"' if marked else ""
    return (
        f'<article{place} id="{post.id}"><div class="by"><strong>{escape(post.author)}</strong>, '
        f"{when}</div><p>{escape(post.text or post.title)}</p></article>"
    )


def _page(*, title: str, name: str, colour: str, body: str, head: str = "") -> str:
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)} - {escape(name)}</title>{head}<style>:root {{ --place: {colour} }}{STYLE}</style>"
        f'<header><a href="/">{escape(name)}</a></header><main><h1>{escape(title)}</h1>{body}</main>'
        "<footer>A made-up community on this machine, so that the bot has something to listen to.</footer></html>"
    )
