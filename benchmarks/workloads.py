"""Synthetic workloads of any size: cases with many answers, data folders with many cases, sets with many questions."""

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

#: Two sentences in a parent's style.
WORDS = "She starts well and then the room gets loud. Ten quiet minutes before she begins make the difference"
AT = "2027-01-03T10:00:00Z"
MANY = 2_000


def question_id(number: int) -> str:
    return f"many-{number:04}"


def catalogue(questions: int) -> Catalogue:
    """Return a catalogue with one set of `questions` text questions, without a file."""
    items = tuple(
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
    return Catalogue((QuestionSet(id="many", title="Many", questions=items, minutes=5),))


def set_file(questions: int) -> str:
    """Return the source file of the same set."""
    head = "---\nset: many\nversion: 1\nstage: before\norder: 999\nminutes: 5\n---\n\n# Many\n\nA long set.\n"
    items = (
        f"\n{{#{question_id(number)} kind=text core=yes}}\n## How is part {number:04} of the day?\n\nThink of it.\n"
        for number in range(1, questions + 1)
    )
    return head + "".join(items)


def case(answers: int, *, case_id: str = "case-000000", name: str = "Maya Rivera", place: str = "") -> Case:
    """Return a case with `answers` answers, plus the child's name and the meeting date."""
    stored_answers = {
        "child-name": Answer(name, "answered", at=AT),
        "meeting-date": Answer("2027-03-12", "answered", at=AT),
        **{question_id(number): Answer(f"{WORDS}, {number}.", "answered", at=AT) for number in range(1, answers + 1)},
    }
    return Case(case_id, (Meeting("meeting-1", "2027-01-03", Answers(stored_answers), place),))


def home(folder: Path, *, cases: int = 1, answers: int = 60, place: str = "", questions: int = 0) -> Path:
    """Create a data folder with `cases` cases, each an hour older than the last, and a set of `questions` questions."""
    data_folder = folder / "home"
    with mock.patch.object(disk, "flush"), mock.patch.object(disk, "sync_folder"):
        CaseStore(data_folder).add(case(answers, place=place))
    first_file = data_folder / "cases" / "case-000000.json"
    head, _newline, body = first_file.read_bytes().partition(b"\n")
    for number in range(1, cases):
        copied_body = body.replace(b"case-000000", f"case-{number:06}".encode()).replace(
            b"Maya Rivera", f"Maya {number:06}".encode()
        )
        header = {**json.loads(head), "sha256": hashlib.sha256(copied_body).hexdigest(), "length": len(copied_body)}
        path = data_folder / "cases" / f"case-{number:06}.json"
        path.write_bytes(json.dumps(header, separators=(",", ":")).encode() + b"\n" + copied_body)
        path.chmod(0o600)
        when = first_file.stat().st_mtime - 3600 * number
        os.utime(path, (when, when))
    if questions:
        own = data_folder / "questions" / "en"
        own.mkdir(parents=True)
        (own / "many.md").write_text(set_file(questions), encoding="utf-8")
    return data_folder
