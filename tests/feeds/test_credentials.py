"""Credentials go to one host each, and nowhere else; addresses are shown without what is secret in them."""

import asyncio
import base64
import tomllib

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from feeds.secrets import without_secrets
from feeds.wire.credentials import Credentials, Login, Origins
from feeds.wire.fetch import Fetcher
from feeds.wire.fetched import Fetched, FetchFailed, FetchRequest, FetchResult
from feeds.wire.manners import BUNDLED

REDDIT = Credentials(reddit_app=Login(name="app-id", secret="app-s3cret"))
FEED = Credentials(reddit_feed=Login(name="tide", secret="feed-s3cret"))
GITHUB = Credentials(github_token="gh-s3cret")
STACK = Credentials(stack_exchange_key="se-s3cret")
ALL = Credentials(
    reddit_app=REDDIT.reddit_app,
    reddit_feed=FEED.reddit_feed,
    github_token="gh-s3cret",
    stack_exchange_key="se-s3cret",
)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.reddit.com/r/a+b/new/.rss", "https://oauth.reddit.com/r/a+b/new?raw_json=1&limit=100"),
        (
            "https://www.reddit.com/search.rss?q=%22tide+wiki%22&sort=new",
            "https://oauth.reddit.com/search?q=%22tide+wiki%22&sort=new&raw_json=1&limit=100",
        ),
        ("https://www.reddit.com/r/a/new/.rss?limit=5", "https://oauth.reddit.com/r/a/new?limit=5&raw_json=1"),
        ("https://www.reddit.com/.rss", "https://oauth.reddit.com/?raw_json=1&limit=100"),
    ],
)
def test_a_feed_of_reddit_is_asked_of_its_api_once_there_is_a_token(url, expected):
    dressed = REDDIT.dress(URL(url), reddit_token="t0ken")

    assert dressed.url == URL(expected)
    assert dressed.headers == {"Authorization": "Bearer t0ken"}


def test_a_private_feed_address_of_reddit_gets_its_user_and_token():
    dressed = FEED.dress(URL("https://www.reddit.com/r/a/new/.rss?sort=new"))

    assert dressed.url == URL("https://www.reddit.com/r/a/new/.rss?sort=new&feed=feed-s3cret&user=tide")


@pytest.mark.parametrize("credentials", [REDDIT, FEED], ids=["app", "feed"])
def test_an_address_that_brings_its_own_token_stays_as_it_is(credentials):
    url = URL("https://www.reddit.com/.rss?feed=own&user=pat")

    assert credentials.dress(url, reddit_token="t0ken").url == url


def test_github_and_stack_exchange_get_theirs():
    github = GITHUB.dress(URL("https://pat:pw@api.github.com/search/issues?q=tide"))
    stack = STACK.dress(URL("https://api.stackexchange.com/2.3/search?q=tide"))

    assert (str(github.url), github.headers) == (
        "https://api.github.com/search/issues?q=tide",
        {"Authorization": "Bearer gh-s3cret"},
    )
    assert str(stack.url) == "https://api.stackexchange.com/2.3/search?q=tide&key=se-s3cret"


@pytest.mark.parametrize(
    "url",
    [
        "http://api.github.com/search/issues",
        "https://api.github.com:8443/search/issues",
        "https://api.github.com./search/issues",
        "https://github.com/a/b/releases.atom",
        "https://api.github.com.evil.example/",
        "https://api.github.com@evil.example/",
        "https://evil.example/?https://api.github.com/",
        "https://xapi.github.com/",
        "http://api.stackexchange.com/2.3/search",
        "https://stackexchange.com/2.3/search",
        "http://www.reddit.com/r/a/.rss",
        "https://old.reddit.com/r/a/.rss",
        "https://www.reddit.com.evil.example/r/a/.rss",
        "https://www.reddit.com/r/a/",
        "http://oauth.reddit.com/r/a",
    ],
)
def test_nobody_else_gets_any(url):
    dressed = ALL.dress(URL(url), reddit_token="t0ken")

    assert (dressed.url, dressed.headers, dressed.settings) == (URL(url), {}, "")


