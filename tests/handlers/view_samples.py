"""Builders for what the views draw: each test names only what matters to it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import builders
from builders import owed

from engagement.asked_for import Asked, Demand, Told
from engagement.brake import Brake
from engagement.communities import CommunityWeek, Reach
from engagement.conversation import Answer, Card, Conversation, Mention, Reply
from engagement.correct import Correction, Field
from engagement.details import Answered, Details
from engagement.figures import Figures, Moods, Pace
from engagement.home import Queued
from engagement.improvement import Improvement, ImprovementKind, ImprovementState, Wanted
from engagement.listing import (
    DIGEST_THREADS,
    STATUS_ROWS,
    Check,
    Digest,
    Hearing,
    Place,
    PlaceTried,
    Sick,
    Status,
    Unsent,
    Waiting,
)
from engagement.mute import Mute, MuteScope
from engagement.past import Deed, Story
from engagement.post import Post, StoredPost
from engagement.press import Act
from engagement.reading import Kind, Mood, Reading, Tag
from engagement.snooze import Snooze
from engagement.unseen import Unseen
from engagement.unsure import DOUBTS_A_PAGE, Doubt, DoubtList
from engagement.voices import Asker, Person, Turned, Voice, Voices
from engagement.watch import Terms, Watch
from engagement.week import Before, Day, Helped, Line, Noise, OurThread, Week
from handlers.views.blocks import Message, with_block_id
from handlers.visiting import HOST_WAITS
from sandbox.blockkit import validate_message

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
WRITTEN = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
TAGGED = WRITTEN + timedelta(minutes=9)
DUE = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
NAMES = ("Tidewiki",)

# Everything a feed may say that must not become a ping, a link, a format or a reordered line.
NASTY = (
    "<!channel> <@U0HACKED> <https://evil.example|click> *bold* `code` ```fence``` ~gone~ a|b & &amp; "
    "> quote\n>>> deep\n\n\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe \N{HEBREW LETTER ALEF}\N{ARABIC LETTER BEH} "
    "\N{MAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER} :tada: \x00\x1b[31m #general @here Tidewiki "
)


A_POST = {
    "keys": ("reddit:t3_abc",),
    "community": "r/selfhosted",
    "url": "https://www.reddit.com/r/selfhosted/comments/abc/does_tidewiki_keep/",
    "title": "Does Tidewiki keep page history after a restore?",
    "text": "Restored last night's backup on a new box. Pages are there, but every history tab is empty. "
    "Is Tidewiki meant to lose it, or did I miss a table? I followed the guide in the docs to the letter, "
    "with the same version on both sides, and the old box is still running, so I can look up whatever you need "
    "to know about it.",
    "author": "u/paperless_pat",
    "thread_key": "reddit:abc",
    "published_at": WRITTEN,
}
ANSWERED = {
    "due_at": DUE,
    "claimed_by": "U0SUPPORT",
    "claimed_at": TAGGED,
    "answered_by": "U0SUPPORT",
    "answered_at": WRITTEN + timedelta(minutes=94),
    "answer_url": "https://www.reddit.com/r/selfhosted/comments/abc/_/def/",
}


def a_post(**facts: object) -> Post:
    return builders.a_post(**(A_POST | facts))


def a_reading(**facts: object) -> Reading:
    return builders.a_reading(**({"reason": 'a direct question ("Is Tidewiki meant to…")'} | facts))


def a_mention(
    post: Post | None = None, *, before_start: bool = False, term: str = "Tidewiki", **reading: object
) -> Mention:
    return Mention(
        id=7,
        conversation_id=3,
        stored=StoredPost(id=5, post=post or a_post(), seen_at=WRITTEN + timedelta(minutes=3)),
        reading=a_reading(**reading),
        before_start=before_start,
        term=term,
    )


def a_conversation(**facts: object) -> Conversation:
    return builders.a_conversation(**({"id": 3, "version": 4} | facts))


def tagged(tag: Tag, reply: Reply | None = None, **facts: object) -> Conversation:
    reply = reply or owed(due_at=DUE)
    return a_conversation(tag=tag, tagged_by="U0COMMUNITY", tagged_at=TAGGED, reply=reply, **facts)


def claimed() -> Reply:
    return builders.claimed(due_at=DUE, claimed_by="U0SUPPORT", claimed_at=TAGGED + timedelta(minutes=1))


def answered(**facts: object) -> Reply:
    return builders.answered(**(ANSWERED | facts))


def a_card(conversation: Conversation | None = None, opening: Mention | None = None, **changes: object) -> Card:
    card = Card(conversation=conversation or a_conversation(), opening=opening or a_mention())
    return replace(card, **changes)


def a_wanted(**facts: object) -> Wanted:
    given = {
        "title": "Keep history in backups",
        "kind": ImprovementKind.FIX,
        "channel": "C0PRODUCT",
        "owner": "U0PRODUCT",
        "tracker_url": "https://github.com/tidewiki/tidewiki/issues/7",
    }
    return Wanted(**(given | facts))


def an_improvement(state: ImprovementState = ImprovementState.PLANNED, **facts: object) -> Improvement:
    given = {
        "id": 5,
        "workspace_id": builders.TEAM,
        "wanted": a_wanted(),
        "created_by": "U0COMMUNITY",
        "created_at": TAGGED,
        "decided_by": "U0PRODUCT",
        "decided_at": NOW,
        "state": state,
        "version": 2,
    }
    return Improvement(**(given | facts))


def an_asked(number: int = 1, *, days_ago: int = 3, **facts: object) -> Asked:
    given = {
        "mention_id": number,
        "conversation_id": number,
        "community": "r/selfhosted" if number % 2 else "GitHub",
        "author": f"u/paperless_{number}",
        "title": "Does Tidewiki keep page history after a restore?",
        "url": f"https://www.reddit.com/r/selfhosted/comments/{number}/",
        "thread_key": f"reddit:{number}",
        "at": NOW - timedelta(days=days_ago),
    }
    return Asked(**(given | facts))


def a_demand(
    improvement: Improvement | None = None, *, people: int = 6, told: int = 0, out_of_reach: int = 0
) -> Demand:
    improvement = improvement or an_improvement()
    asked = tuple(an_asked(number, days_ago=11 * number) for number in range(1, people + 1))
    card = {"channel": "C0MENTIONS", "card_ts": "1795420800.000100"}
    telling = [Told(asked=each, owed_at=NOW, **card) for each in asked[out_of_reach:]]
    done = [replace(each, told_at=NOW, told_by="U0SUPPORT") for each in telling[:told]]
    return Demand(
        improvement=improvement,
        asked=asked,
        telling=(*done, *telling[told:]) if improvement.is_shipped else (),
    )


def a_nasty_demand(improvement: Improvement | None = None) -> Demand:
    long = NASTY * 40
    improvement = improvement or an_improvement()
    wanted = replace(improvement.wanted, title=long, tracker_url="https://example.org/" + "%20&" * 300)
    improvement = replace(improvement, wanted=wanted, note=long, link="https://example.org/" + "a" * 3_000)
    asked = tuple(
        an_asked(n, title=long, author=long, community=long + str(n), url="https://example.org/" + "%20&" * 300)
        for n in range(1, 30)
    )
    telling = tuple(Told(asked=each, owed_at=NOW, claimed_by=long) for each in asked)
    return Demand(improvement=improvement, asked=asked, telling=telling if improvement.is_shipped else ())


def a_nasty_card(conversation: Conversation | None = None) -> Card:
    long = NASTY * 40
    post = a_post(
        community=long,
        url="https://example.org/a b|c>d<e?x=1&y=" + "%20&" * 300,
        title=long,
        text=long,
        author=long[:3_000],
    )
    opening = a_mention(post, reason=long, mood=Mood.BAD, mood_words=(long, long, long), before_start=True, term=long)
    if conversation and conversation.snooze:
        conversation = replace(conversation, snooze=replace(conversation.snooze, reason=long))
    return a_card(
        conversation,
        opening,
        more=12_345,
        waiting=6_789,
        times_seen=10_113,
        answered_before=Answer(by=long, at=NOW),
        mute=a_mute(by=long, community=long, author=long, until=NOW),
    )


def snoozed(**facts: object) -> Snooze:
    given = {"until": NOW + timedelta(days=3), "by": "U0FOUNDER", "reason": "wait for 0.9.3"}
    return builders.snoozed(**(given | facts))


def a_mute(**facts: object) -> Mute:
    given = {
        "id": 2,
        "workspace_id": "T1",
        "scope": MuteScope.AUTHOR,
        "by": "U0FOUNDER",
        "at": NOW,
        "community": "r/selfhosted",
        "author": "u/paperless_pat",
    }
    return Mute(**(given | facts))


def a_deed(act: Act, minutes: int = 0, **facts: object) -> Deed:
    return Deed(**({"act": act, "by": "U0FOUNDER", "at": TAGGED + timedelta(minutes=minutes)} | facts))


def a_story() -> Story:
    corrections = (
        Correction(field=Field.KIND, was="other", became="question"),
        Correction(field=Field.MOOD, was="bad", became="unsure"),
        Correction(field=Field.PILLAR, was="identity", became="user-initiated"),
    )
    return Story(
        deeds=(
            a_deed(Act.ASKED_AGAIN, 60, by=""),
            a_deed(Act.SHIPPED, 58, by="U0PRODUCT", improvement="Keep history in backups"),
            a_deed(Act.IMPROVE, 56),
            a_deed(Act.IMPROVE, 54, improvement="Keep history in backups"),
            a_deed(Act.ANSWERED, 50, by="U0SUPPORT", link="https://forum.example/t/1/2"),
            a_deed(Act.WAKE, 40, by=""),
            a_deed(Act.SNOOZE, 30, by="U0SUPPORT", until=TAGGED + timedelta(minutes=40), reason="wait for 0.9.3"),
            a_deed(Act.ASSIGN, 20, by="U0COMMUNITY", to="U0SUPPORT"),
            a_deed(Act.CORRECT, 10, corrections=corrections),
            a_deed(Act.UNMUTE, 5),
            a_deed(Act.MUTE, mute=a_mute()),
        ),
        more=3,
        found_at=WRITTEN,
    )


def a_nasty_story(count: int) -> Story:
    long = NASTY * 40
    url = "https://example.org/" + "a&" * 600
    deeds = [
        a_deed(Act.SNOOZE, by=long, until=NOW, reason=long),
        a_deed(Act.ANSWERED, by=long, link=url),
        a_deed(Act.MUTE, by=long, mute=a_mute(author=long, community=long, by=long, until=NOW)),
        a_deed(Act.ASSIGN, by=long, to=long),
    ]
    return Story(deeds=tuple(deeds * (count // 4)), more=12_345, found_at=WRITTEN)


def a_doubt(opening: Mention | None = None, *, us_by: str = "", **facts: object) -> Doubt:
    post = a_post(title="High tide at noon", text="The tide table of the harbour says noon.", community="r/sailing")
    conversation = a_conversation(**({"unsure": True} | facts))
    return Doubt(conversation=conversation, opening=opening or a_mention(post), names=("tide",), us_by=us_by)


def settled_doubts() -> tuple[Doubt, ...]:
    return (
        a_doubt(dismissed_by="U0COMMUNITY", dismissed_at=TAGGED),
        a_doubt(unsure=False, us_by="U0SUPPORT"),
        a_doubt(unsure=False),
    )


def a_doubt_list(**changes: object) -> DoubtList:
    untitled = a_mention(a_post(title="", text="I moved everything over to tide and never looked back."))
    asked = DoubtList(
        id=4,
        workspace_id="T1",
        channel="C1",
        page=0,
        created_at=NOW,
        doubts=(a_doubt(), a_doubt(untitled), a_doubt(dismissed_by="U0COMMUNITY", dismissed_at=TAGGED)),
    )
    return replace(asked, **changes)


def a_nasty_doubt_list() -> DoubtList:
    nasty = a_doubt(a_nasty_card().opening)
    return a_doubt_list(doubts=(replace(nasty, names=(NASTY * 40, *NAMES)),) * DOUBTS_A_PAGE, more=12_345, page=1)


def a_brake(**changes: object) -> Brake:
    brake = Brake(id=2, workspace_id="T1", channel="C1", held=32, watches=("tide",))
    return replace(brake, **changes)


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


def a_sick_place() -> Sick:
    return Sick(
        name="r/devops",
        reason="Reddit asks us to slow down (429)",
        since=NOW - timedelta(days=3),
        next_try_at=NOW + timedelta(minutes=75),
    )


def a_hearing(**changes: object) -> Hearing:
    return replace(Hearing(places=24, heard=23, sick=(a_sick_place(),)), **changes)


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
            Day(date=NOW.date() - timedelta(days=6 - number), listen=3, interact=number % 3, untagged=number // 6)
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
    url = "https://example.org/" + "a&" * 160
    row = a_waiting(title=long, url=url, community=long, author=long, reply=claimed())
    sick = replace(a_sick_place(), name=long, reason=long)
    return a_digest(
        watches=(long,) * 30,
        waiting=(row,) * 5,
        more_waiting=1_234_567,
        oldest_more=NOW - timedelta(days=900),
        hearing=Hearing(places=5_000, heard=4_000, sick=(sick,) * 1_000),
        noise=Noise(term=long, hits=10**9, not_us=10**9),
        line=Line(text=long, author=long, community=long, url=url, at=NOW, before=Before(url=url, at=NOW)),
        our_threads=(OurThread(title=long, url=url, replies=10**9, without_word=10**9),) * DIGEST_THREADS,
        checks=(Check(conversation_id=row.conversation_id, reason=long),),
        helped=(Helped(by=long, url=url),) * 500,
        unseen=(Unseen(community=long, count=10**9, url=url),) * 500,
    )


def a_queued(number: int = 1, **changes: object) -> Queued:
    line = a_waiting(number, **changes)
    return Queued(line=line, sorted_by=line.since, channel="C0MENTIONS", card_ts=f"1795420800.00010{number}")


def an_answered(**changes: object) -> Answered:
    answered = Answered(
        title="Is there an upgrade path from 0.7?",
        url="https://forum.tidewiki.example/t/upgrade-path/1",
        community="forum.tidewiki.example",
        asked_at=WRITTEN,
        answered_at=WRITTEN + timedelta(minutes=94),
        by="U0SUPPORT",
        answer_url="https://forum.tidewiki.example/t/upgrade-path/1/2",
        seen=True,
        said="Yes: 0.7 to 0.9 in one step. Back up first, then run the upgrade twice.",
    )
    return replace(answered, **changes)


def some_details() -> Details:
    bug = an_answered(
        title="Search misses umlauts",
        url="https://github.com/tidewiki/tidewiki/issues/12",
        community="GitHub",
        asked_at=WRITTEN - timedelta(days=3),
        by="U0COMMUNITY",
        answer_url="",
        seen=False,
        said="",
    )
    praise = a_queued(
        4, title="Moved our club to Tidewiki. 10/10", community="Mastodon", author="mira", kind=Kind.PRAISE
    )
    return Details(
        as_of=NOW - timedelta(minutes=4),
        team_url="https://tide.slack.com/",
        untagged=(a_queued(1), a_queued(2, title="", kind=Kind.OTHER), replace(a_queued(3), card_ts="")),
        all_untagged=5,
        answered=(an_answered(), bug),
        by_others=(an_answered(title="Does it print?", by="", answer_url="https://news.example/9", seen=False),),
        praise=(praise,),
        all_praise=1,
        hearing=a_hearing(),
        noise=(
            Noise(term="tide", hits=15, not_us=9, watch="Tidewiki", watch_id=1, hits_before=12, not_us_before=3),
            Noise(term="tidal wiki", hits=2, not_us=1, watch="Tidewiki", watch_id=1),
        ),
        figures=some_figures(),
        figures_before=figures_before(),
        voices=some_voices(),
        communities=some_communities(),
        all_communities=3,
    )


def some_figures(**changes: object) -> Figures:
    """The week of a_digest."""
    figures = Figures(
        mentions=46,
        needed_us=17,
        tagged=15,
        answered=12,
        first_reply=Pace(count=12, half_within_seconds=5 * 3600 + 600, most_within_seconds=26 * 3600),
        to_tag=Pace(count=15, half_within_seconds=22 * 60, most_within_seconds=5 * 3600),
        to_reply=Pace(count=12, half_within_seconds=5 * 3600 + 1200, most_within_seconds=26 * 3600),
        to_shipped=Pace(count=1, half_within_seconds=77 * 86_400),
        moods=Moods(good=9, bad=4, mixed=2, unsure=31),
    )
    return replace(figures, **changes)


def figures_before() -> Figures:
    return Figures(
        mentions=37,
        needed_us=24,
        tagged=20,
        answered=14,
        first_reply=Pace(count=8, half_within_seconds=9 * 3600 + 2400),
        to_tag=Pace(count=20, half_within_seconds=3600, most_within_seconds=9 * 3600),
        to_reply=Pace(count=8, half_within_seconds=9 * 3600 + 2400),
        moods=Moods(good=7, bad=6, unsure=24),
    )


def a_voice(author: str = "mira", kind: Kind = Kind.PRAISE, **changes: object) -> Voice:
    voice = Voice(
        person=Person("r/selfhosted", author),
        kind=kind,
        title="Moved our club to Tidewiki. 10/10",
        text="Moved our club to Tidewiki. 10/10",
        url="https://www.reddit.com/r/selfhosted/comments/ghi/",
        at=WRITTEN,
        heard_at=WRITTEN,
        score=12,
    )
    return replace(voice, **changes)


def some_voices() -> Voices:
    rob = a_voice("rowing_rob", title="", score=0)
    complaint = a_voice("rowing_rob", Kind.COMPLAINT, at=WRITTEN - timedelta(days=71))
    question = a_voice("paperless_pat", Kind.QUESTION, title="Does it keep history?", score=0)
    return Voices(
        for_us=(a_voice(), rob),
        for_us_count=4,
        for_us_before=2,
        against_us=(a_voice("jorg", Kind.COMPLAINT, title="The mobile editor, again", score=1),),
        against_us_count=1,
        against_us_before=3,
        turned=(Turned(complaint=complaint, praise=rob),),
        turned_count=1,
        askers=(Asker(latest=question, questions=3, answered=2),),
        askers_count=1,
        askers_before=1,
    )


def some_communities() -> tuple[CommunityWeek, ...]:
    pat = Reach(
        person=Person("r/selfhosted", "paperless_pat"),
        mentions=3,
        likes=212,
        url="https://www.reddit.com/r/selfhosted/comments/abc/",
        answers=2,
        answered_at=WRITTEN - timedelta(days=19),
    )
    mira = Reach(person=Person("r/selfhosted", "mira"), mentions=2, likes=0, url="https://www.reddit.com/r/x/")
    figures, before = some_figures(), figures_before()
    return (
        CommunityWeek(
            name="r/selfhosted",
            mentions=30,
            mentions_before=21,
            first_reply=figures.first_reply,
            first_reply_before=before.first_reply,
            heard_most=(pat, replace(mira, answers=1, answered_at=WRITTEN), replace(mira, url="")),
        ),
        CommunityWeek(name="GitHub", mentions=1, mentions_before=16),
    )


def nasty_people() -> tuple[Voices, tuple[CommunityWeek, ...]]:
    long, url = NASTY * 40, "https://example.org/" + "a&" * 160
    voice = a_voice(title=long, url=url, person=Person(long, long), score=10**9)
    sides = {"for_us": (voice,) * 10, "against_us": (voice,) * 10}
    counts = {f"{name}_{when}": 10**9 for name in ("for_us", "against_us") for when in ("count", "before")}
    turned = (Turned(complaint=voice, praise=voice),) * 10
    voices = Voices(
        **sides,
        **counts,
        turned=turned,
        turned_count=10**9,
        askers=(Asker(latest=voice, questions=10**9, answered=10**9),) * 10,
        askers_count=10**9,
    )
    reach = Reach(person=voice.person, mentions=10**9, likes=10**9, url=url, answers=10**9, answered_at=NOW)
    pace = Pace(count=10**9, half_within_seconds=10**9, most_within_seconds=10**9)
    week = CommunityWeek(
        name=long,
        mentions=10**9,
        mentions_before=10**9,
        first_reply=pace,
        first_reply_before=pace,
        heard_most=(reach,) * 3,
    )
    return voices, (week,) * 6


def nasty_details() -> Details:
    long = NASTY * 40
    url = "https://example.org/" + "a&" * 80
    answered = an_answered(title=long, url=url, community=long, by=long, answer_url=url, said=long)
    return Details(
        as_of=NOW,
        team_url="javascript:alert(1)//",
        untagged=(a_queued(1, title=long, url=url, community=long, author=long),) * 15,
        all_untagged=1_234,
        answered=(answered,) * 500,
        by_others=(replace(answered, by=""),) * 500,
        praise=(a_queued(1, title=long, url=url, community=long, author=long, kind=Kind.PRAISE),) * 15,
        all_praise=1_234,
        hearing=a_nasty_digest().hearing,
        noise=tuple(Noise(term=long, hits=10**9, not_us=10**9, watch=long, watch_id=each) for each in range(10)),
        figures=Figures(mentions=10**9, needed_us=10**9, tagged=10**9, answered=10**9, moods=Moods(good=10**9)),
        voices=nasty_people()[0],
        communities=nasty_people()[1],
        all_communities=1_234,
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


def a_watch(**facts: object) -> Watch:
    return builders.a_watch(**({"terms": Terms(names=NAMES)} | facts))


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


def assert_slack_takes(message: Message) -> None:
    """Judge it as it is sent: with the block id that tells it apart."""
    named = with_block_id(message, "message-17")
    assert validate_message({"text": named.text, "blocks": named.blocks}) == []
