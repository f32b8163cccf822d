import builders
import pytest
from hypothesis import given
from hypothesis import strategies as st
from posts import a_post

from engagement.understanding.reading import Kind, Pillar
from triage.pillar import pillar_of

PROVIDER, USER = Pillar.PROVIDER_INITIATED, Pillar.USER_INITIATED


def a_watch(site="tidewiki.example"):
    return builders.a_watch(site=site, handles=("@Tidewiki", "u/tide_team", "tidewiki@social.example"))


@pytest.mark.parametrize(
    ("author", "pillar"),
    [
        ("tidewiki", PROVIDER),
        ("/u/Tide_Team", PROVIDER),
        ("@tidewiki@social.example", PROVIDER),
        ("tidewiki@elsewhere.example", USER),
        ("tidewiki_fan", USER),
        ("", USER),
    ],
)
def test_what_our_handles_write_was_started_by_us(author, pillar):
    assert pillar_of(a_post(author=author), a_watch()) is pillar


def test_in_the_fediverse_a_handle_is_ours_on_any_server_unless_we_say_on_which():
    watch = builders.a_watch(handles=("@tidewiki", "tidesupport@social.example"))
    ours, another, theirs = "@tidewiki@any.example", "@tidesupport@social.example", "@tidesupport@any.example"

    assert [pillar_of(a_post(author=author), watch) for author in (ours, another, theirs)] == [PROVIDER, PROVIDER, USER]


@pytest.mark.parametrize(
    ("url", "site", "pillar"),
    [
        ("https://tidewiki.example/blog/1", "tidewiki.example", PROVIDER),
        ("https://www.tidewiki.example/", "https://tidewiki.example/", PROVIDER),
        ("https://blog.tidewiki.example/1", "www.tidewiki.example", PROVIDER),
        ("https://forum.tidewiki.example/1", "tidewiki.example", USER),
        ("https://tidewiki.example/t/history/12", "tidewiki.example", USER),
        ("https://nottidewiki.example/1", "tidewiki.example", USER),
        ("https://tidewiki.example.evil.example/", "tidewiki.example", USER),
        ("https://code.example/tide/wiki/releases/1", "https://code.example/tide/wiki", PROVIDER),
        ("https://code.example/tide/wiki/issues/7", "https://code.example/tide/wiki", USER),
        ("https://code.example/other/wiki", "https://code.example/tide/wiki", USER),
        ("https://tidewiki.example/blog/1", "", Pillar.ASSOCIATION),
        ("http://feedproxy.google.com/~r/boats/~3/k1/a-wiki.html", "google.com", Pillar.ASSOCIATION),
        ("https://[broken", "tidewiki.example", USER),
        ("https://tidewiki.example/", "https://[broken", USER),
    ],
)
def test_our_site_speaks_for_us_except_where_people_write(url, site, pillar):
    assert pillar_of(a_post(url=url, community="code.example"), a_watch(site)) is pillar


@pytest.mark.parametrize("community", ["Hacker News", "r/selfhosted", "Lobsters"])
@pytest.mark.parametrize(("kind", "pillar"), [(Kind.NEWS, Pillar.ASSOCIATION), (Kind.QUESTION, USER)])
def test_who_shares_a_page_of_ours_is_not_us(community, kind, pillar):
    shared = a_post(community=community, title="Tidewiki 3.0", url="https://tidewiki.example/blog/1")

    assert pillar_of(shared, a_watch(), kind) is pillar


