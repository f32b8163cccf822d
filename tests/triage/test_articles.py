import pytest
from corpus import CORPUS, needs_corpus
from feed_posts import posts_from
from hypothesis import given
from hypothesis import strategies as st
from posts import a_post
from test_pillar import a_watch

from engagement.understanding.reading import OURS_TO_ANSWER, Kind, Pillar
from feeds.parsing.parse import parse_feed
from triage.articles import ARTICLES_PLACES, PEOPLES_PLACES, Stands, where_stands
from triage.pillar import pillar_of

USER = Pillar.USER_INITIATED
# Addresses as forums, lists and question sites spell them, on hosts whose names say nothing.
WHERE_NOBODY_KNOWS_US = [
    "https://boats.example/viewtopic.php?f=2&t=4711",
    "https://boats.example/forum/viewtopic.php?t=4711",
    "https://boats.example/threads/how-do-i-export-a-wiki.4711/",
    "https://boats.example/showthread.php?4711-How-do-I-export-a-wiki",
    "https://boats.example/topic/4711-how-do-i-export-a-wiki/",
    "https://boats.example/topic/4711/how-do-i-export-a-wiki",
    "https://boats.example/discussion/4711/how-do-i-export-a-wiki",
    "https://boats.example/index.php?topic=4711.0",
    "https://boats.example/Thread-How-do-I-export-a-wiki",
    "https://boats.example/t/how-do-i-export-a-wiki/4711",
    "https://boats.example/d/4711-how-do-i-export-a-wiki",
    "https://boats.example/post/4711",
    "https://boats.example/c/help/how-do-i-export-a-wiki",
    "https://boats.example/post/2026/",
    "https://boats.example/p/4711/how-do-i-export-a-wiki",
    "https://boats.example/how-do-i-export-a-wiki",
    "https://boats.example/hc/en-us/community/posts/4711-How-do-I-export-a-wiki",
    "https://community.boats.example/t5/Help/How-do-I-export-a-wiki/td-p/4711",
    "https://lists.boats.example/users/2026/11/msg00017.html",
    "https://boats.example/pipermail/users/2026-November/004711.html",
    "https://groups.google.com/g/boats/c/aBcD1234",
    "https://www.quora.com/How-do-I-export-a-wiki",
    "https://boats.example/4711",
    "https://news.boats.example/4711",
    "",
]
ARTICLES = [
    "https://boats.example/2026/11/how-we-chose-a-wiki/",
    "https://boats.example/26/02/0048-a-wiki",
    "https://boats.example/blog/a-wiki",
    "https://blog.boats.example/post/4711",
    "https://boats.example/news/a-wiki-4711.html",
    "https://boats.blogspot.com/a-wiki.html",
]
WORDS = st.from_regex(r"[a-z]{1,12}(?:-[a-z]{1,12}){0,6}", fullmatch=True)


@pytest.mark.parametrize("url", WHERE_NOBODY_KNOWS_US)
@pytest.mark.parametrize("kind", [Kind.QUESTION, Kind.HELP, Kind.WISH])
def test_who_asks_on_a_forum_without_a_name_waits_for_an_answer(url, kind):
    asked = a_post(community="boats.example", title="How to export from Tidewiki", url=url)

    assert pillar_of(asked, a_watch(), kind) is USER


@pytest.mark.parametrize("url", WHERE_NOBODY_KNOWS_US)
@pytest.mark.parametrize("kind", [Kind.BUG, Kind.COMPLAINT, Kind.PRAISE])
def test_who_says_there_what_happened_to_them_is_a_person(url, kind):
    said = a_post("It ate my pages", community="boats.example", title="Tidewiki", url=url)

    assert pillar_of(said, a_watch(), kind) is USER


@given(folders=st.lists(WORDS.filter(lambda word: word not in ARTICLES_PLACES), max_size=4))
def test_a_question_at_an_address_that_nobody_knows_is_never_taken_for_an_article(folders):
    asked = a_post(community="boats.example", url=f"https://boats.example/{'/'.join(folders)}")

    assert pillar_of(asked, a_watch(), Kind.QUESTION) is USER


