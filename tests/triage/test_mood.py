import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.understanding.reading import Mood
from triage.mood import mood_of


@pytest.mark.parametrize(
    ("text", "mood", "words"),
    [
        ("I love it, just works", Mood.GOOD, ("love it", "just works")),
        ("Thank you, wonderful support!", Mood.GOOD, ("wonderful", "thank")),
        ("It is not working since Monday", Mood.BAD, ("is not working",)),
        ("The app crashes whenever I save", Mood.BAD, ("crashes",)),
        ("Three weeks and still no reply from your team", Mood.BAD, ("still no",)),
        ("Great, another update that breaks everything and loses my data", Mood.BAD, ("great, another", "loses")),
        ("This isn't a bad idea at all, works well", Mood.GOOD, ("works well", "not bad")),
        ("So proud of this \U0001f60d", Mood.GOOD, ("proud",)),
        ("Is there a good way to do this?", Mood.UNSURE, ()),
        ("Das ist leider gar nicht gut, it crashes", Mood.UNSURE, ()),
        ("This is awful", Mood.BAD, ("awful",)),
        ("It isn't great", Mood.BAD, ("not great",)),
        ("It isn\u2019t great", Mood.BAD, ("not great",)),
        ("That's not bad", Mood.GOOD, ("not bad",)),
        ("I love the editor but the docs are terrible", Mood.MIXED, ("love", "terrible")),
        ("How do I right click?", Mood.UNSURE, ()),
        ("The first build of the new release", Mood.UNSURE, ()),
        ("I run it at home", Mood.UNSURE, ()),
        ("Does it keep the history after a restore? The page shows one line.", Mood.UNSURE, ()),
        ("A wiki for everything I would otherwise forget", Mood.UNSURE, ()),
        ("Is there a way to hide the sidebar?", Mood.UNSURE, ()),
        ("", Mood.UNSURE, ()),
        ("> this is awful, I hate it\n`terrible` https://awful.example/terrible", Mood.UNSURE, ()),
    ],
)
def test_a_mood_comes_with_its_words(text, mood, words):
    found = mood_of(text)

    assert found.mood is mood
    assert found.words == words


def test_the_heaviest_words_come_first_and_no_more_than_three():
    words = mood_of("Bad, slow, awful, horrible, annoying and ugly, horrible").words

    assert len(words) == 3
    assert set(words[:2]) == {"awful", "horrible"}


@settings(deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_has_a_mood_with_a_polarity_in_range(text):
    found = mood_of(text)

    assert -1 <= found.polarity <= 1
    assert bool(found.words) == (found.mood is not Mood.UNSURE)


def test_a_mood_needs_no_corpora(tmp_path):
    """TextBlob's other analysers look for downloads in the home folder; ours must work where there is none."""
    script = "from triage.mood import mood_of; print(mood_of('I love it').mood)"

    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=True,
        text=True,
        env={"HOME": str(tmp_path), "NLTK_DATA": ""},
    )

    assert done.stdout == "good\n"
