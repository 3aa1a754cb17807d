"""Crash report: enough to fix the bug, without a word of any answer."""

from __future__ import annotations

import datetime
import platform
import re
import traceback
from pathlib import Path

from iep_tui import __version__
from iep_tui.i18n import _

#: Number of reports kept, the newest ones.
MAX_REPORTS = 5
_REPORT = re.compile(r"crash-\d{8}T\d{6}Z(-\d+)?\.txt")
_PACKAGE = Path(__file__).parents[1]
_DEPENDENCIES = ("textual", "tinydb", "msgspec", "filelock", "platformdirs")


def crash_text(error: BaseException | None, *, saved: bool = True, report: Path | None = None) -> str:
    """Return the message shown after a crash: the error type and our line it came from, no word of any answer.

    `saved` tells whether everything typed is on disk; `report` is the path of the written report, if any.
    """
    frames = _frames(error)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    words = [_("iep-tui: something went wrong ({error}, {where}).").format(error=type(error).__name__, where=where)]
    if saved:
        words.append(_("Your answers are saved."))
    else:
        words.append(_("Your latest changes could not be saved. What was saved before is still there."))
    words.append(_("Please start again."))
    if report is not None:
        words.append(_("A report without any of your answers, to read and to send if you like: {path}"))
    return " ".join(words).format(path=report)


def write_report(home: Path, error: BaseException | None, when: datetime.datetime) -> Path | None:
    """Write `crash-<time>.txt` into the data folder, readable by this user only, and return its path.

    Returns None if that fails. All but the newest `MAX_REPORTS` reports are removed.
    """
    from iep_tui.store import disk
    from iep_tui.store.atomic_write import write_file
    from iep_tui.store.errors import StoreError

    name = f"crash-{when.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"
    try:
        disk.make_folders(home)
        path = home / f"{name}.txt"
        for number in range(2, 100):
            if not path.exists():
                break
            path = home / f"{name}-{number}.txt"
        write_file(path, report_text(error, when).encode(), overwrite=False)
        for old in sorted(report for report in home.iterdir() if _REPORT.fullmatch(report.name))[:-MAX_REPORTS]:
            disk.remove(old)
    except (StoreError, OSError):
        return None
    return path


def report_text(error: BaseException | None, when: datetime.datetime) -> str:
    """Return the report's text: error types, our own files and lines, and versions.

    Error messages and local variables are left out because they can hold answers; folders, because they can hold a
    person's name.
    """
    from importlib.metadata import PackageNotFoundError, version

    lines = [
        _("iep-tui failed. This report is for the people who fix iep-tui. None of your answers are in it:"),
        _("please read it before you send it."),
        "",
        f"iep-tui {__version__}",
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}",
    ]
    for name in _DEPENDENCIES:
        try:
            lines.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    lines += ["", f"{when.astimezone(datetime.UTC):%Y-%m-%d %H:%M:%SZ}"]
    for cause in _chain(error):
        lines += ["", type(cause).__name__]
        lines += [f"  {_location(frame)}" for frame in _our_frames(cause)] or ["  -"]
    return "\n".join(lines) + "\n"


def _chain(error: BaseException | None) -> list[BaseException]:
    """Return the error and its causes, the original cause first."""
    errors: list[BaseException] = []
    while error is not None and error not in errors:
        errors.append(error)
        error = error.__cause__ or error.__context__
    return errors[::-1]


def _frames(error: BaseException | None) -> list[traceback.FrameSummary]:
    """Return the stack frames in our package, or all frames if there are none."""
    if error is None:
        return []
    for cause in reversed(_chain(error)):
        if frames := _our_frames(cause):
            return frames
    return list(traceback.extract_tb(error.__traceback__))


def _our_frames(error: BaseException) -> list[traceback.FrameSummary]:
    return [frame for frame in traceback.extract_tb(error.__traceback__) if _PACKAGE in Path(frame.filename).parents]


def _location(frame: traceback.FrameSummary) -> str:
    """Format a frame as "iep_tui/tui/app.py:12 save". Folders above the package may name a person, so they are cut."""
    return f"{Path(frame.filename).relative_to(_PACKAGE.parent).as_posix()}:{frame.lineno} {frame.name}"
