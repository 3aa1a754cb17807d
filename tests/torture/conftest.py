"""Requirements of this folder's tests, and the number of rounds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: How many times the program is ended badly; `make torture` sets it high.
ROUNDS = int(os.environ.get("TORTURE_ROUNDS", "40"))
#: Where the random moments begin. A failure names its seed; the same one gives the same words and moments again.
SEED = int(os.environ.get("TORTURE_SEED", "7"))


@pytest.fixture(scope="session")
def slowed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment that slows fsync and rename down, for programs that set SLOW_MS."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if not sys.platform.startswith("linux") or compiler is None:
        pytest.skip("slowing fsync takes Linux and a C compiler")
    library = tmp_path_factory.mktemp("slow") / "slow.so"
    source = Path(__file__).with_name("slow.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return {"LD_PRELOAD": str(library)}


@pytest.fixture(scope="session")
def strace(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of strace, if it is installed and may trace."""
    found = shutil.which("strace")
    if found is None:
        pytest.skip("strace is not installed: it records and fails the system calls of a save")
    probe = subprocess.run([found, "-f", "-o", os.devnull, sys.executable, "-c", ""], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("strace may not trace here")
    return found
