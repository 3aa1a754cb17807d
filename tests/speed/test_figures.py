"""What the benchmark says of its numbers: over the floor of the same round, and whether two runs agree."""

import pytest

from benchmarks.figures import figures
from benchmarks.measurement import Again, Figure, Result, Sample, Subject, in_rounds, results, with_second_run
from benchmarks.report import Run, table
from benchmarks.subjects import Subjects


def one_result(low: float, high: float, again: tuple[float, float] | None = None) -> Result:
    second = None if again is None else Again(median=sum(again) / 2, low=again[0], high=again[1])
    return Result(
        what="save / write",
        metric="cpu",
        unit="×",
        goal=1.5,
        median=(low + high) / 2,
        low=low,
        high=high,
        rounds=3,
        again=second,
    )


def test_a_figure_is_over_the_floor_of_its_own_round() -> None:
    taken = {"save": [{"cpu": 2.0}, {"cpu": 30.0}, {"cpu": 5.0}], "write": [{"cpu": 1.0}, {"cpu": 10.0}, {"cpu": 2.0}]}
    (found,) = results([Figure(what="save / write", metric="cpu", subject="save", floor="write", goal=2.5)], taken)
    assert (found.median, found.low, found.high, found.met) == (2.5, 2.0, 3.0, True)


def test_every_other_round_goes_backwards() -> None:
    order: list[str] = []

    def subject(name: str) -> Subject:
        def run() -> Sample:
            order.append(name)
            return {"cpu": 1.0}

        return run

    in_rounds({name: subject(name) for name in ("a", "b")}, 2, lambda words: None)
    assert order == ["a", "b", "b", "a"]


@pytest.mark.parametrize(
    ("first", "second", "agrees"),
    [
        ((1.0, 1.2), (1.1, 1.4), True),
        ((1.0, 1.2), (1.3, 1.4), False),
        ((1.3, 1.4), (1.0, 1.2), False),
        ((66.0, 66.0), (66.0, 66.0), True),
        ((9.9, 9.9), (9.95, 9.95), True),
    ],
)
def test_two_runs_agree_when_their_spreads_meet(
    first: tuple[float, float], second: tuple[float, float], agrees: bool
) -> None:
    assert one_result(*first, again=second).agrees is agrees


def test_one_run_alone_neither_agrees_nor_disagrees() -> None:
    assert one_result(1.0, 1.2).agrees is None


def test_the_second_run_is_put_beside_the_same_figure() -> None:
    (both,) = with_second_run([one_result(1.0, 1.2)], [one_result(2.0, 2.2)])
    assert (both.median, both.again) == (1.1, Again(median=2.1, low=2.0, high=2.2))


def test_the_table_says_what_was_missed_and_what_disagreed() -> None:
    run = Run(
        python="3.11",
        system="Linux",
        load=0.1,
        seconds=60,
        results=[one_result(1.6, 1.8, again=(2.0, 2.2))],
        again="load 0.2 before, 61 seconds",
    )
    written = table(run)
    assert "0 of 1 figures agree" in written
    assert (
        "| save / write | cpu | 1.70 × | 1.60 to 1.80 | 2.10 × (2.00 to 2.20) | **no** | ≤ 1.50 × | **no** |" in written
    )


def test_every_figure_has_its_subject_and_its_floor(tmp_path_factory: pytest.TempPathFactory) -> None:
    known = Subjects(tmp_path_factory.mktemp("bench")).all()
    for one in figures(10_000):
        assert one.subject in known
        assert not one.floor or one.floor in known
