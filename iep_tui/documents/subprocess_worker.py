"""Child processes for document work: they can be stopped at any moment, and end when the program does.

    python -P -m iep_tui.documents.NAME

Input and output go through pipes: no word of a family is an argument, in the environment or in a file. The input pipe
stays open, and its end tells the child that the program is gone: also after a SIGKILL, and on every system.
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

#: Seconds between two looks whether the person still wants it.
_LOOK = 0.05
#: Bytes that say how long what goes in is.
_LENGTH = 8
#: The exit code of a process that fails in a way of its own.
WORKER_FAILED = 1


class WorkerReply(NamedTuple):
    """The exit code of the other process, negative or 1 where it died, and what it gave back."""

    code: int
    data: bytes


def call(
    module: str, data: bytes, progress: ProgressCallback = no_progress, *, most_seconds: float | None = None
) -> WorkerReply | None:
    """Hand `data` to `python -P -m MODULE`; None when it took more than `most_seconds`.

    `progress` is called again and again; what it raises ends the other process before it is raised here. OSError where
    no process can be started.
    """
    # Ours is found where this module is; the folder the program was called in has no say (-P).
    where = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    call = [sys.executable, "-P", "-m", module]
    end = None if most_seconds is None else monotonic() + most_seconds
    process = subprocess.Popen(
        call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=where
    )
    found: list[bytes] = []
    ended = threading.Event()
    talk = threading.Thread(target=_talk, args=(process, data, found, ended), name=module, daemon=True)
    try:
        talk.start()
        while not ended.wait(_LOOK):
            progress(0, 0)
            if end is not None and monotonic() > end:
                return None
        code = process.wait()
    finally:
        process.kill()  # nothing to one that has ended
        process.wait()
        # Its pipes are at their end now, so the thread is too.
        if talk.ident is not None:
            talk.join()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
    return WorkerReply(code, b"".join(found))


def _talk(process: subprocess.Popen[bytes], data: bytes, found: list[bytes], ended: threading.Event) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        with contextlib.suppress(OSError, ValueError):  # it died, which its exit code tells
            process.stdin.write(len(data).to_bytes(_LENGTH, "big") + data)
            process.stdin.flush()
            found.append(process.stdout.read())
    finally:
        ended.set()


# The other process's side


def receive() -> bytes:
    """What was handed in. From here on this process ends by itself when the one that asked is gone."""
    try:
        import resource
    except ImportError:  # not on Windows
        pass
    else:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    length = int.from_bytes(_read(_LENGTH), "big")
    data = _read(length)
    threading.Thread(target=_end_with_the_other, daemon=True).start()
    return data


def limit_memory(most: int) -> None:
    """Take no more than so many bytes, where the system can keep that."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def reply(code: int, data: bytes = b"") -> NoReturn:
    """Give this back and end."""
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


def _end_with_the_other() -> None:
    os.read(0, 1)  # nothing more is ever written
    os._exit(WORKER_FAILED)
