"""Long jobs: a few lines of progress, and cancellation at once or between two whole steps."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from itertools import count

import pytest

from iep_tui.core.progress_callback import Cancelled, ProgressCallback
from iep_tui.services.jobs import print_progress, run_with_progress

#: Seconds that only a failure waits for.
PATIENCE = 30.0


@pytest.fixture
def held() -> Iterator[threading.Event]:
    """An event that a slow step waits for, set at the end of the test."""
    event = threading.Event()
    yield event
    event.set()


def hurrying() -> Callable[[], float]:
    """A clock that advances ten seconds per reading."""
    ticks = count()
    return lambda: 10.0 * next(ticks)


def press_ctrl_c() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_what_is_done_at_once_says_nothing() -> None:
    said: list[str] = []
    assert run_with_progress(lambda _step: 7, "Please wait.", said.append) == 7
    assert said == []


def test_what_goes_wrong_is_raised_to_the_one_who_waits() -> None:
    def act(step: ProgressCallback) -> None:
        raise KeyError("words")

    with pytest.raises(KeyError, match="words"):
        run_with_progress(act, "Please wait.", print)


def test_what_takes_long_says_what_it_does_how_far_it_is_and_that_it_goes_on(held: threading.Event) -> None:
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if len(said) == 3:
            held.set()

    def act(step: ProgressCallback) -> str:
        step(120, 1_000)
        assert held.wait(PATIENCE)
        return "done"

    counted = "{done:,} of {total:,} cases are done."
    assert run_with_progress(act, "The answers are being sealed.", say, counted=counted, clock=hurrying()) == "done"
    assert said == [
        "The answers are being sealed. 120 of 1,000 cases are done. Ctrl+C stops it.",
        "Still working. Ctrl+C stops it.",
        "Still working. Ctrl+C stops it.",
    ]


def test_a_new_count_is_told_by_itself(held: threading.Event) -> None:
    said: list[str] = []
    told = threading.Event()

    def say(line: str) -> None:
        said.append(line)
        (told if len(said) == 1 else held).set()

    def act(step: ProgressCallback) -> None:
        assert told.wait(PATIENCE)
        step(2, 3)
        assert held.wait(PATIENCE)

    run_with_progress(act, "Please wait.", say, counted="{done} of {total}", clock=hurrying())
    assert said[:2] == ["Please wait. Ctrl+C stops it.", "2 of 3"]


def test_not_more_than_a_line_every_few_seconds(held: threading.Event) -> None:
    said: list[str] = []
    seconds = count()

    def clock() -> float:
        if (now := next(seconds)) == 13:
            held.set()
        return float(now)

    run_with_progress(lambda _step: held.wait(PATIENCE), "Please wait.", said.append, clock=clock)
    assert 2 <= len(said) <= 4


def test_ctrl_c_leaves_at_once_what_only_reckons(held: threading.Event) -> None:
    def act(step: ProgressCallback) -> None:
        press_ctrl_c()
        held.wait(PATIENCE)

    with pytest.raises(Cancelled):
        run_with_progress(act, "Please wait.", print)
    assert not held.is_set()


def test_what_was_left_behind_ends_at_its_next_step(held: threading.Event) -> None:
    ended = threading.Event()

    def act(step: ProgressCallback) -> None:
        press_ctrl_c()
        held.wait(PATIENCE)
        try:
            step(1, 2)
        finally:
            ended.set()

    with pytest.raises(Cancelled):
        run_with_progress(act, "Please wait.", print)
    held.set()
    assert ended.wait(PATIENCE)


def test_ctrl_c_comes_between_two_whole_steps() -> None:
    done: list[str] = []
    said: list[str] = []
    stopping = threading.Event()

    def say(line: str) -> None:
        said.append(line)
        stopping.set()

    def act(step: ProgressCallback) -> None:
        for number in range(5):
            step(number, 5)
            done.append("begun")
            if number == 1:
                press_ctrl_c()
                assert stopping.wait(PATIENCE)
            done.append("whole")

    with pytest.raises(Cancelled):
        run_with_progress(act, "Please wait.", say, whole_steps=True)
    assert done == ["begun", "whole"] * 2
    assert said == ["Stopping after this step."]


def test_a_stop_that_comes_too_late_gives_the_result() -> None:
    stopping = threading.Event()

    def act(step: ProgressCallback) -> str:
        step(0, 1)
        press_ctrl_c()
        assert stopping.wait(PATIENCE)
        return "done"

    assert run_with_progress(act, "Please wait.", lambda _line: stopping.set(), whole_steps=True) == "done"


def test_lines_of_a_verb_are_for_a_person_at_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    print_progress("Please wait.")
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    print_progress("Please wait.")
    assert capsys.readouterr() == ("", "iep-tui: Please wait.\n")
