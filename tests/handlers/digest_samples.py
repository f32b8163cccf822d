"""The digest, and who waits in it and in a status, as the views draw them."""

from dataclasses import replace
from datetime import timedelta

from place_samples import a_hearing, a_sick_place
from theme_samples import nasty_themes
from view_samples import NASTY, NOW, claimed

from engagement.conversations.conversation import Reply
from engagement.digest.week import Before, Day, Helped, Line, Noise, OurThread, Week
from engagement.listening.places import Hearing
from engagement.listing import DIGEST_THREADS, STATUS_ROWS, Check, Digest, Status, Waiting
from engagement.sending.outbox import Unsent
from engagement.turns.unseen import Unseen
from engagement.understanding.reading import Kind, Tag


def a_waiting(number: int = 1, **changes: object) -> Waiting:
    waiting = Waiting(
        conversation_id=number,
        version=2,
        title="Is there an upgrade path from 0.7?",
        url=f"https://forum.tidewiki.example/t/upgrade-path/{number}",
        community="forum.tidewiki.example",
        author="mira_k",
        kind=Kind.QUESTION,
        since=NOW - timedelta(days=5, hours=2),
        pressing_since=NOW - timedelta(days=5, hours=2),
        reply=Reply(),
        tag=None,
    )
    return replace(waiting, **changes)


def waiting_rows() -> tuple[Waiting, ...]:
    return (
        a_waiting(1),
        a_waiting(
            2,
            title="Search misses umlauts",
            url="https://github.com/tidewiki/tidewiki/issues/12",
            community="GitHub",
            author="jorg",
            kind=Kind.BUG,
            since=NOW - timedelta(days=3),
            tag=Tag.REACT,
            reply=claimed(),
        ),
        a_waiting(
            3,
            title="“How does this compare to BookStack?”",
            url="https://news.ycombinator.com/item?id=1",
            community="Hacker News",
            author="tjhorner2",
            kind=Kind.OTHER,
            since=NOW - timedelta(days=2),
        ),
    )


def a_digest(**changes: object) -> Digest:
    digest = Digest(
        workspace_id="T1",
        watches=("Tidewiki",),
        starts_at=NOW - timedelta(days=7),
        ends_at=NOW,
        checked_at=NOW - timedelta(minutes=4),
        next_at=NOW + timedelta(days=7),
        zone="Europe/Berlin",
        waiting=waiting_rows(),
        more_waiting=0,
        oldest_more=None,
        week=Week(
            mentions=46,
            listen=21,
            interact=14,
            react=6,
            untagged=5,
            not_us=12,
            needed_us=17,
            answered=12,
            answered_by_others=2,
            waiting=3,
            posts_read=4_180,
            slowest_answer_seconds=33 * 3600,
            timed_answers=12,
            half_within_seconds=5 * 3600 + 600,
            most_within_seconds=26 * 3600,
            for_us=4,
            against_us=1,
        ),
        week_before=Week(
            mentions=37,
            needed_us=14,
            answered=8,
            waiting=6,
            timed_answers=8,
            half_within_seconds=9 * 3600 + 2400,
            for_us=2,
            against_us=3,
        ),
        hearing=a_hearing(),
        days=tuple(
            Day(
                date=NOW.date() - timedelta(days=6 - number),
                listen=3,
                interact=number % 3,
                untagged=number // 6,
            )
            for number in range(7)
        ),
        noise=Noise(term="tide", hits=15, not_us=9),
        line=Line(
            text="Complained about the mobile editor here in September. They fixed it. Switched our whole club over.",
            author="u/rowing_rob",
            community="r/selfhosted",
            url="https://www.reddit.com/r/selfhosted/comments/def/",
            at=NOW - timedelta(days=3),
            before=Before(url="https://www.reddit.com/r/selfhosted/comments/old/", at=NOW - timedelta(days=72)),
        ),
    )
    return replace(digest, **changes)


def helped_and_unseen() -> dict[str, tuple[object, ...]]:
    """What others answered for us, and where somebody has to look."""
    reddit = "https://www.reddit.com/r/selfhosted/comments/abc/"
    return {
        "helped": (Helped(by="wiki_will", url=reddit), Helped(by="", url="https://news.example/9")),
        "unseen": (Unseen(community="Medium", count=1, url="https://medium.example/@pat/1"),),
    }


def a_thread(**changes: object) -> OurThread:
    url = "https://forum.tidewiki.example/t/which-editor/9"
    return replace(OurThread(title="Which editor do you use?", url=url, replies=7, without_word=2), **changes)


def silent_threads() -> tuple[OurThread, ...]:
    """Two that nobody took up."""
    titles = ("Show HN: Tidewiki 0.9, a wiki for one small server", "What would you print?")
    return tuple(a_thread(title=title, replies=0, without_word=0) for title in titles)


def a_checked_digest() -> Digest:
    """Whoever waits was looked for at the source: in one thread of three."""
    first, second, third = waiting_rows()
    blog = replace(third, community="Medium", url="https://medium.com/p/1")
    return a_digest(
        waiting=(first, second, blog),
        checks=(
            Check(conversation_id=first.conversation_id, looked_at=NOW - timedelta(minutes=4)),
            Check(conversation_id=second.conversation_id, reason="GitHub asks us to slow down (429)"),
            Check(conversation_id=blog.conversation_id, readable=False),
        ),
    )


def a_quiet_digest(**week: object) -> Digest:
    quiet = Week(mentions=11, listen=7, interact=4, needed_us=4, answered=4, posts_read=4_180)
    return a_digest(
        waiting=(),
        week=replace(quiet, slowest_answer_seconds=7 * 3600, **week),
        hearing=Hearing(places=24, heard=24),
    )


def a_nasty_digest() -> Digest:
    long = NASTY * 40
    url = "https://example.org/" + "a&" * 130
    row = a_waiting(title=long, url=url, community=long, author=long, reply=claimed())
    sick = replace(a_sick_place(), name=long, reason=long)
    return a_digest(
        watches=(long,) * 30,
        waiting=(row,) * 5,
        more_waiting=1_234_567,
        oldest_more=NOW - timedelta(days=900),
        hearing=Hearing(places=5_000, heard=4_000, sick=(sick,) * 1_000),
        noise=Noise(term=long, hits=10**9, not_us=10**9),
        line=Line(
            text=long,
            author=long,
            community=long,
            url=url,
            at=NOW,
            before=Before(url=url, at=NOW),
        ),
        our_threads=(
            *(OurThread(title=long, url=url, replies=10**9, without_word=10**9),) * DIGEST_THREADS,
            *(OurThread(title=long, url=url[:80], replies=0, without_word=0),) * DIGEST_THREADS,
        ),
        checks=(Check(conversation_id=row.conversation_id, reason=long),),
        helped=(Helped(by=long, url=url),) * 500,
        unseen=(Unseen(community=long, count=10**9, url=url),) * 500,
        themes=nasty_themes(url),
    )


def a_status(**changes: object) -> Status:
    status = Status(
        watches=("Tidewiki",),
        hearing=a_hearing(),
        waiting=waiting_rows(),
        more_waiting=0,
        untagged=5,
        unsent=Unsent(),
        next_poll_at=NOW + timedelta(minutes=2),
        next_digest_at=NOW + timedelta(days=7),
        digest_channel="C0MENTIONS",
    )
    return replace(status, **changes)


def a_nasty_status() -> Status:
    digest = a_nasty_digest()
    return a_status(
        watches=digest.watches,
        hearing=digest.hearing,
        waiting=digest.waiting[:STATUS_ROWS],
        more_waiting=10,
        digest_channel=NASTY,
    )
