"""Crash report: enough to fix the bug, without a word of any answer."""

from __future__ import annotations

import datetime
import platform
import re
import traceback
from pathlib import Path

from iep_tui import __version__
from iep_tui.i18n import _

#: So many reports are kept, the newest.
MAX_REPORTS = 5
_REPORT = re.compile(r"crash-\d{8}T\d{6}Z(-\d+)?\.txt")
_PACKAGE = Path(__file__).parents[1]
_WITH = ("textual", "tinydb", "msgspec", "filelock", "platformdirs")


def crash_text(error: BaseException | None, *, saved: bool = True, report: Path | None = None) -> str:
    """What went wrong, without a word of any answer: the kind of error, and the line of ours it came from.

    `saved` is whether everything typed is on the disk now, `report` the file that says more.
    """
    frames = _frames(error)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    words = [_("iep-tui: something went wrong ({error}, {where}).").format(error=type(error).__name__, where=where)]
    if saved:
        words.append(_("Your answers are saved."))
    else:
        words.append(_("Your last words could not be saved. What was saved before is still there."))
    words.append(_("Please start again."))
    if report is not None:
        words.append(_("A report without any of your answers, to read and to send if you like: {path}"))
    return " ".join(words).format(path=report)


def write_report(home: Path, error: BaseException | None, when: datetime.datetime) -> Path | None:
    """Write down what whoever mends the program needs, for this user only: `crash-<time>.txt` in the data folder.

    None when that cannot be done. Older reports than the newest few are removed.
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
        for old in sorted(one for one in home.iterdir() if _REPORT.fullmatch(one.name))[:-MAX_REPORTS]:
            disk.remove(old)
    except (StoreError, OSError):
        return None
    return path


def report_text(error: BaseException | None, when: datetime.datetime) -> str:
    """The report. Kinds of errors, our own files and lines, versions: no values, no messages, no folder of a person.

    The message of an error can hold what was typed, and so can every local variable; neither is asked for.
    """
    from importlib.metadata import PackageNotFoundError, version

    lines = [
        _("iep-tui failed. This report is for whoever mends it. There is no word of your answers in it:"),
        _("please read it before you send it."),
        "",
        f"iep-tui {__version__}",
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}",
    ]
    for name in _WITH:
        try:
            lines.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    lines += ["", f"{when.astimezone(datetime.UTC):%Y-%m-%d %H:%M:%SZ}"]
    for one in _chain(error):
        lines += ["", type(one).__name__]
        lines += [f"  {_place(frame)}" for frame in _ours(one)] or ["  -"]
    return "\n".join(lines) + "\n"


def _chain(error: BaseException | None) -> list[BaseException]:
    """The error, and those it came from, the first of them first."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found[::-1]


def _frames(error: BaseException | None) -> list[traceback.FrameSummary]:
    """The frames to name: ours, else all there are."""
    if error is None:
        return []
    for one in reversed(_chain(error)):
        if ours := _ours(one):
            return ours
    return list(traceback.extract_tb(error.__traceback__))


def _ours(error: BaseException) -> list[traceback.FrameSummary]:
    return [one for one in traceback.extract_tb(error.__traceback__) if _PACKAGE in Path(one.filename).parents]


def _place(frame: traceback.FrameSummary) -> str:
    """iep_tui/tui/app.py:12 save, from the package on: what is above it may be a person's name."""
    return f"{Path(frame.filename).relative_to(_PACKAGE.parent).as_posix()}:{frame.lineno} {frame.name}"
