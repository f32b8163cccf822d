"""The benches are run seldom and checked by no type checker: each must at least find what it imports."""

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
