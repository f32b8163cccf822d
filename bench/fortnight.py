"""How much of a noisy fortnight a team has to dismiss: `python bench/fortnight.py [--sandbox] [--seeds N]`.

A watch for a name that is also a word, in three languages, with copied news, programs and sellers (fortnight_world.py),
is taken in by the bot itself, hour by hour. *Before*: every post with the name is a card, as alerts for a keyword are.
*The name alone*: the same watch, with threads and stories put together. *After*: with words that stand beside the
name, and a team that presses *Not us* and answers the day's question. A card is to be dismissed that is about something
else, copies news that had a card, or was written by a program or a seller. Lost is what is about us and stands in no
card, no card's thread and no question.

With --sandbox all of it goes the whole way: feeds on loopback, the running bot, presses in the sandbox; and what it
comes to is read off the channel. Without, posts go into the bot as they are, and its rows are looked at: that is
quicker. With --keep the channel of the last fortnight is served afterwards, to be looked at and pressed.
"""

import argparse
import asyncio
import logging
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fortnight_play import ALONE, WITH_WORDS, Outcome, play
from fortnight_sandbox import on_stage
from fortnight_world import LANGUAGES, Fortnight, Truth

from handlers.logs import start_logging
from handlers.run import stop_on_signals
from sandbox.demo import free_port
from storage.database import open_database

COLUMNS = {"cards": 7, "others": 8, "copies": 8, "sellers": 9, "dismiss": 9, "asked": 7, "us": 5, "lost": 6}
HEAD = f"{'seed':<6}{'':<18}" + "".join(f"{name:>{width}}" for name, width in COLUMNS.items())
SEEDS, SEEDS_IN_SANDBOX = 5, 1
Found = dict[str, Outcome]


def line_of(seed: object, name: str, outcome: Outcome) -> str:
    cards, asked = outcome.cards, outcome.asked
    return (
        f"{seed!s:<6}{name:<18}{cards.total():7}{cards[Truth.NOT_US]:8}{cards[Truth.COPY]:8}{cards[Truth.PROGRAM]:9}"
        f"{outcome.share:9.1%}{asked.total():7}{asked[Truth.US]:5}{len(outcome.lost):6}"
    )


def tell(fortnight: Fortnight, found: Found, *, shows_lost: bool) -> None:
    for name, outcome in found.items():
        print(line_of(fortnight.seed, name, outcome), flush=True)
        for each in outcome.lost if shows_lost else ():
            print(f"      lost: {each.kind} in {each.place.name}: {each.post.title or each.post.text!r}")


async def measure(fortnight: Fortnight, folder: Path, *, shows_lost: bool) -> Found:
    """Play one fortnight before and after, print its lines, and return what came of it."""
    alone, before = await play(fortnight, ALONE, open_database(str(folder / "alone.db")), presses=False)
    after, _ = await play(fortnight, WITH_WORDS, open_database(str(folder / "after.db")))
    found = {"before": before, "the name alone": alone, "after": after}
    tell(fortnight, found, shows_lost=shows_lost)
    return found


async def measure_in_sandbox(fortnight: Fortnight, folder: Path, *, shows_lost: bool, keep_at: int | None) -> Found:
    """Do the same through feeds and sandbox; then serve the channel at the port `keep_at`, until Ctrl-C."""
    async with on_stage(fortnight, ALONE, folder / "alone") as stage:
        await stage.live(fortnight, presses=False)
        alone, before = stage.channel.outcome(), stage.channel.every_match()
    async with on_stage(fortnight, WITH_WORDS, folder / "after", port=keep_at or 0) as stage:
        await stage.live(fortnight, presses=True)
        found = {"before": before, "the name alone": alone, "after": stage.channel.outcome()}
        tell(fortnight, found, shows_lost=shows_lost)
        print(f"      stands in the channel: {listed(stage.channel.kinds())}")
        print(f"      was pressed: {listed(stage.team.pressed)}", flush=True)
        if keep_at is not None:
            print(f"\nThe channel: {stage.slack.url}  (Ctrl-C ends it)", flush=True)
            stop = asyncio.Event()
            stop_on_signals(stop)
            await stop.wait()
    return found


def listed(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.most_common())


def tell_means(found: Sequence[Found]) -> None:
    print("\nshare of cards to dismiss, mean (least to most)")
    for name in found[0]:
        shares = [each[name].share for each in found]
        print(f"  {name:<18}{statistics.fmean(shares):6.1%}  ({min(shares):.1%} to {max(shares):.1%})")


def tell_languages(found: Sequence[Found]) -> None:
    print("\nquestions, bugs, praise and so on that were read as what they are, by language")
    for language in LANGUAGES:
        meant = sum(each["after"].meant[language] for each in found)
        read_so = sum(each["after"].read_so[language] for each in found)
        print(f"  {language:<18}{read_so / max(1, meant):6.1%}  of {meant}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, metavar="N", help="play the first N fortnights: 5, in the sandbox 1")
    parser.add_argument("--lost", action="store_true", help="print what was lost")
    parser.add_argument("--sandbox", action="store_true", help="through feeds and sandbox; two minutes a fortnight")
    parser.add_argument("--keep", action="store_true", help="serve the last channel until Ctrl-C")
    parser.add_argument("--port", type=int, default=7070, help="where --keep serves it, or the next port that is free")
    asked = parser.parse_args()
    start_logging(logging.WARNING)
    seeds = asked.seeds or (SEEDS_IN_SANDBOX if asked.sandbox or asked.keep else SEEDS)
    found = []
    print(HEAD)
    for seed in range(1, seeds + 1):
        with tempfile.TemporaryDirectory() as folder:
            fortnight, place = Fortnight(seed), Path(folder)
            if asked.sandbox or asked.keep:
                keep_at = free_port(asked.port) if asked.keep and seed == seeds else None
                playing = measure_in_sandbox(fortnight, place, shows_lost=asked.lost, keep_at=keep_at)
            else:
                playing = measure(fortnight, place, shows_lost=asked.lost)
            found.append(asyncio.run(playing))
    tell_means(found)
    if not (asked.sandbox or asked.keep):
        tell_languages(found)


if __name__ == "__main__":
    main()
