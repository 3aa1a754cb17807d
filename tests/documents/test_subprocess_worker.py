"""Work in a process of its own: it gives back what it made, is gone when it is stopped, and when we are."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from iep_tui.core.progress_callback import Cancelled
from iep_tui.documents import subprocess_worker
from iep_tui.documents.formats import typst_worker
from iep_tui.documents.privacy import pdf_text

#: Far longer than anything here takes; only a failure waits for it.
PATIENCE = 30.0


def until(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def test_large_words_go_in_and_an_answer_comes_out() -> None:
    answer = subprocess_worker.call("iep_tui.documents.privacy.pdf_text", b"%PDF-1.7" + b" " * 3_000_000)
    assert answer == subprocess_worker.WorkerReply(pdf_text.PDF_DAMAGED, b"")


def test_a_module_that_is_not_there_is_a_failure() -> None:
    answer = subprocess_worker.call("iep_tui.documents.nothing", b"x" * 3_000_000)
    assert answer is not None
    assert answer.code not in (typst_worker.TYPST_DONE, typst_worker.TYPST_REFUSED, typst_worker.TYPST_MISSING)


def test_what_progress_raises_ends_the_process_first(endless: Any) -> None:
    def progress(done: int, total: int) -> None:
        if endless.pid:
            raise Cancelled("enough")

    with pytest.raises(Cancelled, match="enough"):
        subprocess_worker.call(endless.module, endless.data, progress)
    assert not endless.is_there


def test_ctrl_c_ends_the_process_too(endless: Any) -> None:
    def progress(done: int, total: int) -> None:
        if endless.pid:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        subprocess_worker.call(endless.module, endless.data, progress)
    assert not endless.is_there


def test_what_takes_too_long_is_ended(endless: Any) -> None:
    assert subprocess_worker.call(endless.module, endless.data, max_seconds=0) is None
    assert not endless.is_there


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_it_ends_when_the_program_is_killed(endless: Any) -> None:
    code = (
        f"from iep_tui.documents import subprocess_worker; subprocess_worker.call({endless.module!r}, {endless.data!r})"
    )
    program = subprocess.Popen([sys.executable, "-c", code])
    try:
        assert until(lambda: bool(endless.pid))
        assert endless.is_there
    finally:
        program.send_signal(signal.SIGKILL)
        program.wait()
    assert until(lambda: not endless.is_there)


def test_no_word_is_an_argument_or_in_the_environment_or_on_the_disk(endless: Any) -> None:
    seen: list[bytes] = []

    def progress(done: int, total: int) -> None:
        if pid := endless.pid:
            seen.extend(Path(f"/proc/{pid}/{name}").read_bytes() for name in ("cmdline", "environ"))
            raise Cancelled

    if not Path("/proc/self/cmdline").exists():
        pytest.skip("this system does not tell what a process was started with")
    with pytest.raises(Cancelled):
        subprocess_worker.call(endless.module, endless.data, progress)
    assert len(seen) == 2
    assert all(endless.data not in one for one in seen)
