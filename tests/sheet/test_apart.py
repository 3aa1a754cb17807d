"""Work in a process of its own: it gives back what it made, is gone when it is stopped, and when we are."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from iep_tui.core.progress import Stopped
from iep_tui.sheet import apart, pdf_words, typesetting

NEVER_ENDING = "tests.sheet.never_ending"
#: Far longer than anything here takes; only a failure waits for it.
PATIENCE = 30.0


def until(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def is_there(pid: int) -> bool:
    """Whether the process lives; one that has died and that nobody asked for yet does not."""
    state = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            return state.read_text().rpartition(")")[2].split()[0] != "Z"
        except OSError:
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def pid_in(path: Path) -> int:
    words = path.read_text(encoding="utf-8") if path.exists() else ""
    return int(words or 0)


def test_large_words_go_in_and_an_answer_comes_out() -> None:
    answer = apart.ask("iep_tui.sheet.pdf_words", b"%PDF-1.7" + b" " * 3_000_000)
    assert answer == apart.Answer(pdf_words.DAMAGED, b"")


def test_a_module_that_is_not_there_is_a_failure() -> None:
    answer = apart.ask("iep_tui.sheet.nothing", b"x" * 3_000_000)
    assert answer is not None
    assert answer.code not in (typesetting.DONE, typesetting.REFUSED, typesetting.MISSING)


def test_what_progress_raises_ends_the_process_first(tmp_path: Path) -> None:
    told = tmp_path / "pid"

    def progress(done: int, total: int) -> None:
        if pid_in(told):
            raise Stopped("enough")

    with pytest.raises(Stopped, match="enough"):
        apart.ask(NEVER_ENDING, os.fsencode(told), progress)
    assert not is_there(pid_in(told))


def test_ctrl_c_ends_the_process_too(tmp_path: Path) -> None:
    told = tmp_path / "pid"

    def progress(done: int, total: int) -> None:
        if pid_in(told):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apart.ask(NEVER_ENDING, os.fsencode(told), progress)
    assert not is_there(pid_in(told))


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    assert apart.ask(NEVER_ENDING, os.fsencode(told), most_seconds=0) is None
    assert not pid_in(told) or not is_there(pid_in(told))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_it_ends_when_the_program_is_killed(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    code = f"from iep_tui.sheet import apart; apart.ask({NEVER_ENDING!r}, {os.fsencode(told)!r})"
    program = subprocess.Popen([sys.executable, "-c", code])
    try:
        assert until(lambda: bool(pid_in(told)))
        assert is_there(pid_in(told))
    finally:
        program.send_signal(signal.SIGKILL)
        program.wait()
    assert until(lambda: not is_there(pid_in(told)))


def test_no_word_is_an_argument_or_in_the_environment_or_on_the_disk(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    seen: list[bytes] = []

    def progress(done: int, total: int) -> None:
        if pid := pid_in(told):
            seen.extend(Path(f"/proc/{pid}/{name}").read_bytes() for name in ("cmdline", "environ"))
            raise Stopped

    if not Path("/proc/self/cmdline").exists():
        pytest.skip("this system does not tell what a process was started with")
    with pytest.raises(Stopped):
        apart.ask(NEVER_ENDING, os.fsencode(told), progress)
    assert len(seen) == 2
    assert all(os.fsencode(told) not in one for one in seen)
