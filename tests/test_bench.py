"""Benches are run seldom, and no type checker sees them: each finds what it imports, and the files it asks about."""

import ast
import runpy
import subprocess
import sys

import pytest
from builders import ROOT

BENCHES = sorted(path.name for path in (ROOT / "bench").glob("*.py") if "ArgumentParser" in path.read_text("utf-8"))


@pytest.mark.parametrize("name", BENCHES)
def test_a_bench_says_how_it_is_used(name):
    asked = subprocess.run(
        [sys.executable, ROOT / "bench" / name, "--help"], capture_output=True, text=True, timeout=60, check=False
    )

    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout.startswith(f"usage: {name}")


@pytest.fixture(scope="module")
def asked_about():
    """The files that are changed to see whether their tests notice, and those tests."""
    return runpy.run_path(str(ROOT / "bench" / "mutants.py"))["TESTS"]


@pytest.mark.parametrize("room", ["engagement", "feeds/identity"])
def test_each_file_with_a_rule_in_it_says_which_tests_should_notice_a_mistake(asked_about, room):
    ruled = {str(path.relative_to(ROOT)) for path in (ROOT / room).rglob("*.py") if decides(path)}

    assert ruled - asked_about.keys() == set()


def test_the_files_of_mutation_testing_are_where_it_says(asked_about):
    named = [*asked_about, *(each for tests in asked_about.values() for each in tests if each.endswith(".py"))]

    assert [each for each in named if not (ROOT / each).is_file()] == []


def decides(path):
    """Return whether something can be done wrongly in a file: others hold facts and words alone."""
    return any(isinstance(node, ast.FunctionDef) for node in ast.walk(ast.parse(path.read_text("utf-8"))))
