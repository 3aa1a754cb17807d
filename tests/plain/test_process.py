"""The real program reading lines from a pipe: end of input, Ctrl-C and SIGTERM lose no answer."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

import pexpect
import pytest

from iep_tui.core.case_model import Answers
from iep_tui.store.case_store import CaseStore

from .sample_cases import CHILD, case

pytestmark = pytest.mark.slow

PROGRAM = [sys.executable, "-m", "iep_tui"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def surroundings(home: Path) -> dict[str, str]:
    here = Path(__file__).parents[2]
    return {**os.environ, "IEP_TUI_HOME": str(home), "PYTHONPATH": str(here), "TERM": "xterm"}


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(surroundings: dict[str, str]) -> Run:
    """Run the program with these arguments and lines to read."""

    def one(*arguments: str, lines: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*PROGRAM, *arguments], input=lines, capture_output=True, encoding="utf-8", timeout=60, check=False,
            env=surroundings | more,
        )  # fmt: skip

    return one


def answers(home: Path) -> Answers:
    [summary] = CaseStore(home).summaries()
    assert summary.case is not None
    return summary.case.latest.answers


def test_lines_in_a_pipe_are_answers_and_the_last_needs_no_end(run: Run, home: Path) -> None:
    done = run("plain", lines="1\nMaya R.\nMay 9, 2018\n/go child\nShe laughs.\n/go needs\n1 2")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert done.stdout.rstrip().endswith(f"Your answers are in {home / 'cases'}")
    assert answers(home).of("child-name").value == "Maya R."
    assert answers(home).of("needs-areas").value == ["reading", "writing"]


@pytest.mark.parametrize(
    ("arguments", "more"), [((), {}), (("--plain",), {}), ((), {"IEP_TUI_PLAIN": "1"}), ((), {"TERM": "dumb"})]
)
def test_it_is_line_by_line_when_told_so_and_without_a_terminal(
    run: Run, home: Path, arguments: tuple[str, ...], more: dict[str, str]
) -> None:
    done = run(*arguments, lines="/quit\n", **more)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("IEP meeting preparation, line by line.\n")
    assert not home.exists()


def test_a_child_is_opened_by_name_and_one_that_is_not_there_is_a_fault(run: Run, home: Path) -> None:
    CaseStore(home).add(case({"child-name": "Maya R."}))
    assert "Getting ready for Maya’s meeting." in run("plain", "maya r.").stdout
    assert "Getting ready for Maya’s meeting." in run("plain", CHILD).stdout
    wrong = run("plain", "Tom")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr.startswith("iep-tui: ")
    assert len(wrong.stderr.splitlines()) == 1


def test_no_terminal_library_is_loaded(surroundings: dict[str, str]) -> None:
    code = (
        "import sys; from iep_tui.cli.main import main; main(['plain']);"
        "print(sorted({one.partition('.')[0] for one in sys.modules} & {'textual', 'rich', 'readline', 'curses'}))"
    )
    lines = "1\nMaya\n/sheet\n/review\n/quit\n"
    done = subprocess.run(
        [sys.executable, "-c", code], input=lines, capture_output=True, encoding="utf-8", timeout=60, check=True,
        env=surroundings,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"


def test_bytes_that_are_no_text_and_a_terminal_without_letters_stop_nobody(
    surroundings: dict[str, str], home: Path
) -> None:
    done = subprocess.run(
        [*PROGRAM, "plain"], input=b"1\nMaya \xff\xfe O'Neil\n\x1b[2J\n", capture_output=True, timeout=60, check=False,
        env=surroundings | {"PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b" not in done.stdout
    assert "O'Neil" in str(answers(home).of("child-name").value)


# Ended from outside


class Window:
    """The program in its own process: lines go in, and its output is awaited."""

    def __init__(self, env: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [*PROGRAM, "plain"], env=env, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._keys: IO[str] = self._process.stdin
        self._screen: IO[str] = self._process.stdout

    def type(self, *lines: str) -> None:
        self._keys.write("".join(f"{line}\n" for line in lines))
        self._keys.flush()

    def hear(self, words: str) -> None:
        """Wait for a line with these words."""
        heard = []
        for line in self._screen:
            heard.append(line)
            if words in line:
                return
        raise AssertionError(f"{words!r} was never said:\n{''.join(heard)}")

    def be_deaf(self, *lines: str) -> int:
        """Stop reading, and type on; return the exit code."""
        self._screen.close()
        self.type(*lines)
        self._keys.close()
        return self._process.wait(timeout=30)

    def end(self, number: int = 0) -> tuple[int, str, str]:
        """Send a signal or close the pipe; return the exit code and the remaining output."""
        if number:
            self._process.send_signal(number)
        out, err = self._process.communicate(timeout=30)
        return self._process.returncode, out, err

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()
        for stream in (self._keys, self._screen, self._process.stderr):
            if stream is not None:
                stream.close()


@pytest.fixture
def window(surroundings: dict[str, str]) -> Iterator[Window]:
    opened = Window(surroundings)
    yield opened
    opened.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_stop_in_the_middle_of_an_answer_keeps_every_finished_line(window: Window, home: Path, name: str) -> None:
    window.type("1", "Maya R.", "/all", "/go child", "/go needs", "1", "", "/add", "Reading", "She stops")
    window.hear("Part 3 of 4")
    number = getattr(signal, name)
    code, out, err = window.end(number)
    assert code == 128 + number
    assert err == ""
    assert out.rstrip().endswith(f"Your answers are in {home / 'cases'}")
    assert answers(home).of("needs-seen").value == [{"area": "Reading", "see": "She stops"}]
    assert CaseStore(home).open(CaseStore(home).ids()[0]).read_only == ""


def test_the_end_of_the_input_in_the_middle_of_a_text_keeps_its_lines(run: Run, home: Path) -> None:
    CaseStore(home).add(case({"child-name": "Maya R."}, "needs-progress"))
    done = run("plain", "maya r.", lines="He reads.\nSlow")
    assert done.returncode == 0
    assert answers(home).of("needs-progress").value == "He reads.\nSlow"


@pytest.mark.terminal
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal of this kind")
@pytest.mark.filterwarnings("ignore:.*forkpty:DeprecationWarning")
@pytest.mark.parametrize(("key", "code"), [("\x04", 0), ("\x03", 130)])
def test_a_real_terminal_gets_plain_lines_and_its_keys_end_it(
    surroundings: dict[str, str], home: Path, key: str, code: int
) -> None:
    terminal = pexpect.spawn(
        PROGRAM[0], [*PROGRAM[1:], "--plain"], env=cast("os._Environ[str]", surroundings), encoding="utf-8", timeout=30
    )
    heard = io.StringIO()
    terminal.logfile_read = heard
    try:
        for prompt, line in (
            ("child's name: ", "1"),
            ("on one line: ", "Maya O'Neil"),
            ("March 12, 2027: ", "5/9/2018"),
        ):
            terminal.expect_exact(prompt)
            terminal.sendline(line)
        terminal.expect_exact("Number of your choice, 1 to 5: ")
        terminal.send(key)
        terminal.expect(pexpect.EOF)
    finally:
        terminal.close()
    assert terminal.exitstatus == code
    assert "\x1b" not in heard.getvalue()
    assert heard.getvalue().rstrip().endswith(f"Your answers are in {home / 'cases'}")
    assert answers(home).of("child-birth-date").value == "2018-05-09"


#: The program, in which a file is never done.
NEVER_DONE = """
import sys, time
from iep_tui.plain import sheet_view_base
def never_done(interview, wanted, made, progress):
    while True:
        time.sleep(0.01)
        progress(0, 0)
