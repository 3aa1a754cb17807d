"""Valid sets: each file of `good/` gives the text beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from iep_tui.sets.file_check import check_sets
from iep_tui.sets.set_reader import read_bytes, read_glossary_bytes

from .set_printer import show_set, show_terms

GOOD = Path(__file__).parent / "good"
FILES = sorted(GOOD.glob("*.md"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_is_read_as_the_text_beside_it_says(path: Path) -> None:
    if path.name == "glossary.md":
        terms, problems = read_glossary_bytes(path.read_bytes(), path=path.name)
        shown = show_terms(terms)
    else:
        read = read_bytes(path.read_bytes(), path=path.name)
        assert read.set is not None
        shown, problems = show_set(read.set), read.problems
    assert problems == ()
    assert shown == path.with_suffix(".txt").read_text("utf-8")


def test_are_right_with_each_other() -> None:
    assert (
        check_sets([read_bytes(path.read_bytes(), path=path.name) for path in FILES if path.stem != "glossary"]) == []
    )


def test_each_has_its_text_and_each_text_its_file() -> None:
    assert {path.stem for path in FILES} == {path.stem for path in GOOD.glob("*.txt")}
