"""Line input and output: a stream protocol, and its implementation over standard input and output."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from types import FrameType
from typing import Protocol, TextIO

from iep_tui.core.text_sanitizer import clean_text
from iep_tui.i18n import _

#: Longest line, in bytes, that a terminal passes on; it silently drops the rest.
TERMINAL_LINE = 1023 if sys.platform == "darwin" else 4095


class InputEnded(Exception):
    """No more lines can be read or written: end of input, closed output, or a signal to stop.

    `signal` is the signal's number, 0 if there was none.
    """

    def __init__(self, signal: int = 0) -> None:
        super().__init__(signal)
        self.signal = signal


class LeaveNow(Exception):
    """Raised by /leave now: clear the screen and end the program at once."""


class IdleTimeout(Exception):
    """Idle timeout. An unfinished line is discarded, so that it does not leak into the next prompt."""


class LineIO(Protocol):
    """The input and output that line-by-line mode needs."""

    def watch(self, idle_after: Callable[[], float]) -> None:
        """Make `ask` raise IdleTimeout after `idle_after()` seconds without a line at a terminal; 0 means never."""

    def say(self, line: str) -> None:
        """Write one line."""

    def ask(self, prompt: str) -> str | None:
        """Write `prompt` and return the line typed, without its newline; None at the end of the input."""

    def ask_secret(self, prompt: str) -> str | None:
        """Like `ask`, but a terminal does not echo the line."""

    def remark(self, line: str) -> None:
        """Write a progress line, only if a person types at a terminal."""

    def stoppable(self) -> AbstractContextManager[None]:
        """Within this context, Ctrl-C raises KeyboardInterrupt and other stop signals raise InputEnded, at once."""


class TerminalIO:
    """A pair of text streams, usually standard input and output. Control characters are removed from all output."""

    def __init__(self, source: TextIO, target: TextIO) -> None:
        self._source = source
        self._target = target
        self._waiting = self._stoppable = False
        self._idle_after: Callable[[], float] = lambda: 0
        self._signal = 0
        self._typed_by_hand = source.isatty()

    def say(self, line: str) -> None:
        self._write(clean_text(line) + "\n")

    def watch(self, idle_after: Callable[[], float]) -> None:
        self._idle_after = idle_after

    def ask(self, prompt: str) -> str | None:
        return self._ask(prompt, self._idle_after() if self._typed_by_hand else 0)

    def _ask(self, prompt: str, idle_after: float = 0) -> str | None:
        # Without a terminal there is no echoed Enter to end the prompt's line.
        self._write(clean_text(prompt).replace("\n", " ") + (" " if self._typed_by_hand else "\n"))
        line = self._read(idle_after)
        if not line:
            return None
        typed = line.rstrip("\r\n")
        if self._typed_by_hand and len(typed.encode("utf-8", "replace")) >= TERMINAL_LINE - 3:
            self.say(
                _("Error: this line is as long as the terminal takes, and its end may be lost. Use several lines.")
            )
        return typed

    def ask_secret(self, prompt: str) -> str | None:
        if not self._typed_by_hand:
            return self.ask(prompt)
        with _without_echo(self._source):
            typed = self._ask(prompt)
        self.say("")  # the Enter was not echoed either
        return typed

    def remark(self, line: str) -> None:
        if self._typed_by_hand:
            self.say(line)

    @contextlib.contextmanager
    def stoppable(self) -> Iterator[None]:
        self._stoppable = True
        try:
            yield
        finally:
            self._stoppable = False

    def _read(self, idle_after: float) -> str:
        self._waiting = True
        try:
            with self._idle_alarm(idle_after):
                return self._read_line()
        finally:
            self._waiting = False

    def _read_line(self) -> str:
        try:
            # Act on a signal that arrived while the program was busy.
            if self._signal:
                raise InputEnded(self._signal)
            line = self._source.readline()
            self._waiting = False  # a line that was read must not be lost to a signal
            return line
        except (OSError, ValueError):  # the terminal is gone
            return ""

    @contextlib.contextmanager
    def _idle_alarm(self, seconds: float) -> Iterator[None]:
        """Raise IdleTimeout after `seconds`; never if 0, or on a system without SIGALRM."""
        if not seconds or not hasattr(signal, "SIGALRM"):
            yield
            return
        before = signal.signal(signal.SIGALRM, self._on_alarm)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def _on_alarm(self, number: int, frame: FrameType | None) -> None:
        if self._waiting:
            _drop_unfinished_line(self._source)
            raise IdleTimeout

    def _write(self, words: str) -> None:
        try:
            self._target.write(words)
            self._target.flush()
        except (OSError, ValueError):
            self._discard_output()
            raise InputEnded(self._signal) from None

    def _discard_output(self) -> None:
        """Send all further output to the null device, including the flush at exit, since the reader is gone."""
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._target.fileno())
            os.close(nowhere)

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Turn Ctrl-C, a stop signal or a closed window into InputEnded.

        The current work, such as a save, finishes first, unless it is `stoppable`.
        """
        names = ("SIGINT", "SIGTERM", "SIGHUP")
        before = {}
        for number in (getattr(signal, name) for name in names if hasattr(signal, name)):
            if signal.getsignal(number) == signal.SIG_IGN:  # ignored on purpose, for example by nohup
                continue
            with contextlib.suppress(ValueError):  # not in the main thread
                before[number] = signal.signal(number, self._on_signal)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if self._stoppable and number == signal.SIGINT:
            raise KeyboardInterrupt
        self._signal = number
        if self._waiting or self._stoppable:
            raise InputEnded(number)


def _drop_unfinished_line(source: TextIO) -> None:
    """Discard an unfinished line, so that it does not become part of the next one."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import termios

        with contextlib.suppress(termios.error):
            termios.tcflush(source.fileno(), termios.TCIFLUSH)


@contextlib.contextmanager
def _without_echo(source: TextIO) -> Iterator[None]:
    """Turn off the terminal's echo. Anything typed before this is discarded."""
    try:
        import termios
    except ImportError:  # Windows cannot turn off the echo of a stream
        yield
        return
    descriptor = source.fileno()
    before = termios.tcgetattr(descriptor)
    quiet = termios.tcgetattr(descriptor)
    quiet[3] &= ~termios.ECHO
    try:
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, quiet)
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def standard_terminal() -> TerminalIO:
    """Return standard input and output as a TerminalIO; characters that cannot be decoded or encoded are replaced."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    # A stream is None if the caller closed it.
    return TerminalIO(sys.stdin or io.StringIO(), sys.stdout or io.StringIO())
