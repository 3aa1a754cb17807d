"""Loader of the library: the shipped folder and the user's own, with all errors found."""

from __future__ import annotations

from pathlib import Path

import msgspec

from iep_tui.core.question_model import Catalogue, Deadline, Page, QuestionSet, Term
from iep_tui.i18n import DEFAULT_LANGUAGE
from iep_tui.sets.cross_checks import Findings, check_all
from iep_tui.sets.deadline_checks import check_deadlines
from iep_tui.sets.deadline_reader import ReadDeadlines
from iep_tui.sets.library import (
    ABOUT,
    DEADLINES,
    EXAMPLE,
    GLOSSARY,
    Library,
    SetFile,
    language_folder,
    markdown_files,
    read_file,
    shipped_folder,
)
from iep_tui.sets.problems import Problem
from iep_tui.sets.set_reader import ReadSet, read_bytes, read_deadlines, read_glossary_bytes, read_page


class ReadFolder(msgspec.Struct, frozen=True):
    """The contents of one folder; `problems` are those outside its sets, which have their own."""

    sets: tuple[ReadSet, ...] = ()
    terms: tuple[Term, ...] = ()
    deadlines: ReadDeadlines | None = None
    about: Page | None = None
    problems: tuple[Problem, ...] = ()


def read_folder(folder: Path) -> ReadFolder:
    """Read every `*.md` in a folder, sorted by name; a missing folder counts as empty."""
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
            terms, term_problems = read_glossary_bytes(data, path=str(path))
            problems.extend(term_problems)
        elif path.name == DEADLINES:
            deadlines = read_deadlines(data, path=str(path))
            problems.extend(deadlines.problems)
        elif path.name == ABOUT:
            about, page_problems = read_page(data, path=str(path))
            problems.extend(page_problems)
        else:
            sets.append(read_bytes(data, path=str(path), lang=folder.name))
    return ReadFolder(tuple(sets), terms, deadlines, about, tuple(problems))


def load_uncached(lang: str = DEFAULT_LANGUAGE, own: Path | None = None, *, shipped: Path | None = None) -> Library:
    """Load all sets of a language: the shipped ones, then those in the folder `own` (`own/<lang>/*.md`).

    A mistake never stops the program: valid parts are used, and the mistakes are listed in `problems`. A question whose
    text or condition is in doubt is left out instead of being shown to everyone. `shipped` replaces `shipped_folder()`.
    """
    return build_library(
        language_folder(shipped or shipped_folder(), lang), language_folder(own, lang) if own else None
    )


def build_library(folder: Path, own: Path | None) -> Library:
    """Build the library from the shipped `folder` and the user's folder `own`, in this order."""
    ours = read_folder(folder)
    theirs = read_folder(own) if own is not None else ReadFolder()
    reads = [*ours.sets, *theirs.sets]
    findings = check_all(reads, thorough=False)
    sets = tuple(usable for read in reads if (usable := _usable(read, findings)) is not None)
    shipped_paths = {read.path for read in ours.sets}
    files = tuple(
        SetFile(Path(read.path), read.set.id, read.set.title, read.path in shipped_paths)
        for read in reads
        if read.set is not None
    )
    catalogue = Catalogue(sets, _terms(ours.terms, theirs.terms))
    deadlines, deadline_problems = _deadlines(ours.deadlines, theirs.deadlines, catalogue)
    problems = (
        *ours.problems,
        *theirs.problems,
        *(problem for read in reads for problem in read.problems),
        *findings.problems,
        *deadline_problems,
    )
    example = folder / EXAMPLE
    return Library(
        Catalogue(catalogue.sets, catalogue.glossary, deadlines),
        tuple(sorted(set(problems))),
        files,
        example if example.is_file() else None,
        theirs.about or ours.about,
    )


def _usable(read: ReadSet, findings: Findings) -> QuestionSet | None:
    """Return the set with only its usable questions, or None if it has none."""
    if read.set is None or read.path in findings.sets:
        return None
    questions = tuple(question for question in read.set.questions if (read.path, question.id) not in findings.questions)
    return msgspec.structs.replace(read.set, questions=questions) if questions else None


def _terms(ours: tuple[Term, ...], theirs: tuple[Term, ...]) -> tuple[Term, ...]:
    """Merge both glossaries; the user's own definition of a term wins."""
    own = {term.name.casefold() for term in theirs}
    return (*(term for term in ours if term.name.casefold() not in own), *theirs)


def _deadlines(
    ours: ReadDeadlines | None, theirs: ReadDeadlines | None, catalogue: Catalogue
) -> tuple[tuple[Deadline, ...], list[Problem]]:
    """Return the valid rows of both files and the errors; the user's own row for an id and state wins."""
    problems, good = check_deadlines([file for file in (ours, theirs) if file is not None], catalogue)
    return tuple({(deadline.id, deadline.state): deadline for deadline in good}.values()), problems
