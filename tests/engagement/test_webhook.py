"""The rules of the webhook: what is an event, how it is signed, when it is tried again."""

import base64
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from builders import NOW, a_conversation, answered, claimed, later
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from engagement.sending.webhook import (
    ANSWER_WITHIN,
    ARRIVED,
    LEASE,
    LONGEST_WAIT,
    TRIES,
    UNWANTED,
    Answered,
    Event,
    EventState,
    EventType,
    Unanswered,
    after_answer,
    begun,
    key_bytes,
    key_of,
    signed_headers,
    types_of,
)
from engagement.understanding.reading import Tag

SECRET = f"whsec_{base64.b64encode(b'k' * 32).decode()}"
EVENT = Event(
    id=1, workspace_id="T1", key="evt_1", type=EventType.TAGGED, line=3, created_at=NOW, not_before=NOW, attempts=0
)
TAGGED = replace(a_conversation(), tag=Tag.REACT)


@pytest.mark.parametrize(
    ("before", "after", "types"),
    [
        (a_conversation(), TAGGED, [EventType.TAGGED]),
        (TAGGED, a_conversation(), [EventType.TAGGED]),
        (a_conversation(), a_conversation(dismissed_by="U1"), [EventType.TAGGED]),
        (a_conversation(reply=claimed()), a_conversation(reply=answered()), [EventType.ANSWERED]),
        (a_conversation(), replace(TAGGED, reply=answered()), [EventType.TAGGED, EventType.ANSWERED]),
        (a_conversation(), a_conversation(reply=claimed()), []),
        (TAGGED, replace(TAGGED, improvement_id=3), []),
        (a_conversation(reply=answered()), a_conversation(reply=answered(answer_url="https://x.example/1")), []),
    ],
    ids=[
        *("a tag", "a tag taken back", "not us", "an answer", "both", "a promise", "counted for an improvement"),
        "evidence of an answer",
    ],
)
def test_tags_and_answers_are_events_and_nothing_else_is(before, after, types):
    assert types_of(before, after) == types


@given(st.text(), st.text(min_size=1, max_size=40, alphabet=st.characters(codec="ascii", categories=["L", "Nd"])))
def test_whatever_we_sign_the_verifier_of_standard_webhooks_takes(text, key):
    body, now = json.dumps({"said": text}).encode(), datetime.now(UTC)

    assert Webhook(SECRET).verify(body, signed_headers(SECRET, key, body, at=now)) == {"said": text}


def test_a_signature_is_of_the_first_version_in_plain_base64():
    signature = signed_headers(SECRET, "evt_1", b"{}", at=NOW)["webhook-signature"]

    assert re.fullmatch("v1,[A-Za-z0-9+/]{43}=", signature)


@pytest.mark.parametrize("spoilt", ["body", "webhook-id", "webhook-timestamp", "secret"])
def test_the_verifier_refuses_what_was_changed_on_its_way(spoilt):
    now = datetime.now(UTC)
    body, headers = b'{"a":1}', signed_headers(SECRET, "evt_1", b'{"a":1}', at=now)
    if spoilt == "body":
        body = b'{"a":2}'
    elif spoilt in headers:
        headers[spoilt] = {"webhook-id": "evt_2", "webhook-timestamp": str(int(now.timestamp()) - 1)}[spoilt]
    secret = f"whsec_{base64.b64encode(b'other' * 6).decode()}" if spoilt == "secret" else SECRET

    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body, headers)


def a_secret(size):
    return f"whsec_{base64.b64encode(b'k' * size).decode()}"


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        ("", "must begin with whsec_$"),
        (SECRET.removeprefix("whsec_"), "must begin with whsec_$"),
        ("whsec_not base64", "must be whsec_ and base64$"),
        (f"{SECRET}!", "must be whsec_ and base64$"),
        ("whsec_", "must hold 24 to 64 bytes$"),
        (a_secret(23), "must hold 24 to 64 bytes$"),
        (a_secret(65), "must hold 24 to 64 bytes$"),
    ],
)
def test_what_is_no_secret_is_refused(secret, said):
    with pytest.raises(ValueError, match=said):
        key_bytes(secret)


@pytest.mark.parametrize("size", [24, 64])
def test_a_secret_is_as_long_as_the_specification_has_it(size):
    assert key_bytes(a_secret(size)) == b"k" * size


def test_nobody_else_asks_for_an_event_while_its_receiver_may_still_answer():
    assert timedelta(0) < ANSWER_WITHIN < LEASE


def test_an_event_is_known_by_the_same_key_always_and_no_other_by_it():
    keys = {
        key_of(team, kind, line, at)
        for team in ("T1", "T2")
        for kind in (EventType.TAGGED, EventType.ANSWERED)
        for line in (1, 2)
        for at in (NOW, later(days=1))
    }

    assert len(keys) == 16
    assert all(re.fullmatch("evt_[0-9a-f]{32}", key) for key in keys)
    assert key_of("T1", EventType.TAGGED, 1, NOW) in keys


@given(st.integers(0, TRIES), st.floats(0, 1, exclude_max=True))
def test_nobody_else_calls_while_a_call_may_last_and_no_wait_is_longer_than_hours(attempts, chance):
    wait = begun(replace(EVENT, attempts=attempts), now=NOW, chance=chance).not_before - NOW

    assert LEASE <= wait <= LEASE + LONGEST_WAIT


def test_each_wait_is_twice_as_long_as_the_one_before_it():
    waits = [begun(replace(EVENT, attempts=tries), now=NOW, chance=0.5).not_before - NOW - LEASE for tries in range(4)]

    assert [wait / waits[0] for wait in waits] == [1, 2, 4, 8]


def test_an_event_is_tried_for_a_day_or_so():
    event, now = EVENT, NOW
    for _ in range(TRIES):
        assert event.state is EventState.WAITING
        event = after_answer(begun(event, now=now, chance=0.5), Unanswered(reason="nobody"), now=now)
        now = event.not_before

    assert (event.state, event.attempts, event.error) == (EventState.FAILED, TRIES, "nobody")
    assert timedelta(hours=18) < now - NOW < timedelta(hours=30)


@pytest.mark.parametrize("status", [200, 202, 204, 299])
def test_what_the_receiver_took_has_arrived(status):
    assert after_answer(begun(EVENT, now=NOW, chance=0), Answered(status=status), now=NOW) is ARRIVED


def test_a_receiver_that_is_gone_wants_nothing_more():
    assert after_answer(begun(EVENT, now=NOW, chance=0), Answered(status=410), now=NOW) is UNWANTED


@pytest.mark.parametrize("status", [100, 300, 301, 302, 400, 404, 429, 500, 503])
def test_anything_else_is_tried_again(status):
    after = after_answer(begun(EVENT, now=NOW, chance=0), Answered(status=status), now=NOW)

    assert (after.state, after.attempts, after.error) == (EventState.WAITING, 1, f"it answered {status}")


@pytest.mark.parametrize(
    ("told", "waits"), [(3_600, 3_600), (1, 30), (10**7, 86_400)], ids=["longer", "shorter", "absurd"]
)
def test_a_receiver_may_ask_us_to_wait_longer_but_not_for_ever(told, waits):
    answer = Answered(status=429, retry_after=timedelta(seconds=told))
    after = after_answer(begun(EVENT, now=NOW, chance=0), answer, now=NOW)

    assert after.not_before == NOW + timedelta(seconds=waits)
