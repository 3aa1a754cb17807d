"""Made-up work of any size: cases of so many answers, homes of so many cases, sets of so many questions."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from unittest import mock

from iep_tui.core.case_model import Answer, Answers, Case, Meeting
from iep_tui.core.question_model import Catalogue, Question, QuestionSet
from iep_tui.store import disk
from iep_tui.store.case_store import CaseStore

#: Two sentences, as parents write them.
WORDS = "She starts well and then the room gets loud. Ten quiet minutes before she begins make the difference"
AT = "2027-01-03T10:00:00Z"
MANY = 2_000


def question_id(number: int) -> str:
    return f"many-{number:04}"


def catalogue(questions: int) -> Catalogue:
    """A set of so many questions for sentences, without a file."""
    asked = tuple(
        Question(
            id=question_id(number),
            kind="text",
            title=f"How is part {number:04} of the day?",
            set_id="many",
            line=number,
            core=True,
        )
        for number in range(1, questions + 1)
    )
    return Catalogue((QuestionSet(id="many", title="Many", questions=asked, minutes=5),))


def set_file(questions: int) -> str:
    """The same set as a person would write it."""
    head = "---\nset: many\nversion: 1\nstage: before\norder: 999\nminutes: 5\n---\n\n# Many\n\nA long set.\n"
    asked = (
        f"\n{{#{question_id(number)} kind=text core=yes}}\n## How is part {number:04} of the day?\n\nThink of it.\n"
        for number in range(1, questions + 1)
    )
    return head + "".join(asked)


def case(answers: int, *, case_id: str = "case-000000", name: str = "Maya Rivera", place: str = "") -> Case:
    """A case of so many answers, the child's name and the meeting's day beside them."""
    given = {
        "child-name": Answer(name, "answered", at=AT),
        "meeting-date": Answer("2027-03-12", "answered", at=AT),
        **{question_id(number): Answer(f"{WORDS}, {number}.", "answered", at=AT) for number in range(1, answers + 1)},
    }
    return Case(case_id, (Meeting("meeting-1", "2027-01-03", Answers(given), place),))


def home(folder: Path, *, cases: int = 1, answers: int = 60, place: str = "", questions: int = 0) -> Path:
    """A data folder with so many cases, each an hour older than the one before it, and an own set of questions."""
    there = folder / "home"
    with mock.patch.object(disk, "flush"), mock.patch.object(disk, "sync_folder"):
        CaseStore(there).add(case(answers, place=place))
    first = there / "cases" / "case-000000.json"
    head, _newline, body = first.read_bytes().partition(b"\n")
    for number in range(1, cases):
        other = body.replace(b"case-000000", f"case-{number:06}".encode()).replace(
            b"Maya Rivera", f"Maya {number:06}".encode()
        )
        header = {**json.loads(head), "sha256": hashlib.sha256(other).hexdigest(), "length": len(other)}
        path = there / "cases" / f"case-{number:06}.json"
        path.write_bytes(json.dumps(header, separators=(",", ":")).encode() + b"\n" + other)
        path.chmod(0o600)
        when = first.stat().st_mtime - 3600 * number
        os.utime(path, (when, when))
    if questions:
        own = there / "questions" / "en"
        own.mkdir(parents=True)
        (own / "many.md").write_text(set_file(questions), encoding="utf-8")
    return there
