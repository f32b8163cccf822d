"""What the team of a fortnight does in Slack, button by button; it knows what is theirs."""

from collections import Counter
from collections.abc import Awaitable, Callable

from fortnight_channel import Channel, actions_on, is_untouched, rows_of, suggested_on
from fortnight_feeds import Feeds
from fortnight_play import ENOUGH_OF_IT
from fortnight_world import Said, Truth

from engagement.calm.mute import MuteScope
from engagement.calm.noise import Entry, printed
from engagement.sites import host_of
from sandbox.actor import Actor
from sandbox.pressing import words_of
from sandbox.views import View

MATE = "maya"
# Of whoever waits for a form on a busy machine.
PATIENCE_SECONDS = 60


class Team:
    """One who goes through the channel: presses on each card, answers the day's question, writes down what is noise.

    `pressed` counts what was pressed, by the name of the button.
    """

    def __init__(self, slack: Actor, channel: Channel, feeds: Feeds) -> None:
        self._slack, self._channel, self._feeds = slack, channel, feeds
        self._seen: dict[Entry, Counter[Truth]] = {}
        self.pressed: Counter[str] = Counter()

    async def look(self) -> None:
        """Decide on every card that nobody has decided on."""
        for card in self._untouched():
            said = self._channel.said_on(card)
            is_noise = said.truth in (Truth.NOT_US, Truth.PROGRAM)
            await self._press("mention.not_us" if is_noise else suggested_on(card), card)
            await self._leave_out(said)
        await self._until(lambda: not self._untouched())

    async def answer(self, settled: Callable[[], Awaitable[None]]) -> None:
        """Answer what the bot asks, and have it show what waits behind.

        An answer may be for several: once it is `settled`, whoever goes on sees which are left.
        """
        while waiting := self._waiting():
            row, buttons = waiting[0]
            is_us = self._channel.said_on(row).truth in (Truth.US, Truth.COPY)
            await self._press("unsure.us" if is_us else "unsure.not_us", buttons)
            await settled()
            if not self._waiting():
                await self._show_more()
                await settled()

    async def _show_more(self) -> None:
        for asked in self._channel.posted("unsure"):
            if any("unsure.next" in actions_on(block) for block in asked["blocks"]):
                await self._press("unsure.next", asked)

    def _untouched(self) -> list[View]:
        return [card for card in self._channel.posted("card") if is_untouched(card)]

    def _waiting(self) -> list[tuple[View, View]]:
        rows = rows_of(self._channel.posted("unsure"))
        return [(row, buttons) for row, buttons in rows if buttons["blocks"]]

    async def _leave_out(self, seen: Said) -> None:
        """Have sellers' sites and programs left out, the second time they come, where nothing came that is theirs."""
        link, author = self._feeds.link_of(seen), self._feeds.author_of(seen)
        by = Entry(scope=MuteScope.AUTHOR, author=author, community=seen.post.community)
        for entry in (by, Entry(scope=MuteScope.SITE, value=host_of(link))):
            self._seen.setdefault(entry, Counter())[seen.truth] += 1
            if self._seen[entry] == {Truth.PROGRAM: ENOUGH_OF_IT}:
                await self._write_down(entry)

    async def _write_down(self, entry: Entry) -> None:
        await self._slack.open_home(by=MATE)
        home = await self._slack.wait_for_home(by=MATE, containing="Settings", seconds=PATIENCE_SECONDS)
        if "*Noise*" not in words_of(home):
            await self._press("Settings", home)
            home = await self._slack.wait_for_home(by=MATE, containing="*Noise*", seconds=PATIENCE_SECONDS)
        await self._press("settings.noise", home)
        form = await self._slack.wait_for_view(by=MATE, containing="For all that", seconds=PATIENCE_SECONDS)
        field = next(block for block in form["blocks"] if block.get("block_id") == entry.scope.value)
        before = field["element"].get("initial_value", "")
        saved = await self._slack.submit(form, {entry.scope.value: f"{before}\n{printed(entry)}".strip()}, by=MATE)
        assert (saved.ok, saved.errors) == (True, {}), saved

    async def _press(self, wanted: str, on: View) -> None:
        outcome = await self._slack.click(wanted, on=on, by=MATE)
        assert (outcome.ok, outcome.ephemerals) == (True, []), outcome
        self.pressed[wanted] += 1

    async def _until(self, holds: Callable[[], bool]) -> None:
        await self._slack.wait_for(holds, timeout=PATIENCE_SECONDS)
