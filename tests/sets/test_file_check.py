"""`sets check` for files and folders, as an addition to the shipped sets."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from iep_tui.sets.file_check import check_paths
from iep_tui.sets.problems import Problem

OURS = "---\nset: ours\nversion: 1\nstage: before\norder: 10\n---\n\n# Ours\n\n"
MINE = "---\nset: mine\nversion: 1\nstage: before\norder: 20\n---\n\n# Mine\n\n"
SLEEP = "{#sleep kind=yesno}\n## Does {child} sleep well?\n"


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    folder = tmp_path / "shipped"
    (folder / "en").mkdir(parents=True)
    (folder / "en" / "ours.md").write_text(OURS + SLEEP, "utf-8")
    return folder


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def told(problems: list[Problem]) -> list[str]:
    return [re.sub(r"^.*/", "", str(problem)) for problem in problems]


def test_a_set_of_ones_own_may_use_our_ids(tmp_path: Path, shipped: Path) -> None:
    path = write(tmp_path / "mine.md", MINE + '{#tried when="sleep = no"}\n## What have you tried?\n')
    assert check_paths([path], shipped=shipped) == []


def test_its_ids_must_be_new(tmp_path: Path, shipped: Path) -> None:
    path = write(tmp_path / "mine.md", MINE + SLEEP)
    assert told(check_paths([path], shipped=shipped)) == [
        "mine.md:10:3: The id “sleep” is already used in ours.md, line 10. Give each question its own."
    ]


def test_ours_are_not_checked_against_themselves(shipped: Path) -> None:
    assert check_paths([shipped], shipped=shipped) == []
    assert check_paths([shipped / "en"], shipped=shipped) == []
    assert check_paths([shipped / "en" / "ours.md", shipped / "en"], shipped=shipped) == []


def test_a_copy_of_ours_is_told_once(tmp_path: Path, shipped: Path) -> None:
    copy = shutil.copy(shipped / "en" / "ours.md", tmp_path / "copy.md")
    assert told(check_paths([Path(copy)], shipped=shipped)) == [
        "copy.md:2:6: There is already a set “ours”: ours.md. Give this one an id of its own."
    ]


def test_it_may_use_the_ids_of_the_users_other_sets(tmp_path: Path, shipped: Path) -> None:
    own = tmp_path / "own"
    write(own / "en" / "other.md", MINE.replace("mine", "other").replace("20", "15") + "{#food kind=yesno}\n## Eats?\n")
    path = write(own / "en" / "mine.md", MINE + '{#tried when="food = no"}\n## What have you tried?\n')
    assert check_paths([path], own=own, shipped=shipped) == []
    assert told(check_paths([path], shipped=shipped)) == [
        "mine.md:10:15: This condition cannot work: there is no question or fact “food”."
    ]


def test_two_files_given_together_know_each_other(tmp_path: Path, shipped: Path) -> None:
    first = write(tmp_path / "a.md", MINE + SLEEP.replace("sleep", "food"))
    second = write(tmp_path / "b.md", MINE.replace("mine", "second") + SLEEP.replace("sleep", "food"))
    assert told(check_paths([first, second, first], shipped=shipped)) == [
        "b.md:10:3: The id “food” is already used in a.md, line 10. Give each question its own."
    ]


def test_each_language_is_checked_by_itself(tmp_path: Path, shipped: Path) -> None:
    write(tmp_path / "sets" / "en" / "a.md", MINE + "{#food}\n## Eats?\n")
    write(tmp_path / "sets" / "es" / "a.md", MINE + "{#food}\n## ¿Come?\n")
    assert check_paths([tmp_path / "sets"], shipped=shipped) == []


def test_a_condition_that_can_never_be_true_is_told(tmp_path: Path, shipped: Path) -> None:
    path = write(tmp_path / "mine.md", MINE + '{#tried when="sleep = no and sleep = yes"}\n## What have you tried?\n')
    assert [line.split(" ", 1)[0] for line in told(check_paths([path], shipped=shipped))] == [
        "mine.md:2:6:",
        "mine.md:10:15:",
    ]


def test_a_glossary_is_checked_as_one(tmp_path: Path, shipped: Path) -> None:
    path = write(tmp_path / "glossary.md", "# Words\n\nIEP\n\nFAPE\n: Free.\n")
    assert told(check_paths([path], shipped=shipped)) == [
        "glossary.md:3:1: “IEP” has no meaning. Write a line “: its meaning” directly below it."
    ]


def test_what_is_not_there_is_told(tmp_path: Path, shipped: Path) -> None:
    (tmp_path / "empty").mkdir()
    paths = [tmp_path / "nothing.md", tmp_path / "empty"]
    assert told(check_paths(paths, shipped=shipped)) == [
        "empty:1:1: There is no Markdown file in this folder.",
        "nothing.md:1:1: There is no such file or folder.",
    ]


def test_a_path_with_control_characters_is_told_without_them() -> None:
    assert str(Problem("a\x1b[31m\nb.md", 1, 2, "Found.")) == "a[31m b.md:1:2: Found."


def test_rules_about_dates_are_checked_against_all_questions(tmp_path: Path, shipped: Path) -> None:
    write(shipped / "en" / "days.md", MINE.replace("mine", "days") + "{#began kind=date}\n## When did it begin?\n")
    head = "# Dates\n\n| id | what | starts from | offset | unit | who | confidence |\n|---|---|---|---|---|---|---|\n"
    path = write(tmp_path / "deadlines.md", head + "| a | Due | began | 1 | days | school | high |\n")
    assert check_paths([path], shipped=shipped) == []
    write(path, head + "| a | Due | sleep | 1 | days | school | high |\n")
    assert told(check_paths([path], shipped=shipped)) == [
        "deadlines.md:5:13: The question “sleep” is of the kind yesno; here it must be date."
    ]
    own = write(tmp_path / "own" / "en" / "mine.md", MINE + "{#ended kind=date}\n## When did it end?\n").parent.parent
    write(path, head + "| a | Due | ended | 1 | days | school | high |\n")
    assert check_paths([path], own=own, shipped=shipped) == []
    assert told(check_paths([path], shipped=shipped)) == ["deadlines.md:5:13: There is no question “ended”."]


def test_the_page_on_what_an_iep_is_is_checked_as_a_page(tmp_path: Path, shipped: Path) -> None:
    path = write(tmp_path / "what-is-an-iep.md", "# What is it?\n\nA plan.\n")
    assert check_paths([path], shipped=shipped) == []
    write(path, "A plan.\n")
    assert told(check_paths([path], shipped=shipped)) == [
        "what-is-an-iep.md:1:1: The page has no title. Start it with a line “# Title”.",
        "what-is-an-iep.md:1:1: Words before the title. The line “# Title” comes first, after the front matter.",
    ]
