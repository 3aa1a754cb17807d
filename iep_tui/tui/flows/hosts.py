"""Protocols of the parts of the app that a flow needs, so that no flow receives the whole app."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer

    from iep_tui.core.glossary import Glossary
    from iep_tui.services.session import CaseSession, Clock
    from iep_tui.sets.library import Library
    from iep_tui.store.case_store import CaseStore
    from iep_tui.store.settings import Settings
    from iep_tui.tui.base_app import SheetExport

_Result = TypeVar("_Result")


class DialogHost(Protocol):
    """Shows screens and dialogs over the current screen."""

    def push_screen_wait(self, screen: Screen[_Result], /) -> Awaitable[_Result]: ...

    def push_screen(self, screen: Screen[Any], /) -> Awaitable[object]: ...


class ClockHost(DialogHost, Protocol):
    """Shows dialogs and tells the time."""

    @property
    def clock(self) -> Clock: ...


class HomeHost(ClockHost, Protocol):
    """Home screen's part: the cases, the question sets, and the idle lock."""

    @property
    def store(self) -> CaseStore: ...
    @property
    def library(self) -> Library: ...
    @property
    def settings(self) -> Settings: ...

    def watch_idle(self) -> None: ...


class ExportHost(ClockHost, Protocol):
    """Sheet screen's part: the clipboard, and the screens that are open."""

    @property
    def screen_stack(self) -> Sequence[Screen[Any]]: ...

    def copy_to_clipboard(self, text: str, /) -> None: ...


class TakeOverHost(DialogHost, Protocol):
    """Read-only window's part: the open case, the current screen, a timer and a worker."""

    @property
    def store(self) -> CaseStore: ...
    @property
    def session(self) -> CaseSession | None: ...
    @property
    def screen(self) -> Screen[Any]: ...

    def set_interval(self, interval: float, callback: Callable[[], None], /) -> Timer: ...

    def run_worker(self, work: Awaitable[None], /, *, name: str) -> object: ...


class CaseHost(ExportHost, TakeOverHost, Protocol):
    """Open case's part: its sheets, the glossary, saving, and the question before leaving unsaved answers."""

    sheets: SheetExport | None

    @property
    def library(self) -> Library: ...
    @property
    def glossary(self) -> Glossary: ...

    def save(self) -> bool: ...

    async def may_leave(self) -> bool: ...
