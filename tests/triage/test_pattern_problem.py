import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.pattern import finder_of_pattern
from triage.pattern_problem import BadPattern, problem_of_pattern

LONGEST_PROBLEM = 160


@pytest.mark.parametrize(
    ("typed", "at", "said"),
    [
        ("v(", 1, r"`(` opens what nothing closes: put `)` behind what belongs together, or `\("),
        (r"\((a)(b", 5, "`(` opens what nothing closes"),
        ("[(](a", 3, "`(` opens what nothing closes"),
        (r"\Q(\E(a", 5, "`(` opens what nothing closes"),
        (r"a\)b)", 4, "`)` closes what nothing opens: put `(` before"),
        ("[[:alpha:])])", 12, "`)` closes what nothing opens"),
        ("[a]x[bc", 4, "`[` opens a list of signs that nothing closes: put `]` behind"),
        (r"\**b**", 4, "`**` repeats what is repeated already: keep one"),
        (r"\|*|*", 4, "there is nothing before `*` that it could repeat: put something there, or `\\*`"),
        ("v{2000}", 1, "`{2000}` repeats too often"),
        ("v{5,2}", 1, "begins with the larger number: write as in `{2,5}`"),
        (r"\d\q", 2, r"`\q` means nothing here: take the backslash away"),
        (r"(a)\1", 3, "What was found cannot be repeated"),
        ("a-z [z-a]", 5, "`z-a` is no range or kind of signs: put the lower one first"),
        (r"\p{Foo}", 0, "`\\p{Foo}` is no range or kind of signs"),
        (r"(?:v)(?<=a)", 5, "patterns cannot look ahead or back. Write `(?:…)`"),
        ("a(?P<name", 1, "names are not needed, write `(…)`"),
        ("[Ѐ-\uffff]{900}", 0, "use smaller numbers in braces"),
        ("é[?(\\x{", 0, "it is none that I can read: take parts of it away until it is one"),
        ("x*", 0, "found in every text, also in an empty one: add what must be there"),
        ("x" * 201, 200, "more than 200 characters: shorten it"),
    ],
)
def test_what_is_wrong_with_a_pattern_is_named_with_its_place_and_what_to_do(typed, at, said):
    bad = problem_of_pattern(typed)

    assert bad is not None
    assert said in bad.problem
    assert bad.at == at


@given(typed=st.text(alphabet=st.one_of(st.sampled_from(r"\()[]{}*+?|^-:=<P,19azQE/"), st.characters()), max_size=60))
def test_whatever_is_typed_is_a_pattern_or_has_a_problem_with_its_place(typed):
    match problem_of_pattern(typed):
        case BadPattern(problem=problem, at=at):
            assert 0 <= at <= len(typed)
            assert ":" in problem
            assert len(problem) < LONGEST_PROBLEM
        case None:
            finder_of_pattern(typed)("tide")


@pytest.mark.parametrize(
    "typed", ["(" * 199, "a**" * 66, "[" * 199, "(" * 99 + "a" + ")" * 99 + "{", r"\q" * 99, "a{9}" * 49 + "**"]
)
def test_hostile_patterns_take_no_time(typed):
    began = time.process_time()

    problem_of_pattern(typed)

    assert time.process_time() - began < 0.5
