"""The kind `goals`: goals for the year, in the parts that make each measurable (34 CFR 300.320(a)(2)-(3))."""

from __future__ import annotations

import re

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.base import DisplayValue
from iep_tui.core.kinds.table import TableKind, is_cell_empty
from iep_tui.core.question_model import Column, Question
from iep_tui.i18n import N_, _

#: Id, label, and the question to ask while it is missing, in the order that people think a goal through.
GOAL_PARTS: tuple[tuple[str, str, str], ...] = (
    ("need", N_("The need"), N_("Which need is this goal for?")),
    ("baseline", N_("Where things stand now"), N_("What can {child} do today? A number helps.")),
    ("skill", N_("What {child} will do"), N_("What will {child} do that someone can see?")),
    ("condition", N_("With what help, and where"), N_("With what help or materials, and where?")),
    ("measure", N_("How it is counted"), N_("How will someone count it or check it?")),
    ("criterion", N_("How much is enough"), N_("How much is enough to say the goal is met?")),
    ("by", N_("By when"), N_("By what date should this goal be met?")),
    ("who", N_("Who teaches it"), N_("Who teaches it, and who writes down how it goes?")),
    ("often", N_("How often it is checked"), N_("How often will someone check?")),
    ("reported", N_("How you will hear"), N_("When and how will you hear about progress?")),
)

#: Verbs that name a hope, not an action that someone can see and count.
_VAGUE = re.compile(r"\b(improve|understand|learn|know|appreciate|be more|be better|get better)\b", re.IGNORECASE)


class GoalsKind(TableKind):
    """Value: a list of objects with the ids of `GOAL_PARTS`; `by` is a day, the others are lines of text."""

    name = "goals"
    input_form = "goals"
    body_mark = ""

    def columns(self, question: Question) -> tuple[Column, ...]:
        return tuple(Column(part, _(label), "date" if part == "by" else "line") for part, label, _ask in GOAL_PARTS)

    def show(self, question: Question, value: Value) -> DisplayValue:
        table = super().show(question, value)
        return DisplayValue("goals", head=table.head, rows=table.rows)

    def parts_used(self, value: Value) -> tuple[str, ...]:
        return ()  # the parts are fixed, so that no version of a set can take one away


KIND = GoalsKind()


def goal_prompt(goal: dict[str, Value]) -> str:
    """Return a question that would make the goal clearer, for its first missing or vague part; "" if there is none.

    It is a suggestion: a goal that leaves it open is still valid.
    """
    skill = goal.get("skill")
    if isinstance(skill, str) and _VAGUE.search(skill):
        return _("What would someone see {child} do? Words such as read, write, ask or stay can be counted.")
    for part, _label, ask in GOAL_PARTS:
        if is_cell_empty(goal.get(part)):
            return _(ask)
    return ""
