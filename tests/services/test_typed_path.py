"""Names of files as people type, paste or drag them."""

from __future__ import annotations

from pathlib import Path

import pytest

from iep_tui.services.export import sheet_path
from iep_tui.services.typed_path import typed_path


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("sheet.docx", "sheet.docx"),
        ("  sheet.docx ", "sheet.docx"),
        ("'from school.json'", "from school.json"),
        ('"from school.json"', "from school.json"),
        ("from\\ school.json", "from school.json"),
        ("it\\'s\\ \\(2\\).json", "it's (2).json"),
        ("file:///home/ana/from%20school.json", "/home/ana/from school.json"),
        ("FILE:///C:/papers/sheet.docx", "C:/papers/sheet.docx"),
        ("team.docx.", "team.docx"),
        ("team.docx. .", "team.docx"),
        (".", "."),
        ("..", ".."),
        ("papers/..", "papers/.."),
        ("'", "'"),
    ],
)
def test_a_name_is_read_however_it_is_written(typed: str, path: str) -> None:
    assert typed_path(typed) == Path(path)


def test_a_file_that_is_there_is_taken_as_it_is_called(tmp_path: Path) -> None:
    for name in ("'quoted'", "back\\ slash", "dots.."):
        (tmp_path / name).touch()
        assert typed_path(f"{tmp_path}/{name}") == tmp_path / name


def test_the_home_folder_has_its_short_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert typed_path("~/sheet.docx") == tmp_path / "sheet.docx"
    assert typed_path("'~/my sheet.docx'") == tmp_path / "my sheet.docx"
    assert typed_path("~nobody-of-this-name/x") == Path("~nobody-of-this-name/x")


@pytest.mark.parametrize(
    ("typed", "chosen", "path", "format"),
    [
        ("team", "docx", "team.docx", "docx"),
        ("team.docx.", "docx", "team.docx", "docx"),
        ("team.doc", "docx", "team.docx", "docx"),
        ("team.DOC", "pdf", "team.pdf", "pdf"),
        ("team.txt", "docx", "team.txt", "txt"),
        ("team.markdown", "docx", "team.markdown", "md"),
        ("team.2027", "docx", "team.2027.docx", "docx"),
        ("'my team'", "html", "my team.html", "html"),
        ("x" * 5000, "txt", "x" * 5000 + ".txt", "txt"),
    ],
)
def test_a_sheet_gets_the_ending_of_its_format(typed: str, chosen: str, path: str, format: str) -> None:
    assert sheet_path(typed, chosen) == (Path(path), format)


def test_a_folder_is_no_name_of_a_sheet(tmp_path: Path) -> None:
    assert sheet_path(str(tmp_path), "docx") == (tmp_path, "docx")
