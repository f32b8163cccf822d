"""A post and a watch in, a whole reading out."""

import time
from dataclasses import replace

import pytest
from builders import a_watch
from hypothesis import given, settings
from hypothesis import strategies as st
from posts import a_post

from engagement.post import Post
from engagement.understanding.reading import Kind, Mood, Pillar, Reading, Tag
from triage.kind import KindFound
from triage.read import RULES_VERSION, corrected, read
from triage.suggest import REASON_AT_MOST, Suggestion, suggest

WATCH = a_watch(handles=("tidewiki",))


def test_a_question_is_read_with_its_reason():
    reading = read(a_post("Every history tab is empty.", title="Is Tidewiki meant to lose history?"), WATCH)

    assert reading == Reading(
        kind=Kind.QUESTION,
        mood=Mood.BAD,
        pillar=Pillar.USER_INITIATED,
        suggested=Tag.INTERACT,
        reason='a direct question ("Is Tidewiki meant to lose history?")',
        mood_words=("lose",),
        rules_version=RULES_VERSION,
    )
    assert reading.ours_to_answer


@pytest.mark.parametrize(
    ("kind", "because", "tag", "reason"),
    [
        (Kind.QUESTION, "Is it?", Tag.INTERACT, 'a direct question ("Is it?")'),
        (Kind.HELP, "pls help", Tag.INTERACT, 'asks for help ("pls help")'),
        (Kind.PRAISE, "love it", Tag.INTERACT, "praise: what would be more of it?"),
        (Kind.BUG, "crashes on startup", Tag.REACT, 'reports something broken ("crashes on startup")'),
        (Kind.COMPLAINT, "no reply", Tag.REACT, 'a complaint ("no reply")'),
        (Kind.WISH, "please add dark mode", Tag.REACT, 'a wish ("please add dark mode")'),
        (Kind.COMPARISON, "vs Wikiwall", Tag.INTERACT, 'compares us with others ("vs Wikiwall")'),
        (Kind.NEWS, "raises", Tag.LISTEN, 'news ("raises")'),
        (Kind.PROMO, "join our", Tag.LISTEN, 'promotion ("join our")'),
        (Kind.OTHER, "", Tag.INTERACT, "unsure what they want, but it is us they speak of"),
        (Kind.BUG, 'says "no" and dies', Tag.REACT, "reports something broken (\"says 'no' and dies\")"),
    ],
)
def test_each_kind_has_its_step_of_the_escalator(kind, because, tag, reason):
    found = KindFound(kind=kind, because=because)

    assert suggest(found, Pillar.USER_INITIATED) == Suggestion(tag=tag, reason=reason)


@pytest.mark.parametrize(
    ("text", "tag", "reason"),
    [
        ("Evening with @tidewiki and a pot of tea", Tag.INTERACT, "unsure what they want, but it is us they speak of"),
        ("New flat: two desks, Tidewiki, and a cat", Tag.LISTEN, "only links to us, nobody waits for an answer"),
    ],
    ids=["of us", "in passing"],
)
def test_what_somebody_says_of_us_is_looked_at_even_where_nothing_says_what_they_want(text, tag, reason):
    reading = read(a_post(text), WATCH)

    assert (reading.kind, reading.suggested, reading.reason) == (Kind.OTHER, tag, reason)
    assert not reading.ours_to_answer


@pytest.mark.parametrize(
    ("text", "author", "tag", "reason"),
    [
        (
            "Tidewiki meetup Turku, 4 May, two talks",
            "pat",
            Tag.LISTEN,
            "asks people to come, nobody waits for an answer",
        ),
        ("Meet us at BoatCon, stand B4", "tidewiki", Tag.LISTEN, "asks people to come, nobody waits for an answer"),
        ("Will the Tidewiki workshop in Turku be recorded?", "pat", Tag.INTERACT, "people meet, and speak of us"),
        ("Photos from the Tidewiki user group in Turku", "pat", Tag.INTERACT, "people meet, and speak of us"),
    ],
)
def test_an_invitation_is_heard_and_what_people_say_of_a_meeting_is_joined(text, author, tag, reason):
    reading = read(a_post(text, author=author), WATCH)

    assert (reading.pillar, reading.suggested, reading.reason) == (Pillar.IN_PERSON, tag, reason)


def test_nobody_is_asked_to_answer_our_own_post():
    reading = read(a_post("Which editor do you use?", author="@Tidewiki"), WATCH)

    assert (reading.suggested, reading.reason) == (Tag.LISTEN, "written by us")
    assert not reading.ours_to_answer


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        (
            "Die neue Tidewiki ist da und wir haben sie schon",
            Kind.OTHER,
            "in German, which I cannot read",
        ),
        ("რატომ არ მუშაობს", Kind.OTHER, "in another language, which I cannot read"),
        (
            "Warum geht das hier nicht?",
            Kind.QUESTION,
            'a direct question ("Warum geht das hier nicht?")',
        ),
    ],
    ids=["German", "one that we do not know", "a question mark is read in any language"],
)
def test_what_we_cannot_read_is_said_to_be_so_and_its_mood_is_unsure(text, kind, reason):
    reading = read(a_post(text), WATCH)

    assert (reading.kind, reading.mood, reading.reason) == (kind, Mood.UNSURE, reason)
    assert read(a_post(text, url="https://tidewiki.example/1", author="@tidewiki"), WATCH).reason == "written by us"


