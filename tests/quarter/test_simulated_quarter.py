"""A simulated quarter: every weekly digest beside the truth of whoever wrote the script.

Thirteen weeks of posts, feeds, outages and presses are drawn with seeded dice and taken in by the real bot, the clock
moved by the test. The truth (truth.py) is told by what the script means and knows none of the product's rules, but for
those that are stated here, because there nobody could know better:

- A comment right under a thread is for its opening if that waits; else, and wherever feeds never say what a comment
  stands under (Lobsters), for the only one who waits, and for nobody where two wait: both stay listed.
- A comment that a feed showed without its place seems to stand right under the thread until another feed says more.
- Under a comment that we never heard of, or that was deleted, nobody knows whom we answered: they stay listed.
- A button settles those who waited when it was pressed. "We answered" is anybody's word, until the post shows itself.
  "Not answered" takes back the answer on the card, and what we wrote from then until the press; where somebody had told
  of it, all that we had heard of ours since it was last our turn.
- Only a post that names us asks us something; of whoever had a word there, also what goes on under a post of ours or
  under nothing but their own, and in a line all that goes on.
- Thanks are for the post they stand under; in a line, for whoever spoke last before them. They say nothing where that
  was one of us, one who asks us as well, or somebody whose words are gone. An accepted answer is one to the opening.
- What programs write is not there.
- Where nobody sees replies, nobody waits once a reply is due that nobody promised.

QUARTER_SEEDS=50 tries the first fifty quarters.
"""

import os

import pytest
from digests import differences_of
from world import World

SEEDS = range(1, int(os.environ.get("QUARTER_SEEDS", "2")) + 1)


@pytest.mark.parametrize("seed", SEEDS)
async def test_every_digest_of_a_quarter_says_who_waits_and_who_was_answered(seed, tmp_path):
    world = World(seed, tmp_path / "quarter.db", threads=160)
    wrong = []

    async def look(starts_at, ends_at):
        wrong.extend(await world.db.read(lambda tx: differences_of(tx, world, starts_at, ends_at)))

    await world.begin()
    await world.run(look)
    world.db.close()

    assert "\n".join(wrong + world.refused) == ""
    # A quarter in which nothing happened would prove nothing.
    assert min(world.pressed.values()) > 3
    assert sum(len(branch.answers()) for branch in world.branches.values()) > 50
    assert sum(len(branch.solved()) for branch in world.branches.values()) > 0
    assert sum(len(branch.went_on()) for branch in world.branches.values()) > 5
