"""Error messages for sets: each file of `broken/` gives the messages beside it, in the order of its lines."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from iep_tui.sets.file_check import check_sets
from iep_tui.sets.set_reader import ReadSet, read_bytes, read_glossary_bytes

HERE = Path(__file__).parent
BROKEN = HERE / "broken"
FILES = sorted(BROKEN.glob("*.md"))


@cache
def good_sets() -> tuple[ReadSet, ...]:
    """The sets of `good/`: the base that a broken set adds to."""
    paths = sorted(path for path in (HERE / "good").glob("*.md") if path.name != "glossary.md")
    return tuple(read_bytes(path.read_bytes(), path=path.name) for path in paths)


def told(path: Path) -> list[str]:
    """The message for each mistake in the file."""
    if path.name == "glossary.md":
        return [str(one) for one in read_glossary_bytes(path.read_bytes(), path=path.name)[1]]
    read = read_bytes(path.read_bytes(), path=path.name)
    return [str(one) for one in sorted([*read.problems, *check_sets([*good_sets(), read])])]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_tells_what_the_text_beside_it_says(path: Path) -> None:
    assert told(path) == path.with_suffix(".txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_tells_something_once_and_about_this_file(path: Path) -> None:
    messages = told(path)
    assert messages
    assert len(messages) == len(set(messages))
    assert all(message.startswith(f"{path.name}:") for message in messages)


def test_each_has_its_text_and_each_text_its_file() -> None:
    assert {path.stem for path in FILES} == {path.stem for path in BROKEN.glob("*.txt")}
