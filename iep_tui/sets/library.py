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
    """A file that a set was read from; `ours` is True for a file shipped with the program."""

    path: Path
    set_id: str
    title: str
    ours: bool


class Library(msgspec.Struct, frozen=True):
    """The question sets of one language.

    `problems` are mistakes in the files, `example` is a made-up case to try, `about` the page that explains an IEP.
    """

    catalogue: Catalogue
    problems: tuple[Problem, ...]
    files: tuple[SetFile, ...]
    example: Path | None
    about: Page | None = None


def shipped_folder() -> Path:
    """Return the folder of the shipped questions: in the package if installed, beside it in a checkout."""
    package = Path(iep_tui.__file__).resolve().parent
    inside = package / "questions"
    return inside if inside.is_dir() else package.parent / "questions"


def language_folder(folder: Path, lang: str) -> Path:
    """Return the subfolder for `lang`, or the English one if there is none or `lang` is not a language code."""
    subfolder = folder / lang
    return subfolder if is_language(lang) and subfolder.is_dir() else folder / DEFAULT_LANGUAGE


def markdown_files(folder: Path) -> list[Path]:
    """Return the Markdown files of a folder, sorted by name, without hidden ones (editor files)."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".md" and not path.name.startswith("."))
    except OSError:
        return []


def read_file(path: Path) -> bytes | Problem:
    """Read a file, at most one byte past the size limit of a set; return a Problem if it cannot be read."""
    try:
        # Reading anything but a regular file (a pipe, a device) could block forever.
        if not path.is_file():
            return Problem(str(path), 1, 1, _("This is not a file that can be read."))
        with path.open("rb") as file:
            return file.read(MAX_SET_FILE_BYTES + 1)
    except OSError:
        return Problem(str(path), 1, 1, _("This file cannot be read. Look at who may open it."))
