"""The deadline section: on the family's own sheet, each date with its sum, and on no other sheet."""

from __future__ import annotations

from typing import Any

import pytest

from iep_tui.core.interview import Interview
from iep_tui.core.question_model import Audience, Catalogue, Deadline, DeadlineStart
from iep_tui.documents.formats.markdown import sheet

from ..sample_case import ANSWERS, MADE, SETS, TODAY, interview, maya


def rule(rule_id: str, offset: int, **others: Any) -> Deadline:
    parts: dict[str, Any] = {
        "what": f"What of {{child}} is {rule_id}",
        "acts": "school",
        "confidence": "high",
        "line": 1,
        "starts": (DeadlineStart("meeting-date"),),
        "unit": "days",
        **others,
    }
    return Deadline(id=rule_id, offset=offset, **parts)


RULES = (
    rule("after", 2, acts="family", confidence="habit"),
    rule("before", -20, ask="Ask {child}'s school.", rule="34 CFR 300.322(a)", checked="2026-11-24"),
    rule("soon", 0, unit="none"),
    rule("other", 5, when="plan = plan-504"),
)


def with_rules(one: Interview, *rules: Deadline) -> Interview:
    return Interview(Catalogue(one.catalogue.sets, (), rules), one.answers, TODAY)


def test_the_familys_sheet_has_each_with_its_sum() -> None:
    text = sheet(with_rules(maya(), *RULES), "family", made=MADE)
    part = text[text.index("## Dates to know") : text.index("## Notes")]
    assert part == (
        "## Dates to know (only us)\n\n"
        "Counted from the dates we gave. The rules may have changed: check each sum, and ask the school.\n\n"
        "- **Sunday 14 March 2027:** What of Maya is after (you act)\\\n"
        "  Counted: 12 March 2027 + 2 days.\\\n"
        "  This is a good habit, not a rule.\n"
        "- **Saturday 20 February 2027:** What of Maya is before (the school acts)\\\n"
        "  Counted: 12 March 2027 − 20 days. This was on 20 February 2027. We do not know what was done; ask the "
        "school.\\\n"
        "  Ask Maya's school.\\\n"
        "  The rule: 34 CFR 300.322(a), looked up on 24 November 2026.\\\n"
        "  The rule is clear, but check the count with the school.\n\n"
    )


@pytest.mark.parametrize("reader", ["team", "teachers"])
def test_no_other_sheet_has_them(reader: Audience) -> None:
    assert sheet(with_rules(maya(), *RULES), reader, made=MADE) == sheet(maya(), reader, made=MADE)


def test_without_a_date_there_is_no_section() -> None:
    answers = {name: value for name, value in ANSWERS.items() if name != "meeting_date"}
    assert "Dates to know" not in sheet(with_rules(interview(*SETS, **answers), *RULES), "family", made=MADE)