@pytest.mark.parametrize(
    ("post", "pillar"),
    [
        (a_post(url="https://en.wikipedia.org/wiki/Tidewiki"), Pillar.IDENTITY),
        (a_post(url="https://www.linkedin.com/company/tidewiki"), Pillar.IDENTITY),
        (a_post(url="https://www.linkedin.com/posts/pat-1"), USER),
        (a_post(community="Google News", title="Tidewiki raises a seed round"), Pillar.ASSOCIATION),
        (a_post(community="Google News", title="Five wikis to watch"), Pillar.ASSOCIATION),
        (a_post(community="Hacker News", title="My notes on Tidewiki"), USER),
        (a_post(community="Hacker News", title="Notes on Tidewiki"), Pillar.ASSOCIATION),
        (a_post(title="Tidewiki (@tidewiki) / X", author="tidewiki"), Pillar.IDENTITY),
        (a_post(title="Tidewiki - Crunchbase Company Profile"), Pillar.IDENTITY),
        (a_post(title="Tidewiki (@tidewiki@boats.example) - Harbour Social"), Pillar.IDENTITY),
        (a_post("Tidewiki (@tidewiki@boats.example) - Harbour Social"), Pillar.IDENTITY),
        (a_post(title="r/tidewiki: notes, boats and help"), Pillar.IDENTITY),
        (a_post(title="The unofficial subreddit about Tidewiki"), Pillar.IDENTITY),
        (a_post(title="Profile - tide_team - Boat forum", author="tide_team"), Pillar.IDENTITY),
        (a_post(title="About us - Tidewiki", url="https://tidewiki.example/about"), Pillar.IDENTITY),
        (a_post(title="About Tidewiki: two people and a boat", url="https://tidewiki.example/about"), Pillar.IDENTITY),
        (a_post(title="About tidewiki-cli: which version do you run?"), Pillar.IDENTITY),
        (a_post(title="About Tidewiki and my patience"), USER),
        (a_post(title="Tidewiki (@tidewiki) on X", author="tidewiki"), Pillar.IDENTITY),
        (a_post(title="tidewiki's profile | Harbour"), Pillar.IDENTITY),
        (a_post(title="GitHub - tidewiki/server: the server"), Pillar.IDENTITY),
        (a_post(title="Newest 'tidewiki' Questions"), Pillar.IDENTITY),
        (a_post(title="Imprint - Tidewiki", url="https://tidewiki.example/imprint"), Pillar.IDENTITY),
        (a_post(title="Tidewiki - YouTube channel"), Pillar.IDENTITY),
        (a_post(title="r/tidewiki"), Pillar.IDENTITY),
        (a_post("Tidewiki (@tidewiki@boats.example)"), Pillar.IDENTITY),
        (a_post(title="tidewiki - Overview"), Pillar.IDENTITY),
        (a_post(title="Tidewiki hides the menu on phones"), USER),
        (a_post(title="Tidewiki - Wikidata"), Pillar.IDENTITY),
        (a_post("Blogged: boats in Tidewiki"), Pillar.ASSOCIATION),
        (a_post(title="Update the docs badge to Tidewiki"), Pillar.ASSOCIATION),
        (a_post(title="TIL Tidewiki can print"), USER),
        (a_post(title="Tidewiki support answered at night"), USER),
        (a_post(title="PSA: Tidewiki renamed its plans"), USER),
        (a_post(title="Tidewiki for small boats"), Pillar.ASSOCIATION),
        (a_post(title="The state of wikis, and what Tidewiki did"), Pillar.ASSOCIATION),
        (a_post(title="My writing setup 2030"), Pillar.ASSOCIATION),
        (a_post("Wrote a short post about boats, in Tidewiki"), Pillar.ASSOCIATION),
        (a_post("(@maya) - thanks for Tidewiki, it is a treat to use it every single day at sea"), USER),
        (a_post(title="Docker Hub says no on all Tidewiki images since this morning"), USER),
        (a_post("New post: a year of boats, by way of Tidewiki"), Pillar.ASSOCIATION),
        (a_post(title="Links for May: Tidewiki, tea"), Pillar.ASSOCIATION),
        (a_post(title="[Hiring] Editor, you will own our Tidewiki"), Pillar.ASSOCIATION),
        (a_post(title="We are two boat builders, ask us anything"), Pillar.ASSOCIATION),
        (a_post("Awesome lists that name Tidewiki"), Pillar.ASSOCIATION),
        (a_post(title="A boat builder's AMA"), Pillar.ASSOCIATION),
        (a_post("Ela ama o Tidewiki"), USER),
        (a_post(community="Hacker News", title="Tidewiki in the US"), Pillar.ASSOCIATION),
        (a_post("Built with Tidewiki and hosted on a boat"), Pillar.ASSOCIATION),
        (a_post("Boatpad 0.4 is on the quay, docs and CI run on Tidewiki"), Pillar.ASSOCIATION),
        (a_post(community="Google News", title="Five wikis to watch in 2030: Tidewiki and more"), Pillar.ASSOCIATION),
    ],
)
def test_pages_about_us_are_told_from_people(post, pillar):
    assert pillar_of(post, a_watch()) is pillar


