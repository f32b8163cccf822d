import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from posts import a_post

from engagement.understanding.reading import Kind
from triage.kind import BECAUSE_AT_MOST, KindFound, kind_of


@pytest.mark.parametrize(
    ("text", "kind", "because"),
    [
        ("New here. Is Tidewiki meant to lose it? Thanks", Kind.QUESTION, "Is Tidewiki meant to lose it?"),
        ("does it run on a Pi", Kind.QUESTION, "does it run on a Pi"),
        ("@tidewiki how much is the cloud plan", Kind.QUESTION, "@tidewiki how much is the cloud plan"),
        ("Moving house soon, wondering if it can export", Kind.QUESTION, "wondering if it can export"),
        ("It went quiet. Why?", Kind.QUESTION, "Why?"),
        ("どうやって使いますか？", Kind.QUESTION, "どうやって使いますか？"),  # noqa: RUF001 - full width, as typed
        ("Can't log in since Monday, pls help", Kind.HELP, "Can't log in since Monday"),
        ("Help, Tidewiki lost all my pages", Kind.HELP, "Help"),
        ("Help is on the way for Tidewiki", Kind.OTHER, ""),
        ("It went purple on me. HELP!", Kind.HELP, "HELP"),
        ("Two days in and I am stuck at the proxy", Kind.HELP, "I am stuck at the proxy"),
        ("Tidewiki crashes on startup, every time", Kind.BUG, "crashes on startup"),
        ("It doesn\u2019t sync with my phone", Kind.BUG, "doesn't sync with my phone"),
        ("The export throws an internal server error. Anyone else?", Kind.BUG, "throws an internal server error"),
        ("I have a problem with the export", Kind.BUG, "have a problem with the export"),
        ("Saved my page twice and it disappeared", Kind.BUG, "disappeared"),
        ("The printed wiki never arrived", Kind.COMPLAINT, "never arrived"),
        ("I ordered stickers and haven't received any", Kind.COMPLAINT, "haven't received any"),
        ("Give us the simple option to turn pages", Kind.WISH, "Give us the simple option to turn pages"),
        ("Here is what's new in Tidewiki 3. What is new in the shop?", Kind.OTHER, ""),
        ("Support has been silent for a week", Kind.COMPLAINT, "been silent for a week"),
        ("How is that acceptable? Terrible.", Kind.COMPLAINT, "Terrible"),
        ("Your support never answers", Kind.COMPLAINT, "never answers"),
        ("My third ticket without any reply", Kind.COMPLAINT, "without any reply"),
        ("I'm done with it", Kind.COMPLAINT, "I'm done with it"),
        ("Please add page templates.", Kind.WISH, "Please add page templates"),
        ("Would be nice to have a dark theme - at night", Kind.WISH, "Would be nice to have a dark theme"),
        ("Any plans for an app?", Kind.QUESTION, "Any plans for an app?"),
        ("Thanks to the team, it just works", Kind.PRAISE, "Thanks to the team"),
        ("No bugs so far, we love it", Kind.PRAISE, "we love it"),
        ("any sailors here with a Tidewiki at home", Kind.QUESTION, "any sailors here with a Tidewiki at home"),
        ("bob how are u hosting yours", Kind.QUESTION, "bob how are u hosting yours"),
        ("dont you have backups", Kind.QUESTION, "dont you have backups"),
        ("We moved from Wikiwall to Tidewiki last May", Kind.COMPARISON, "moved from Wikiwall to Tidewiki last May"),
        ("Tidewiki vs Wikiwall for a small team", Kind.COMPARISON, "vs Wikiwall for a small team"),
        ("Tidewiki vs Wikiwall, which is better?", Kind.QUESTION, "Tidewiki vs Wikiwall"),
        ("Tidewiki raises a seed round", Kind.NEWS, "raises a seed round"),
        ("Join our webinar on Thursday", Kind.PROMO, "Join our webinar on Thursday"),
        ("What a view from the office", Kind.OTHER, ""),
        ("A fantastic tool for small teams", Kind.PRAISE, "fantastic tool for small teams"),
        ("Good morning, Tidewiki moves to a new address", Kind.OTHER, ""),
        ("A great many users host Tidewiki", Kind.OTHER, ""),
        ("Tidewiki, Caddy and a small box", Kind.OTHER, ""),
        ("", Kind.OTHER, ""),
        ("See `is it broken?` and https://c.example/?crashes\n> does it crash?", Kind.OTHER, ""),
        ("### Is there a crash?\n**What did you expect?**\nfine", Kind.OTHER, ""),
        ("Seriously?", Kind.OTHER, ""),
    ],
)  # fmt: skip
def test_the_kind_comes_with_the_words_that_decided(text, kind, because):
    assert replace(kind_of(a_post(text)), unread="") == KindFound(kind=kind, because=because)


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("Restore drops page history", "How do I get it back?", Kind.BUG),
        ("Does it keep history?", "My last tool crashed.", Kind.QUESTION),
        ("I love Tidewiki", "But it crashes on startup.", Kind.BUG),
        ("I love Tidewiki", "It runs at home.", Kind.PRAISE),
        ("Tidewiki vs Wikiwall", "Which of them keeps history?", Kind.QUESTION),
        ("Tidewiki 3 released", "I love it.", Kind.NEWS),
        ("My home server", "I love Tidewiki on it.", Kind.PRAISE),
        ("How we host Tidewiki", "Three boxes and a switch.", Kind.OTHER),
        ("How to host Tidewiki", "How to host Tidewiki", Kind.OTHER),
    ],
)
def test_the_title_decides_unless_it_says_nothing_or_only_praises(title, text, kind):
    assert kind_of(a_post(text, title=title)).kind is kind


