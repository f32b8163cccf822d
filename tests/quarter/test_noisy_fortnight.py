"""A fortnight of a name that is a word as well: what a team has to dismiss, and that nothing about them is lost.

The world and the whole table: bench/fortnight.py. By its rows alone, and the whole way: from feeds to a channel.
"""

import sys

import pytest
from builders import ROOT
from databases import a_database

sys.path.append(str(ROOT / "bench"))

from fortnight_play import ALONE, WITH_WORDS, play
from fortnight_sandbox import on_stage
from fortnight_world import Fortnight, Truth

DAYS = 4
# And the day after, on which they are asked about the rest.
DAYS_IN_SANDBOX = 1


@pytest.mark.parametrize("seed", [1, 2])
async def test_words_near_the_name_spare_the_team_cards_and_lose_nobody(seed, tmp_path):
    fortnight = Fortnight(seed, days=DAYS)
    alone, before = await play(fortnight, ALONE, a_database(tmp_path / "alone.db"), presses=False)
    after, _ = await play(fortnight, WITH_WORDS, a_database(tmp_path / "after.db"))

    assert [each.lost for each in (before, alone, after)] == [(), (), ()]
    assert before.share > 0.4
    assert after.share < 0.7 * before.share
    assert alone.cards[Truth.COPY] < before.cards[Truth.COPY]
    # A fortnight in which nothing was to be told apart would prove nothing.
    assert all(fortnight.of(truth) for truth in Truth)
    assert after.asked[Truth.US] > 0


async def test_in_the_channel_stands_what_the_rows_say_and_nobody_is_lost_there_either(tmp_path, parser):
    fortnight = Fortnight(3, days=DAYS_IN_SANDBOX)
    rows, before = await play(fortnight, WITH_WORDS, a_database(tmp_path / "rows.db"))

    async with on_stage(fortnight, WITH_WORDS, tmp_path / "sandbox", parser=parser) as stage:
        await stage.live(fortnight, presses=True)
        found, pressed = stage.channel.outcome(), stage.team.pressed

    assert found.lost == ()
    assert found.share < 0.7 * before.share
    # Of others fewer are asked about there: a feed gives a short post its first words for a title, so copies are told.
    assert (found.cards, found.asked[Truth.US]) == (rows.cards, rows.asked[Truth.US])
    # A team that had nothing to say would prove nothing.
    assert all(pressed[button] for button in ("mention.not_us", "unsure.us", "unsure.not_us", "mention.interact"))
