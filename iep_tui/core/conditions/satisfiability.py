"""Satisfiability check of a condition: whether any combination of answers makes it true."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping, Sequence

from iep_tui.core.case_model import Value
from iep_tui.core.conditions.evaluation import holds
from iep_tui.core.conditions.syntax import (
    And,
    Answered,
    Comparison,
    Condition,
    LiteralValue,
    Not,
    Or,
    comparisons,
    referenced_names,
)
from iep_tui.core.conditions.type_check import FACTS, Operand
from iep_tui.core.dates import as_date
from iep_tui.core.kinds.several import NONE_CHOICE

#: Limits of the search. Beyond them the condition is assumed satisfiable.
MAX_COMBINATIONS = 200_000
MAX_COMPARISONS = 2_000_000
#: A "several" question with more of its choices named in conditions than this is not enumerated.
_MAX_NAMED = 10


def can_hold(condition: Condition, scope: Mapping[str, Operand], whens: Mapping[str, Condition]) -> bool:
    """Return whether some combination of answers makes the condition true.

    `whens` maps a question to its condition joined with that of its set. A question whose condition is false has no
    answer, and so on through everything the conditions depend on.

    The search tries one answer for each truth pattern that the conditions can distinguish, and prunes a branch as soon
    as the condition is decided. Questions that depend on each other, names that are not in `scope`, and searches of
    more than `MAX_COMBINATIONS` steps count as satisfiable.
    """
    order = _dependency_order(condition, whens)
    own_conditions = {name: whens[name] for name in order if name in whens and name not in FACTS}
    asked: dict[str, list[Comparison | Answered]] = {}
    for comparison in itertools.chain.from_iterable(map(comparisons, (condition, *own_conditions.values()))):
        asked.setdefault(comparison.name.name, []).append(comparison)
    answers = {}
    for name in order:
        operand = FACTS.get(name) or scope.get(name)
        if operand is not None and (values := _distinct_answers(operand, asked[name])):
            answers[name] = values
    max_steps = min(MAX_COMBINATIONS, MAX_COMPARISONS // sum(map(_size, asked.values())))
    return _search(condition, answers, own_conditions, max_steps)


def _search(
    condition: Condition, answers: Mapping[str, Sequence[Value]], whens: Mapping[str, Condition], max_steps: int
) -> bool:
    """Search depth-first in at most `max_steps` steps. Iterative, since recursion could go too deep."""
    order = list(answers)
    picked: dict[str, Value] = {}
    branches: list[Iterator[Value]] = []
    for _step in range(max_steps):
        truth = _partial_truth(condition, picked)
        if truth or (truth is None and len(picked) == len(order)):
            return True
        if truth is None:
            name = order[len(picked)]
            own_condition = whens.get(name)
            hidden = own_condition is not None and _partial_truth(own_condition, picked) is False
            branches.append(iter((None,) if hidden else answers[name]))
        while branches:
            name = order[len(branches) - 1]
            try:
                picked[name] = next(branches[-1])
                break
            except StopIteration:
                branches.pop()
                picked.pop(name, None)
        else:
            return False
    return True


def _partial_truth(condition: Condition, picked: Mapping[str, Value]) -> bool | None:
    """Evaluate the condition; None where the result depends on names that are not in `picked`."""
    match condition:
        case Comparison() | Answered():
            return holds(condition, picked.__getitem__) if condition.name.name in picked else None
        case Not():
            truth = _partial_truth(condition.part, picked)
            return None if truth is None else not truth
        case And():
            return _joined_truth(condition.parts, picked, decides=False)
        case Or():
            return _joined_truth(condition.parts, picked, decides=True)


def _joined_truth(parts: Sequence[Condition], picked: Mapping[str, Value], *, decides: bool) -> bool | None:
    """Return `decides` if any part has that truth, its opposite if no part can, None while undecided."""
    still_open = False
    for part in parts:
        truth = _partial_truth(part, picked)
        if truth is decides:
            return decides
        still_open = still_open or truth is None
    return None if still_open else not decides


def _dependency_order(condition: Condition, whens: Mapping[str, Condition]) -> list[str]:
    """Return every name the condition depends on, directly or through other conditions, dependencies first."""
    order: list[str] = []
    seen: set[str] = set()
    stack = [("", iter(referenced_names(condition)))]
    while stack:
        owner, its_names = stack[-1]
        new_name = next((ref.name for ref in its_names if ref.name not in seen), None)
        if new_name is not None:
            seen.add(new_name)
            own_condition = whens.get(new_name) if new_name not in FACTS else None
            stack.append((new_name, iter(referenced_names(own_condition) if own_condition is not None else ())))
        else:
            stack.pop()
            if owner:
                order.append(owner)
    return order


def _distinct_answers(operand: Operand, asked: Sequence[Comparison | Answered]) -> list[Value]:
    """Return one answer for each truth pattern of the comparisons `asked`, None last; [] if there are too many."""
    candidates = _candidate_answers(
        operand, [value for comparison in asked if isinstance(comparison, Comparison) for value in comparison.values]
    )
    if len(candidates) * _size(asked) > MAX_COMPARISONS:
        return []
    answers: dict[tuple[bool, ...], Value] = {}
    for value in candidates:
        answers.setdefault(tuple(holds(comparison, {comparison.name.name: value}.get) for comparison in asked), value)
    return list(answers.values())


def _size(asked: Sequence[Comparison | Answered]) -> int:
    """Upper bound on the number of comparisons."""
    return sum(len(comparison.values) if isinstance(comparison, Comparison) else 1 for comparison in asked)


def _candidate_answers(operand: Operand, literals: Sequence[LiteralValue]) -> list[Value]:
    """Return enough answers to one question to cover every case that these literals distinguish."""
    values = operand.values or ()
    numbers = sorted({literal.number for literal in literals if literal.number is not None})
    match operand.kind:
        case "stage":
            return [*values]
        case "one" | "yesno" | "state":
            return [*values, None]
        case "several":
            return _several_answers(values, {literal.text for literal in literals})
        case "age":
            return [*range(31), None]
        case "rate":
            return [1, 2, 3, 4, 5, None]
        case "number":
            between = [(low + high) / 2 for low, high in itertools.pairwise(numbers)]
            ends = [numbers[0] - 1, numbers[-1] + 1] if numbers else [1]
            return [*numbers, *between, *ends, None]
        case "date":
            days = [day for literal in literals if (day := as_date(literal.text))] or [datetime.date(2027, 1, 1)]
            near = {day.toordinal() + step for day in days for step in (-1, 0, 1)}
            last = datetime.date.max.toordinal()
            return [*(datetime.date.fromordinal(day).isoformat() for day in sorted(near) if 1 <= day <= last), None]
        case _:
            return ["words", None]


def _several_answers(values: Sequence[str], named: set[str]) -> list[Value]:
    """Return every combination of the named choices, plus one unnamed choice; "none of these" only alone."""
    named_choices = [value for value in values if value in named]
    if len(named_choices) > _MAX_NAMED:
        return []
    combinable = [value for value in named_choices if value != NONE_CHOICE]
    unnamed = [value for value in values if value not in named][:1]
    mixes: list[Value] = []
    for size in range(1, len(combinable) + 1):
        mixes.extend([*mix] for mix in itertools.combinations(combinable, size))
    single: list[Value] = [[value] for value in (NONE_CHOICE, *unnamed) if value in values]
    return [*mixes, *single, None]
