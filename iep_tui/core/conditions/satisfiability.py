"""Satisfiability check of a condition: whether any combination of answers makes it true."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from iep_tui.core.case_model import Value
from iep_tui.core.conditions.evaluation import holds
from iep_tui.core.conditions.syntax import (
    And,
    Answered,
    Comparison,
    Condition,
    Not,
    Or,
    comparisons,
    referenced_names,
)
from iep_tui.core.conditions.type_check import FACTS, Operand

#: Limits of the search. Beyond them the condition is assumed satisfiable.
MAX_COMBINATIONS = 200_000
MAX_COMPARISONS = 2_000_000


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
    literals = [value for comparison in asked if isinstance(comparison, Comparison) for value in comparison.values]
    numbers = sorted({literal.number for literal in literals if literal.number is not None})
    texts = {literal.text for literal in literals}
    candidates = operand.type.sample_values(operand.values or (), texts, numbers)
    if candidates is None or len(candidates) * _size(asked) > MAX_COMPARISONS:
        return []
    answers: dict[tuple[bool, ...], Value] = {}
    for value in candidates:
        answers.setdefault(tuple(holds(comparison, {comparison.name.name: value}.get) for comparison in asked), value)
    return list(answers.values())


def _size(asked: Sequence[Comparison | Answered]) -> int:
    """Upper bound on the number of comparisons."""
    return sum(len(comparison.values) if isinstance(comparison, Comparison) else 1 for comparison in asked)
