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
    """An event that a thread can wait for together with a terminal: a pipe has a byte to read while it is set."""

    def __init__(self) -> None:
        super().__init__()
        self._here, self._there = os.pipe()
        os.set_blocking(self._here, False)
        weakref.finalize(self, _close, self._here, self._there)

    def fileno(self) -> int:
        return self._here

    def set(self) -> None:
        super().set()
        os.write(self._there, b"x")

    def clear(self) -> None:
        super().clear()
        with contextlib.suppress(BlockingIOError):
            os.read(self._here, 64)


def _close(*files: int) -> None:
    for file in files:
        os.close(file)


class BlockingLinuxDriver(LinuxDriver):
    """Textual's driver for Linux and macOS looks ten times a second whether a key came or its thread should end. This
    one sleeps until a key comes, or it is told to end; a lone Escape, which may be the beginning of another key, is
    told when Textual's time for it is over.

    It leans on `exit_event`, which Textual 8 sets before it waits for `_key_thread`, and on `_timeout_time` of the
    parser, the moment at which `tick` has something to say.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.exit_event = WakeEvent()

    def start_application_mode(self) -> None:
        """Begin, or go on after a pause. A window that closes tells the program to go on without a pause before: then
        the thread that reads the keys is there already, and would not be told of the end."""
        older = self._key_thread
        if older is not None and older.is_alive() and not self.exit_event.is_set():
            self.exit_event.set()
            older.join()
            self.exit_event.clear()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def run_input_thread(self) -> None:
        told = self.exit_event
        if not isinstance(told, WakeEvent):  # this driver always starts with one
            super().run_input_thread()
            return
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")().decode
        watched: list[int | _Readable] = [self.fileno, told]
        try:
            while not told.is_set():
                deadline = parser._timeout_time
                left = None if deadline is None else max(deadline - get_time(), 0)
                ready, _write, _error = select.select(watched, (), (), left)
                if self.fileno in ready:
                    data = os.read(self.fileno, 4096)
                    if not data:  # the end of what was piped in: there is nothing to wait for any more
                        watched.remove(self.fileno)
                    elif words := decode(data):  # a part of a character waits for its rest
                        for message in parser.feed(words):
                            self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
        finally:
            with contextlib.suppress(EOFError, ParseError):
                for _message in parser.feed(""):
                    pass