def test_credentials_do_not_show_themselves():
    dressed = ALL.dress(URL("https://www.reddit.com/.rss"), reddit_token="t0k3n-s3cret")

    assert "s3cret" not in f"{ALL!r} {dressed!r} {FEED.dress(URL('https://www.reddit.com/.rss'))!r}"


class Town:
    """Servers on loopback: `here` plays the host that credentials are for, `api` Reddit's, `there` is somebody else."""

    def __init__(self, here: str, api: str, there: str) -> None:
        self.here, self.api, self.there = here, api, there
        self.asked: list[tuple[str, str, str]] = []
        self.logins: list[str] = []
        self.answers: dict[str, tuple[int, dict[str, str]]] = {}
        self.token: web.Response | None = None
        self.seconds = 86_400

    def origins(self) -> Origins:
        return Origins(reddit=self.here, reddit_api=self.api, github=self.here, stack_exchange=self.here)

    def seen(self) -> str:
        """Return everything that the other server was sent."""
        return repr([asked for asked in self.asked if asked[0] == self.there])


@pytest.fixture
async def town(serve):
    async def answer(request: web.Request) -> web.Response:
        town.asked.append((f"http://{request.host}", str(request.rel_url), str(dict(request.headers))))
        status, headers = town.answers.get(request.path, (200, {}))
        return web.Response(status=status, headers=headers, body=b"<rss/>")

    async def log_in(request: web.Request) -> web.Response:
        town.logins.append(request.headers["Authorization"] + " " + (await request.text()))
        await asyncio.sleep(0.02)
        if town.token is not None:
            return town.token
        return web.json_response({"access_token": f"t0ken{len(town.logins)}", "expires_in": town.seconds})

    town = Town(await serve(answer, log_in), await serve(answer), await serve(answer))
    return town


@pytest.fixture
async def fetch(town):
    async def one(credentials: Credentials, *paths: str) -> list[FetchResult]:
        known = Credentials(
            reddit_app=credentials.reddit_app,
            reddit_feed=credentials.reddit_feed,
            github_token=credentials.github_token,
            stack_exchange_key=credentials.stack_exchange_key,
            origins=town.origins(),
        )
        async with Fetcher(user_agent="x", allow_private_hosts=True, total_seconds=5, credentials=known) as fetcher:
            return await asyncio.gather(*(fetcher.fetch(FetchRequest(url=town.here + path)) for path in paths))

    return one


async def test_one_login_serves_all_places_and_its_token_goes_out_with_each(town, fetch):
    results = await fetch(REDDIT, "/r/a/.rss", "/r/b/.rss", "/r/c/.rss")

    assert [result.final_url for result in results] == [f"{town.here}/r/{name}/.rss" for name in "abc"]
    assert town.logins == [
        "Basic " + base64.b64encode(b"app-id:app-s3cret").decode() + " grant_type=client_credentials"
    ]
    assert all("'Authorization': 'Bearer t0ken1'" in headers for _, _, headers in town.asked)


async def test_a_token_that_is_refused_is_replaced_next_time(town, fetch):
    town.answers["/r/a"] = (401, {})
    known = Credentials(reddit_app=REDDIT.reddit_app, origins=town.origins())
    async with Fetcher(user_agent="x", allow_private_hosts=True, credentials=known) as fetcher:
        refused = await fetcher.fetch(FetchRequest(url=f"{town.here}/r/a/.rss"))
        heard = await fetcher.fetch(FetchRequest(url=f"{town.here}/r/b/.rss"))

    assert refused == FetchFailed(reason="the place does not accept REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET (401)")
    assert isinstance(heard, Fetched)
    assert "Bearer t0ken2" in town.asked[-1][2]


