"""The command line as a function call, with a data folder of the test's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from iep_tui.cli.main import main
from iep_tui.i18n import DEFAULT_LANGUAGE, use_language


class Said(NamedTuple):
    """The result of one call: its exit code, its stdout, and its stderr."""

    code: int
    out: str
    err: str


#: One call of the program: `call("export", "Maya")`.
Call = Callable[..., Said]
#: Takes a case in, written as the answers of its one meeting; its id.
TakeIn = Callable[..., str]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The data folder; absent until the program writes to it."""
    return tmp_path / "data"


@pytest.fixture
def call(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Call:
    """Call `iep-tui` in an empty folder, with the data folder `home`."""
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)
    monkeypatch.setenv("IEP_TUI_HOME", str(home))

    def run(*arguments: str) -> Said:
        capfdbinary.readouterr()
        try:
            code = main(arguments)
        except SystemExit as leave:  # how argparse ends a wrong call and a call for help
            code = leave.code if isinstance(leave.code, int) else 1
        finally:
            use_language(DEFAULT_LANGUAGE)
        out, err = capfdbinary.readouterr()
        return Said(code, out.decode(), err.decode())

    return run


@pytest.fixture
def take_in(call: Call, tmp_path: Path) -> TakeIn:
    def take(answers: dict[str, Any], case_id: str = "maya-2027") -> str:
        path = tmp_path / "to-import.json"
        path.write_bytes(case_file(answers, case_id))
        said = call("import", str(path))
        assert said.code == 0, said.err
        return said.out.strip()

    return take


def case_file(answers: dict[str, Any], case_id: str = "maya-2027") -> bytes:
    """A case with one meeting as a file to import; a bare value stands for `{"value": value}`."""
    whole = {name: one if isinstance(one, dict) else {"value": one} for name, one in answers.items()}
    file = {
        "format": "iep-tui/case",
        "version": 1,
        "id": case_id,
        "meetings": [{"id": "first", "started": "2027-01-03", "answers": whole}],
    }
    return json.dumps(file).encode()


def assert_one_fault(said: Said) -> None:
    """Assert a faulty input: exit code 1, empty stdout, and one line on stderr that names the cause."""
    assert said.code == 1
    assert said.out == ""
    assert_one_line(said.err)


def assert_one_line(words: str) -> None:
    lines = words.splitlines()
    assert len(lines) == 1, words
    assert lines[0].startswith("iep-tui: ")
    assert lines[0] == lines[0].rstrip()
    assert len(lines[0]) > len("iep-tui: ")
