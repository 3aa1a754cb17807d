"""Deadline rules in files: the result for valid ones, and a message with its column for each mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from iep_tui.core.question_model import Catalogue, Choice, Column, Deadline, DeadlineStart, Question, QuestionSet
from iep_tui.sets.deadline_checks import check_deadlines
from iep_tui.sets.set_reader import read_deadlines

HERE = Path(__file__).parent / "deadlines"
BROKEN = sorted((HERE / "broken").glob("*.md"))


def question(question_id: str, kind: str, **others: object) -> Question:
    return Question(id=question_id, kind=kind, title="Q?", set_id="s", line=1, **others)  # type: ignore[arg-type]


CATALOGUE = Catalogue(
    (
        QuestionSet(
            id="s",
            title="S",
            questions=(
                question("plan", "one", choices=(Choice("iep", "An IEP"), Choice("none-yet", "None"))),
                question("last-day", "date", was=("old-day", "older")),
                question("meeting", "date"),
                question("clock", "time"),
                question(
                    "papers",
                    "table",
                    columns=(Column("paper", "Paper"), Column("asked", "Asked", "date"), Column("got", "Got", "yesno")),
                ),
            ),
        ),
    )
)


def told(path: Path) -> list[str]:
    """The message for each mistake in the file."""
    read = read_deadlines(path.read_bytes(), path=path.name)
    return [str(one) for one in sorted([*read.problems, *check_deadlines([read], CATALOGUE)[0]])]


def good(name: str) -> dict[str, Deadline]:
    path = HERE / "good" / name
    assert told(path) == []
    read = read_deadlines(path.read_bytes(), path=path.name)
    found = {f"{one.deadline.id} {one.deadline.state}".strip(): one.deadline for one in read.placed}
    assert check_deadlines([read], CATALOGUE)[1] == list(found.values())
    return found


def test_everything_a_row_can_say() -> None:
    rows = good("whole.md")
    assert list(rows) == ["yearly", "soon", "shown MO", "told KS", "between", "yearly MO", "moves"]
    assert rows["yearly"] == Deadline(
        id="yearly",
        what="The yearly look for {child}",
        acts="school",
        confidence="high",
        line=16,
        starts=(DeadlineStart("last-day"),),
        offset=1,
        unit="years",
        usual=-1,
        when="plan = iep",
        rule="34 CFR 300.324(b)(1)",
        checked="2026-11-24",
        ask="Ask soon.",
    )
    assert rows["shown MO"] == Deadline(
        id="shown",
        what="It is shown",
        acts="family",
        confidence="low",
        line=25,
        starts=(DeadlineStart("papers", "asked", "got"), DeadlineStart("last-day")),
        offset=45,
        unit="days",
        before="meeting",
        when="plan != none-yet",
        rule="A rule",
        state="MO",
        checked="2027-01-02",
        ask="With a | in it.",
    )


def test_what_a_row_leaves_out_comes_from_the_top_of_the_file() -> None:
    rows = good("whole.md")
    assert (rows["soon"].unit, rows["soon"].starts, rows["soon"].when) == ("none", (), "plan = iep")
    assert rows["told KS"].starts == (DeadlineStart("meeting", time="clock"),)
    assert (rows["told KS"].offset, rows["told KS"].unit) == (-24, "hours")
    assert (rows["between"].about, rows["between"].offset) == (True, 10)
    assert rows["moves"].starts == (DeadlineStart("papers", "asked", "got", is_ongoing="got"),)
    assert (rows["moves"].varies, rows["moves"].unless, rows["moves"].late) == (True, "You may move.", "Ask again.")
    [ours] = good("own.md").values()
    assert (ours.varies, ours.unless, ours.late) == (False, "", "")
    assert (ours.state, ours.when, ours.checked) == ("KS", "", "")


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.name)
def test_tells_what_the_text_beside_it_says(path: Path) -> None:
    messages = told(path)
    assert messages == path.with_suffix(".txt").read_text("utf-8").splitlines()
    assert len(messages) == len(set(messages)) > 0


def test_each_has_its_text_and_each_text_its_file() -> None:
    assert {path.stem for path in BROKEN} == {path.stem for path in (HERE / "broken").glob("*.txt")}


def test_what_is_wrong_is_not_used_and_what_is_right_is() -> None:
    cells = read_deadlines((HERE / "broken" / "cells.md").read_bytes(), path="cells.md")
    assert [one.deadline.id for one in cells.placed] == ["b7"]
    fitting = read_deadlines((HERE / "broken" / "fitting.md").read_bytes(), path="fitting.md")
    assert check_deadlines([fitting], CATALOGUE)[1] == []


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"\x1b[31m", b"x" * 1_000_001, b"", b"---\n", b"# T\n\n| id |\n|---|\n| a"]
)
def test_a_file_of_anything_is_told_and_does_no_harm(data: bytes) -> None:
    read = read_deadlines(data, path="any.md")
    assert read.placed == ()
    assert read.problems


def test_rules_for_some_families_whose_condition_cannot_be_read_are_for_nobody() -> None:
    read = read_deadlines((HERE / "broken" / "front.md").read_bytes(), path="front.md")
    assert read.placed == ()