async def test_a_token_that_ends_while_a_request_is_under_way_is_not_kept(town):
    known = Credentials(reddit_app=REDDIT.reddit_app, origins=town.origins())
    async with Fetcher(user_agent="x", allow_private_hosts=True, credentials=known) as fetcher:
        for seconds in (60, 60, 3600, 3600):
            town.seconds = seconds
            await fetcher.fetch(FetchRequest(url=f"{town.here}/r/a/.rss"))

    assert len(town.logins) == 3


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (401, "{}"),
        (200, '{"error": "invalid_grant"}'),
        (200, '{"access_token": "a\\r\\nb"}'),
        (200, '{"access_token": ["a"]}'),
        (200, '{"access_token": "a", "expires_in": "soon"}'),
        (200, '{"access_token": "a", "expires_in": null}'),
        (200, "[" * 50_000),
        (200, "x" * 1_000_000),
        (302, ""),
    ],
    ids=["401", "error", "line end", "list", "no time", "null", "deep", "long", "redirect"],
)
async def test_a_login_that_fails_is_told_by_the_names_of_its_settings_and_asked_once(town, fetch, status, body):
    town.token = web.Response(status=status, text=body, headers={"Location": town.there} if status == 302 else {})

    first, second, other = await fetch(REDDIT, "/r/a/.rss", "/r/b/.rss", "/elsewhere")

    assert first == second
    assert first.reason.startswith("Reddit does not accept REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET")
    assert not first.closed
    assert isinstance(other, Fetched)
    assert len(town.logins) == 1
    assert "s3cret" not in str(first) + town.seen()


async def test_reddit_may_ask_us_to_wait_with_the_login(town, fetch):
    town.token = web.Response(status=429, headers={"Retry-After": "77"})

    (result,) = await fetch(REDDIT, "/r/a/.rss")

    assert (result.throttled, result.retry_after_seconds) == (True, 77)


@pytest.mark.parametrize("credentials", [REDDIT, FEED, GITHUB, STACK], ids=["app", "feed", "github", "stack"])
async def test_a_redirect_to_another_host_carries_nothing(town, fetch, credentials):
    for path in ("/r/a/.rss", "/r/a"):
        town.answers[path] = (302, {"Location": f"{town.there}/other.rss"})

    (result,) = await fetch(credentials, "/r/a/.rss")

    assert isinstance(result, Fetched)
    assert "s3cret" not in town.seen()
    assert "t0ken" not in town.seen()


@pytest.mark.parametrize(("credentials", "name"), [(FEED, "feed"), (STACK, "key")], ids=["feed", "stack"])
async def test_a_server_that_repeats_our_credential_in_a_redirect_does_not_pass_it_on(town, fetch, credentials, name):
    secret = "feed-s3cret" if name == "feed" else "se-s3cret"
    town.answers["/r/a/.rss"] = (301, {"Location": f"{town.there}/b.rss?sort=new&{name}={secret}&user=tide"})

    (result,) = await fetch(credentials, "/r/a/.rss")

    assert "s3cret" not in town.seen()
    assert "s3cret" not in str(result)
    assert result.permanent_url.startswith(f"{town.there}/b.rss?sort=new")


@pytest.mark.parametrize("place", ["/{}/b", "/b?x={}y", "/b#{}"], ids=["path", "query", "fragment"])
async def test_where_it_cannot_be_taken_out_the_redirect_is_not_followed(town, fetch, place):
    town.answers["/r/a/.rss"] = (302, {"Location": town.there + place.format("feed-s3cret")})

    (result,) = await fetch(FEED, "/r/a/.rss")

    assert result == FetchFailed(reason="it sends us elsewhere with our own credential in the address")
    assert town.seen() == "[]"


