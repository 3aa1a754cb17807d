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

#: The longest line, in bytes, that a terminal hands on whole; it drops the rest without a word.
TERMINAL_LINE = 1023 if sys.platform == "darwin" else 4095


class InputEnded(Exception):
    """No more lines come: the input is at its end, nobody reads what we say, or the system asked us to end.

    `signal` is the number of the signal, 0 when there was none.
    """

    def __init__(self, signal: int = 0) -> None:
        super().__init__(signal)
        self.signal = signal


class LeaveNow(Exception):
    """Raised where the family wants everything off the screen and the program ended, at once."""


class IdleTimeout(Exception):
    """Nobody ended a line for as long as was said. What was typed and not ended is dropped: nobody finds it later."""


class LineIO(Protocol):
    """What the line-by-line mode needs of the world."""

    def watch(self, idle_after: Callable[[], float]) -> None:
        """From now on `ask` raises Idle after so many seconds without a line, where a person types; 0 is never."""

    def say(self, line: str) -> None:
        """Show one line."""

    def ask(self, prompt: str) -> str | None:
        """Show `prompt` and give the line that was typed, without its end; None when no more lines come."""

    def ask_secret(self, prompt: str) -> str | None:
        """`ask` for what nobody near should see: a terminal does not show what is typed."""

    def remark(self, line: str) -> None:
        """Show a line only where a person types by hand: how far something long is."""

    def stoppable(self) -> AbstractContextManager[None]:
        """While this lasts, Ctrl-C is a KeyboardInterrupt, and every other stop Ended, at once."""


class TerminalIO:
    """Standard input and output, or two files. What is said is cleaned here: not one character steers a terminal."""

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
        # Without a terminal nobody's Enter ends the prompt's line.
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
        with _unseen(self._source):
            typed = self._ask(prompt)
        self.say("")  # the Enter was not shown either
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
            with self._watched(idle_after):
                return self._read_line()
        finally:
            self._waiting = False

    def _read_line(self) -> str:
        try:
            # A signal that came while something was being done waited for this moment.
            if self._signal:
                raise InputEnded(self._signal)
            line = self._source.readline()
            self._waiting = False  # what was read is not to be interrupted any more
            return line
        except (OSError, ValueError):  # the terminal is gone
            return ""

    @contextlib.contextmanager
    def _watched(self, seconds: float) -> Iterator[None]:
        """Idle after so many seconds; never where the system has no alarm."""
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
            _drop_what_was_typed(self._source)
            raise IdleTimeout

    def _write(self, words: str) -> None:
        try:
            self._target.write(words)
            self._target.flush()
        except (OSError, ValueError):
            self._be_silent()
            raise InputEnded(self._signal) from None

    def _be_silent(self) -> None:
        """Nobody listens: what is still to be written goes nowhere, also at the end of the program."""
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._target.fileno())
            os.close(nowhere)

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Turn Ctrl-C, a stop from the system and a closed window into the end of the lines.

        What is being done, such as a save, is done to its end first; what is `stoppable` is not.
        """
        names = ("SIGINT", "SIGTERM", "SIGHUP")
        before = {}
        for number in (getattr(signal, name) for name in names if hasattr(signal, name)):
            if signal.getsignal(number) == signal.SIG_IGN:  # started so on purpose, with nohup for one
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


def _drop_what_was_typed(source: TextIO) -> None:
    """What stands on the line and was not ended does not come with the next one."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import termios

        with contextlib.suppress(termios.error):
            termios.tcflush(source.fileno(), termios.TCIFLUSH)


@contextlib.contextmanager
def _unseen(source: TextIO) -> Iterator[None]:
    """Let the terminal show nothing of what is typed. What was typed before it was asked for is dropped."""
    try:
        import termios
    except ImportError:  # Windows has no such switch for a stream; what is typed is shown there
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
    """Standard input and output. Bytes that are no UTF-8 and letters the terminal cannot show stop nobody."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    # There is none where the caller closed it.
    return TerminalIO(sys.stdin or io.StringIO(), sys.stdout or io.StringIO())
