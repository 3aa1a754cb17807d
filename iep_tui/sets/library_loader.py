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


def load_uncached(lang: str = DEFAULT_LANGUAGE, own: Path | None = None, *, shipped: Path | None = None) -> Library:
    """All sets of a language, those in the folder `own` (`own/<lang>/*.md`) after ours.

    A mistake never stops the program: what is good is used, what is wrong is told in `problems`. A question is
    left out when what it asks or when it applies cannot be relied on, rather than shown to everyone. `shipped`
    stands in for `shipped_folder()`.
    """
    return build_library(
        language_folder(shipped or shipped_folder(), lang), language_folder(own, lang) if own else None
    )


def build_library(folder: Path, own: Path | None) -> Library:
    """The sets in our `folder`, and those in the user's `own` after them."""
    ours = read_folder(folder)
    theirs = read_folder(own) if own is not None else ReadFolder()
    reads = [*ours.sets, *theirs.sets]
    verdict = check_all(reads, thorough=False)
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


def _usable(read: ReadSet, verdict: Findings) -> QuestionSet | None:
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
    problems, good = check_deadlines([one for one in (ours, theirs) if one is not None], catalogue)
    return tuple({(one.id, one.state): one for one in good}.values()), problems
