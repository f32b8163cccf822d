import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.prose import at_most, clip, join, ordinal, share, short_duration, times, work_time

MINUTE, HOUR, DAY = 60, 3600, 86400


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "less than a minute"),
        (0, "less than a minute"),
        (59.9, "less than a minute"),
        (MINUTE, "1 min"),
        (34 * MINUTE + 59, "34 min"),
        (HOUR, "1 h"),
        (HOUR + 34 * MINUTE, "1 h 34 min"),
        (7 * HOUR + 30, "7 h"),
        (DAY - 1, "23 h 59 min"),
        (DAY, "1 day"),
        (5 * DAY + 20 * HOUR, "5 days"),
        (1500 * DAY, "1,500 days"),
    ],
)
def test_a_duration_is_said_in_the_units_people_use(seconds, words):
    assert short_duration(seconds) == words


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (times(1, "person", "people"), "1 person"),
        (times(3, "person", "people"), "3 people"),
        (times(0, "mention"), "0 mentions"),
        (times(4180, "post"), "4,180 posts"),
    ],
)
def test_how_many_agrees_with_its_noun(said, expected):
    assert said == expected


def test_ordinals_end_as_they_are_spoken():
    numbers = (1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111, 1002)

    assert [ordinal(number) for number in numbers] == [
        *("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "103rd", "111th", "1,002nd")
    ]


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (("a", "b", "c"), "a, b and c")],
)
def test_a_list_reads_as_a_sentence(parts, sentence):
    assert join(parts) == sentence


@pytest.mark.parametrize(
    ("text", "limit", "clipped"),
    [
        ("Restored last night's backup", 100, "Restored last night's backup"),
        ("Restored last night's backup", 28, "Restored last night's backup"),
        ("Restored last night's backup", 27, "Restored last night's…"),
        ("Restored last night's backup", 22, "Restored last night's…"),
        ("Restored last night's backup", 21, "Restored last…"),
        ("Pages are there, but empty", 20, "Pages are there…"),
        ("https://community.example/a/very/long/path", 20, "https://community.e…"),
        ("復元後に履歴が消える のはなぜですか", 16, "復元後に履歴が消える…"),
        ("復元後 に履歴が消えるのはなぜですか", 12, "復元後 に履歴が消える…"),
        ("Half of it", 8, "Half of…"),
        ("Four words", 8, "Four…"),
        ("Six characters", 8, "Six cha…"),
        ("anything", 1, "…"),
        ("anything", 0, ""),
        ("", 0, ""),
    ],
)
def test_a_long_text_is_clipped_at_a_word_end(text, limit, clipped):
    assert clip(text, limit) == clipped


@given(text=st.text(), limit=st.integers(min_value=0, max_value=60))
def test_a_clipped_text_keeps_its_limit_and_its_beginning(text, limit):
    clipped = clip(text, limit)

    assert len(clipped) <= limit
    assert clipped == text or text.startswith(clipped.removesuffix("…"))
    assert len(text) > limit or clipped == text


@given(words=st.lists(st.text(alphabet="abc", min_size=1, max_size=5), min_size=1), limit=st.integers(12, 60))
def test_no_word_is_cut_where_words_are_short(words, limit):
    text = " ".join(words)
    clipped = clip(text, limit)

    assert clipped == text or text[len(clipped) - 1] == " "


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (480, "1 working day"),
        (960, "2 working days"),
        (240, "4 working hours"),
        (60, "1 working hour"),
        (90, "90 working minutes"),
        (0, "0 working minutes"),
    ],
)
def test_minutes_of_work_are_said_in_the_largest_unit_that_holds_them_whole(minutes, said):
    assert work_time(minutes) == said


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 min"),
        (61, "2 min"),
        (5 * HOUR + 10 * MINUTE - 1, "5 h 10 min"),
        (10 * HOUR - MINUTE, "9 h 59 min"),
        (10 * HOUR + MINUTE, "11 h"),
        (26 * HOUR, "26 h"),
        (26 * HOUR + 1, "27 h"),
        (2 * DAY, "48 h"),
        (2 * DAY + 1, "3 days"),
    ],
)
def test_within_a_time_is_rounded_up(seconds, words):
    assert at_most(seconds) == words


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (9, 15, "9 of 15"),
        (0, 0, "0 of 0"),
        (19, 19, "19 of 19"),
        (9, 20, "45 % of 20"),
        (0, 20, "0 % of 20"),
        (1, 1_000, "1 % of 1,000"),
        (999, 1_000, "99 % of 1,000"),
        (1_000, 1_000, "100 % of 1,000"),
    ],
)
def test_a_share_of_few_is_a_count(part, whole, expected):
    assert share(part, whole) == expected
