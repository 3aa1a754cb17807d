"""sets diff: the effect of another version is listed in advance, without writing and without any answer's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Call, TakeIn, assert_one_fault

OLD = """---
set: bus
version: 1
stage: before
order: 55
minutes: 5
---

# The ride to school

{#bus-ride kind=text share=team}
## How does the ride to school go for {child}?

{#bus-sleep}
## How is the ride home?

- ( ) Fine {fine}
- ( ) Hard {hard}
"""
NEW = (
    OLD.replace("version: 1", "version: 2")
    .replace("{#bus-ride kind=text share=team}", "{#bus-morning kind=text share=teachers was=bus-ride}")
    .replace("- ( ) Hard {hard}\n", "- ( ) Hard on some days {some}\n")
    + "\n{#bus-seat kind=line}\n## Where does {child} sit?\n"
)


@pytest.fixture
def files(call: Call) -> tuple[str, str]:
    Path("old.md").write_text(OLD, "utf-8")
    Path("new.md").write_text(NEW, "utf-8")
    return "old.md", "new.md"


def test_every_difference_is_a_line(call: Call, files: tuple[str, str]) -> None:
    said = call("sets", "diff", *files)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "bus",
        "  version 1 becomes 2",
        "  bus-ride: is bus-morning now. Its answers move with it.",
        "  bus-ride: more people may read new answers: team before, teachers now. Existing answers keep theirs.",
        "  bus-sleep: the choice hard is gone. Answers with it are kept and marked.",
        "  bus-sleep: new choice some",
        "  bus-seat: new: Where does {child} sit?",
    ]
    assert "Nothing that a family could notice" in call("sets", "diff", "old.md", "old.md").out


def test_cases_are_told_by_id_and_count_and_never_by_a_word(
    call: Call, files: tuple[str, str], take_in: TakeIn, home: Path
) -> None:
    take_in({"child-name": "Zebra", "bus-ride": "Okapi", "bus-sleep": "hard"}, "maya-2027")
    take_in({"child-name": "Gnu", "bus-sleep": "fine"}, "luis-2027")
    before = {path: path.read_bytes() for path in (home / "cases").iterdir()}
    said = call("sets", "diff", *files, "--cases")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[-1] == (
        "maya-2027  2 answers are affected: bus-ride (moves with the question); bus-sleep (its choice is gone)"
    )
    assert not any(words in said.out for words in ("Zebra", "Okapi", "Gnu", "luis-2027"))
    assert {path: path.read_bytes() for path in (home / "cases").iterdir()} == before
    assert "No answer on this computer" in call("sets", "diff", "new.md", "new.md", "--cases").out


def test_folders_are_compared_set_by_set(call: Call, files: tuple[str, str]) -> None:
    for name, text in (("one", OLD), ("two", NEW)):
        (Path(name) / "en").mkdir(parents=True)
        (Path(name) / "en" / "bus.md").write_text(text, "utf-8")
    assert call("sets", "diff", "one", "two").out == call("sets", "diff", *files).out


def test_a_question_of_ours_is_compared_with_ours(call: Call) -> None:
    shipped = Path(__file__).resolve().parents[2] / "questions" / "en"
    said = call("sets", "diff", str(shipped), str(shipped))
    assert (said.code, len(said.out.splitlines())) == (0, 1)


def test_bad_input_is_told(call: Call, files: tuple[str, str]) -> None:
    assert_one_fault(call("sets", "diff", "old.md", "nowhere.md"))
    Path("empty").mkdir()
    assert_one_fault(call("sets", "diff", "old.md", "empty"))
    Path("broken.md").write_text(OLD.replace("{fine}", ""), "utf-8")
    said = call("sets", "diff", "old.md", "broken.md")
    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines()[0].startswith("broken.md:")
    assert said.err.splitlines()[-1].startswith("iep-tui: broken.md has mistakes")
