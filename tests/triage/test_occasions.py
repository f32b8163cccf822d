"""What entries, meetings and lists look like is asked of texts that nobody chose: they must not take long."""

import time

import pytest

from triage.occasions import BESIDE_THE_POINT, FIRST_PERSON, IN_PASSING, PROFILE_TITLE, WHO_COMES, is_entry, is_meeting

# Long beside what we read of a post, so that anything that grows with the square would take seconds.
LONG = 20_000


@pytest.mark.parametrize(
    "bit", ["1.", "1,", "a.", "a, ", ", a", "_", "\u00b7a", "(@a ", "link ", "[a ", " ", "seller: "]
)
@pytest.mark.parametrize(
    "asked",
    [
        is_entry,
        is_meeting,
        *(one.search for one in (BESIDE_THE_POINT, FIRST_PERSON, IN_PASSING, PROFILE_TITLE, WHO_COMES)),
    ],
    ids=["entry", "meeting", "beside the point", "first person", "in passing", "profile", "who comes"],
)
def test_a_text_that_only_begins_like_one_again_and_again_takes_no_time(asked, bit):
    began = time.process_time()

    asked((bit * LONG)[:LONG])

    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("words", "is_list"),
    [
        ("Tools: jq, ripgrep, Tidewiki", True),
        ("fish, htop, zoxide, and Tidewiki ", True),
        ("Tidewiki, jq and others", True),
        ("jq, Tidewiki", False),
        ("jq, ripgrep, Tidewiki!", False),
    ],
)
def test_three_names_with_commas_at_the_end_are_a_list(words, is_list):
    assert bool(IN_PASSING.search(words)) is is_list


@pytest.mark.parametrize("many", ["12 shops", "8.1K ratings", "1,234,567 downloads", "10M+ downloads"])
def test_a_number_of_what_is_counted_is_one_fact_of_two(many):
    assert is_entry(f"Founded 2018. {many}")
    assert not is_entry(many)
