"""The library of one language: question sets, glossary, deadlines and page, and the folders they come from."""

from __future__ import annotations

from pathlib import Path

import msgspec

import iep_tui
from iep_tui.core.question_model import Catalogue, Page
from iep_tui.i18n import DEFAULT_LANGUAGE, _, is_language
from iep_tui.sets.problems import Problem
from iep_tui.sets.source_lines import MAX_SET_FILE_BYTES

GLOSSARY = "glossary.md"
DEADLINES = "deadlines.md"
ABOUT = "what-is-an-iep.md"
EXAMPLE = "example.json"


class SetFile(msgspec.Struct, frozen=True):
    """A file that a set was read from; `ours` when it came with the program."""

    path: Path
    set_id: str
    title: str
    ours: bool


class Library(msgspec.Struct, frozen=True):
    """The question sets of one language, as `library_loader.load` returns them.

    `problems` are mistakes in the files, `example` a made-up case to try, `about` the page on what an IEP is.
    """

    catalogue: Catalogue
    problems: tuple[Problem, ...]
    files: tuple[SetFile, ...]
    example: Path | None
    about: Page | None = None


def shipped_folder() -> Path:
    """Where the questions that came with the program are: in the package when installed, beside it in a checkout."""
    package = Path(iep_tui.__file__).resolve().parent
    inside = package / "questions"
    return inside if inside.is_dir() else package.parent / "questions"


def language_folder(folder: Path, lang: str) -> Path:
    """`folder`'s part for `lang`, or for English where it has none or `lang` is no language code."""
    wanted = folder / lang
    return wanted if is_language(lang) and wanted.is_dir() else folder / DEFAULT_LANGUAGE


def markdown_files(folder: Path) -> list[Path]:
    """The Markdown files of a folder by name, hidden ones (an editor's own) left aside."""
    try:
        return sorted(one for one in folder.iterdir() if one.suffix == ".md" and not one.name.startswith("."))
    except OSError:
        return []


def read_file(path: Path) -> bytes | Problem:
    """The bytes of a file, no more than a set may have and one; or why it cannot be read."""
    try:
        # Anything but a plain file (a pipe, a device) could keep the program waiting for ever.
        if not path.is_file():
            return Problem(str(path), 1, 1, _("This is not a file that can be read."))
        with path.open("rb") as file:
            return file.read(MAX_SET_FILE_BYTES + 1)
    except OSError:
        return Problem(str(path), 1, 1, _("This file cannot be read. Look at who may open it."))
