"""All errors in question files, for the command `sets check`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from iep_tui.core.progress_callback import ProgressCallback, no_progress
from iep_tui.core.question_model import Catalogue
from iep_tui.i18n import DEFAULT_LANGUAGE, _
from iep_tui.sets.cross_checks import check_all
from iep_tui.sets.deadline_checks import check_deadlines
from iep_tui.sets.deadline_reader import ReadDeadlines
from iep_tui.sets.library import (
    ABOUT,
    DEADLINES,
    GLOSSARY,
    language_folder,
    markdown_files,
    read_file,
    shipped_folder,
)
from iep_tui.sets.library_loader import read_folder
from iep_tui.sets.problems import Problem
from iep_tui.sets.set_reader import ReadSet, read_bytes, read_deadlines, read_glossary_bytes, read_page


def check_sets(read: Sequence[ReadSet]) -> list[Problem]:
    """Return the errors across these sets, in file order; errors within one set are in its `problems`.

    If two sets use an id, the first in `read` keeps it.
    """
    return sorted(set(check_all(read).problems))


def check_paths(
    paths: Iterable[Path],
    *,
    lang: str = DEFAULT_LANGUAGE,
    own: Path | None = None,
    shipped: Path | None = None,
    progress: ProgressCallback = no_progress,
) -> list[Problem]:
    """Return all errors in these files and in the Markdown files of these folders, in file order.

    Each set is checked as an addition to the shipped sets and to those in the folder `own`: its conditions may use
    their questions, and its ids must be new. `lang` is the language of files that neither declare one nor are in a
    language folder. `shipped` replaces `shipped_folder()`. `progress` counts the files read.
    """
    ours = shipped or shipped_folder()
    problems: list[Problem] = []
    read: dict[str, list[ReadSet]] = {}
    deadlines: dict[str, list[ReadDeadlines]] = {}
    seen: set[Path] = set()
    files = list(_files(paths, problems))
    for number, path in enumerate(files):
        progress(number, len(files))
        if path.resolve() in seen:
            continue
        seen.add(path.resolve())
        data = read_file(path)
        if isinstance(data, Problem):
            problems.append(data)
            continue
        folder = path.resolve().parent.name
        language = folder if (ours / folder).is_dir() or re.fullmatch("[a-z][a-z]", folder) else lang
        if path.name == GLOSSARY:
            problems.extend(read_glossary_bytes(data, path=str(path))[1])
        elif path.name == ABOUT:
            problems.extend(read_page(data, path=str(path))[1])
        elif path.name == DEADLINES:
            rules = read_deadlines(data, path=str(path))
            problems.extend(rules.problems)
            deadlines.setdefault(language, []).append(rules)
        else:
            read_set = read_bytes(data, path=str(path), lang=language)
            problems.extend(read_set.problems)
            read.setdefault(read_set.front.text("lang", language), []).append(read_set)
    for language in {**read, **deadlines}:
        progress(len(files), len(files))
        checked = read.get(language, [])
        folders = [language_folder(ours, language), *([language_folder(own, language)] if own is not None else [])]
        others = [other for place in folders for other in read_folder(place).sets]
        checked_paths = {read_set.path for read_set in checked}
        sets = [*(other for other in others if Path(other.path).resolve() not in seen), *checked]
        problems.extend(problem for problem in check_all(sets).problems if problem.path in checked_paths)
        catalogue = Catalogue(tuple(read_set.set for read_set in sets if read_set.set is not None))
        problems.extend(check_deadlines(deadlines.get(language, []), catalogue)[0])
    return sorted(set(problems))


def _files(paths: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    """Yield the files to check: each given file, and a folder's Markdown files, or else those of its subfolders."""
    for path in paths:
        if not path.is_dir():
            if path.exists():
                yield path
            else:
                problems.append(Problem(str(path), 1, 1, _("There is no such file or folder.")))
            continue
        files = markdown_files(path)
        if not files:
            files = [file for folder in _folders(path) for file in markdown_files(folder)]
        if not files:
            problems.append(Problem(str(path), 1, 1, _("There is no Markdown file in this folder.")))
        yield from files


def _folders(path: Path) -> list[Path]:
    try:
        return sorted(entry for entry in path.iterdir() if entry.is_dir())
    except OSError:
        return []
