"""Hostile sets, cases, file names and lines in plain mode: none acts as a terminal code, a template or a command."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable

import pytest

from iep_tui.core.case_model import Answer, Value
from iep_tui.plain.line_io import TerminalIO
from iep_tui.plain.plain_app import PlainApp
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore

from . import sample_cases
from .conftest import Clock
from .sample_cases import CHILD, STEERING, case

NASTY = f"Zoë [b]{{child}} {{0}} %s <script> \\ {STEERING}\nSaved.\r\n/quit"


def heard(library: Library, store: CaseStore, clock: Clock, *lines: str, case_id: str = CHILD) -> str:
    target = io.StringIO()
    program = PlainApp(library, store, clock, TerminalIO(io.StringIO("\n".join(lines)), target))
    assert program.run(case_id) == 0
    return target.getvalue()


def assert_steers_nothing(text: str) -> None:
    assert "\x1b" not in text
    assert not [one for one in text if unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\t"]
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


@pytest.fixture
def hostile(make_library: Callable[..., Library]) -> Library:
    words = "# Words\n\n[b]Table[/b] %s\n: Meaning {child} %s.\n"
    return make_library(sample_cases.HOSTILE, words=words)


def test_a_hostile_case_in_a_hostile_set_steers_nothing(hostile: Library, store: CaseStore, clock: Clock) -> None:
    answers: dict[str, Answer | Value] = {
        "child-name": NASTY,
        "h-one": {"other": NASTY},
        "h-list": [NASTY, NASTY],
        "h-table": [{"a": NASTY, "n": NASTY, NASTY: NASTY}],
        "h-text": NASTY,
        NASTY: NASTY,
    }
    store.add(case(answers, "child-name", answers))
    text = heard(
        hostile, store, clock,
        "/example", "/why", f"/words {STEERING}", "/words", "/review", "", "/review aside", "", "/sheet family", "",
        "/left out teachers", "/note", "", "", "", "", "", "/change 1", "", "1", "", "", "", "", "",
        f"/save {STEERING}.md", f"/{STEERING}", f"{STEERING} is none", "/home", STEERING, "/quit",
    )  # fmt: skip
    assert_steers_nothing(text)
    assert "{child}" not in text.replace("[b]{child} {0}", "")
    assert "%s" in text


def test_what_is_typed_is_kept_without_what_steers_a_terminal(kinds: Library, store: CaseStore, clock: Clock) -> None:
    store.add(case({}, "child-name"))
    typed = f"Maya {STEERING} O'Neil"
    text = heard(
        kinds, store, clock, typed, typed, "", typed, "", typed, typed, typed, "", "", "4", typed, "3", typed, "",
        "/note " + typed, "/add", typed, typed, "", "", "", "", "/go 2",
    )  # fmt: skip
    assert_steers_nothing(text)
    stored = store.read(CHILD).latest.answers
    for answer in stored.values():
        assert "\x1b" not in str(answer.value)
        assert "\u202e" not in f"{answer.value}{answer.note}"
        assert "\x1b" not in answer.note
    assert str(stored["child-name"].value).startswith("Maya ")


def test_an_answer_in_a_case_is_never_obeyed(kinds: Library, store: CaseStore, clock: Clock) -> None:
    store.add(case({"child-name": "/quit", "a-list": ["/home", "/quit"]}, "a-list"))
    text = heard(kinds, store, clock, "", "/plan")
    assert "Getting ready for /quit’s meeting." in text
