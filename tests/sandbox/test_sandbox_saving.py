"""The file is kept up with the world, also on days on which it cannot be written."""

import logging
import threading

import pytest

from sandbox import people
from sandbox.manifest import App
from sandbox.saving import kept_in, load, replace
from sandbox.slack import Slack


class Writer:
    """Writes as the sandbox does, but each time only when it is let; `begun` counts the beginnings."""

    def __init__(self):
        self.begun, self._go_on = 0, threading.Semaphore(0)

    def __call__(self, file, text):
        self.begun += 1
        assert self._go_on.acquire(timeout=10)
        replace(file, text)

    def let(self):
        self._go_on.release()


def say(slack, text):
    people.post(slack, user="U0MAYA", channel=slack.workspace.channel("mentions"), text=text)


async def until(slack, found):
    return await slack.live.wait_until(found, seconds=5)


async def test_a_change_during_a_write_is_written_without_waiting_for_the_next(tmp_path):
    file, slack, writer = tmp_path / "state.json", Slack(app=App()), Writer()
    async with kept_in(slack, file, write=writer):
        say(slack, "before")
        await until(slack, lambda: writer.begun == 1)
        say(slack, "meanwhile")
        writer.let()
        await until(slack, lambda: writer.begun == 2)
        writer.let()
        await until(slack, lambda: "meanwhile" in file.read_text())


async def test_a_write_that_fails_is_told_and_tried_again_on_the_next_change(tmp_path, caplog):
    folder, away = tmp_path / "here", tmp_path / "away"
    folder.mkdir()
    file, slack = folder / "state.json", Slack(app=App())
    async with kept_in(slack, file):
        folder.rename(away)
        with caplog.at_level(logging.WARNING, "sandbox"):
            say(slack, "into nowhere")
            await until(slack, lambda: "No such file" in caplog.text)
        away.rename(folder)
        say(slack, "and back")
        await until(slack, lambda: "and back" in file.read_text())

    assert "into nowhere" in file.read_text()
    assert [path.name for path in folder.iterdir()] == ["state.json"]


async def test_a_last_write_that_fails_is_told_with_the_name_of_the_file(tmp_path):
    folder = tmp_path / "here"
    folder.mkdir()
    with pytest.raises(OSError, match=r"state\.json"):
        async with kept_in(Slack(app=App()), folder / "state.json"):
            folder.rename(tmp_path / "away")


async def test_whatever_was_said_is_kept(tmp_path):
    file, slack = tmp_path / "state.json", Slack(app=App())
    async with kept_in(slack, file):
        say(slack, "half a pair \ud83d")
    again = Slack(app=App())
    load(again, file)

    assert [one["text"] for one in again.workspace.all_messages()] == ["half a pair \ud83d"]
