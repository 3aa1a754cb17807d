"""The prompt for the missing parts of a goal, and the parts themselves."""

from __future__ import annotations

import pytest

from iep_tui.core.case_model import Value
from iep_tui.core.kinds import display_value, validation_message
from iep_tui.core.kinds.goals import GOAL_PARTS, goal_prompt

from .builders import question

WHOLE: dict[str, Value] = {
    "need": "Reading",
    "baseline": "41 words a minute",
    "skill": "Read a page aloud",
    "condition": "Second grade text, in class",
    "measure": "Words read right in a minute",
    "criterion": "70 words, three weeks in a row",
    "by": "2028-03-12",
    "who": "Reading teacher",
    "often": "Every week",
    "reported": "A note each month",
}


def test_a_whole_goal_is_asked_nothing_more() -> None:
    assert goal_prompt(WHOLE) == ""


def test_an_empty_goal_is_asked_for_its_first_part() -> None:
    assert goal_prompt({}) == "Which need is this goal for?"


@pytest.mark.parametrize(("part", "ask"), [(part, ask) for part, _name, ask in GOAL_PARTS])
@pytest.mark.parametrize("left", [None, "", "  \n"])
def test_each_part_that_says_nothing_is_asked_for(part: str, ask: str, left: Value) -> None:
    assert goal_prompt({**WHOLE, part: left}) == ask


@pytest.mark.parametrize(
    "skill",
    ["Improve his reading", "understand fractions", "He will learn to read", "Be more calm", "KNOW her letters"],
)
def test_a_hope_is_asked_what_someone_would_see(skill: str) -> None:
    asked = goal_prompt({**WHOLE, "skill": skill})
    assert asked.startswith("What would someone see {child} do?")


@pytest.mark.parametrize("skill", ["Read the knowledge cards aloud", "Write his name", "Ask for a break"])
def test_an_act_is_not(skill: str) -> None:
    assert goal_prompt({**WHOLE, "skill": skill}) == ""


def test_it_is_always_a_question_never_a_verdict() -> None:
    asked = {goal_prompt({**WHOLE, part: None}) for part in WHOLE}
    asked.add(goal_prompt({"skill": "improve"}))
    assert all("?" in one and "!" not in one for one in asked)


def test_the_day_is_a_day_and_the_other_parts_are_words() -> None:
    goals = question("g", "goals")
    assert validation_message(goals, [WHOLE]) == ""
    assert validation_message(goals, [{"by": "in spring"}]).startswith(
        "Row 1, By when: We could not read this as a day."
    )
    table = display_value(goals, [WHOLE])
    assert table.form == "goals"
    assert len(table.head) == len(GOAL_PARTS)
    assert table.rows[0][6] == "Sunday 12 March 2028"
