"""The program as a process: exit codes, streams, and signals from a shell."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import case_file

pytestmark = pytest.mark.slow

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]

NAME = "Zoë 🐌 مايا"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the program with a case whose child has a name in many scripts."""
    (tmp_path / "zoe.json").write_bytes(case_file({"child-name": NAME}, "zoe"))

    def start(*arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "IEP_TUI_HOME": str(tmp_path / "data"), **dict(more.pop("env", {}))}  # type: ignore[call-overload]
        return subprocess.run(  # type: ignore[call-overload, no-any-return]
            [sys.executable, "-m", "iep_tui", *arguments],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            timeout=30,
            check=False,
            **({"capture_output": True} | more),
        )

    assert start("import", "zoe.json").stdout == b"zoe\n"
    return start


def test_done_is_0_at_fault_is_1_and_wrong_use_is_2(run: Run) -> None:
    good, fault, wrong = run("export", "zoe"), run("export", "nobody"), run("export")
    assert (good.returncode, good.stderr) == (0, b"")
    assert f"# Prep sheet: {NAME}\n".encode() in good.stdout
    assert (fault.returncode, fault.stdout) == (1, b"")
    assert fault.stderr.startswith(b"iep-tui: ")
    assert fault.stderr.count(b"\n") == 1
    assert wrong.returncode == 2


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_of_few_characters_gets_what_it_can_show(run: Run, encoding: str) -> None:
    environment = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    said = run("cases", env=environment)
    assert (said.returncode, said.stderr) == (0, b"")
    assert said.stdout.startswith(b"zoe  Zo")
    assert json.loads(run("cases", "--json", env=environment).stdout)[0]["child"] == NAME
    assert NAME.encode() in run("export", "zoe", env=environment).stdout
    assert run("export", NAME[::-1], env=environment).stderr.startswith(b"iep-tui: ")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipe that ends this way")
@pytest.mark.parametrize("arguments", [("export", "zoe"), ("cases",), ("sets", "list"), ("sets", "show", "needs")])
def test_a_reader_that_has_enough_is_no_fault(run: Run, arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        said = run(*arguments, capture_output=False, stdout=writing, stderr=subprocess.PIPE)
    finally:
        os.close(writing)
    assert (said.returncode, said.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("arguments", [("export", "zoe"), ("cases",), ("cases", "--json"), ("sets", "list")])
def test_a_full_disk_behind_the_output_is_told_in_one_line(run: Run, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        said = run(*arguments, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert said.returncode == 1
    assert said.stderr.startswith(b"iep-tui: ")
    assert said.stderr.count(b"\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="streams are closed by a shell of another kind there")
@pytest.mark.parametrize("arguments", ["export zoe", "cases", "sets list", "where"])
def test_a_closed_stream_ends_nothing(run: Run, tmp_path: Path, arguments: str) -> None:
    command = f'"{sys.executable}" -m iep_tui {arguments} >&-'
    said = subprocess.run(
        command,
        shell=True,
        cwd=tmp_path,
        env={**os.environ, "IEP_TUI_HOME": str(tmp_path / "data")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert (said.returncode, said.stderr) == (0, b"")
