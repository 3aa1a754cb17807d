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

#: More combinations of answers than this are not tried, nor more comparisons made; the condition may then hold.
MAX_COMBINATIONS = 200_000
MAX_COMPARISONS = 2_000_000
#: A question with several choices, more of them named than this, is left undecided.
_MOST_NAMED = 10


def can_hold(condition: Condition, scope: Mapping[str, Operand], whens: Mapping[str, Condition]) -> bool:
    """Whether some answers make the condition true. `whens` has the condition of each question that has one, with its
    set's: a question whose own does not hold has no answer, and so on through all that they build on.

    Answers are tried, of those that the conditions can tell apart one of each kind, and a start that has already
    decided the condition is not followed further. Questions that wait for each other, and names that are not in
    `scope`, are taken to be possible; so is all that takes more than `MAX_COMBINATIONS`.
    """
    order = _in_order(condition, whens)
    own = {name: whens[name] for name in order if name in whens and name not in FACTS}
    asked: dict[str, list[Comparison | Answered]] = {}
    for test in itertools.chain.from_iterable(map(comparisons, (condition, *own.values()))):
        asked.setdefault(test.name.name, []).append(test)
    answers = {}
    for name in order:
        known = FACTS.get(name) or scope.get(name)
        if known is not None and (values := _distinct(known, asked[name])):
            answers[name] = values
    most = min(MAX_COMBINATIONS, MAX_COMPARISONS // sum(map(_size, asked.values())))
    return _search(condition, answers, own, most)


def _search(
    condition: Condition, answers: Mapping[str, Sequence[Value]], whens: Mapping[str, Condition], most: int
) -> bool:
    """Depth first through `answers` in their order, in `most` steps. By hand, as it may go deeper than Python may."""
    order = list(answers)
    picked: dict[str, Value] = {}
    waiting: list[Iterator[Value]] = []
    for _step in range(most):
        truth = _truth(condition, picked)
        if truth or (truth is None and len(picked) == len(order)):
            return True
        if truth is None:
            name = order[len(picked)]
            own = whens.get(name)
            hidden = own is not None and _truth(own, picked) is False
            waiting.append(iter((None,) if hidden else answers[name]))
        while waiting:
            name = order[len(waiting) - 1]
            try:
                picked[name] = next(waiting[-1])
                break
            except StopIteration:
                waiting.pop()
                picked.pop(name, None)
        else:
            return False
    return True


def _truth(condition: Condition, picked: Mapping[str, Value]) -> bool | None:
    """Whether the condition is true; None where that depends on names that are not in `picked`."""
    match condition:
        case Comparison() | Answered():
            return holds(condition, picked.__getitem__) if condition.name.name in picked else None
        case Not():
            truth = _truth(condition.part, picked)
            return None if truth is None else not truth
        case And():
            return _first_or_all(condition.parts, picked, decides=False)
        case Or():
            return _first_or_all(condition.parts, picked, decides=True)


def _first_or_all(parts: Sequence[Condition], picked: Mapping[str, Value], *, decides: bool) -> bool | None:
    """`decides` when a part has that truth, the opposite when all have that, None when it is still open."""
    still_open = False
    for part in parts:
        truth = _truth(part, picked)
        if truth is decides:
            return decides
        still_open = still_open or truth is None
    return None if still_open else not decides


def _in_order(condition: Condition, whens: Mapping[str, Condition]) -> list[str]:
    """Every name that the condition builds on, through other conditions too, after all that it builds on itself."""
    order: list[str] = []
    begun: set[str] = set()
    waiting = [("", iter(referenced_names(condition)))]
    while waiting:
        owner, its_names = waiting[-1]
        fresh = next((one.name for one in its_names if one.name not in begun), None)
        if fresh is not None:
            begun.add(fresh)
            own = whens.get(fresh) if fresh not in FACTS else None
            waiting.append((fresh, iter(referenced_names(own) if own is not None else ())))
        else:
            waiting.pop()
            if owner:
                order.append(owner)
    return order


def _distinct(known: Operand, asked: Sequence[Comparison | Answered]) -> list[Value]:
    """Answers that give every mix of truths that is asked, None last; none at all where they would be too many."""
    possible = _possible(known, [word for test in asked if isinstance(test, Comparison) for word in test.words])
    if len(possible) * _size(asked) > MAX_COMPARISONS:
        return []
    found: dict[tuple[bool, ...], Value] = {}
    for value in possible:
        found.setdefault(tuple(holds(test, {test.name.name: value}.get) for test in asked), value)
    return list(found.values())


def _size(asked: Sequence[Comparison | Answered]) -> int:
    """How many comparisons these are at most."""
    return sum(len(test.words) if isinstance(test, Comparison) else 1 for test in asked)


def _possible(known: Operand, words: Sequence[LiteralValue]) -> list[Value]:
    """Answers to one question: enough of them for these words to tell all the others apart."""
    values = known.values or ()
    numbers = sorted({word.number for word in words if word.number is not None})
    match known.kind:
        case "stage":
            return [*values]
        case "one" | "yesno" | "state":
            return [*values, None]
        case "several":
            return _several(values, {word.text for word in words})
        case "age":
            return [*range(31), None]
        case "rate":
            return [1, 2, 3, 4, 5, None]
        case "number":
            between = [(low + high) / 2 for low, high in itertools.pairwise(numbers)]
            ends = [numbers[0] - 1, numbers[-1] + 1] if numbers else [1]
            return [*numbers, *between, *ends, None]
        case "date":
            days = [day for word in words if (day := as_date(word.text))] or [datetime.date(2027, 1, 1)]
            near = {day.toordinal() + step for day in days for step in (-1, 0, 1)}
            last = datetime.date.max.toordinal()
            return [*(datetime.date.fromordinal(day).isoformat() for day in sorted(near) if 1 <= day <= last), None]
        case _:
            return ["words", None]


def _several(values: Sequence[str], named: set[str]) -> list[Value]:
    """Every mix of the named choices, and one that is not named; "none of these" only by itself."""
    told = [value for value in values if value in named]
    if len(told) > _MOST_NAMED:
        return []
    together = [value for value in told if value != NONE_CHOICE]
    others = [value for value in values if value not in named][:1]
    mixes: list[Value] = []
    for size in range(1, len(together) + 1):
        mixes.extend([*mix] for mix in itertools.combinations(together, size))
    single: list[Value] = [[value] for value in (NONE_CHOICE, *others) if value in values]
    return [*mixes, *single, None]
