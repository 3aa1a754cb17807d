"""The real program in a real terminal, ended at random moments: everything shown as saved is on the disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .conftest import ROOT, ROUNDS, SEED

pytestmark = [pytest.mark.torture, pytest.mark.terminal]
#: The rounds are parted into so many runs, which go on side by side.
RUNS = 4


def run(folder: Path, environment: dict[str, str], *options: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.torture.rounds", str(folder), *options]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(result)  # the seed, with every failure
    return result


@pytest.mark.parametrize("part", range(RUNS))
def test_nothing_that_was_called_saved_is_lost(tmp_path: Path, slowed: dict[str, str], part: int) -> None:
    seed = str(SEED * 1_000 + part)
    result = run(tmp_path, slowed, "--rounds", str(-(-ROUNDS // RUNS)), "--seed", seed)
    assert result["lost"] == [], f"seed {seed}"
    assert result["characters_called_saved"] > 0, "nothing was shown"


def test_the_control_a_store_that_says_saved_too_early_is_caught(tmp_path: Path, slowed: dict[str, str]) -> None:
    result = run(tmp_path, slowed, "--rounds", "30", "--seed", str(SEED), "--control", "--fresh", "0")
    assert result["lost"], "what finds no loss here would find none anywhere"
