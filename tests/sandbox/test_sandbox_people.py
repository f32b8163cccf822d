"""Everybody who is named at the start is there, whatever they are called."""

import pytest

from sandbox.manifest import App
from sandbox.server import start_sandbox
from sandbox.slack import Slack


@pytest.mark.parametrize(
    "users",
    [
        {"ann-b": "Ann B", "ann.b": "Another Ann", "annb": "A third"},
        {"twoears": "Somebody called like the app"},
        {"名前": "Namae", "имя": "Imya", "!": "Shout", "user": "User"},
        {"ann": "Ann", "ann2": "Ann the second", "an.n": "An N"},
    ],
)
async def test_everybody_has_an_id_of_their_own(users):
    async with start_sandbox(users=users) as slack:
        ids = {name: slack.user(name) for name in users}
        said = [await slack.say(name, by=name, channel="mentions") for name in users]
        places = {slack.im(name) for name in users}

    assert len(set(ids.values())) == len(users)
    assert len(places) == len(users)
    assert [one["user"] for one in said] == list(ids.values())
    assert "U0TWOEARS" not in ids.values()
    assert all(one.startswith("U0") and one[2:].isalnum() and one.isascii() for one in ids.values())


def test_an_id_is_made_from_the_name_and_the_same_on_every_start():
    starts = [list(Slack(app=App(), users={"maya": "Maya", "ma.ya": "Maya 2"}).workspace.users) for _ in range(2)]

    assert starts[0] == starts[1] == ["U0MAYA", "U0MAYA2", "U0TWOEARS"]


async def test_channels_outside_of_ascii_have_ids_of_their_own():
    async with start_sandbox(channels=("mentions", "новости", "日本", "0000001")) as slack:
        ids = [slack.channel(name).id for name in ("mentions", "новости", "日本", "0000001")]

    assert len(set(ids)) == 4
    assert "C0" not in ids


@pytest.mark.parametrize("users", [{"": "Nobody"}, {" ": "Nobody"}])
def test_somebody_without_a_name_is_refused(users):
    with pytest.raises(ValueError, match="a name"):
        Slack(app=App(), users=users)


@pytest.mark.parametrize("channels", [(), ("",), ("mentions", "mentions")])
def test_channels_need_names_of_their_own(channels):
    with pytest.raises(ValueError, match="channel"):
        Slack(app=App(), channels=channels)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("see https://x.example/a?b=1&c=2.", "see <https://x.example/a?b=1&amp;c=2>."),
        ("(https://x.example/a)", "(<https://x.example/a>)"),
        ("<https://x.example>", "&lt;<https://x.example>&gt;"),
        ("HTTP://x.example, http://y.example", "<HTTP://x.example>, <http://y.example>"),
        ("no address: xhttps://x.example http:// ftp://x", "no address: xhttps://x.example http:// ftp://x"),
    ],
)
async def test_an_address_that_somebody_types_becomes_a_link(typed, sent):
    async with start_sandbox() as slack:
        assert (await slack.say(typed, by="maya", channel="mentions"))["text"] == sent
