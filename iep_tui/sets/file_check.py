"""The command `sets check`: all errors in question files."""

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
    """Everything wrong between these sets, in the order of the files; what is wrong within one is in its `problems`.

    Where an id is there twice, the set that comes first in `read` keeps it.
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
    """Everything wrong in these files and in the Markdown files of these folders, in the order of the files.

    A set of one's own is checked as an addition to ours and to those in the folder `own`: its conditions may use
    their questions, its ids must be new. `lang` is the language of a file that neither says one nor lies in the
    folder of one. `shipped` stands in for `shipped_folder()`. `progress` counts the files that are read.
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
            one = read_bytes(data, path=str(path), lang=language)
            problems.extend(one.problems)
            read.setdefault(one.front.text("lang", language), []).append(one)
    for language in {**read, **deadlines}:
        progress(len(files), len(files))
        checked = read.get(language, [])
        folders = [language_folder(ours, language), *([language_folder(own, language)] if own is not None else [])]
        others = [one for place in folders for one in read_folder(place).sets]
        told = {one.path for one in checked}
        sets = [*(one for one in others if Path(one.path).resolve() not in seen), *checked]
        problems.extend(one for one in check_all(sets).problems if one.path in told)
        catalogue = Catalogue(tuple(one.set for one in sets if one.set is not None))
        problems.extend(check_deadlines(deadlines.get(language, []), catalogue)[0])
    return sorted(set(problems))


def _files(paths: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    """The files meant: each file itself; of a folder its Markdown files, else those of the folders in it."""
    for path in paths:
        if not path.is_dir():
            if path.exists():
                yield path
            else:
                problems.append(Problem(str(path), 1, 1, _("There is no such file or folder.")))
            continue
        files = markdown_files(path)
        if not files:
            files = [one for folder in _folders(path) for one in markdown_files(folder)]
        if not files:
            problems.append(Problem(str(path), 1, 1, _("There is no Markdown file in this folder.")))
        yield from files


def _folders(path: Path) -> list[Path]:
    try:
        return sorted(one for one in path.iterdir() if one.is_dir())
    except OSError:
        return []
