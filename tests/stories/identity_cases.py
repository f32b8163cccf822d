"""What feeds do to their entries: what the places say at each look, and how many posts there are afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from identity_street import NOON, SITE, Ears, an_item

EARLIER = NOON - timedelta(hours=3, seconds=7)
WEEK = timedelta(days=7)
MIDNIGHT = datetime(2026, 11, 17, tzinfo=NOON.tzinfo)


@dataclass(frozen=True, slots=True)
class Look:
    """What the places say at one look, and how many posts and cards there are afterwards."""

    says: dict[str, list[str]]
    posts: int
    cards: int | None = None
    site: str = SITE

    async def at(self, ears: Ears, order: Callable[[list[str]], list[str]]) -> None:
        for name, items in self.says.items():
            ears.says(name, order(items), site=self.site)
        await ears.look()
        assert await ears.posts_and_cards() == (self.posts, self.posts if self.cards is None else self.cards)


def talk(*items: str, posts: int, site: str = SITE, cards: int | None = None) -> Look:
    return Look({"talk": list(items)}, posts, cards, site)


def planet(*items: str, posts: int, site: str = "https://planet.example/") -> Look:
    return Look({"planet": list(items)}, posts, None, site)


OTHER = an_item("Can Tidewiki import?", guid="tag:talk.example,2026:other", link=f"{SITE}other", at=EARLIER)
SAME_TITLE = "What is new in Tidewiki"

SAME = {
    "a guid flips between http and https": [
        talk(an_item(guid=f"{SITE}?p=17"), OTHER, posts=2),
        talk(an_item(guid="http://talk.example/?p=17"), OTHER, posts=2),
        talk(an_item(guid="https://www.talk.example/?p=17"), OTHER, posts=2),
    ],
    "a guid counts in its fragment": [
        talk(an_item(guid=f"{SITE}a#0"), OTHER, posts=2),
        talk(an_item(guid=f"{SITE}a#3"), OTHER, posts=2),
        talk(an_item(guid=f"{SITE}a#0"), an_item(guid=f"{SITE}a#4"), posts=2),
    ],
    "a guid follows the headline": [
        talk(an_item("Tidewiki is gone", guid="tidewiki-is-gone", link=f"{SITE}17"), OTHER, posts=2),
        talk(an_item("Tidewiki is back", guid="tidewiki-is-back", link=f"{SITE}17"), OTHER, posts=2),
    ],
    "no guid": [
        talk(an_item(link=f"{SITE}17"), OTHER, posts=2),
        talk(an_item("Does Tidewiki print?", link="http://talk.example/17/?utm_source=rss#top"), OTHER, posts=2),
    ],
    "no guid, and a token in the link's query": [
        talk(an_item(link=f"{SITE}17?token=a81f"), OTHER, posts=2),
        talk(an_item(link=f"{SITE}17?token=77c2", text="Tidewiki, edited."), OTHER, posts=2),
        talk(an_item(link=f"{SITE}17?token=0b11"), posts=2),
    ],
    "no guid, and a token in the link's path": [
        talk(an_item(link=f"{SITE}s/0123456789abcdef0/17"), OTHER, posts=2),
        talk(an_item(link=f"{SITE}s/fedcba98765432100/17"), OTHER, posts=2),
    ],
    "no guid, a token in the link, and a date without a time of day": [
        talk(an_item(link=f"{SITE}17?token=a81f", at=MIDNIGHT), OTHER, posts=2),
        talk(an_item(link=f"{SITE}17?token=77c2", at=MIDNIGHT), OTHER, posts=2),
    ],
    "a guid that is the link with its token": [
        talk(an_item(guid=f"{SITE}17?token=a81f", link=f"{SITE}17?token=a81f"), OTHER, posts=2),
        talk(an_item(guid=f"{SITE}17?token=77c2", link=f"{SITE}17?token=77c2"), OTHER, posts=2),
    ],
    "one guid on every item": [
        talk(*(an_item(f"Tidewiki {n}", guid=SITE, link=f"{SITE}{n}") for n in range(2)), posts=2),
        talk(*(an_item(f"Tidewiki {n}", guid=SITE, link=f"{SITE}{n}") for n in range(3)), posts=3),
        talk(an_item("Tidewiki 3", guid=SITE, link=f"{SITE}3"), posts=4),
        talk(*(an_item(f"Tidewiki {n}", guid=SITE, link=f"{SITE}{n}") for n in range(5)), posts=5),
    ],
    "one opaque guid on every item, edited": [
        talk(*(an_item(f"Tidewiki {n}", guid="talk.example", link=f"{SITE}{n}") for n in range(3)), posts=3),
        talk(*(an_item(f"Tidewiki {n}!", guid="talk.example", link=f"{SITE}{n}") for n in range(4)), posts=4),
        talk(*(an_item(f"Tidewiki {n}!", guid="talk.example", link=f"{SITE}{n}") for n in range(2, 4)), posts=4),
    ],
    "one guid and one link on every item": [
        talk(*(an_item(f"Tidewiki {n}", guid="talk.example", link=f"{SITE}log") for n in range(3)), posts=3),
        talk(*(an_item(f"Tidewiki {n}", guid="talk.example", link=f"{SITE}log") for n in range(4)), posts=4),
    ],
    "one link on every item": [
        talk(*(an_item(f"Tidewiki {n}", guid=f"review-{n}-0", link=f"{SITE}app") for n in range(3)), posts=3),
        talk(*(an_item(f"Tidewiki {n}", guid=f"review-{n}-0", link=f"{SITE}app") for n in range(2, 5)), posts=5),
    ],
    "an edited title": [
        talk(an_item(guid="tag:talk.example,2026:17", link=f"{SITE}17"), OTHER, posts=2),
        talk(an_item("Does Tidewiki print?", guid="tag:talk.example,2026:17", link=f"{SITE}17"), OTHER, posts=2),
    ],
    "an entry whose title and address are edited at once": [
        talk(an_item(guid="tag:talk.example,2026:17", link=f"{SITE}does-it-export"), OTHER, posts=2),
        talk(an_item("Tidewiki prints!", guid="tag:talk.example,2026:17", link=f"{SITE}it-prints"), OTHER, posts=2),
    ],
    "a guid and a link that change one after the other": [
        talk(an_item(guid="talk-post-17", link=f"{SITE}17"), OTHER, posts=2),
        talk(an_item(guid=f"{SITE}?p=17", link=f"{SITE}17"), OTHER, posts=2),
        talk(an_item(guid=f"{SITE}?p=17", link=f"{SITE}2026/17"), OTHER, posts=2),
    ],
    "an entry that is listed as it was and as it is": [
        talk(
            an_item("Does Tidewiki print?", guid=f"{SITE}17", link=f"{SITE}17", at=NOON),
            an_item(guid=f"{SITE}17", link=f"{SITE}17"),
            OTHER,
            posts=2,
        ),
        talk(an_item("Does Tidewiki print?", guid=f"{SITE}17", link=f"{SITE}17", at=NOON), OTHER, posts=2),
    ],
    "a re-dated entry": [
        talk(an_item(guid=f"{SITE}17", link=f"{SITE}17", at=EARLIER), OTHER, posts=2),
        talk(an_item(guid=f"{SITE}17", link=f"{SITE}17", at=NOON), OTHER, posts=2),
        talk(an_item(link=f"{SITE}17", at=None), OTHER, posts=2),
    ],
    "an entry that goes and comes back": [
        talk(an_item(link=f"{SITE}17"), OTHER, posts=2),
        talk(OTHER, posts=2),
        talk(an_item("Does Tidewiki print?", link=f"{SITE}17", at=NOON), OTHER, posts=2),
    ],
    "a date in the future": [
        talk(an_item(link=f"{SITE}17", at=NOON + timedelta(days=400)), OTHER, posts=2),
        talk(an_item(link=f"{SITE}17", at=NOON + timedelta(days=401)), OTHER, posts=2),
        talk(an_item("Tidewiki again", link=f"{SITE}18", at=NOON), OTHER, posts=3),
    ],
    "a date in the future, and a token in the link": [
        talk(an_item(link=f"{SITE}17?token=a81f", at=NOON + timedelta(days=400, seconds=5)), OTHER, posts=2),
        talk(an_item(link=f"{SITE}17?token=77c2", at=NOON + timedelta(days=400, seconds=5)), OTHER, posts=2),
    ],
    "no date": [
        talk(an_item(link=f"{SITE}17", at=None), an_item("Tidewiki 18", link=f"{SITE}18", at=None), posts=2),
        talk(an_item(link=f"{SITE}17", at=None), an_item("Tidewiki 18", link=f"{SITE}18", at=None), posts=2),
        talk(an_item("Tidewiki 19", link=f"{SITE}19", at=None), posts=3),
    ],
    "a date that is none": [
        talk(an_item(link=f"{SITE}17", at="yesterday"), an_item("Tidewiki", link=f"{SITE}18", at="0000"), posts=2),
        talk(an_item(link=f"{SITE}17", at="Thu, 01 Jan 1970 00:00:00 GMT"), OTHER, posts=3),
        talk(an_item(link=f"{SITE}17", at="Fri, 31 Dec 9999 23:59:59 GMT"), OTHER, posts=3),
        talk(an_item(link=f"{SITE}17", at="32 Nov 2026 25:61"), OTHER, posts=3),
    ],
    "nothing but a title and a text": [
        talk(an_item(), an_item("Does Tidewiki print?"), posts=2),
        talk(an_item(), an_item("Does Tidewiki print?"), an_item("Does Tidewiki sing?"), posts=3),
    ],
    "an entry that is listed twice": [
        talk(an_item(guid=f"{SITE}17", link=f"{SITE}17"), an_item(guid=f"{SITE}17", link=f"{SITE}17"), posts=1),
        talk(an_item(guid=f"{SITE}17", link=f"{SITE}17"), OTHER, posts=2),
    ],
    "a link with and without scheme, www, closing slash and AMP": [
        talk(an_item(link="http://www.talk.example/2026/does-it-export/"), OTHER, posts=2),
        talk(an_item(link="https://talk.example/2026/does-it-export"), OTHER, posts=2),
        talk(an_item(link="https://talk.example/2026/does-it-export/amp/"), OTHER, posts=2),
        talk(an_item(link="https://amp.talk.example/2026/does-it-export?amp=1"), OTHER, posts=2),
        talk(an_item(link="https://www.google.com/amp/s/talk.example/2026/does-it-export/amp"), OTHER, posts=2),
        talk(an_item(link="https://talk-example.cdn.ampproject.org/c/s/talk.example/2026/does-it-export/"), posts=2),
    ],
    "FeedBurner's counter in the link": [
        talk(an_item(link="http://feedproxy.google.com/~r/Talk/~3/Xy7/17", original=f"{SITE}17"), OTHER, posts=2),
        talk(an_item(link="http://feedproxy.google.com/~r/Talk/~3/Qq1/17", original=f"{SITE}17"), posts=2),
        talk(an_item(link=f"{SITE}17"), posts=2),
    ],
}

DIFFERENT = {
    "a log with one title every week, and no guid": [
        talk(an_item(SAME_TITLE, link=f"{SITE}log", at=NOON - WEEK), posts=1),
        talk(*(an_item(SAME_TITLE, link=f"{SITE}log", at=NOON - WEEK * n) for n in (0, 1)), posts=2),
        talk(*(an_item(SAME_TITLE, link=f"{SITE}log", at=NOON - WEEK * n) for n in (-1, 0, 1)), posts=3),
    ],
    "a page with all the changes, each with an anchor": [
        talk(an_item("Tidewiki 1.0", guid=f"{SITE}log#v1-0", link=f"{SITE}log#v1-0"), posts=1),
        talk(
            *(an_item(f"Tidewiki 1.{n}", guid=f"{SITE}log#v1-{n}", link=f"{SITE}log#v1-{n}") for n in (1, 0)), posts=2
        ),
        talk(
            *(an_item(f"Tidewiki 1.{n}", guid=f"{SITE}log#v1-{n}", link=f"{SITE}log#v1-{n}") for n in (3, 2, 1)),
            posts=4,
        ),
    ],
    "a page with all the changes, each with an anchor and no guid": [
        talk(*(an_item(SAME_TITLE, link=f"{SITE}log#v1-{n}", at=NOON - WEEK * n) for n in (1, 0)), posts=2),
        talk(*(an_item(SAME_TITLE, link=f"{SITE}log#v1-{n}", at=NOON - WEEK * n) for n in (2, 1, 0)), posts=3),
        talk(an_item(SAME_TITLE, link=f"{SITE}log#v1-0", at=NOON, text="Tidewiki, edited."), OTHER, posts=4),
    ],
    "posts without a title": [
        talk(*(an_item("Untitled", link=f"{SITE}{n}", at=None, text="Tidewiki!") for n in range(3)), posts=3),
        talk(*(an_item("Untitled", link=f"{SITE}{n}", at=None, text="Tidewiki!") for n in range(4)), posts=4),
        talk(*(an_item("", link=f"{SITE}{n}", at=MIDNIGHT, text="Tidewiki!") for n in range(4, 6)), posts=6),
        talk(an_item("", link=f"{SITE}6", at=MIDNIGHT, text="Tidewiki!"), posts=7),
    ],
    "daily threads of one title": [
        talk(an_item("Tidewiki: ask here", link=f"{SITE}?t=900017", at=MIDNIGHT), posts=1),
        talk(an_item("Tidewiki: ask here", link=f"{SITE}?t=900018", at=MIDNIGHT + timedelta(days=1)), posts=2),
        talk(*(an_item("Tidewiki: ask here", link=f"{SITE}?t=90002{n}", at=MIDNIGHT) for n in range(3)), posts=5),
    ],
    "one title at one moment, on pages of their own": [
        talk(an_item(link=f"{SITE}a"), posts=1),
        talk(an_item(link=f"{SITE}b"), posts=2),
        talk(an_item(link=f"{SITE}?p=17"), posts=3),
        talk(an_item(link=f"{SITE}?p=18"), posts=4),
    ],
    "the same story at two addresses": [
        talk(an_item(link="https://one.example/tidewiki-exports"), posts=1),
        talk(an_item(link="https://other.example/tidewiki-exports"), posts=2),
    ],
    "two link blogs that share an article": [
        talk(an_item(guid="tag:talk.example,2026:17", link="https://paper.example/tidewiki"), posts=1),
        Look(
            {"planet": [an_item(guid="https://planet.example/17", link="https://paper.example/tidewiki")]},
            posts=2,
            site="https://planet.example/",
        ),
        talk(an_item(guid="99", link="https://paper.example/tidewiki", comments=f"{SITE}item/99"), posts=3),
        talk(an_item(guid="98", link="https://paper.example/tidewiki", comments=f"{SITE}item/98"), posts=4),
    ],
    "cross-posts": [
        talk(an_item(guid="t3_1a", link="https://www.reddit.com/r/one/comments/1a/does_it/"), posts=1),
        talk(an_item(guid="t3_1b", link="https://www.reddit.com/r/two/comments/1b/does_it/"), posts=2),
        talk(
            an_item(guid="https://lemmy.example/post/17", link="https://paper.example/tidewiki"),
            posts=3,
            site="https://lemmy.example/",
        ),
        talk(
            an_item(guid="https://lemmy.example/post/18", link="https://paper.example/tidewiki"),
            posts=4,
            site="https://lemmy.example/",
        ),
    ],
    "two answers in one thread": [
        talk(
            an_item(guid="answer-4711", link="https://stackoverflow.com/questions/1/title"),
            an_item(guid="answer-4712", link="https://stackoverflow.com/questions/1/title"),
            posts=2,
            cards=1,
        ),
    ],
    "notes on one ticket": [
        talk(
            *(
                an_item(guid=f"{SITE}t/12#comment:{n}", link=f"{SITE}t/12#comment:{n}", title=f"Tidewiki {n}")
                for n in (1, 2)
            ),
            posts=2,
            cards=1,
        ),
    ],
    "notes on one ticket, one after the other": [
        talk(
            an_item(f"Tidewiki {n}", guid=f"{SITE}ticket/12#comment:{n}", link=f"{SITE}ticket/12#comment:{n}"),
            posts=n,
            cards=1,
        )
        for n in (1, 2, 3)
    ],
    "two logs of one site that count their entries by the day": [
        talk(an_item("Tidewiki sings", guid="20261118", link=f"{SITE}songs/18"), posts=1),
        planet(an_item("Tidewiki dances", guid="20261118", link=f"{SITE}dances/18"), posts=2, site=SITE),
        talk(an_item("Tidewiki sings again", guid="2026-11-19", link=f"{SITE}songs/19"), posts=3),
        planet(an_item("Tidewiki dances again", guid="2026-11-19", link=f"{SITE}dances/19"), posts=4, site=SITE),
        talk(an_item("Tidewiki sings", guid="20261118", link=f"{SITE}songs/18"), posts=4),
    ],
    "a headline that a paper repeats": [
        talk(
            an_item(
                "Tidewiki live - The Paper", guid="CBMi11111", link="https://news.google.com/rss/articles/CBMi11111"
            ),
            posts=1,
        ),
        talk(
            an_item(
                "Tidewiki live - The Paper",
                guid="CBMi22222",
                link="https://news.google.com/rss/articles/CBMi22222",
                at=NOON + timedelta(days=1),
            ),
            posts=2,
        ),
        talk(
            an_item(
                "Tidewiki live - The Gazette", guid="CBMi33333", link="https://news.google.com/rss/articles/CBMi33333"
            ),
            posts=3,
        ),
    ],
}

TWO_PLACES = {
    "a search and a subreddit": [
        talk(an_item(guid="t3_1a", link="https://www.reddit.com/r/one/comments/1a/does_it/"), posts=1),
        planet(an_item(guid="t3_1a", link="https://old.reddit.com/r/one/comments/1a/"), OTHER, posts=2),
        talk(an_item(guid="t3_1a", link="https://www.reddit.com/r/one/comments/1a/does_it/"), OTHER, posts=2),
    ],
    "Google News with ids of two kinds": [
        talk(
            an_item(
                "Tidewiki - The Paper", guid="CBMi11111", link="https://news.google.com/rss/articles/CBMi11111?oc=5"
            ),
            posts=1,
        ),
        planet(
            an_item("Tidewiki - The Paper", guid="52781111111111", link="https://news.google.com/articles/CAIi22222"),
            posts=1,
        ),
        talk(
            an_item(
                "Tidewiki - The Paper",
                guid="CBMi33333",
                link="https://news.google.com/rss/articles/CBMi33333?oc=5",
                at=NOON,
            ),
            posts=1,
        ),
    ],
    "a blog and a planet that carries it": [
        talk(an_item(guid=f"{SITE}?p=17", link=f"{SITE}17"), posts=1),
        planet(an_item(guid=f"{SITE}?p=17", link="http://talk.example/17/?utm_source=planet"), OTHER, posts=2),
    ],
    "a blog and an alert that found it": [
        talk(an_item(guid="1234567890", link=f"{SITE}17"), posts=1),
        planet(
            an_item(
                guid="tag:google.com,2013:googlealerts/feed:42",
                link="https://www.google.com/url?rct=j&sa=t&url=https://talk.example/17&usg=x",
            ),
            posts=1,
            site="https://www.google.com/alerts",
        ),
    ],
    "a toot through two servers": [
        talk(
            an_item(guid="https://a.example/@pat/114711", link="https://a.example/@pat/114711"),
            posts=1,
            site="https://a.example/",
        ),
        planet(
            an_item(guid="https://a.example/users/pat/statuses/114711", link="https://b.example/@pat@a.example/99"),
            posts=1,
            site="https://b.example/",
        ),
        planet(
            an_item(guid="https://a.example/users/pat/statuses/114712", link="https://b.example/@pat@a.example/98"),
            posts=2,
            site="https://b.example/",
        ),
    ],
    "a post through two servers of software that we do not know": [
        talk(
            an_item(guid="https://c.example/objects/17-a", link="https://a.example/@pat@c.example/77"),
            posts=1,
            site="https://a.example/",
        ),
        planet(
            an_item(guid="https://c.example/objects/17-a", link="https://b.example/@pat@c.example/99"),
            posts=1,
            site="https://b.example/",
        ),
    ],
    "a Lemmy post through two servers": [
        talk(
            an_item(guid="https://a.example/post/17", link="https://paper.example/tidewiki"),
            posts=1,
            site="https://a.example/",
        ),
        planet(
            an_item(
                guid="https://a.example/post/17",
                link="https://paper.example/tidewiki",
                comments="https://b.example/post/99",
            ),
            posts=1,
            site="https://b.example/",
        ),
    ],
    "a feed that moves": [
        talk(*(an_item(f"Tidewiki {n}", guid=f"{n}", link=f"{SITE}{n}") for n in range(3)), posts=3),
        planet(*(an_item(f"Tidewiki {n}", guid=f"{n}", link=f"{SITE}{n}") for n in range(3)), posts=3, site=SITE),
        planet(*(an_item(f"Tidewiki {n}", guid=f"{n}", link=f"{SITE}{n}") for n in range(4)), posts=4, site=SITE),
    ],
    "a feed that moves, of numbers without links": [
        talk(*(an_item(f"Tidewiki {n}", guid=f"{n}") for n in range(3)), posts=3),
        planet(*(an_item(f"Tidewiki {n}", guid=f"{n}") for n in range(3)), posts=3, site=SITE),
    ],
}
STORIES = SAME | DIFFERENT | TWO_PLACES
