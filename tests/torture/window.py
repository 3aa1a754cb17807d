"""A window with the real program, forked from a process that has loaded everything, or started fresh."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pyte

COLUMNS, LINES = 100, 30


class Window:
    """The program in a pseudo-terminal of its own, drawn by pyte.

    `begin` runs in the child before the program does. `fresh` starts a new interpreter instead of going on in the fork.
    """

    def __init__(self, home: Path, *, slow_ms: int, fresh: bool, begin: Callable[[], None]) -> None:
        self._drawn = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._drawn)
        self._status = 0
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            _run(home, slow_ms, fresh, begin)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self._open = True
        self._ended = False

    @property
    def screen(self) -> str:
        return "\n".join(self._drawn.display)

    @property
    def top(self) -> str:
        """The line with the save status; it has no word of an answer but the child's name."""
        return self._drawn.display[0]

    def draw(self, seconds: float) -> bool:
        """Draw the output of this many seconds and whatever follows directly; return whether any came."""
        came = False
        while self._open and select.select([self._terminal], [], [], 0.002 if came else seconds)[0]:
            try:
                data = os.read(self._terminal, 65536)
            except OSError as error:
                if error.errno != errno.EIO:
                    raise
                data = b""
            if not data:
                self._shut()
                break
            self._stream.feed(data)
            came = True
        return came

    def wait_for(self, words: str, seconds: float = 60.0) -> None:
        until = time.monotonic() + seconds
        while words not in self.screen:
            if time.monotonic() > until or not self._open:
                raise AssertionError(f"{words!r} did not come. The screen:\n{self.screen}")
            self.draw(0.05)

    def send(self, keys: bytes) -> None:
        with contextlib.suppress(OSError):
            os.write(self._terminal, keys)

    def end(self, how: str) -> None:
        """End the program by a signal's name or by closing the window, and wait until it is gone."""
        if how == "window":
            self._shut()
        else:
            os.kill(self.pid, signal.Signals[how])
        until = time.monotonic() + 30
        while not self._gone():
            self.draw(0.01)
            if not self._open:
                time.sleep(0.005)
            if time.monotonic() > until:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                self._ended = True
                raise AssertionError(f"it does not end after {how}. The screen:\n{self.screen}")
        self._shut()

    def close(self) -> None:
        """Clean up."""
        if not self._gone():
            self.end("SIGKILL")
        self._shut()

    def _gone(self) -> bool:
        if not self._ended:
            self._ended = os.waitpid(self.pid, os.WNOHANG)[0] != 0
        return self._ended

    def _shut(self) -> None:
        if self._open:
            self._open = False
            os.close(self._terminal)


def _run(home: Path, slow_ms: int, fresh: bool, begin: Callable[[], None]) -> None:
    """In the child: become the program. Never returns."""
    code = 70
    try:
        os.environ |= {
            "IEP_TUI_HOME": str(home),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "SLOW_MS": str(slow_ms),
        }
        if fresh:
            os.execv(sys.executable, [sys.executable, "-m", "iep_tui"])
        # The streams of the process before were no terminal, and remember it.
        for file, name in enumerate(("stdin", "stdout", "stderr")):
            stream = os.fdopen(file, "w" if file else "r", encoding="utf-8", closefd=False)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        begin()
        from iep_tui.cli.main import main

        code = main([])
    except BaseException as error:  # noqa: BLE001 - a fork must never go on in what is its parent's
        os.write(2, repr(error).encode())
    finally:
        os._exit(code)