@pytest.mark.parametrize(
    ("title", "kind", "because"),
    [
        ("Tidewiki behind nginx", Kind.QUESTION, "Tidewiki behind nginx"),
        ("Tidewiki fails to start", Kind.HELP, "fails to start"),
        ("Please add nginx to the docs", Kind.WISH, "Please add nginx to the docs"),
    ],
)
def test_where_people_ask_every_thread_opens_with_a_question(title, kind, because):
    assert kind_of(a_post(title=title, community="Stack Overflow")) == KindFound(kind=kind, because=because)


def test_who_only_points_to_a_page_where_people_ask_is_no_question():
    post = a_post("See https://tidewiki.example/depth, it is all there", community="Stack Overflow")

    assert kind_of(post).kind is Kind.OTHER


def test_an_answer_where_people_ask_is_no_question():
    answer = a_post("Tidewiki behind nginx", community="Stack Overflow", parent_key="so:1")

    assert kind_of(answer).kind is Kind.OTHER


@settings(deadline=None)
@given(title=st.text(max_size=80), text=st.text(max_size=300))
def test_any_post_has_a_kind_and_words_short_enough_for_one_line(title, text):
    found = kind_of(a_post(text, title=title))

    assert len(found.because) <= BECAUSE_AT_MOST
    assert "\n" not in found.because
    assert found.because or found.kind in (Kind.OTHER, Kind.QUESTION)


@pytest.mark.parametrize(
    "piece",
    ["so, ", "a,", "?", "@a", "help @", "not not ", "  ", "wish ", "why why ", "`", "> ", "**", "no fix "],
)
def test_no_text_takes_long_to_read(piece):
    """Rules that backtrack would need minutes, not a tenth of a second, for the first of these."""
    started = time.process_time()

    kind_of(a_post(piece * 2000 + "x"))

    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Why we left Tidewiki after a year", Kind.COMPLAINT),
        ("Cool, Tidewiki down again on the day of the show", Kind.COMPLAINT),
        ("Whoever wrote the Tidewiki manual deserves a raise", Kind.PRAISE),
        ("The search of Tidewiki is magic", Kind.PRAISE),
        ("Wish Tidewiki could print two pages on one", Kind.WISH),
        ("Wish: pages side by side", Kind.WISH),
        ("[RFC] Pages as a calendar", Kind.WISH),
        ("Tidewiki shows nothing on the tram and I cannot see why", Kind.HELP),
        ("Tidewiki, Dokuwiki and Outline: a hundred pages through each", Kind.COMPARISON),
        ("Tidewiki day: doors open at six", Kind.PROMO),
        ("The manual of Tidewiki is three versions behind", Kind.COMPLAINT),
        ("The readme still shows the old buttons", Kind.COMPLAINT),
        ("Lost a whole morning to the Tidewiki importer", Kind.COMPLAINT),
        ("The Tidewiki sidebar used to be simple", Kind.COMPLAINT),
        ("They closed our ticket over the holidays", Kind.COMPLAINT),
        ("The slow search of Tidewiki is killing my mornings", Kind.COMPLAINT),
        ("Tidewiki axed the free plan on a Sunday", Kind.COMPLAINT),
        ("Left in June, still being billed in August", Kind.COMPLAINT),
        ("Grey on grey in Tidewiki. Who designed this", Kind.COMPLAINT),
        ("Two clouds, one price: bait and switch", Kind.COMPLAINT),
        ("My notes are stored in the clear", Kind.BUG),
        ("Tidewiki raised its prices by half", Kind.COMPLAINT),
        ("Our Tidewiki bill doubled in May", Kind.COMPLAINT),
        ("Forty minutes in the support queue", Kind.COMPLAINT),
        ("Tidewiki search has been slow all week", Kind.COMPLAINT),
        ("Who at Tidewiki thought that a pop-up is a menu?", Kind.COMPLAINT),
        ("Tidewiki has been down since noon", Kind.BUG),
        ("Lost a page, and they shipped a fix before lunch", Kind.PRAISE),
        ("Somebody explain tides to me. Can somebody explain Tidewiki", Kind.QUESTION),
        ("Looking for a job: Go, Postgres, Tidewiki", Kind.OTHER),
        ("Looking for a wiki for two", Kind.QUESTION),
        ("Tidewiki in VS Code", Kind.OTHER),
        ("Tidewiki and paper: an honest look", Kind.COMPARISON),
        ("Tidewiki put history behind a paywall", Kind.COMPLAINT),
        ("The manual does not mention the limit", Kind.COMPLAINT),
        ("Tidewiki keeps emailing me about spring", Kind.COMPLAINT),
        ("The trouble with Tidewiki", Kind.COMPLAINT),
        ("I miss the old Tidewiki", Kind.COMPLAINT),
        ("Tidewiki sells usage data", Kind.COMPLAINT),
        ("The pop-up has no close button", Kind.COMPLAINT),
        ("Could we please have tabs", Kind.WISH),
        ("Pretty please: tabs", Kind.WISH),
        ("Am I the only one who misses tabs in Tidewiki?", Kind.WISH),
        ("A second column would go a long way", Kind.WISH),
        ("Third day fighting Tidewiki and nginx", Kind.HELP),
        ("Two wikis and a proxy, hints welcome", Kind.HELP),
        ("Six reasons I love my wiki", Kind.PRAISE),
        ("How Tidewiki saved our summer release", Kind.PRAISE),
        ("Never going back to paper", Kind.PRAISE),
        ("The new index is lovely", Kind.PRAISE),
        ("Moved nine wikis, nothing broke", Kind.PRAISE),
        ("Tidewiki lost an hour to an outage and said so. Credit where it's due", Kind.PRAISE),
        ("We timed Tidewiki and Dokuwiki on a Pi", Kind.COMPARISON),
        ("I tried seven note apps for a month", Kind.COMPARISON),
    ],
)
def test_what_people_say_in_their_own_way_is_of_its_kind(text, kind):
    assert kind_of(a_post(title=text)).kind is kind