@given(
    url=st.sampled_from(ARTICLES),
    place=st.sampled_from(sorted(PEOPLES_PLACES)),
    kind=st.sampled_from([*OURS_TO_ANSWER]),
)
def test_where_people_write_nothing_else_of_the_address_makes_an_article(url, place, kind):
    asked = a_post(community="boats.example", title="Tidewiki", url=url.replace(".example/", f".example/{place}/"))
    inside = a_post(community=f"Boat {place}", title="Tidewiki", url=url)

    assert pillar_of(asked, a_watch(), kind) is USER or place not in asked.url.split("/")
    assert pillar_of(inside, a_watch(), kind) is USER


@pytest.mark.parametrize("url", ARTICLES)
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("title", ["Is Tidewiki it?", "My wikis", "Five themes for Tidewiki 5"])
def test_an_article_links_to_us_whatever_it_asks_its_readers(url, kind, title):
    article = a_post(community="boats.example", title=title, url=url)

    assert pillar_of(article, a_watch(), kind) is Pillar.ASSOCIATION


@pytest.mark.parametrize(
    "words",
    ["@tidewiki, where is it?", "Dear Tidewiki, my pages are gone", "Please Tidewiki bring it back", "Tidewiki, why?"],
)
def test_an_article_that_turns_to_us_waits_for_us(words):
    post = a_post(words, community="boats.example", title="An open letter", url=ARTICLES[0])

    assert pillar_of(post, a_watch(), Kind.QUESTION) is USER


@pytest.mark.parametrize("kind", [Kind.OTHER, Kind.NEWS, Kind.PROMO, Kind.COMPLAINT])
def test_a_slug_makes_an_article_of_what_nobody_says_in_the_first_person(kind):
    url = "https://boats.example/tidewiki-loses-its-founder-and-its-way"
    told = a_post("The founder left.", community="boats.example", title="Tidewiki loses its founder", url=url)

    assert pillar_of(told, a_watch(), kind) is Pillar.ASSOCIATION


@pytest.mark.parametrize(
    ("facts", "stands"),
    [
        ({"thread_key": "youtube:4711", "community": "YouTube", "url": "https://youtu.be/4711"}, Stands.ARTICLE),
        ({"community": "Google News", "url": "https://boats.example/1"}, Stands.ARTICLE),
        ({"community": "Hacker News", "url": ARTICLES[0]}, Stands.AMONG_PEOPLE),
        ({"community": "r/boats", "url": ARTICLES[0]}, Stands.AMONG_PEOPLE),
        ({"community": "boats.example", "url": ARTICLES[0], "parent_key": "k"}, Stands.AMONG_PEOPLE),
        ({"thread_key": "lemmy:x/7", "community": "boats", "url": "https://boats.example/post/7"}, Stands.AMONG_PEOPLE),
        ({"thread_key": "lemmy:x/7", "community": "boats", "url": "https://blog.example/post/7"}, Stands.ARTICLE),
        ({"community": "boats.example", "url": "https://[broken"}, Stands.UNKNOWN),
    ],
)
def test_a_known_community_says_more_than_an_address(facts, stands):
    assert where_stands(a_post(**facts)) is stands


@given(
    url=st.text(max_size=60) | st.text(max_size=40).map("https://a.example/".__add__), community=st.text(max_size=30)
)
def test_any_address_stands_somewhere(url, community):
    assert where_stands(a_post(url=url, community=community)) in Stands


@needs_corpus
def test_a_question_in_the_feed_of_any_community_waits_but_for_news_and_videos():
    for_everybody = {"google-news.xml", "youtube-channel.xml"}
    for path in sorted((CORPUS / "shapes").iterdir()):
        address = f"https://feed.example/{path.name}"
        if path.name == "expected.json":
            continue
        for post in posts_from(parse_feed(path.read_bytes(), "", address), address):
            asks = pillar_of(post, a_watch(), Kind.QUESTION)

            assert (asks is USER) is (path.name not in for_everybody), post
