"""The page for teachers: it stays one page, and the family sees the answers that did not fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iep_tui.core.case_model import Answer, Value
from iep_tui.core.interview import Interview
from iep_tui.documents.formats.availability import Unavailable
from iep_tui.documents.formats.markdown import to_markdown
from iep_tui.documents.formats.renderer import render
from iep_tui.documents.outline_model import Bullets, Fields, Heading, LeftOut, Outline, Paragraph, Table
from iep_tui.documents.sheets.page_estimate import PAGE_HEIGHT, estimated_height
from iep_tui.documents.sheets.sheet_builder import build_sheet
from iep_tui.documents.sheets.teachers_page import _FIRST, _LAST, _PARTS

from ..file_inspection import converted, pdf_pages
from ..sample_case import MADE, START, interview, question, question_set, said

IDS = (
    "child-admired",
    "child-proud",
    "child-important",
    "child-interests",
    "child-own-words",
    "child-understand",
    "child-signs",
    "child-calms",
    "own-a",
    "own-b",
)
CHILD = question_set("child", "About", *(question(id, "list", "teachers") for id in IDS), order=2)
HEALTH = question_set(
    "health",
    "Health",
    question("health-emergency", "text", "teachers", sheet="In an emergency"),
    question("health-allergies", "list", "team", sheet="Allergies"),
    question("health-body", "list", "team", sheet="Body"),
    question("health-conditions", "list", "team", sheet="Health at school"),
    order=3,
)


def case(**answers: Answer | Value) -> Interview:
    return interview(START, CHILD, HEALTH, child_name="Maya R.", **answers)


def page(**answers: Answer | Value) -> Outline:
    return build_sheet(case(**answers), "teachers", made=MADE)


def no_room(made: Outline) -> dict[str, str]:
    return {one.question_id: one.reason for one in made.left_out if "no room" in one.reason}


def test_a_part_keeps_to_its_number_of_things_and_the_rest_is_told() -> None:
    made = page(child_admired=["one", "two", "three"], child_proud=["four"])
    assert made.blocks[1:3] == (
        Heading(2, "What people like about me"),
        Fields((("Child admired?", "one · two"), ("Child proud?", "four"))),
    )
    assert no_room(made) == {"child-admired": "no room for all of it on one page"}
    alone = page(child_admired=["one", "two", "three", "four", "five"])
    assert alone.blocks[1:3] == (Heading(2, "Child admired?"), Bullets(("one", "two", "three")))


def test_what_is_too_long_for_the_page_is_left_out_whole_and_the_rest_stands() -> None:
    long = "word " * 5_000
    made = page(child_important=[long, "after it"], child_interests=["Bugs"], child_signs=["Hood up"])
    written = to_markdown(made)
    assert "word word" not in written
    assert "after it" not in written
    assert "Bugs" in written
    assert "Hood up" in written
    assert no_room(made) == {"child-important": "no room on one page"}
    told = LeftOut("child-important", "Child important?", "teachers", "no room on one page", no_room=True)
    assert told in made.left_out
    assert "after it" in to_markdown(build_sheet(case(child_important=[long, "after it"]), "team", made=MADE))


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(IDS), st.lists(st.text(max_size=400), max_size=8)))
def test_whatever_was_answered_it_is_one_page_and_nothing_goes_untold(given: dict[str, list[str]]) -> None:
    marked: dict[str, list[str]] = {
        id.replace("-", "_"): [f"x{id.replace('-', '')}{number} {words}" for number, words in enumerate(entries)]
        for id, entries in given.items()
    }
    made = page(**{name: said(list(entries)) for name, entries in marked.items()})
    assert estimated_height(made.blocks) <= PAGE_HEIGHT
    written = to_markdown(made)
    for name, entries in marked.items():
        there = [entry.split()[0] in written for entry in entries]
        assert all(there) != (name.replace("_", "-") in no_room(made))


def test_health_is_there_only_where_the_family_itself_chose_teachers() -> None:
    assert "Inhaler" not in to_markdown(page(health_emergency="Inhaler first"))
    kept = page(health_emergency="Inhaler first").left_out
    assert [(one.question_id, one.reason) for one in kept if one.question_id == "health-emergency"] == [
        ("health-emergency", "health is for teachers only if you choose so")
    ]
    chosen = page(health_emergency=said("Inhaler first", share="teachers"), health_allergies=["Nuts"])
    assert "Inhaler first" in to_markdown(chosen)
    assert "Nuts" not in to_markdown(chosen)


def test_health_says_two_things_at_most() -> None:
    made = page(
        health_emergency=said("Inhaler first", share="teachers"),
        health_allergies=said(["Nuts", "Bees"], share="teachers"),
        health_conditions=said(["Asthma"], share="teachers"),
    )
    written = to_markdown(made)
    assert "Inhaler first" in written
    assert "Nuts" in written
    assert "Asthma" not in written
    assert set(no_room(made)) == {"health-allergies", "health-conditions"}


def test_an_open_question_about_health_is_no_question_to_teachers_by_itself() -> None:
    made = page(health_emergency=said("Inhaler?", "ask"))
    assert "Inhaler" not in to_markdown(made)
    assert "Inhaler" in to_markdown(page(health_emergency=said("Inhaler?", "ask", share="teachers")))


def test_the_name_line_and_the_way_to_the_family_are_a_line_each() -> None:
    contact = question_set(
        "home",
        "Home",
        question("home-contact", "list", "teachers", sheet="How to reach my family"),
        question("home-hear", "line", "teachers", sheet="How often"),
        order=4,
    )
    answers = interview(
        START, contact, child_grade="Third grade", home_contact=["Mom, by text", "Dad"], home_hear="Weekly"
    )
    made = build_sheet(answers, "teachers", made=MADE)
    assert made.blocks[1] == Paragraph("Grade: Third grade")
    assert made.blocks[2:4] == (Heading(2, "How to reach my family"), Paragraph("Mom, by text · How often: Weekly"))
    assert no_room(made) == {"home-contact": "no room for all of it on one page"}


def test_height_counts_wide_letters_twice_and_takes_a_table_for_a_page() -> None:
    assert estimated_height([Paragraph("字" * 92)]) > estimated_height([Paragraph("a" * 92)])
    assert estimated_height([Table(("a",), ())]) >= PAGE_HEIGHT


# On paper

TEXTS = {
    "short": "word",
    "a line": "She likes to draw and to read books about beetles and other small animals when it rains",
    "two lines": "She likes to draw and to read. " * 5,
    "wide letters": "MMMM WWWW MWMWMW OOOO " * 4,
    "long": "A longer text about what helps her most of all in class. " * 10,
    "Chinese": "她喜欢安静的地方和画画" * 6,
}


def full(entry: str) -> Interview:
    """A family that repeats `entry` eight times in every answer for teachers, and shares more than that."""
    ids = dict.fromkeys(id for part in (_FIRST, *_PARTS, _LAST) for id in part.ids)
    asked = [question(id, "list", "teachers", sheet=f"About {id}") for id in ids]
    more = [question(f"own-{number}", "list", "teachers", sheet=f"Own {number}") for number in range(12)]
    sets = [question_set(f"more-{number}", f"More {number}", *more[number * 2 : number * 2 + 2]) for number in range(6)]
    answers = {one.id.replace("-", "_"): said([entry] * 8, share="teachers") for one in (*asked, *more)}
    return interview(START, question_set("all", "All", *asked), *sets, child_name="Maya R.", **answers)


@pytest.mark.parametrize("name", TEXTS)
def test_it_is_one_page_as_a_pdf_whatever_was_said(name: str) -> None:
    pytest.importorskip("typst", reason="the part for PDFs is not installed")
    made = build_sheet(full(TEXTS[name]), "teachers", made=MADE)
    try:
        assert len(pdf_pages(render(made, "pdf", lang="en"))) == 1
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.mark.parametrize("name", ["short", "two lines"])
def test_it_is_one_page_in_word_whatever_was_said(name: str, tmp_path: Path) -> None:
    made = build_sheet(full(TEXTS[name]), "teachers", made=MADE)
    assert len(pdf_pages(converted(render(made, "docx", lang="en"), tmp_path))) == 1


def test_the_way_to_the_family_comes_before_what_else_is_shared() -> None:
    written = to_markdown(build_sheet(full(TEXTS["short"]), "teachers", made=MADE))
    assert "## How to reach my family" in written
    assert "## More 5" not in written