@pytest.mark.parametrize(
    ("headline", "tag"),
    [
        ("Is Tidewiki the next big wiki?", Tag.LISTEN),
        ("Tidewiki outage hits thousands", Tag.REACT),
        ("CVE-2030-1: path traversal in Tidewiki", Tag.REACT),
        ("Tidewiki vs Wikiwall", Tag.INTERACT),
        ("Tidewiki, a crash course", Tag.INTERACT),
        ("Deploying a harbour to a small box with Tidewiki", Tag.INTERACT),
        ("Tidewiki for beginners", Tag.INTERACT),
    ],
)
def test_an_article_asks_nobody_but_what_it_says_is_broken_still_is(headline, tag):
    reading = read(a_post(title=headline, community="Google News"), WATCH)

    assert reading.suggested is tag
    assert not reading.ours_to_answer


@pytest.mark.parametrize(
    ("pillar", "reason"),
    [
        (Pillar.IDENTITY, "a page about us, nobody waits for an answer"),
        (Pillar.ASSOCIATION, "only links to us, nobody waits for an answer"),
    ],
)
def test_where_nobody_waits_the_reason_says_what_it_is_as_the_card_does(pillar, reason):
    assert suggest(KindFound(kind=Kind.OTHER), pillar) == Suggestion(tag=Tag.LISTEN, reason=reason)


@given(kind=st.sampled_from(Kind), pillar=st.sampled_from(Pillar), because=st.text(max_size=300))
def test_a_reason_fits_on_its_line(kind, pillar, because):
    reason = suggest(KindFound(kind=kind, because=because), pillar).reason

    assert 0 < len(reason) <= REASON_AT_MOST


@settings(deadline=None)
@given(title=st.text(max_size=80), text=st.text(max_size=200))
def test_any_post_can_be_read_and_reads_the_same_again(title, text):
    post = a_post(text, title=title)

    assert read(post, WATCH) == read(post, WATCH)


@pytest.mark.parametrize(
    "bit",
    ["-", "'", "\n", "a-", "a. ", "Tidewiki ", "tidewiki-", "new ", "is ", "& ", "@a ", "why does it "],
)
def test_a_text_of_nothing_but_beginnings_takes_no_time(bit):
    long = (bit * 20_000)[:20_000]
    began = time.process_time()

    read(a_post(long, title=long), a_watch())

    # Usually 5 to 50 milliseconds; what grows with the square takes longer than this.
    assert time.process_time() - began < 1


def test_readings_name_the_rules_they_were_made_with():
    assert read(a_post(), WATCH).rules_version == RULES_VERSION >= 1


def test_a_comment_is_read_by_its_own_words_not_by_the_title_it_stands_under():
    comment = Post(
        keys=("k",),
        community="Hacker News",
        url="https://c.example/2",
        title="Ask HN: Which wiki do you host?",
        text="Tidewiki, for two years now. I love it.",
        author="barnacle",
        thread_key="t",
        parent_key="hn:1",
    )

    assert read(comment, WATCH).kind is Kind.PRAISE


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({"mood": Mood.BAD}, {"mood": Mood.BAD, "mood_words": ()}),
        ({"kind": Kind.BUG}, {"kind": Kind.BUG, "suggested": Tag.REACT, "reason": "reports something broken"}),
        (
            {"pillar": Pillar.PROVIDER_INITIATED},
            {"pillar": Pillar.PROVIDER_INITIATED, "suggested": Tag.LISTEN, "reason": "written by us"},
        ),
    ],
    ids=["nothing", "mood", "kind", "pillar"],
)
def test_what_follows_from_a_corrected_label_is_read_anew(changes, expected):
    before = read(a_post("I love it, thanks!", title="Is Tidewiki meant to lose history?"), WATCH)
    labels = {"kind": before.kind, "mood": before.mood, "pillar": before.pillar}

    after = corrected(before, **(labels | changes))

    assert before.mood_words
    assert after == replace(before, **expected)


@pytest.mark.parametrize(
    "said_by",
    [{"author": "stale[bot]"}, {"author": "tideline", "by_program": True}],
    ids=["by its name", "by its community"],
)
def test_a_program_asks_nothing_of_us_and_praises_nobody(said_by):
    asked = read(a_post("Does Tidewiki still need this?", **said_by), WATCH)

    assert (asked.kind, asked.ours_to_answer) == (Kind.OTHER, False)
