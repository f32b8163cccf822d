"""Whatever is sent: never a crash, always an answer in Slack's shape, and a page that can still be drawn."""

import itertools
import json
import math

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.web_api.door import METHODS

BOT, APP = ({"Authorization": f"Bearer {token}"} for token in ("xoxb-sandbox", "xapp-sandbox"))
ARGUMENTS = (
    *(
        "channel",
        "text",
        "blocks",
        "metadata",
        "thread_ts",
        "ts",
        "message_ts",
        "user",
        "users",
        "user_id",
        "unfurl_links",
    ),
    *(
        "limit",
        "cursor",
        "oldest",
        "latest",
        "inclusive",
        "include_all_metadata",
        "types",
        "exclude_archived",
        "return_im",
    ),
    *("trigger_id", "view", "view_id", "external_id", "hash", "bot", "token"),
)
WORDS = (
    *("", "0", "-1", "1e999", "NaN", "sNaN", "Infinity", "1" * 5_000, "٣", "²", "\x00", "\ud800", "😀", "null", "{}"),
    *("C0MENTIONS", "C0GENERAL", "D0MAYA", "mentions", "U0MAYA", "U0TWOEARS", "1795338000.000100", "[3", "[[]]"),
    *(
        "bmV4dDo=",
        "bmV4dDo5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5",
        "bmV4dF90czp4",
        "public_channel,im",
        '{"type":"modal"}',
    ),
)
WORD = st.sampled_from(WORDS)
LEAF = WORD | st.none() | st.booleans() | st.integers() | st.floats()
FIELD = st.sampled_from(("type", "title", "blocks", "text", "elements", "event_type", "event_payload", "element", "x"))
VALUE = st.recursive(LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELD, inner, max_size=4))
SENT = st.dictionaries(st.sampled_from(ARGUMENTS), VALUE, max_size=5)
MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def no_number(text):
    raise AssertionError(f"{text} is no JSON, and no browser reads it")


async def answered(session, method, url, **sent):
    async with session.request(method, url, **sent) as response:
        text = await response.text()
        assert response.status < 500, text
        return response.status, json.loads(text, parse_constant=no_number)


async def assert_the_page_is_drawn(session, slack):
    status, drawn = await answered(session, "GET", f"{slack.url}ui/snapshot")
    assert (status, drawn["workspace"]["id"]) == (200, "T0SANDBOX")


def as_form(sent):
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in sent.items()}
    return {name: text.encode(errors="replace").decode() for name, text in texts.items()}


@MANY
@given(method=st.sampled_from(sorted(METHODS)), sent=SENT, how=st.sampled_from(["json", "form"]))
async def test_every_method_answers_whatever_it_is_called_with(slack, method, sent, how):
    headers = APP if METHODS[method].app_token else BOT
    body = {"json": sent} if how == "json" else {"data": as_form(sent)}
    async with aiohttp.ClientSession(headers=headers) as session:
        _, answer = await answered(session, "POST", f"{slack.api_url}{method}", **body)
        await assert_the_page_is_drawn(session, slack)

    assert answer["ok"] is True or (answer["ok"] is False and isinstance(answer["error"], str))


BREAKING = (math.inf, math.nan, "1" * 5_000, "1e999", "NaN", [[]], {"type": []}, "\ud800")


@pytest.mark.parametrize("method", sorted(METHODS))
async def test_no_argument_breaks_a_method(slack, method):
    headers = APP if METHODS[method].app_token else BOT
    async with aiohttp.ClientSession(headers=headers) as session:
        for name, value in itertools.product(ARGUMENTS, BREAKING):
            sent = {"channel": "C0MENTIONS", "text": "t", "user": "U0MAYA", name: value}
            _, answer = await answered(session, "POST", f"{slack.api_url}{method}", json=sent)
            assert answer["ok"] is True or isinstance(answer["error"], str)
        await assert_the_page_is_drawn(session, slack)