sheet_view_base.export = never_done
from iep_tui.cli.main import main
sys.exit(main(["plain", "maya"]))
"""


@pytest.mark.terminal
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal of this kind")
@pytest.mark.filterwarnings("ignore:.*forkpty:DeprecationWarning")
@pytest.mark.parametrize("twice", [False, True])
def test_ctrl_c_stops_what_takes_long_and_nothing_else(
    surroundings: dict[str, str], home: Path, tmp_path: Path, twice: bool
) -> None:
    CaseStore(home).add(case({"child-name": "Maya R."}, "needs-progress"))
    terminal = pexpect.spawn(
        sys.executable,
        ["-c", NEVER_DONE],
        env=cast("os._Environ[str]", surroundings),
        cwd=str(tmp_path),
        encoding="utf-8",
        timeout=30,
    )
    try:
        terminal.expect_exact("a dot alone makes a blank line: ")
        terminal.sendline("/save sheet.pdf")
        terminal.expect_exact("Making the file (PDF). Ctrl+C stops it.")
        terminal.send("\x03")
        terminal.expect_exact("Stopped. No file was written.")
        terminal.expect_exact("Name of the file.")
        if twice:
            terminal.send("\x03")
        else:
            terminal.sendline("/quit")
        terminal.expect(pexpect.EOF)
    finally:
        terminal.close()
    assert terminal.exitstatus == (130 if twice else 0)
    assert not (tmp_path / "sheet.pdf").exists()
    assert answers(home).of("child-name").value == "Maya R."


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells nobody that a reader went away")
def test_who_stops_listening_loses_nothing(window: Window, home: Path) -> None:
    window.type("1", "Maya R.")
    window.hear("The day, month first")
    assert window.be_deaf("May 9, 2018", "1", "1") == 0
    assert answers(home).of("child-birth-date").value == "2018-05-09"
