"""Crash reports: enough to fix the bug, no word of an answer, few files, readable by this user only."""

from __future__ import annotations

import datetime
import os
import stat
from pathlib import Path

import pytest

from iep_tui.services import crash_report

SECRET = "Xylophone Quixotic"
NOW = datetime.datetime(2027, 3, 3, 10, 0, tzinfo=datetime.UTC)


def failed() -> BaseException:
    """An error from our own code, caused by another; both have an answer in message and variables."""
    answer = SECRET
    try:
        try:
            raise KeyError(answer)
        except KeyError as error:
            raise ValueError(f"no day: {answer}") from error
    except ValueError as error:
        return error


def test_it_says_kinds_and_versions_and_no_answer() -> None:
    text = crash_report.report_text(failed(), NOW)
    assert "KeyError" in text
    assert "ValueError" in text
    assert "textual 8" in text
    assert SECRET not in text


def test_it_names_our_own_lines_from_the_package_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_text: object) -> object:
        raise TypeError(SECRET)

    from iep_tui.services.export import ExportRequest, sheet_name

    monkeypatch.setattr("iep_tui.services.export.as_date", broken)
    with pytest.raises(TypeError) as caught:
        sheet_name(SECRET, ExportRequest())
    text = crash_report.report_text(caught.value, NOW)
    assert "iep_tui/services/export.py:" in text
    assert str(Path.cwd()) not in text
    assert str(Path(crash_report.__file__).parents[1]) not in text, "a path can hold a person's name"
    assert SECRET not in text
    assert "(TypeError, export.py:" in crash_report.crash_text(caught.value)


def test_an_error_that_is_its_own_cause_ends() -> None:
    error = ValueError(SECRET)
    error.__cause__ = KeyError()
    error.__cause__.__cause__ = error
    assert crash_report.report_text(error, NOW).count("ValueError") == 1


def test_only_this_user_reads_it_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = crash_report.write_report(tmp_path / "data", failed(), NOW)
    finally:
        os.umask(before)
    assert path is not None
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_few_are_kept_and_strangers_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "crash-notes.txt").write_text("mine")
    for minute in range(9):
        crash_report.write_report(tmp_path, failed(), NOW + datetime.timedelta(minutes=minute))
    newest = crash_report.write_report(tmp_path, failed(), NOW + datetime.timedelta(minutes=8))
    assert newest is not None
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == crash_report.MAX_REPORTS + 1
    assert "crash-notes.txt" in names
    assert newest.name in names
    assert "crash-20270303T100000Z.txt" not in names


def test_where_none_can_be_written_the_crash_is_still_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in the place of the folder")
    assert crash_report.write_report(tmp_path / "data", failed(), NOW) is None
    assert "something went wrong" in crash_report.crash_text(failed(), saved=False)
    assert "are saved" not in crash_report.crash_text(failed(), saved=False)
