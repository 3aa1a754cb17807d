"""Pages to read in plain mode: the deadlines, the page about IEPs; and the quick exit."""

from __future__ import annotations

from iep_tui.plain.plain_app import LINES_TO_HIDE
from iep_tui.sets.library import Library

from .conftest import Disk, Talk
from .sample_cases import case

GIVEN = {"child-name": "Maya R.", "meeting-type": "yearly", "meeting-date": "2027-03-12", "state": "MO"}


def test_the_dates_say_the_day_the_sum_the_rule_and_what_is_missing(talk: Talk, shipped: Library) -> None:
    person = talk("/plan", "/dates", "/quit", case=case(GIVEN, "child-name"), library=shipped)
    start = person.heard.index("Dates to know.")
    told = person.heard[start:]
    headings = [line for line in told if line.startswith("Heading: ")]
    assert headings[:2] == ["Heading: Ahead", "Heading: Dates that are missing"]
    ahead = told[told.index("Heading: Ahead") + 1 : told.index("Heading: Dates that are missing")]
    assert ahead[0].startswith("1. "), ahead
    assert " 2027" in ahead[0]
    assert any(line.startswith("Counted: 12 March 2027") or "12 March 2027" in line for line in ahead)
    assert any(line.startswith("The rule: ") for line in ahead)
    assert any("Then we can count: " in line for line in told)


def test_without_rules_about_dates_it_says_so(talk: Talk) -> None:
    person = talk("/dates", "/quit", case=case({"child-name": "Maya"}, "child-name"))
    assert "There are no dates to count here yet." in person.heard


def test_what_an_iep_is_can_be_read_before_any_child_is_open(talk: Talk, shipped: Library) -> None:
    person = talk("/about", "/quit", library=shipped)
    page = shipped.about
    assert page is not None
    said = person.said.replace("\n", " ")
    assert f"Title: {page.title}" in person.heard
    for section in page.sections:
        assert f"Heading: {section.title}" in person.heard
        for para in section.paras:
            assert para.text.replace("{child}", "your child") in said
    assert person.heard.count("End of the page.") == 1


def test_leaving_at_once_saves_and_says_no_word_more(talk: Talk, disk: Disk) -> None:
    person = talk("A secret of ours.", "/leave now", case=case({"child-name": "Maya"}, "a-text"))
    assert person.code == 0
    assert person.heard[-LINES_TO_HIDE:] == [""] * LINES_TO_HIDE
    assert disk("a-text").value == "A secret of ours."
