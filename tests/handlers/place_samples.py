"""Places, and how well they are heard, as the views draw them."""

from dataclasses import replace
from datetime import timedelta

from view_samples import NOW, WRITTEN

from engagement.listening.places import Hearing, Place, PlaceTried, Sick
from handlers.polling.visiting import HOST_WAITS


def a_sick_place() -> Sick:
    return Sick(
        name="r/devops",
        reason="Reddit asks us to slow down (429)",
        since=NOW - timedelta(days=3),
        next_try_at=NOW + timedelta(minutes=75),
    )


def a_hearing(**changes: object) -> Hearing:
    return replace(Hearing(places=24, heard=23, sick=(a_sick_place(),)), **changes)


def a_place(**changes: object) -> Place:
    place = Place(
        source_id=1,
        name="r/selfhosted",
        url="https://www.reddit.com/r/selfhosted/search.rss?q=Tidewiki",
        watch="Tidewiki",
        last_heard_at=NOW - timedelta(minutes=12),
        next_poll_at=NOW + timedelta(minutes=3),
        last_error="",
        failures=0,
        posts=132,
    )
    return replace(place, **changes)


def places_tried() -> tuple[PlaceTried, ...]:
    heard = PlaceTried(name="Hacker News", ok=True, posts=20, newest=WRITTEN)
    return (
        heard,
        replace(heard, name="Stack Overflow", posts=3),
        replace(heard, name="Mastodon #tidewiki", posts=0, newest=None),
        replace(heard, name="Reddit", ok=False, detail="the server asks us to slow down (429)"),
        replace(heard, name="tidewiki.example", ok=False, detail="the site names no feed"),
        replace(heard, name="Reddit comments", ok=False, detail=HOST_WAITS, again_at=NOW + timedelta(minutes=1)),
    )
