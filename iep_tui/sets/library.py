"""Which question sets there are, with their glossary, deadlines and page: ours, and the user's own, in one language."""

from __future__ import annotations

from pathlib import Path

import msgspec

import iep_tui
from iep_tui.core.model import Catalogue, Deadline, Page, QuestionSet, Term
from iep_tui.language import DEFAULT_LANGUAGE, _
from iep_tui.sets.between import Verdict, judge
from iep_tui.sets.counting_from import judge_deadlines
from iep_tui.sets.deadlines import ReadDeadlines
from iep_tui.sets.problems import Problem
from iep_tui.sets.reader import ReadSet, read_bytes, read_deadlines, read_glossary_bytes, read_page
from iep_tui.sets.source import MOST_BYTES
from iep_tui.sets.values import LANG

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
    """What `load` found. `problems` are mistakes in the files, `example` a made-up case to try, `about` the page that
    says what an IEP is."""

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
    return wanted if LANG.fullmatch(lang) and wanted.is_dir() else folder / DEFAULT_LANGUAGE


def load(lang: str = DEFAULT_LANGUAGE, own: Path | None = None, *, shipped: Path | None = None) -> Library:
    """All sets of a language, those in the folder `own` (`own/<lang>/*.md`) after ours.

    A mistake never stops the program: what is good is used, what is wrong is told in `problems`. A question is
    left out when what it asks or when it applies cannot be relied on, rather than shown to everyone. `shipped`
    stands in for `shipped_folder()`.
    """
    folder = language_folder(shipped or shipped_folder(), lang)
    ours = read_folder(folder)
    theirs = read_folder(language_folder(own, lang)) if own is not None else ReadFolder()
    reads = [*ours.sets, *theirs.sets]
    verdict = judge(reads, thorough=False)
    sets = tuple(one for read in reads if (one := _usable(read, verdict)) is not None)
    paths = {read.path for read in ours.sets}
    files = tuple(
        SetFile(Path(read.path), read.set.id, read.set.title, read.path in paths)
        for read in reads
        if read.set is not None
    )
    catalogue = Catalogue(sets, _terms(ours.terms, theirs.terms))
    rules, misfits = _deadlines(ours.deadlines, theirs.deadlines, catalogue)
    problems = (
        *ours.problems,
        *theirs.problems,
        *(one for read in reads for one in read.problems),
        *verdict.problems,
        *misfits,
    )
    example = folder / EXAMPLE
    return Library(
        Catalogue(catalogue.sets, catalogue.glossary, rules),
        tuple(sorted(set(problems))),
        files,
        example if example.is_file() else None,
        theirs.about or ours.about,
    )


class ReadFolder(msgspec.Struct, frozen=True):
    """What is in one folder; `problems` are those of no set."""

    sets: tuple[ReadSet, ...] = ()
    terms: tuple[Term, ...] = ()
    deadlines: ReadDeadlines | None = None
    about: Page | None = None
    problems: tuple[Problem, ...] = ()


def read_folder(folder: Path) -> ReadFolder:
    """Read every `*.md` of a folder in the order of their names; a folder that is not there is an empty one."""
    sets: list[ReadSet] = []
    terms: tuple[Term, ...] = ()
    deadlines: ReadDeadlines | None = None
    about: Page | None = None
    problems: list[Problem] = []
    for path in markdown_files(folder):
        data = read_file(path)
        if isinstance(data, Problem):
            problems.append(data)
        elif path.name == GLOSSARY:
            terms, wrong = read_glossary_bytes(data, path=str(path))
            problems.extend(wrong)
        elif path.name == DEADLINES:
            deadlines = read_deadlines(data, path=str(path))
            problems.extend(deadlines.problems)
        elif path.name == ABOUT:
            about, wrong = read_page(data, path=str(path))
            problems.extend(wrong)
        else:
            sets.append(read_bytes(data, path=str(path), lang=folder.name))
    return ReadFolder(tuple(sets), terms, deadlines, about, tuple(problems))


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
            return file.read(MOST_BYTES + 1)
    except OSError:
        return Problem(str(path), 1, 1, _("This file cannot be read. Look at who may open it."))


def _usable(read: ReadSet, verdict: Verdict) -> QuestionSet | None:
    """The set with the questions that may be asked, None when there are none."""
    if read.set is None or read.path in verdict.sets:
        return None
    questions = tuple(one for one in read.set.questions if (read.path, one.id) not in verdict.questions)
    return msgspec.structs.replace(read.set, questions=questions) if questions else None


def _terms(ours: tuple[Term, ...], theirs: tuple[Term, ...]) -> tuple[Term, ...]:
    """Both glossaries; where both explain a term, the user's own words count."""
    own = {term.name.casefold() for term in theirs}
    return (*(term for term in ours if term.name.casefold() not in own), *theirs)


def _deadlines(
    ours: ReadDeadlines | None, theirs: ReadDeadlines | None, catalogue: Catalogue
) -> tuple[tuple[Deadline, ...], list[Problem]]:
    """The rows of both files that fit the questions, and what does not; where both have a row for one id and state,
    the user's own counts."""
    problems, good = judge_deadlines([one for one in (ours, theirs) if one is not None], catalogue)
    return tuple({(one.id, one.state): one for one in good}.values()), problems