@pytest.mark.parametrize("path", ["api/chat.postMessage", "admin/faults", "ui/message", "response"])
@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 300 + b"1" + b"}" * 300,
        b'{"limit": 1e999}',
        b'{"limit": NaN}',
        b"\xff",
        b'"',
        b"3",
        b"null",
    ],
    ids=["too deep", "rather deep", "too large", "NaN", "no text", "no end", "a number", "nothing"],
)
async def test_a_body_that_is_no_json_object_is_refused(slack, path, body):
    link = slack.slack.responses.issue(user="U0MAYA", channel="C0MENTIONS")
    url = link if path == "response" else f"{slack.url}{path}"
    headers = {**BOT, "Content-Type": "application/json"}
    async with aiohttp.ClientSession(headers=headers) as session, session.post(url, data=body) as response:
        status, text = response.status, await response.text()

    assert status == (200 if path.startswith("api") else 400)
    assert path == "response" or json.loads(text)["ok"] is False


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "application/json; charset=nonsense"},
        {"Content-Type": "multipart/form-data"},
        {"Content-Type": "application/x-www-form-urlencoded; charset=nonsense"},
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(slack, headers):
    async with aiohttp.ClientSession(headers=BOT) as session:
        sent = {"data": b"channel=C0MENTIONS&text=t", "headers": headers}
        status, answer = await answered(session, "POST", f"{slack.api_url}chat.postMessage", **sent)

    assert (status, answer["ok"]) == (200, False)


CONTROLS = {"faults", "half_open", "never_pong", "disconnect", "lose", "again", "time", "scopes", "archive", "rename"}
ORDERS = ("method", "kind", "times", "seconds", "id", "on", "open_now", "reason", "envelopes", "acks", "factor")
PLACES = ("scopes", "add", "remove", "channel", "name", "user", "message_ts", "url", "signing_secret")
GOOD = st.sampled_from(("*", "chat.postMessage", "slow", "rate_limited", "late_history", "warning", "events_api"))
ORDER = st.dictionaries(st.sampled_from((*ORDERS, *PLACES)), GOOD | VALUE, max_size=4)


@MANY
@given(path=st.sampled_from(sorted(CONTROLS | {"kick", "delete", "deliver", "reset"})), order=ORDER)
async def test_every_control_answers_whatever_it_is_given(slack, path, order):
    async with aiohttp.ClientSession() as session:
        status, answer = await answered(session, "POST", f"{slack.url}admin/{path}", json=order)
        await answered(session, "DELETE", f"{slack.url}admin/faults", json={})
        for shown in ("faults", "connection", "scopes"):
            assert (await answered(session, "GET", f"{slack.url}admin/{shown}"))[1]["ok"]
        _, alive = await answered(session, "POST", f"{slack.api_url}api.test", headers=BOT)
        await assert_the_page_is_drawn(session, slack)

    assert alive["ok"]
    assert (status, answer["ok"]) == (200, True) or (status, isinstance(answer["error"], str)) == (400, True)


@pytest.mark.parametrize(
    ("path", "order", "said"),
    [
        ("faults", {"method": "*", "kind": "slow", "seconds": "NaN"}, "seconds must be"),
        ("faults", {"method": "*", "kind": "slow", "seconds": "inf"}, "seconds must be"),
        ("faults", {"method": "*", "kind": "rate_limited", "seconds": -1}, "seconds must be"),
        ("faults", {"method": "*", "kind": "slow", "times": 10**12}, "times must be"),
        ("time", {"factor": "inf"}, "factor must be"),
        ("time", {"factor": 1e300}, "factor must be"),
        ("scopes", {"scopes": "chat:write"}, "scopes must be a list"),
        ("scopes", {"add": [3]}, "add must be a list"),
        ("scopes", {"add": ["chat:write\r\nX-Evil: 1"]}, "add must be a list"),
        ("deliver", {"url": 3}, "url must be"),
        ("deliver", {"url": "nowhere"}, "must begin with http"),
        ("deliver", {"url": "http://127.0.0.1:9/", "signing_secret": 3}, "signing_secret must be"),
        ("lose", {"envelopes": -1}, "envelopes must be"),
    ],
)
async def test_an_order_that_makes_no_sense_is_refused_and_changes_nothing(slack, path, order, said):
    before = slack.slack.app.scopes, slack.slack.time_factor, slack.slack.delivery, slack.slack.faults.armed()
    async with aiohttp.ClientSession() as session:
        status, answer = await answered(session, "POST", f"{slack.url}admin/{path}", json=order)

    assert status == 400
    assert said in answer["error"]
    assert before == (slack.slack.app.scopes, slack.slack.time_factor, slack.slack.delivery, slack.slack.faults.armed())