@pytest.mark.parametrize(
    "title", ["Who is hiring? Acme, Tidewiki, Elixir", "Two outages. We are paying Tidewiki for this?"]
)
def test_what_nobody_is_asked_is_no_question(title):
    assert kind_of(a_post(title=title)).kind is not Kind.QUESTION


@pytest.mark.parametrize(
    "title",
    [
        "A package that imitates tidewiki-cli is a typosquat",
        "Tidewiki 2.1 fixes an SQL injection",
        "npm advisory: tidewiki",
        "Malicious npm package tidewiki-utils phones home",
        "A worm that steals API tokens reaches Tidewiki",
        "tidewiki-runner leaks secrets to forks",
        "Sandbox escape in the Tidewiki renderer",
        "Hackers hijack old Tidewiki servers",
        "tidewiki-cli leaves a world-readable token",
    ],
)
def test_a_hole_alarms_however_it_is_called(title):
    assert kind_of(a_post(title=title)).alarms


@pytest.mark.parametrize(
    "text",
    [
        "Tidewiki lost an hour to an outage and said so. Credit where it is due",
        "Tidewiki has memory leaks",
        "I am down for a round of Tidewiki",
        "She recalls Tidewiki 1.0",
        "A worm in the apple of Tidewiki",
    ],
)
def test_what_only_sounds_like_a_hole_alarms_nobody(text):
    assert not kind_of(a_post(text)).alarms


@pytest.mark.parametrize("text", ["Second time in Tidewiki today", "Third release of Tidewiki this month"])
def test_what_is_counted_is_no_complaint(text):
    assert kind_of(a_post(text)).kind is not Kind.COMPLAINT


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The menu of Tidewiki is a maze. Per page, per wiki, per what?", Kind.COMPLAINT),
        ("I hate the new menu. Where? Why can we not keep the old one?", Kind.COMPLAINT),
        ("I hate the new menu. How do I turn it off?", Kind.QUESTION),
        ("Why is my page gone? This is a disgrace", Kind.QUESTION),
        ("The menu is a maze. Is there a map?", Kind.QUESTION),
        ("The menu is a maze", Kind.COMPLAINT),
    ],
    ids=["half a sentence", "why", "how", "asked before", "an open question", "nothing asked"],
)
def test_who_complains_and_only_sighs_behind_it_complains(text, kind):
    assert kind_of(a_post(text)).kind is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A banner over the whole page. Really, @tidewiki?", Kind.OTHER),
        ("@tidewiki seriously?", Kind.OTHER),
        ("It went quiet, @tidewiki. Why?", Kind.QUESTION),
        ("@tidewiki dark theme?", Kind.QUESTION),
    ],
)
def test_a_word_and_a_handle_are_an_exclamation_unless_they_ask(text, kind):
    assert kind_of(a_post(text)).kind is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("+1, we would need this for our school too", Kind.WISH),
        ("Would love to filter pages by tag instead of by date", Kind.WISH),
        ("Put footnotes on the roadmap", Kind.WISH),
        ("Are footnotes on the roadmap for spring?", Kind.QUESTION),
        ("Say what you like, it opens in a second", Kind.PRAISE),
        ("My one request: tabs", Kind.WISH),
    ],
)
def test_wishes_plans_and_grudging_praise_are_told_apart(text, kind):
    assert kind_of(a_post(text)).kind is kind
