"""Measuring subjects in rounds, and figures: a ratio of two subjects measured in the same round."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence

import msgspec

#: Results of one run: "cpu" and "wall" in seconds, "bytes", "memory" in kB, "wakes" per second, …
Sample = dict[str, float]
#: Runs a subject once.
Subject = Callable[[], Sample]


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the table: `metric` of `subject` divided by that of `floor`, or the plain number without a floor.

    `floor_metric` is the floor's metric if it differs from `metric`. `goal` is the maximum allowed, if any. The result
    is multiplied by `scale`.
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
    """The result of the same figure in a second run."""

    median: float
    low: float
    high: float


class Result(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A measured figure: median, lowest and highest over all rounds, and the second run, if any."""

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
        """True if the ranges of the two runs overlap, within 1%, since counts have no spread."""
        if self.again is None:
            return None
        tolerance = 0.01 * max(self.high, self.again.high)
        return self.again.low <= self.high + tolerance and self.low <= self.again.high + tolerance


def in_rounds(subjects: Mapping[str, Subject], rounds: int, say: Callable[[str], None]) -> dict[str, list[Sample]]:
    """Run every subject once per round and return the samples by subject.

    Compared subjects should be neighbors, so that both see the same noise. Every other round runs in reverse, so that
    neither always runs on the warmer machine.
    """
    samples: dict[str, list[Sample]] = {name: [] for name in subjects}
    for number in range(rounds):
        for name in list(subjects)[:: 1 if number % 2 == 0 else -1]:
            say(f"round {number + 1} of {rounds}: {name}")
            samples[name].append(subjects[name]())
    return samples


def results(figures: Sequence[Figure], samples: Mapping[str, Sequence[Sample]]) -> list[Result]:
    """Compute the figures whose subject and floor were both measured."""
    computed = []
    for figure in figures:
        if figure.subject not in samples or (figure.floor and figure.floor not in samples):
            continue
        own = [sample[figure.metric] for sample in samples[figure.subject]]
        floor = (
            [sample[figure.floor_metric or figure.metric] for sample in samples[figure.floor]]
            if figure.floor
            else [1.0] * len(own)
        )
        numbers = [figure.scale * number / base if base else 0.0 for number, base in zip(own, floor, strict=True)]
        computed.append(
            Result(
                what=figure.what,
                metric=figure.metric,
                unit=figure.unit,
                goal=figure.goal,
                median=statistics.median(numbers),
                low=min(numbers),
                high=max(numbers),
                rounds=len(numbers),
            )
        )
    return computed


def with_second_run(first: Sequence[Result], second: Sequence[Result]) -> list[Result]:
    """Add the second run's results to those of the first, figure by figure."""
    again = {
        (result.what, result.metric): Again(median=result.median, low=result.low, high=result.high) for result in second
    }
    return [msgspec.structs.replace(result, again=again.get((result.what, result.metric))) for result in first]
