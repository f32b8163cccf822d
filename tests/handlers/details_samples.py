"""The thread of a digest and its figures, voices and communities, as the views draw them."""

from dataclasses import replace
from datetime import timedelta

from digest_samples import a_nasty_digest, a_waiting
from place_samples import a_hearing
from theme_samples import nasty_themes, themes_told
from view_samples import NASTY, NOW, WRITTEN

from engagement.digest.communities import CommunityWeek, Reach
from engagement.digest.details import Answered, Details
from engagement.digest.figures import Figures, Moods, Pace
from engagement.digest.voices import Asker, Person, Turned, Voice, Voices
from engagement.digest.week import Noise
from engagement.home import Queued
from engagement.understanding.reading import Kind


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
        themes=themes_told(),
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
        themes=nasty_themes(url) * 20,
    )
