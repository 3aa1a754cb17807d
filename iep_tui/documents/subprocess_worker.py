"""Child processes for document work. They can be stopped at any time and exit when the program does.

    python -P -m iep_tui.documents.NAME

Input and output go through pipes: no answer appears in arguments, the environment or a file. The input pipe stays
open; EOF on it tells the child that the parent has exited, even after a SIGKILL, on every platform.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path
from time import monotonic
from typing import NamedTuple, NoReturn

from iep_tui.core.progress_callback import ProgressCallback, no_progress

#: Seconds between calls of the progress callback.
_PROGRESS_SECONDS = 0.05
#: Size of the length prefix of the input, in bytes.
_LENGTH_BYTES = 8
#: Exit code for an unexpected failure.
WORKER_FAILED = 1


class WorkerReply(NamedTuple):
    """The child's exit code, negative or 1 if it died, and its output."""

    code: int
    data: bytes


def call(
    module: str, data: bytes, progress: ProgressCallback = no_progress, *, max_seconds: float | None = None
) -> WorkerReply | None:
    """Run `python -P -m MODULE` with `data` as input; None if it took longer than `max_seconds`.

    `progress` is called repeatedly; an exception from it ends the child before it propagates. OSError if no process can
    be started.
    """
    # Import our package from this module's location, never from the current folder (-P).
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    command = [sys.executable, "-P", "-m", module]
    deadline = None if max_seconds is None else monotonic() + max_seconds
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )
    output: list[bytes] = []
    ended = threading.Event()
    thread = threading.Thread(target=_exchange, args=(process, data, output, ended), name=module, daemon=True)
    try:
        thread.start()
        while not ended.wait(_PROGRESS_SECONDS):
            progress(0, 0)
            if deadline is not None and monotonic() > deadline:
                return None
        code = process.wait()
    finally:
        process.kill()  # a no-op once it has ended
        process.wait()
        # Its pipes are closed now, so the thread ends too.
        if thread.ident is not None:
            thread.join()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
    return WorkerReply(code, b"".join(output))


def _exchange(process: subprocess.Popen[bytes], data: bytes, output: list[bytes], ended: threading.Event) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        with contextlib.suppress(OSError, ValueError):  # the process died; its exit code says so
            process.stdin.write(len(data).to_bytes(_LENGTH_BYTES, "big") + data)
            process.stdin.flush()
            output.append(process.stdout.read())
    finally:
        ended.set()


# In the child process


def receive() -> bytes:
    """Read the input in the child. From here on, the child ends by itself when its parent is gone."""
    try:
        import resource
    except ImportError:  # Windows
        pass
    else:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    length = int.from_bytes(_read(_LENGTH_BYTES), "big")
    data = _read(length)
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    return data


def limit_memory(max_bytes: int) -> None:
    """Limit this process to `max_bytes` of memory, if the system supports it."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (max_bytes, max_bytes))


def reply(code: int, data: bytes = b"") -> NoReturn:
    """Write the output and exit."""
    with contextlib.suppress(OSError):
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    os._exit(code)


def _read(length: int) -> bytes:
    parts: list[bytes] = []
    while length:
        part = os.read(0, min(length, 1_000_000))
        if not part:
            os._exit(WORKER_FAILED)
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _exit_with_parent() -> None:
    os.read(0, 1)  # the parent writes nothing more: this returns when it is gone
    os._exit(WORKER_FAILED)
