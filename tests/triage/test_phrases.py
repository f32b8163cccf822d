import pytest

from triage.phrases import Phrases

TABLE = Phrases(
    """
    does/do not work, can not open, crash*, hope … soon
    big fan, C++:
    """
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It does not work", "does not work"),
        ("it doesn't  work", "doesn't  work"),
        ("they dont work", "dont work"),
        ("I can't open it", "can't open"),
        ("cannot\nopen", "cannot\nopen"),
        ("Crashing again", "Crashing"),
        ("I hope you come back soon", "hope you come back soon"),
        ("hope soon", "hope soon"),
        ("a BIG FAN", "BIG FAN"),
        ("on C++: hm", "C++:"),
    ],
)
def test_a_phrase_is_found_in_the_forms_people_write(text, found):
    match = TABLE.find(text)

    assert match is not None
    assert text[match.start() : match.end()] == found


@pytest.mark.parametrize("text", ["it works", "candy not opened", "hope to be back here again soon", "bigfan", ""])
def test_what_only_resembles_a_phrase_is_none(text):
    assert TABLE.find(text) is None


@pytest.mark.parametrize(
    "text",
    ["no crashes", "It never crashes", "without a single crash", "fixes the crash", "didn't crash", "not a big fan"],
)
def test_a_phrase_turned_around_is_not_meant(text):
    assert TABLE.find(text) is not None
    assert TABLE.find_meant(text) is None


@pytest.mark.parametrize("text", ["no. It crashes", "casino crashes", "no crashes before, now it does crash"])
def test_a_turned_phrase_does_not_turn_the_next(text):
    assert TABLE.find_meant(text) is not None
