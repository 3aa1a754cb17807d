"""The library: shipped and user sets, by language; broken sets are left out and reported."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from iep_tui.sets.library import Library, shipped_folder
from iep_tui.sets.library_loader import load_uncached

OURS = "---\nset: ours\nversion: 1\nstage: before\norder: 10\n---\n\n# Ours\n\n"
THEIRS = "---\nset: theirs\nversion: 1\nstage: before\norder: 20\n---\n\n# Theirs\n\n"
SLEEP = "{#sleep}\n## How is sleep?\n\n- ( ) Fine {fine}\n- ( ) Hard {hard}\n\n"


class Folders:
    """A shipped folder and a user folder on the disk."""

    def __init__(self, root: Path) -> None:
        self.shipped = root / "shipped"
        self.own = root / "own"
        self.ours("ours.md", OURS + SLEEP)

    def ours(self, name: str, text: str, lang: str = "en") -> Path:
        return self._write(self.shipped / lang / name, text)

    def theirs(self, name: str, text: str, lang: str = "en") -> Path:
        return self._write(self.own / lang / name, text)

    def load(self, lang: str = "en") -> Library:
        return load_uncached(lang, self.own, shipped=self.shipped)

    @staticmethod
    def _write(path: Path, text: str) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
        return path


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path)


def ids(library: Library) -> list[str]:
    return [question.id for question in library.catalogue.questions()]


def told(library: Library) -> list[str]:
    return [re.sub(r"^.*/", "", str(problem)) for problem in library.problems]


def test_the_users_own_sets_stand_beside_ours_and_use_our_ids(folders: Folders) -> None:
    path = folders.theirs("theirs.md", THEIRS + '{#tried when="sleep = hard"}\n## What have you tried?\n')
    library = folders.load()
    assert told(library) == []
    assert ids(library) == ["sleep", "tried"]
    assert [(file.set_id, file.title, file.ours) for file in library.files] == [
        ("ours", "Ours", True),
        ("theirs", "Theirs", False),
    ]
    assert library.files[1].path == path


def test_without_a_folder_of_ones_own_there_are_ours(folders: Folders) -> None:
    assert ids(folders.load()) == ids(load_uncached("en", None, shipped=folders.shipped)) == ["sleep"]


def test_an_id_of_ours_is_not_taken_over(folders: Folders) -> None:
    folders.theirs("theirs.md", THEIRS + "{#sleep kind=yesno share=teachers}\n## Mine?\n\n{#tried}\n## And?\n")
    folders.theirs("zz.md", OURS + "{#other}\n## Another set with the name of ours\n")
    library = folders.load()
    sleep = library.catalogue.question("sleep")
    assert sleep is not None
    assert sleep.kind == "one"
    assert ids(library) == ["sleep", "tried"]
    assert told(library) == [
        "theirs.md:10:3: The id “sleep” is already used in ours.md, line 10. Give each question its own.",
        "zz.md:2:6: There is already a set “ours”: ours.md. Give this one an id of its own.",
    ]


def test_a_question_whose_condition_is_wrong_is_left_out_with_those_that_build_on_it(folders: Folders) -> None:
    folders.theirs(
        "theirs.md",
        THEIRS
        + '{#one kind=yesno when="sleep = bad"}\n## One?\n\n{#two when="one = yes"}\n## Two?\n\n{#three}\n## Three?\n',
    )
    library = folders.load()
    assert ids(library) == ["sleep", "three"]
    assert told(library) == [
        "theirs.md:10:32: This condition cannot work: “bad” is not one of the choices (fine, hard)."
    ]


def test_a_set_whose_condition_is_wrong_is_left_out_whole(folders: Folders) -> None:
    folders.theirs("theirs.md", THEIRS.replace("order: 20", "order: 20\nwhen: sleep = bad") + "{#one}\n## One?\n")
    assert ids(folders.load()) == ["sleep"]


def test_a_broken_file_stops_nothing(folders: Folders) -> None:
    folders.theirs("a.md", "\x1b[31m")
    folders.theirs("b.md", "")
    (folders.own / "en" / "c.md").write_bytes(b"\xff\xfe\x00")
    (folders.own / "en" / "d.md").mkdir()
    (folders.own / "en" / "e.md").symlink_to(folders.own / "nowhere.md")
    folders.theirs("f.md", THEIRS + "{#one}\n## One?\n")
    library = folders.load()
    assert ids(library) == ["sleep", "one"]
    assert {line.split(":")[0] for line in told(library)} == {"a.md", "b.md", "c.md", "d.md", "e.md"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_does_not_keep_the_program_waiting(folders: Folders) -> None:
    (folders.own / "en").mkdir(parents=True)
    os.mkfifo(folders.own / "en" / "pipe.md")
    library = folders.load()
    assert ids(library) == ["sleep"]
    assert told(library) == ["pipe.md:1:1: This is not a file that can be read."]


def test_what_an_editor_leaves_behind_is_not_a_set(folders: Folders) -> None:
    folders.theirs(".#theirs.md", "half a file")
    folders.theirs("theirs.md~", "an older file")
    folders.theirs("notes.txt", "notes")
    assert told(folders.load()) == []


def test_each_language_has_its_folder(folders: Folders) -> None:
    folders.ours("nuestro.md", OURS.replace("Ours", "Nuestro") + "{#sueno}\n## ¿Cómo duerme {child}?\n", "es")
    folders.theirs("suyo.md", THEIRS + "{#suyo}\n## ¿Y ahora?\n", "es")
    library = folders.load("es")
    assert ids(library) == ["sueno", "suyo"]
    assert {one.lang for one in library.catalogue.sets} == {"es"}


@pytest.mark.parametrize("lang", ["fr", "", "..", "../shipped/en", "/", "EN\x00"])
def test_a_language_that_is_not_there_is_english(folders: Folders, lang: str) -> None:
    assert ids(folders.load(lang)) == ["sleep"]


def test_the_glossary_is_no_set_and_the_users_own_words_count(folders: Folders) -> None:
    folders.ours("glossary.md", "# Words\n\nIEP\n: A plan.\n\nFAPE\n: Free.\n")
    folders.theirs("glossary.md", "# Words\n\niep (program)\n: Our plan.\n\nTwice\n: Once.\n\nTwice\n: Again.\n")
    library = folders.load()
    assert [(term.name, term.meaning) for term in library.catalogue.glossary] == [
        ("FAPE", "Free."),
        ("iep", "Our plan."),
        ("Twice", "Once."),
    ]
    assert told(library) == [
        "glossary.md:9:1: “Twice” is in the glossary twice, the first time on line 6. Keep one of them."
    ]
    assert [file.set_id for file in library.files] == ["ours"]


HEAD = "# Dates\n\n| id | what | starts from | offset | unit | who | confidence | state |\n" + "|---" * 8 + "|\n"
WHEN = "{#began kind=date}\n## When did it begin?\n\n"


def test_rules_about_dates_are_no_set_and_the_users_own_rows_stand_beside_ours(folders: Folders) -> None:
    folders.ours("ours.md", OURS + SLEEP + WHEN)
    folders.ours(
        "deadlines.md",
        HEAD + "| a | Ours | began | 1 | days | school | high | |\n| b | Ours | | | none | school | high | |\n",
    )
    folders.theirs(
        "deadlines.md",
        HEAD + "| b | Theirs | | | none | family | habit | |\n"
        "| b | Theirs | | | none | family | habit | KS |\n"
        "| c | Wrong | begun | 1 | days | family | habit | |\n",
    )
    library = folders.load()
    assert [(one.id, one.what, one.state) for one in library.catalogue.deadlines] == [
        ("a", "Ours", ""),
        ("b", "Theirs", ""),
        ("b", "Theirs", "KS"),
    ]
    assert told(library) == ["deadlines.md:7:15: There is no question “begun”. Did you mean “began”?"]
    assert [file.set_id for file in library.files] == ["ours"]


def test_the_page_on_what_an_iep_is_is_no_set_and_ones_own_counts(folders: Folders) -> None:
    assert folders.load().about is None
    folders.ours("what-is-an-iep.md", "# What is it?\n\nA plan.\n")
    library = folders.load()
    assert library.about is not None
    assert library.about.title == "What is it?"
    folders.theirs("what-is-an-iep.md", "# Here\n\nOur own words.\n\n| A |\n|---|\n")
    library = folders.load()
    assert library.about is not None
    assert library.about.title == "Here"
    assert told(library) == ["what-is-an-iep.md:5:3: A set cannot contain a table here. Remove it."]
    assert [file.set_id for file in library.files] == ["ours"]


def test_the_made_up_child_is_there_when_its_file_is(folders: Folders) -> None:
    assert folders.load().example is None
    path = folders.ours("example.json", "{}")
    assert folders.load().example == path


def test_the_shipped_folder_has_english() -> None:
    assert (shipped_folder() / "en").is_dir()
