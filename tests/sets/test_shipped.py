"""The shipped sets: valid, and all of them in use."""

from __future__ import annotations

from iep_tui.sets.file_check import check_paths
from iep_tui.sets.library import ABOUT, DEADLINES, shipped_folder
from iep_tui.sets.library_loader import load_uncached


def test_the_shipped_questions_have_no_mistakes() -> None:
    assert [str(problem) for problem in check_paths([shipped_folder()])] == []


def test_every_shipped_question_is_in_the_catalogue() -> None:
    library = load_uncached()
    headings = sum(
        line.startswith("## ")
        for path in (shipped_folder() / "en").glob("*.md")
        if path.name not in (ABOUT, DEADLINES)
        for line in path.read_text("utf-8").splitlines()
    )
    assert sum(1 for _ in library.catalogue.questions()) == headings
    assert all(file.ours for file in library.files)
    assert library.catalogue.question("child-name") is not None
    assert library.catalogue.glossary


def test_the_made_up_child_is_found() -> None:
    example = load_uncached().example
    assert example is not None
    assert example.name == "example.json"
