"""Whether any answers at all make a condition hold."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping

from iep_tui.core.answers import Value
from iep_tui.core.conditions.meaning import holds, number_of
from iep_tui.core.conditions.tree import Both, Condition, Either, Not, Test, names
from iep_tui.core.conditions.typing import FACTS, Operand

#: More combinations than this are not tried; such a condition is taken to be possible.
MOST_COMBINATIONS = 200_000


def can_hold(condition: Condition, scope: Mapping[str, Operand], whens: Mapping[str, Condition]) -> bool:
    """Whether some answers make `condition` hold, each question it uses being asked only when its own condition holds.

    `whens` has those conditions by question id. All answers are tried, reduced to those that the conditions can tell
    apart; beyond `MOST_COMBINATIONS` the answer is True. A circle of conditions leaves its questions free.
    """
    order = _in_order(condition, whens)
    conditions = [condition, *(whens[name] for name in order if name in whens)]
    words = _words_by_name(conditions)
    choices: list[list[Value]] = []
    combinations = 1
    for name in order:
        known = FACTS.get(name) or scope.get(name)
        if known is None:
            return True  # an unknown name is told as a mistake of its own
        values = _values(known, words.get(name, ()))
        combinations *= len(values)
        if combinations > MOST_COMBINATIONS:
            return True
        choices.append(values)
    for picked in itertools.product(*choices):
        answers: dict[str, Value] = {}
        for name, value in zip(order, picked, strict=True):
            own = whens.get(name)
            answers[name] = value if own is None or name in FACTS or holds(own, answers.get) else None
        if holds(condition, answers.get):
            return True
    return False


def _in_order(condition: Condition, whens: Mapping[str, Condition]) -> list[str]:
    """Every name the condition rests on, directly or through other conditions; what others rest on comes first."""
    order: list[str] = []
    begun: set[str] = set()

    def visit(one: Condition) -> None:
        for name in names(one):
            if name.name in begun:
                continue
            begun.add(name.name)
            if name.name in whens and name.name not in FACTS:
                visit(whens[name.name])
            order.append(name.name)

    visit(condition)
    return order


def _words_by_name(conditions: Iterable[Condition]) -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    for test in _tests(conditions):
        words[test.name.name] = (*words.get(test.name.name, ()), *(word.text for word in test.words))
    return {name: tuple(dict.fromkeys(found)) for name, found in words.items()}


def _tests(conditions: Iterable[Condition]) -> Iterator[Test]:
    for condition in conditions:
        if isinstance(condition, Test):
            yield condition
        elif isinstance(condition, Not):
            yield from _tests((condition.part,))
        elif isinstance(condition, Both | Either):
            yield from _tests(condition.parts)


def _values(known: Operand, words: tuple[str, ...]) -> list[Value]:
    """Answers that the words of the conditions can tell apart, no answer (None) among them."""
    if known.kind == "stage":
        return list(known.values or ())
    if known.kind == "several":
        named = [word for word in words if known.values is None or word in known.values]
        if len(named) > 16:
            named = named[:16]
        several: list[Value] = [None]
        others = [value for value in known.values or () if value not in named]
        if others:
            several.append([others[0]])
        for size in range(1, len(named) + 1):
            several.extend(list(one) for one in itertools.combinations(named, size))
        return several
    if known.kind == "state":
        others = [code for code in known.values or () if code not in words]
        return [None, *words, *others[:1]]
    if known.values is not None:
        return [None, *known.values]
    if known.kind == "rate":
        return [None, 1, 2, 3, 4, 5]
    if known.kind == "age":
        return [None, *range(31)]
    if known.kind == "number":
        marks = sorted({number for word in words if (number := number_of(word)) is not None})
        between = [(low + high) / 2 for low, high in itertools.pairwise(marks)]
        ends = [marks[0] - 1, marks[-1] + 1] if marks else [1.0]
        return [None, *marks, *between, *ends]
    if known.kind == "date":
        days = sorted(word for word in words if re.fullmatch(r"\d{4}-\d{2}-\d{2}", word))
        # A day after each that is named, and ends that no calendar reaches, as text compares.
        return [None, *days, *(f"{day[:-2]}{int(day[-2:]) + 1:02}" for day in days), "0001-01-01", "9999-12-31"]
    return [None, "words"]
