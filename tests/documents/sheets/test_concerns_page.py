"""The page of parent concerns: the family's words unchanged, for the team, ready to attach and sign."""

from __future__ import annotations

from typing import Any

from iep_tui.core.interview import Interview
from iep_tui.documents.formats.markdown import to_markdown
from iep_tui.documents.outline_model import Heading, LeftOut, Outline, Paragraph, Quote, WritingLines
from iep_tui.documents.sheets.concerns_page import concerns_page

from ..sample_case import ANSWERS, MADE, NEEDS, START, interview, question, question_set, said

ASKED = question_set(
    "needs-asked",
    "Asked",
    question("concerns", "list", sheet="Our worries"),
    question("concerns-requests", "list", sheet="What we ask for"),
    order=4,
)
WORDS = "Maya loses the last hour.\n\n# She says: *too loud*"


def case(**answers: Any) -> Interview:
    given = {name: ANSWERS[name] for name in ("child_name", "meeting_type", "meeting_date", "plan")} | answers
    return interview(START, NEEDS, ASKED, **given)


def page(**answers: Any) -> Outline:
    return concerns_page(case(**answers), made=MADE)


def paragraphs(outline: Outline) -> list[str]:
    return [block.text for block in outline.blocks if isinstance(block, Paragraph)]


def test_the_words_stand_as_they_are_between_the_request_and_room_to_sign() -> None:
    made = page(concerns_statement=WORDS, concerns=["Reading"])
    assert made.reader == "team"
    assert made.blocks[:2] == (
        Heading(1, "Parent concerns: Maya R."),
        Paragraph("The yearly review · Friday 12 March 2027"),
    )
    assert "Please attach this page to the IEP" in paragraphs(made)[1]
    assert "34 CFR 300.324(a)(1)(ii)" in paragraphs(made)[1]
    assert [block for block in made.blocks if isinstance(block, Quote)] == [Quote(WORDS)]
    assert made.blocks[-5:-1] == (
        Paragraph("", "Name and signature"),
        WritingLines(1),
        Paragraph("", "Date"),
        WritingLines(1),
    )
    assert "Reading" not in to_markdown(made), "the statement says it"
    assert made.left_out == ()


def test_without_a_statement_the_concerns_and_requests_stand() -> None:
    made = page(concerns=["Reading"], concerns_requests=["A fifth lesson"])
    assert [block.text for block in made.blocks if isinstance(block, Heading)] == [
        "Parent concerns: Maya R.",
        "Our worries",
        "What we ask for",
        "Signed",
    ]
    written = to_markdown(made)
    assert "Reading" in written
    assert "A fifth lesson" in written


def test_only_what_the_team_may_read_is_on_it() -> None:
    made = page(
        child_name=said("Maya R.", share="family"),
        concerns_statement=said("Our own", share="family", note="Pelican"),
        concerns=said(["Reading"], share="teachers", note="Pelican"),
        concerns_requests=said(["A lesson"], "ask"),
    )
    written = to_markdown(made)
    assert made.title == "Parent concerns"
    assert "Reading" in written
    for private in ("Maya", "Our own", "Pelican", "A lesson"):
        assert private not in written
    assert made.left_out == (
        LeftOut("concerns-statement", "Our concerns", "family", "only for the family"),
        LeftOut("concerns-requests", "What we ask for", "team", "still open"),
    )


def test_with_nothing_to_say_there_is_no_page() -> None:
    assert page().blocks == ()
    kept = page(concerns_statement=said("Our own", share="family"))
    assert kept.blocks == ()
    assert [one.question_id for one in kept.left_out] == ["concerns-statement"]


def test_the_request_follows_what_the_family_wants_and_what_plan_there_is() -> None:
    def request(**answers: Any) -> str:
        return paragraphs(page(concerns_statement="She is tired.", **answers))[1]

    assert "attach this page to the IEP" in request()
    assert "attach" not in request(concerns_attach="no")
    assert "300.324" in request(concerns_attach="no")
    assert "attach this page to the plan" in request(plan="plan-504")
    assert "300.324" not in request(plan="plan-504")
