"""Sheets in plain mode: the format, the omitted answers, and the page of concerns."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from iep_tui.core.case_model import Answer
from iep_tui.documents.formats import renderer
from iep_tui.documents.outline_model import Outline
from iep_tui.services import export
from iep_tui.sets.library import Library

from . import sample_cases
from .conftest import Talk
from .sample_cases import case

CONCERNS = """---
set: concerns
version: 1
lang: en
stage: before
order: 10
minutes: 4
---

# Concerns

{#child-name kind=line share=teachers core=yes}
## What is the name of your child?

{#concerns-statement kind=text share=team core=yes}
## What is your statement?
"""


def test_the_format_is_chosen_by_number_or_by_the_ending_of_the_name(talk: Talk, documents: Path) -> None:
    child = case(sample_cases.EVERY_ANSWER, "a-one")
    person = talk("/save", "2", "", "/save", "", "mine.txt", "/save", "", "again", "/save", "1", "", case=child)
    assert "1. Word, chosen" in person.heard
    assert person.heard_of("2. Web page, chosen") == 1
    assert person.heard_of("5. Text, chosen") == 2
    assert (documents / "prep-sheet-team.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "Prep sheet" in (documents / "mine.txt").read_text(encoding="utf-8")
    assert (documents / "again.txt").read_bytes() == (documents / "mine.txt").read_bytes()
    assert (documents / "prep-sheet-team.docx").read_bytes().startswith(b"PK")


def test_a_format_that_cannot_be_made_is_told_and_another_name_asked(
    talk: Talk, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def render(outline: Outline, format: str, **_named: object) -> bytes:
        if format == "pdf":
            raise export.Unavailable("This script has no font here.")
        return b"# mine"

    monkeypatch.setattr(export, "render", render)
    person = talk("/save", "3", "", "other.md", case=case(sample_cases.EVERY_ANSWER, "a-one"))
    assert "Error: This script has no font here." in person.heard
    assert [path.name for path in documents.iterdir()] == ["other.md"]


def test_a_folder_that_is_not_there_is_told_before_the_file_is_made(
    talk: Talk, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def render(outline: Outline, format: str, **_named: object) -> bytes:
        made.append(format)
        return b"# mine"

    monkeypatch.setattr(export, "render", render)
    person = talk("/save", "3", "nowhere/mine.pdf", "other.md", case=case(sample_cases.EVERY_ANSWER, "a-one"))
    assert person.heard_of("There is no folder")
    assert made == ["md"]


def test_what_this_reader_does_not_get_is_told_before_saving(talk: Talk) -> None:
    child = case({"a-one": Answer("some", "answered", "family"), "a-number": 7}, "a-one")
    person = talk("/save team sheet.md", "/save family ours.md", case=child)
    saved = next(place for place, line in enumerate(person.heard) if "is saved as" in line)
    assert person.heard.index("1 answer is left out. /left out team says which one.") < saved
    assert person.heard_of("is left out") == 1


def test_the_last_format_is_forgotten_with_the_next_child(talk: Talk) -> None:
    person = talk("/save a.txt", "/home", "1", "/save", "", "/plan", case=case(sample_cases.EVERY_ANSWER, "a-one"))
    assert person.heard_of("1. Word, chosen") == 1


def test_the_page_of_concerns_is_read_and_saved(
    talk: Talk, documents: Path, make_library: Callable[..., Library]
) -> None:
    child = case({"child-name": "Maya R.", "concerns-statement": "She is tired."}, "child-name")
    person = talk("/sheet concerns", "/save", "4", "", "", case=child, library=make_library(CONCERNS))
    assert "The sheet for: Concerns page." in person.heard
    assert "Title: Parent concerns: Maya R." in person.heard
    assert person.heard_of("She is tired.") == 1
    assert "> She is tired." in (documents / "parent-concerns.md").read_text(encoding="utf-8")


def test_without_concerns_the_page_says_how_to_get_one(talk: Talk, documents: Path) -> None:
    person = talk("/sheet concerns", "/save", "/save concerns a.md", case=case(sample_cases.EVERY_ANSWER, "a-one"))
    assert person.heard_of("Nothing is on the concerns page yet.") == 3
    assert person.heard_of("Error: Nothing is on the concerns page yet.") == 2
    assert list(documents.iterdir()) == []


def test_a_file_that_was_stopped_is_not_written_and_another_name_is_asked(
    talk: Talk, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, inside = threading.Event(), renderer.render

    def render(outline: Outline, format: str, **named: Any) -> bytes:
        if format == "pdf":
            os.kill(os.getpid(), signal.SIGINT)
            held.wait(30)
        return inside(outline, format, **named)

    monkeypatch.setattr(export, "render", render)
    person = talk("/save", "3", "", "other.md", case=case(sample_cases.EVERY_ANSWER, "a-one"))
    held.set()
    assert person.heard_of("Stopped. No file was written.") == 1
    assert [path.name for path in documents.iterdir()] == ["other.md"]


def test_a_record_of_the_last_sheet_is_kept_for_the_family(talk: Talk, documents: Path) -> None:
    child = case(sample_cases.EVERY_ANSWER, "a-one")
    person = talk("/record", "/save team mine.md", "/record", "/record", "/record other.json", case=child)
    assert person.heard_of("Error: Save a sheet first: /save") == 1
    assert person.heard_of("The record for yourself is ") == 2
    assert person.heard_of("mine-record.json already") == 1
    kept = json.loads((documents / "mine-record.json").read_bytes())
    assert (kept["file"], kept["reader"], kept["case"]) == ("mine.md", "team", child.id)
    assert kept["sha256"] == hashlib.sha256((documents / "mine.md").read_bytes()).hexdigest()
    assert json.loads((documents / "other.json").read_bytes()) == kept
