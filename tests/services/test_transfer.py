"""Messages about a file from another computer, however large it is."""

from __future__ import annotations

from iep_tui.core.case_model import Answer, Answers, Case, Meeting
from iep_tui.core.question_model import Catalogue
from iep_tui.services.transfer import unknown_answers_text


def of(count: int) -> str:
    answers = Answers({f"own-{number:03}": Answer("x", "answered") for number in range(count)})
    return unknown_answers_text(Case("k7f3q9x2m4", (Meeting("m1", "2027-01-03", answers),)), Catalogue(()))


def test_all_that_is_known_needs_no_words() -> None:
    assert of(0) == ""


def test_one_is_named() -> None:
    assert of(1) == "1 answer belongs to no question here; it is kept: own-000"


def test_of_very_many_a_few_are_named() -> None:
    words = of(900)
    assert words.startswith("900 answers belong to no question here; they are kept: own-000, own-001,")
    assert words.endswith("own-007 …")
