"""Subjects measured in turns, and figures: one subject's number over another's, taken in the same round."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence

import msgspec

#: What one run of a subject took: "cpu" and "wall" in seconds, "bytes", "memory" in kB, "wakes" a second, …
Sample = dict[str, float]
#: Runs a subject once.
Subject = Callable[[], Sample]


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table: `metric` of `subject` over that of `floor`; without a floor the number itself.

    `floor_metric` is the floor's number where it has another name. `goal` is the most that it may be, None where there
    is none; `scale` multiplies.
    """

    what: str
    metric: str
    subject: str
    floor: str = ""
    floor_metric: str = ""
    goal: float | None = None
    unit: str = "×"
    scale: float = 1.0


class Again(msgspec.Struct, frozen=True, kw_only=True):
    """The same figure in a second run."""

    median: float
    low: float
    high: float


class Result(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A figure as it came out: the median of the rounds, the lowest and the highest; and in a second run, if any."""

    what: str
    metric: str
    unit: str
    goal: float | None
    median: float
    low: float
    high: float
    rounds: int
    again: Again | None = None

    @property
    def met(self) -> bool | None:
        return None if self.goal is None else self.median <= self.goal

    @property
    def agrees(self) -> bool | None:
        """Whether the two runs have a number in common, to a hundredth: counts have no spread at all."""
        if self.again is None:
            return None
        room = 0.01 * max(self.high, self.again.high)
        return self.again.low <= self.high + room and self.low <= self.again.high + room


def in_rounds(subjects: Mapping[str, Subject], rounds: int, say: Callable[[str], None]) -> dict[str, list[Sample]]:
    """Run every subject once a round. Subjects that are compared stand beside each other, so that both meet the same
    noise; every other round goes backwards, so that neither always has the warm machine."""
    taken: dict[str, list[Sample]] = {name: [] for name in subjects}
    for number in range(rounds):
        for name in list(subjects)[:: 1 if number % 2 == 0 else -1]:
            say(f"round {number + 1} of {rounds}: {name}")
            taken[name].append(subjects[name]())
    return taken


def results(figures: Sequence[Figure], taken: Mapping[str, Sequence[Sample]]) -> list[Result]:
    """The figures of which everything was measured."""
    found = []
    for one in figures:
        if one.subject not in taken or (one.floor and one.floor not in taken):
            continue
        own = [sample[one.metric] for sample in taken[one.subject]]
        floor = (
            [sample[one.floor_metric or one.metric] for sample in taken[one.floor]] if one.floor else [1.0] * len(own)
        )
        numbers = [one.scale * mine / under if under else 0.0 for mine, under in zip(own, floor, strict=True)]
        found.append(
            Result(
                what=one.what,
                metric=one.metric,
                unit=one.unit,
                goal=one.goal,
                median=statistics.median(numbers),
                low=min(numbers),
                high=max(numbers),
                rounds=len(numbers),
            )
        )
    return found


def put_together(first: Sequence[Result], second: Sequence[Result]) -> list[Result]:
    """The first run, with what the second one says of the same figures."""
    again = {(one.what, one.metric): Again(median=one.median, low=one.low, high=one.high) for one in second}
    return [msgspec.structs.replace(one, again=again.get((one.what, one.metric))) for one in first]
