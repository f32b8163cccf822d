"""What people enter into Start listening: what is taken, and what they are asked to mend."""

from datetime import timedelta

import pytest
from builders import NOW
from listening import remember_team
from slack_sdk.web.async_client import AsyncWebClient

from engagement.trouble import Cause
from feeds.places.catalogue import Catalogue
from feeds.places.probing import Probed
from feeds.places.proposing import Proposal
from feeds.wire.fetch import Fetcher
from handlers.scouts import Scouts
from handlers.setup import begin, find_problems, listed, read_wish, start_listening
from storage.database import open_database
from storage.sources import all_sources
from storage.watches import watches_of


@pytest.mark.parametrize(
    ("entered", "kept"),
    [
        ("", ""),
        ("tidewiki.example", "https://tidewiki.example"),
        ("http://tidewiki.example/forum", "http://tidewiki.example/forum"),
        ("Https://Tidewiki.example", "https://Tidewiki.example"),
        ("localhost:8000/feed", "https://localhost:8000/feed"),
        ("münchen.example", "https://münchen.example"),
        ("https://tidewiki.example#top", "https://tidewiki.example#top"),
        ("tidewiki.example/to?url=http://x.example", "https://tidewiki.example/to?url=http://x.example"),
    ],
    ids=["nothing", "host", "address", "a phone's capital", "port", "letters of the world", "fragment", "two in one"],
)
def test_a_site_is_kept_with_its_scheme(entered, kept):
    form = _a_submitted_form("V0", site=entered)

    assert find_problems(form) == {}
    assert read_wish(form).watch.site == kept


@pytest.mark.parametrize(
    "entered",
    [
        "not a site",
        "[",
        "http://",
        "http:///x",
        "https://[::1",
        "ftp://x.example",
        "mailto:us@x",
        "mailto:x",
        "x:99999",
        "tidewiki",
    ],
)
def test_what_is_no_address_of_a_site_is_refused(entered):
    assert list(find_problems(_a_submitted_form("V0", site=entered))) == ["site"]


def test_names_stand_one_a_line_or_with_commas_between_each_once():
    assert listed("Tidewiki, Tide Wiki\n\n Tidewiki ;tide-wiki,") == ("Tidewiki", "Tide Wiki", "tide-wiki")


async def test_a_form_that_was_closed_meanwhile_has_set_up_all_the_same(slack, tmp_path, parser):
    """Trying the places takes seconds; the channel is told what the form would have shown."""
    db = open_database(str(tmp_path / "setup.db"))
    answers = []

    async def ack(**answer):
        answers.append(answer["response_action"])

    async with Fetcher(user_agent="TwoEars/test", allow_private_hosts=True) as fetcher:
        await db.transact(_remember_us)
        await start_listening(
            ack,
            _a_submitted_form("V0CLOSED"),
            AsyncWebClient(token="xoxb-sandbox", base_url=slack.api_url, retry_handlers=[]),
            db,
            Scouts(catalogue=Catalogue(), fetcher=fetcher, parser=parser, poll_every_seconds=600),
            NOW,
        )

    [watch] = await db.read(lambda tx: watches_of(tx, "T0SANDBOX"))
    assert (answers, watch.name) == (["update"], "Tidewiki")
    db.close()


@pytest.mark.parametrize(
    ("probed", "cause"),
    [
        ({"reason": "no answer within 12 seconds", "cause": Cause.NO_ANSWER}, Cause.NO_ANSWER),
        ({"reason": "the server asks us to slow down (429)", "cause": Cause.THROTTLED}, Cause.THROTTLED),
        ({"reason": "its host takes one request at a time", "unasked": True}, None),
    ],
    ids=["nobody answered", "asked to slow down", "not asked"],
)
async def test_a_place_that_failed_in_set_up_has_failed_as_in_a_poll(tmp_path, probed, cause):
    db = open_database(str(tmp_path / "setup.db"))
    await db.transact(_remember_us)
    wish = read_wish(_a_submitted_form("V0"))
    place = Proposal(name="The blog", community="", url="https://blog.example/feed")
    tried = Probed(proposal=place, heard=None, may_answer=True, retry_after_seconds=1800, **probed)

    await db.transact(lambda tx: begin(tx, wish, [tried], 600, at=NOW))

    [source] = await db.read(all_sources)
    assert source.cause is cause
    assert source.next_poll_at == (NOW + timedelta(seconds=1800) if cause else NOW)
    db.close()


def _remember_us(tx):
    remember_team(tx, "T0SANDBOX")


def _a_submitted_form(view_id, *, site=""):
    values = {"names": "Tidewiki", "site": site}
    return {
        "type": "view_submission",
        "team": {"id": "T0SANDBOX"},
        "user": {"id": "U0MAYA"},
        "view": {
            "id": view_id,
            "private_metadata": '{"channel": "C0MENTIONS"}',
            "state": {
                "values": {
                    field: {field: {"type": "plain_text_input", "value": value}} for field, value in values.items()
                }
            },
        },
    }
