"""Trigger ids and response urls live as long as Slack's, and are used as often."""

import pytest

from sandbox import limits
from sandbox.chance import Chance
from sandbox.errors import SlackError
from sandbox.grants import Responses, Triggers


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_a_trigger_lives_three_seconds(clock):
    triggers = Triggers(Chance(), clock=clock)
    early, late = triggers.issue("U1"), triggers.issue("U1")

    clock.now = 2.9
    assert triggers.exchange(early) == "U1"
    clock.now = 3.1
    with pytest.raises(SlackError, match="expired_trigger_id"):
        triggers.exchange(late)


def test_a_response_url_lives_half_an_hour(clock):
    responses = Responses(Chance(), clock=clock)
    token = responses.issue(user="U1", channel="C1").rpartition("/")[2]

    clock.now = 30 * 60 - 1
    assert responses.use(token).user == "U1"
    clock.now = 30 * 60 + 1
    with pytest.raises(SlackError, match="expired_url"):
        responses.use(token)


def test_a_response_url_is_used_five_times(clock):
    responses = Responses(Chance(), clock=clock)
    token = responses.issue(user="U1", channel="C1").rpartition("/")[2]

    for _ in range(limits.RESPONSE_URL_USES):
        responses.use(token)
    with pytest.raises(SlackError, match="used_url"):
        responses.use(token)


def test_one_family_of_ids_never_moves_anothers():
    quiet, busy = Chance("seed"), Chance("seed")
    for _ in range(3):
        busy.hex("envelope", 16)

    assert quiet.urlsafe("block", 4) == busy.urlsafe("block", 4)
    assert Chance("other").urlsafe("block", 4) != quiet.urlsafe("block", 4)