@pytest.mark.parametrize(
    ("credentials", "status", "reason"),
    [
        (GITHUB, 401, "the place does not accept GITHUB_TOKEN (401)"),
        (GITHUB, 403, "the place does not let us in (403); is GITHUB_TOKEN right?"),
        (STACK, 400, "the server gives no feed (400); is STACKEXCHANGE_KEY right?"),
        (FEED, 401, "the place does not accept REDDIT_FEED_USER and REDDIT_FEED_TOKEN (401)"),
    ],
    ids=["github", "github closed", "stack", "feed"],
)
async def test_a_wrong_credential_is_named_and_breaks_no_other_host(town, fetch, credentials, status, reason):
    town.answers["/wrong.rss"] = (status, {})
    wrong, right = await fetch(credentials, "/wrong.rss", "/right.rss")

    assert (wrong.reason, wrong.closed) == (reason, False)
    assert isinstance(right, Fetched)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://pat:pw@a.example/feed", "https://a.example/feed"),
        ("https://tok@a.example:8443/feed?x=1", "https://a.example:8443/feed?x=1"),
        ("https://www.reddit.com/.rss?feed=abc&user=pat", "https://www.reddit.com/.rss"),
        ("https://a.example/?feed=rss2&s=tide", "https://a.example/?feed=rss2&s=tide"),
        ("https://a.example/x?b=2&token=abc&a=%20", "https://a.example/x?b=2&a=%20"),
        ("https://a.example/x?token=abc;b=2", "https://a.example/x?b=2"),
        ("https://a.example/x?%74oken=abc", "https://a.example/x"),
        ("https://a.example/x?TOKEN=abc", "https://a.example/x"),
        ("https://a.example/x#access_token=abc", "https://a.example/x"),
        ("https://a.example/x?token", "https://a.example/x"),
        ("https://gitlab.example/a.atom?feed_token=abc", "https://gitlab.example/a.atom"),
        ("https://a.example/x?apiKey=abc&author=pat&keyword=k", "https://a.example/x?author=pat&keyword=k"),
        ("https://a.example/x?X-Amz-Signature=abc&os_password=p&sort_key=n", "https://a.example/x?sort_key=n"),
        ("https://www.google.com/alerts/feeds/123/456", "https://www.google.com/alerts/feeds/123/456"),
        ("https://a.example/x?tag=a&tag=b&flag", "https://a.example/x?tag=a&tag=b&flag"),
        ("pat:pw@a.example/feed", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_an_address_is_shown_without_its_secrets(url, shown):
    assert without_secrets(url) == shown


NAMES = st.sampled_from(
    ["token", "key", "access_token", "apikey", "api_key", "auth", "password", "sig", "private_token"]
)


@given(
    pairs=st.lists(st.tuples(st.text("abcdefgxyz", min_size=1, max_size=4), st.text(max_size=6)), max_size=4),
    name=NAMES,
    place=st.integers(0, 4),
)
def test_no_secret_survives_wherever_it_stands(pairs, name, place):
    pairs = [*pairs[:place], (name, "s3cret"), *pairs[place:]]
    url = str(URL("https://u:s3cret@a.example/feed").with_query(pairs))
    shown = without_secrets(url)

    assert "s3cret" not in shown
    assert without_secrets(shown) == shown
    assert [pair for pair in URL(shown).query.items() if pair in pairs] == [
        p for p in URL(url).query.items() if p[0] != name and not _secret(p[0])
    ]


def _secret(name: str) -> bool:
    return without_secrets(f"https://a.example/?{name}=x") == "https://a.example/"


@given(st.from_regex(r"https?://[a-z0-9][a-z0-9.-]{0,9}(:[0-9]{1,5})?(/[!-~]{0,20})?", fullmatch=True))
def test_what_has_no_place_for_a_secret_is_shown_as_it_is(url):
    url = url.replace("?", "").replace("#", "")

    # With an empty query, which nobody has to see, it is taken apart first.
    assert without_secrets(url) == without_secrets(f"{url}?") == url


def test_a_community_that_knows_us_is_named_as_the_manners_name_it():
    known = Credentials(reddit_app=Login(name="id", secret="s"), github_token="t", stack_exchange_key="k").accounts
    hosts = tomllib.loads(BUNDLED.read_text(encoding="utf-8"))["host"]

    assert Credentials().accounts == []
    assert set(known) == {host["account"] for host in hosts if "account" in host}
