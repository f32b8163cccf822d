"""What corrections have taught, in a line each."""

from collections.abc import Sequence
from typing import Final

from engagement.prose import times
from engagement.records.lookup import NO_TURNS, Turns
from engagement.understanding.beside import LearnedBeside
from engagement.understanding.learned import (
    ALIKE_AT_LEAST,
    CHOICES_COUNTED,
    ENOUGH,
    LONGEST_WORD,
    LearnedWord,
    Lesson,
    Preference,
)
from engagement.understanding.reading import Mood
from handlers.views import blocks
from handlers.views.blocks import View
from handlers.views.mrkdwn import inline, some
from handlers.views.records.turning import turn_buttons
from handlers.views.words import KIND_NAME, TAG_NAME

OPEN: Final = "learned.all"
TURN: Final = "learned.turn"
FORGET: Final = "settings.forget_learned"
FORGET_BY: Final = {
    Lesson.CHOICES: "settings.forget_preference",
    Lesson.WORDS: "settings.forget_word",
    Lesson.BESIDE: "settings.forget_beside",
}
"""What has a line of the settings forgotten."""
NAMES_AT_MOST: Final = 2
HEADS: Final = {
    Lesson.CHOICES: "What you choose for a kind of post in a community",
    Lesson.WORDS: "What words sound like to you",
    Lesson.BESIDE: "What words beside your names tell",
}
MEANS: Final = {Mood.GOOD: "is good", Mood.BAD: "is bad", Mood.UNSURE: "says nothing"}


def say_learned(word: LearnedWord) -> str:
    """Return "“insane” is good, from 3 corrections"."""
    learned = times(word.corrections, "correction")
    return f"“{inline(word.word, LONGEST_WORD)}” {MEANS[word.means]}, from {learned}"


def say_preference(preference: Preference) -> str:
    """Return "*Listen* for Question in r/selfhosted: 9 of your last 10 choices"."""
    what = f"*{TAG_NAME[preference.tag]}* for {KIND_NAME[preference.kind]} in {inline(preference.community)}"
    return f"{what}: {preference.choices} of your last {CHOICES_COUNTED} choices"


def say_beside(learned: LearnedBeside, names: Sequence[str]) -> str:
    """Return "“moon” near Apollo or apollo.app is not us: 3 of 3 posts"."""
    near = f"near {some([inline(name) for name in names], NAMES_AT_MOST, word='or')}" if names else "near your name"
    meant = "is us" if learned.is_us else "is not us"
    return f"“{inline(learned.word, LONGEST_WORD)}” {near} {meant}: {learned.posts:,} of {times(learned.posts, 'post')}"


def say_how_i_learn() -> str:
    """Return what has to happen for a word to be learned."""
    return (
        f"When *Correct this…* says {ENOUGH} times that a post with the same word sounds otherwise, and never the "
        f"opposite, I read the word as you do. When {ALIKE_AT_LEAST} of your last {CHOICES_COUNTED} tags for a kind "
        "of post in a community are the same, I suggest that one there. A word that stood near your name in "
        f"{ENOUGH} posts, and in each of them *Not us* was pressed, makes me ask about the next one. Copies of a story "
        "count once."
    )


def learned_modal(lesson: Lesson, page: Sequence[tuple[int, str]], *, turns: Turns = NO_TURNS, count: int) -> View:
    """Return a page of all of one lesson, each line (its number, and its words) with the button that forgets it."""
    first = page[0][0] if page else 0
    rows = [
        blocks.section(f"• {said}", blocks.button("Forget this", FORGET, f"{lesson.value}:{number}:{first}"))
        for number, said in page
    ]
    head = f"{HEADS[lesson]}: {count:,}, the latest first." if page else "Nothing of this is left."
    return blocks.modal("Learned", [blocks.section(head), *rows, *turn_buttons(lesson.value, turns, name=TURN)])