@pytest.mark.parametrize(
    "author", ["tidewiki-team", "TidewikiHQ", "tidewiki_staff", "tidewiki.example", "@tidewiki-bot"]
)
def test_a_name_that_only_we_would_take_is_ours(author):
    assert pillar_of(a_post("Hello", author=author), a_watch()) is PROVIDER


@pytest.mark.parametrize(
    ("facts", "pillar"),
    [
        ({"author": "PR Newswire", "title": "Tidewiki opens an office in Turku"}, PROVIDER),
        ({"author": "prwire", "title": "Tidewiki announces a paper edition"}, PROVIDER),
        ({"url": "https://www.businesswire.com/1", "title": "Tidewiki names a new chief"}, PROVIDER),
        ({"title": "Tidewiki opens an office - GlobeNewswire"}, PROVIDER),
        ({"author": "PR Newswire", "title": "Boatpad now works with Tidewiki"}, Pillar.ASSOCIATION),
        ({"author": "Harbour Post", "title": "Tidewiki opens an office in Turku"}, Pillar.ASSOCIATION),
    ],
)
def test_what_a_press_wire_carries_was_said_by_whose_name_stands_first(facts, pillar):
    assert pillar_of(a_post(community="Google News", **facts), a_watch()) is pillar


@pytest.mark.parametrize(
    ("text", "pillar"),
    [
        ("Engineer from Tidewiki here, sorry for that", PROVIDER),
        ("Tidewiki founder here, ask away", PROVIDER),
        ("I work at Tidewiki, the setting is called depth", PROVIDER),
        ("I work with Tidewiki all day", USER),
        ("Engineer here, and Tidewiki is lost on me", USER),
    ],
)
def test_who_says_that_they_work_for_us_speaks_for_us(text, pillar):
    assert pillar_of(a_post(text, author="pat"), a_watch()) is pillar


@pytest.mark.parametrize(
    ("text", "pillar"),
    [
        ("Meet us at BoatCon, stand B4", Pillar.IN_PERSON),
        ("A workshop in Turku on 4 May, come along", Pillar.IN_PERSON),
        ("Slides from our workshop in Turku are up", PROVIDER),
        ("Version 3 is here", PROVIDER),
    ],
)
def test_where_we_ask_people_to_come_they_meet_in_person(text, pillar):
    assert pillar_of(a_post(text, author="tidewiki"), a_watch()) is pillar


def test_what_only_sounds_like_something_is_a_persons_unless_its_words_are_plain():
    told = [
        pillar_of(a_post(title=title), a_watch(), Kind.OTHER, Kind.WISH)
        for title in ("Tidewiki by the fire", "A history of wikis, up to Tidewiki", "Got socks at the Tidewiki booth")
    ]

    assert told == [USER, Pillar.ASSOCIATION, Pillar.IN_PERSON]


@pytest.mark.parametrize("author", ["tidewikian", "teamtide", "bot", "tidewiki-lover", "example"])
def test_a_name_that_others_would_take_is_not(author):
    assert pillar_of(a_post("Hello", author=author), a_watch()) is USER


@pytest.mark.parametrize(
    ("text", "kind", "pillar"),
    [
        ("We are the Tidewiki team, ask us anything", Kind.PROMO, PROVIDER),
        ("Join the Tidewiki meetup in Oslo tonight", Kind.OTHER, Pillar.IN_PERSON),
        ("Met two people who run Tidewiki, at KubeCon in Paris", Kind.OTHER, Pillar.IN_PERSON),
        ("Anyone going to the Tidewiki meetup on Friday?", Kind.QUESTION, Pillar.IN_PERSON),
        ("The workshop page crashes since Friday", Kind.BUG, USER),
        ("Does the plugin list meetups by day?", Kind.QUESTION, USER),
        ("The side panel is on the left today", Kind.OTHER, USER),
    ],
)
def test_a_meeting_is_told_by_its_words_unless_somebody_waits_for_an_answer(text, kind, pillar):
    assert pillar_of(a_post(text), a_watch(), kind) is pillar


@pytest.mark.parametrize("kind", [Kind.QUESTION, Kind.HELP, Kind.BUG, Kind.COMPLAINT, Kind.WISH, Kind.PRAISE])
def test_a_title_in_nobodys_own_words_is_still_a_persons_where_it_says_something(kind):
    assert pillar_of(a_post(title="Tidewiki behind a proxy"), a_watch(), kind) is USER


