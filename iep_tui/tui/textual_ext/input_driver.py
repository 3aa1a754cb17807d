"""Linux and macOS driver that blocks until a key arrives, instead of polling ten times a second."""

from __future__ import annotations

import contextlib
import os
import select
import weakref
from codecs import getincrementaldecoder
from threading import Event
from typing import Any, Protocol

from textual._parser import ParseError
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver


class _Readable(Protocol):
    def fileno(self) -> int: ...


class WakeEvent(Event):
    """An event that `select` can wait for along with a terminal: its pipe holds a byte while the event is set."""

    def __init__(self) -> None:
        super().__init__()
        self._read_end, self._write_end = os.pipe()
        os.set_blocking(self._read_end, False)
        weakref.finalize(self, _close, self._read_end, self._write_end)

    def fileno(self) -> int:
        return self._read_end

    def set(self) -> None:
        super().set()
        os.write(self._write_end, b"x")

    def clear(self) -> None:
        super().clear()
        with contextlib.suppress(BlockingIOError):
            os.read(self._read_end, 64)


def _close(*files: int) -> None:
    for file in files:
        os.close(file)


class BlockingLinuxDriver(LinuxDriver):
    """Sleeps until a key arrives or the thread should end; Textual's driver polls ten times a second for both.

    A lone Escape, which may be the start of another key, is reported after Textual's own timeout. Relies on
    `exit_event`, which Textual 8 sets before it joins `_key_thread`, and on the parser's `_timeout_time`, the time at
    which `tick` has a message.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.exit_event = WakeEvent()

    def start_application_mode(self) -> None:
        """Start, or resume after a suspend.

        A closing window sends SIGCONT without a suspend, while the old input thread still runs. That thread must end
        first: Textual joins only the new one, and clears the exit event before the old one may have seen it.
        """
        old_thread = self._key_thread
        if old_thread is not None and old_thread.is_alive() and not self.exit_event.is_set():
            self.exit_event.set()
            old_thread.join()
            self.exit_event.clear()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def run_input_thread(self) -> None:
        exit_event = self.exit_event
        if not isinstance(exit_event, WakeEvent):  # never: `__init__` sets one
            super().run_input_thread()
            return
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")().decode
        watched: list[int | _Readable] = [self.fileno, exit_event]
        try:
            while not exit_event.is_set():
                deadline = parser._timeout_time
                timeout = None if deadline is None else max(deadline - get_time(), 0)
                ready, _write, _error = select.select(watched, (), (), timeout)
                if self.fileno in ready:
                    data = os.read(self.fileno, 4096)
                    if not data:  # end of piped input: nothing more will come
                        watched.remove(self.fileno)
                    elif text := decode(data):  # empty for an incomplete character
                        for message in parser.feed(text):
                            self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
        finally:
            with contextlib.suppress(EOFError, ParseError):
                for _message in parser.feed(""):
                    pass
