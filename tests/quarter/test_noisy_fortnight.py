"""A fortnight of a name that is a word as well: what a team has to dismiss, and that nothing about them is lost.

The world and the whole table: bench/fortnight.py.
"""

import sys

import pytest
from builders import ROOT
from databases import a_database

sys.path.append(str(ROOT / "bench"))

from fortnight_play import ALONE, WITH_WORDS, play
from fortnight_world import Fortnight, Truth

DAYS = 4


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