@given(title=st.text(max_size=100), text=st.text(max_size=200), author=st.text(max_size=20), kind=st.sampled_from(Kind))
def test_any_post_began_somehow(title, text, author, kind):
    assert pillar_of(a_post(text, title=title, author=author), a_watch(), kind) in Pillar


@pytest.mark.parametrize(
    "title",
    [
        "Tidewiki: Notes that stay. Productivity. 4.3 stars, 8.1K ratings",
        "Tidewiki Ltd, founded 2018, Leeds, 51-100 employees",
        "Tidewiki (@tidewiki). Joined March 2015. 212K followers",
        "Tidewiki. Category: wikis. Licence: MIT",
    ],
)
def test_an_entry_in_a_directory_is_about_us(title):
    assert pillar_of(a_post(title=title, author="softdir"), builders.a_watch()) is Pillar.IDENTITY


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Tidewiki on my phone is 88 MB, with 4.1 the update was 4.1 MB", Kind.OTHER),
        ("I use Tidewiki since 2018, all 200 employees do", Kind.OTHER),
        ("Why is Tidewiki 4.3 stars with 8K ratings?", Kind.QUESTION),
    ],
    ids=["one fact", "in the first person", "a question"],
)
def test_who_tells_a_fact_of_us_is_no_entry(title, kind):
    assert pillar_of(a_post(title=title), builders.a_watch(), kind) is not Pillar.IDENTITY


@pytest.mark.parametrize(
    "title",
    [
        "Open evening with the Tidewiki team in Oslo, 12 February",
        "Tidewiki breakfast in Lisbon, Thursday, 12 seats",
        "Writing for a million readers, by the founders of Tidewiki [keynote] at Lowlands",
        "Tidewiki quiz night tonight, first drink free",
    ],
)
def test_where_people_are_asked_to_come_they_meet_in_person(title):
    assert pillar_of(a_post(title=title), builders.a_watch()) is Pillar.IN_PERSON


@pytest.mark.parametrize(
    "title", ["Tidewiki by night: a dark theme", "A tour of Tidewiki, in Go", "My stand on Tidewiki in 2026"]
)
def test_what_is_only_called_like_a_meeting_is_none(title):
    assert pillar_of(a_post(title=title), builders.a_watch()) is not Pillar.IN_PERSON


@pytest.mark.parametrize(
    ("community", "title", "pillar"),
    [
        ("Our forum", "Snooze a page until tomorrow", USER),
        ("Our forum", "Links for May: Tidewiki, SQLite internals", Pillar.ASSOCIATION),
        ("Our forum", "Tidewiki, Obsidian, Logseq", Pillar.ASSOCIATION),
        ("Lobsters", "Snooze a page until tomorrow", Pillar.ASSOCIATION),
    ],
    ids=["without our name", "a list", "names", "where people share links"],
)
def test_where_people_need_not_name_us_they_speak_of_us(community, title, pillar):
    assert pillar_of(a_post(title=title, community=community), builders.a_watch()) is pillar


@pytest.mark.parametrize(
    "title",
    [
        "Our sponsors: Tidewiki, Acme",
        "Ten services with a free tier, Tidewiki among them",
        "Rate my desk: two screens and Tidewiki",
        "How we run a choir on nothing (Tidewiki, SQLite, Postgres)",
        "Contract, 6 months, Oslo: move us to Tidewiki",
    ],
)
def test_lists_adverts_and_sponsors_only_link_to_us(title):
    assert pillar_of(a_post(title=title, community="r/selfhosted"), builders.a_watch()) is Pillar.ASSOCIATION


def test_who_asks_who_comes_meets_in_person():
    asks = a_post(title="Was anybody at the Tidewiki hack day in Porto?")

    assert pillar_of(asks, builders.a_watch(), Kind.QUESTION) is Pillar.IN_PERSON


@pytest.mark.parametrize(
    ("author", "text", "pillar"),
    [
        ("tidewiki_fiona", "spent the spring on our search, now live", PROVIDER),
        ("Tidewiki-Fiona", "we rewrote the editor", PROVIDER),
        ("tidewiki_fiona", "my search is slow", USER),
        ("tidewiki_hater", "we left for paper", USER),
        ("fiona_tidewiki", "our search is slow", USER),
    ],
)
def test_a_person_called_after_us_who_says_our_speaks_for_us(author, text, pillar):
    assert pillar_of(a_post(text, author=author), a_watch()) is pillar
