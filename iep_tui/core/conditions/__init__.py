"""The condition language of `when`, which decides whether a question applies.

    needs-sleep in (some, most)    age >= 14 and plan = iep    areas has reading    not (plan = health)

A question without an answer equals nothing: `=`, `in`, `has` and the comparisons are false for it, `!=` and
`not in` true, `answered` false. `age`, `stage` and `state` are facts, not questions.
"""

from iep_tui.core.conditions.evaluation import holds
from iep_tui.core.conditions.satisfiability import can_hold
from iep_tui.core.conditions.syntax import (
    Condition,
    ConditionError,
    NameRef,
    parse_cached,
    parse_condition,
    referenced_names,
)
from iep_tui.core.conditions.type_check import FACTS, Operand, operand, type_errors

__all__ = [
    "FACTS",
    "Condition",
    "ConditionError",
    "NameRef",
    "Operand",
    "can_hold",
    "holds",
    "operand",
    "parse_cached",
    "parse_condition",
    "referenced_names",
    "type_errors",
]
