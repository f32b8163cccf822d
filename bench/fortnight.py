"""How much of a noisy fortnight a team has to dismiss: `python bench/fortnight.py [--seeds N]`.

A watch for a name that is also a word, in three languages, with copied news, programs and sellers (fortnight_world.py),
is taken in by the bot itself, hour by hour. *Before*: every post with the name is a card, as alerts for a keyword are.
*The name alone*: the same watch, with threads and stories put together. *After*: with words that stand beside the
name, and a team that presses *Not us* and answers the day's question. A card is to be dismissed that is about something
else, copies news that had a card, or was written by a program or a seller. Lost is what is about us and stands in no
card, no card's thread and no question.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fortnight_play import ALONE, WITH_WORDS, Outcome, play
from fortnight_world import LANGUAGES, Fortnight, Truth

from storage.database import Database, open_database

COLUMNS = {"cards": 7, "others": 8, "copies": 8, "sellers": 9, "dismiss": 9, "asked": 7, "us": 5, "lost": 6}
HEAD = f"{'seed':<6}{'':<18}" + "".join(f"{name:>{width}}" for name, width in COLUMNS.items())


def line_of(seed: object, name: str, outcome: Outcome) -> str:
    cards, asked = outcome.cards, outcome.asked
    return (
        f"{seed!s:<6}{name:<18}{cards.total():7}{cards[Truth.NOT_US]:8}{cards[Truth.COPY]:8}{cards[Truth.PROGRAM]:9}"
        f"{outcome.share:9.1%}{asked.total():7}{asked[Truth.US]:5}{len(outcome.lost):6}"
    )


def a_database(folder: Path, name: str) -> Database:
    return open_database(str(folder / f"{name}.db"))


async def measure(seed: int, folder: Path, *, shows_lost: bool) -> dict[str, Outcome]:
    """Play one fortnight before and after, print its lines, and return what came of it."""
    fortnight = Fortnight(seed)
    alone, before = await play(fortnight, ALONE, a_database(folder, f"alone-{seed}"), presses=False)
    after, _ = await play(fortnight, WITH_WORDS, a_database(folder, f"after-{seed}"))
    found = {"before": before, "the name alone": alone, "after": after}
    for name, outcome in found.items():
        print(line_of(seed, name, outcome), flush=True)
        for each in outcome.lost if shows_lost else ():
            print(f"      lost: {each.kind} in {each.place.name}: {each.post.title or each.post.text!r}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5, metavar="N", help="play the first N fortnights")
    parser.add_argument("--lost", action="store_true", help="print what was lost")
    asked = parser.parse_args()
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder:
        found = [asyncio.run(measure(seed, Path(folder), shows_lost=asked.lost)) for seed in range(1, asked.seeds + 1)]
    print("\nshare of cards to dismiss, mean (least to most)")
    for name in found[0]:
        shares = [each[name].share for each in found]
        print(f"  {name:<18}{statistics.fmean(shares):6.1%}  ({min(shares):.1%} to {max(shares):.1%})")
    print("\nquestions, bugs, praise and so on that were read as what they are, by language")
    for language in LANGUAGES:
        meant = sum(each["after"].meant[language] for each in found)
        read_so = sum(each["after"].read_so[language] for each in found)
        print(f"  {language:<18}{read_so / max(1, meant):6.1%}  of {meant}")


if __name__ == "__main__":
    main()
