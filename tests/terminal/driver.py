"""A simulated terminal with a person at it: keys go in as bytes, and pyte draws the output."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

#: The bytes that xterm sends for keys that are no characters.
KEYS = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "lnqsu"},
}

#: Seconds until a screen that should come counts as missing. Nothing ever waits that long when all is well.
PATIENCE = 15.0


class Terminal:
    """The program in a window of its own. `screen` is the current screen, line by line."""

    def __init__(
        self,
        home: Path,
        folder: Path,
        *,
        columns: int = 80,
        lines: int = 24,
        program: tuple[str, ...] = ("-m", "iep_tui"),
        more: dict[str, str] | None = None,
        under: tuple[str, ...] = (),
    ) -> None:
        """Start Python with the arguments `program`, under a program such as strace if `under` names one.

        `more` extends the environment.
        """
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(folder),
            "IEP_TUI_HOME": str(home),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            **(more or {}),
        }
        self._drawn = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._drawn)
        self.written = b""
        self._all = b""
        command = [*under, sys.executable, *program]
        self._program: pexpect.spawn[bytes] = pexpect.spawn(
            command[0],
            command[1:],
            cwd=str(folder),
            env=environment,
            dimensions=(lines, columns),
            timeout=None,
        )
        self._program.delaybeforesend = None

    @property
    def pid(self) -> int:
        assert self._program.pid is not None
        return self._program.pid

    # What a person sees

    @property
    def screen(self) -> str:
        return "\n".join(line.rstrip() for line in self._drawn.display)

    @property
    def drawn(self) -> pyte.Screen:
        """The pyte screen: `display`, `cursor`."""
        return self._drawn

    @property
    def titles(self) -> list[str]:
        """Every window title that the program set, in order."""
        return [title.decode() for title in re.findall(rb"\x1b\]2;([^\x07]*)\x07", self._all)]

    @property
    def top(self) -> str:
        return self._drawn.display[0].rstrip()

    def shows(self, words: str) -> bool:
        """Whether these words are on the screen, across line breaks."""
        return " ".join(words.split()) in " ".join(self.screen.split())

    def wait_for(self, words: str) -> None:
        self.wait_until(lambda: self.shows(words), words)

    def wait_for_cursor_below(self, words: str) -> None:
        """Wait until the cursor is in the line below these words."""
        self.wait_until(lambda: words in self._drawn.display[max(self._drawn.cursor.y - 1, 0)], f"cursor below {words}")

    def wait_until(self, come: Callable[[], bool], what: str) -> None:
        """Draw the output until `come` is true; AssertionError with the screen on a timeout."""
        deadline = time.monotonic() + PATIENCE
        while not come():
            if time.monotonic() > deadline or not self._read(0.05):
                raise AssertionError(f"{what!r} did not come. The screen:\n{self.screen}")

    def wait_until_saved(self, words: str) -> None:
        """Wait for `words`, and for the top line to show first a pending save and then a finished one."""

        def saved() -> bool:
            typed = self.written.rfind("…".encode())
            return self.shows(words) and typed >= 0 and self.written.rfind(b"Saved") > typed

        self.wait_until(saved, "Saved")

    # What a person does

    def type(self, words: str) -> None:
        """Type words; `wait_until_saved` looks at the output from here on."""
        self.written = b""
        self._program.send(words.encode())

    def press(self, *keys: str) -> None:
        for key in keys:
            self._program.send(KEYS.get(key, key).encode())

    def send(self, data: bytes) -> None:
        """Send these raw bytes."""
        self._program.send(data)

    def resize(self, columns: int, lines: int) -> None:
        self._drawn.resize(lines, columns)
        self._program.setwinsize(lines, columns)

    # How it ends

    def kill(self, number: signal.Signals) -> None:
        """Send a signal and wait for the end, drawing all output on the way."""
        self._program.kill(number)
        self.ended()

    def close_window(self) -> None:
        """Close the terminal, as with the mouse."""
        with contextlib.suppress(pexpect.ExceptionPexpect):
            self._program.close(force=False)
        self.ended()

    def ended(self) -> int | None:
        """Wait for the end; return the exit code, or None after an uncaught signal."""
        deadline = time.monotonic() + PATIENCE
        while self._program.isalive():
            if time.monotonic() > deadline:
                raise AssertionError(f"it does not end. The screen:\n{self.screen}")
            if not self._read(0.05):
                time.sleep(0.01)
        self._read(0)
        return self._program.exitstatus

    def close(self) -> None:
        """Clean up, however the test ended."""
        if self._program.isalive():
            self._program.kill(signal.SIGKILL)
            self._program.wait()
        with contextlib.suppress(pexpect.ExceptionPexpect):
            self._program.close(force=False)

    def _read(self, seconds: float) -> bool:
        """Draw the output of up to this many seconds; False at the end of the output."""
        try:
            data = self._program.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return True
        except (pexpect.EOF, ValueError, OSError):  # the window is closed
            return False
        self.written += data
        self._all += data
        self._stream.feed(data)
        return True
