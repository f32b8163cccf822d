"""What corrections have taught, in a line each."""

from typing import Final

from engagement.learned import ENOUGH, LONGEST_WORD, LearnedWord
from engagement.prose import times
from engagement.reading import Mood
from handlers.views.mrkdwn import inline

MEANS: Final = {Mood.GOOD: "is good", Mood.BAD: "is bad", Mood.UNSURE: "says nothing"}


def say_learned(word: LearnedWord) -> str:
    """Return "“insane” is good, from 3 corrections"."""
    learned = times(word.corrections, "correction")
    return f"“{inline(word.word, LONGEST_WORD)}” {MEANS[word.means]}, from {learned}"


def say_how_i_learn() -> str:
    """Return what has to happen for a word to be learned."""
    return (
        f"When *Correct this…* says {ENOUGH} times that a post with the same word sounds otherwise, and never the "
        "opposite, I read the word as you do."
    )
