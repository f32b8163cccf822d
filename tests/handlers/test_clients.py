"""What counts as no answer of Slack's, around more than a call."""

import errno

import aiohttp
import pytest
from slack_sdk.errors import SlackClientError

from handlers.clients import UNHELPFUL


@pytest.mark.parametrize(
    "error",
    [aiohttp.ClientOSError(), aiohttp.ServerTimeoutError(), SlackClientError(), TimeoutError(), ConnectionResetError()],
    ids=repr,
)
def test_a_line_that_broke_or_stayed_silent_is_no_answer_of_slack(error):
    assert isinstance(error, UNHELPFUL)


@pytest.mark.parametrize(
    "error",
    [PermissionError(), FileNotFoundError(), OSError(errno.ENOSPC, "No space left on device"), AttributeError()],
    ids=repr,
)
def test_what_a_disk_or_we_ourselves_did_is_not_blamed_on_slack(error):
    assert not isinstance(error, UNHELPFUL)
