"""Startup: the modules that the first screen loads, and those that wait until it is drawn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from textual.css import stylesheet
from textual.css.stylesheet import Stylesheet
from textual.design import ColorSystem
from textual.dom import DOMNode

from iep_tui.store.case_store import CaseStore
from iep_tui.tui import preload
from iep_tui.tui.app import PrepApp
from iep_tui.tui.preload import PRELOAD_MODULES
from iep_tui.tui.textual_ext.stylesheet_cache import SCREEN_STYLESHEETS as LATER_STYLES

from .conftest import family
from .test_screen import until

#: The program from its front door to home with one child. There it notes what is loaded; then it loads what comes next
#: (which by itself would begin a moment later), and opens the child's case.
WATCH = """
import gc, json, sys
import iep_tui.cli.main
from iep_tui.cli.commands import start_commands

noted = {}

def note(place, app):
    noted[place] = {
        "modules": [name for name in sys.modules if sys.modules[name] is not None],
        "gc": gc.isenabled(),
        "sets": "sets" in vars(app.library.catalogue),
    }

async def until(pilot, selector):
    while not pilot.app.screen.query(selector):
        await pilot.pause(0.01)
    await pilot.pause()

async def walk(pilot):
    await until(pilot, "#cases")
    note("home", pilot.app)
    await preload.preload_all(pilot.app)
    note("ready", pilot.app)
    await pilot.press("enter")
    await until(pilot, "#columns")
    note("question", pilot.app)
    pilot.app.exit()

def run(app):
    return run_as_before(app, headless=True, auto_pilot=walk)

start_commands._needs_plain_mode = lambda: False
import iep_tui.tui.textual_ext.terminal_control as terminal, iep_tui.tui.preload as preload
preload.PRELOAD_AFTER = 3600
run_as_before, terminal.TerminalApp.run = terminal.TerminalApp.run, run
iep_tui.cli.main.main([])
print(json.dumps(noted))
"""

#: What home with one child does without: all that belongs to an open case, to sheets, to passphrases, to other screens.
LATER = {
    "argparse",
    "cryptography",
    "docx",
    "gettext",
    "hashlib",
    "lxml",
    "markdown_it",
    "platformdirs.macos",
    "tinydb",
    "textual.widgets._text_area",
    "iep_tui.cli.parser",
    "iep_tui.core.conditions",
    "iep_tui.core.interview",
    "iep_tui.services.export",
    "iep_tui.plain",
    "iep_tui.sets.set_reader",
    "iep_tui.documents",
    "iep_tui.services.session",
    "iep_tui.store.case_lock",
    "iep_tui.store.open_case",
    "iep_tui.store.crypto.recovery_key",
    "iep_tui.tui.flows.export_flow",
    "iep_tui.tui.flows.case_flow",
}


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    home = tmp_path_factory.mktemp("start") / "data"
    CaseStore(home).add(family("q-2", 30))
    environment = {**os.environ, "IEP_TUI_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            timeout=60,
        )
        return done.stdout

    run("-m", "iep_tui", "cases")  # what is kept between two starts is there, as for anyone who comes back
    found: dict[str, dict[str, Any]] = json.loads(run("-c", WATCH))
    return found


def test_the_first_screen_loads_what_it_shows(noted: dict[str, dict[str, Any]]) -> None:
    loaded = set(noted["home"]["modules"])
    assert "iep_tui.tui.screens.home_screen" in loaded
    assert LATER & loaded == set()
    assert {name for name in loaded if name.startswith("iep_tui.tui.screens.")} == {
        "iep_tui.tui.screens.base_screen",
        "iep_tui.tui.screens.root_screen",
        "iep_tui.tui.screens.home_screen",
    }
    ours = [name for name in loaded if name.startswith("iep_tui")]
    assert len(ours) < 75, "each module is a file to find, to read and to run"


def test_what_comes_next_is_loaded_once_it_stands(noted: dict[str, dict[str, Any]]) -> None:
    """So that no key waits for it. A question, too, brings only the widget of its kind."""
    ready, question = set(noted["ready"]["modules"]), set(noted["question"]["modules"])
    assert set(PRELOAD_MODULES) <= ready
    late = {name for name in question - ready if not name.startswith("iep_tui.core.kinds")}
    assert len(late) < 12, sorted(late)


def test_a_question_needs_no_passphrases_and_no_libraries_of_sheets(noted: dict[str, dict[str, Any]]) -> None:
    """Most of the memory at a question is that of what was loaded."""
    never = {"cryptography", "docx", "hashlib", "lxml", "markdown_it", "pypdf", "typst"}
    seldom = {"iep_tui.services.passphrases", "iep_tui.tui.flows.home_actions", "iep_tui.tui.screens.help_screen"}
    assert (never | seldom) & set(noted["question"]["modules"]) == set()


def test_the_sets_are_taken_out_when_home_stands(noted: dict[str, dict[str, Any]]) -> None:
    assert [noted[place]["sets"] for place in ("home", "ready", "question")] == [False, True, True]


def test_nothing_is_tidied_up_while_it_starts(noted: dict[str, dict[str, Any]]) -> None:
    """All that is made then stays; afterwards circles of objects are looked for again."""
    assert [noted[place]["gc"] for place in ("home", "ready", "question")] == [False, True, True]


async def test_home_reads_its_own_styles_once_and_no_others(app: PrepApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each word of a style sheet is taken apart in Python. What the other screens bring comes when home stands."""
    parsed: Counter[str] = Counter()
    parse = vars(stylesheet)["parse"]

    def counted(scope: str, css: str, read_from: tuple[str, str], *rest: Any, **named: Any) -> Any:
        parsed[read_from[1] or Path(read_from[0]).name] += 1
        return parse(scope, css, read_from, *rest, **named)

    monkeypatch.setattr(stylesheet, "parse", counted)
    monkeypatch.setattr(preload, "PRELOAD_AFTER", 3600)
    async with app.run_test() as pilot:
        await until(pilot, lambda: bool(app.screen.query("#cases")), "home")
        assert parsed["app.tcss"] == 1
        assert set(LATER_STYLES).isdisjoint(parsed)
        assert [name for name, times in parsed.items() if times > 1] == []
        assert len(parsed) < 16
        await preload.preload_all(app)
        assert set(LATER_STYLES) <= set(parsed)
        seen = parsed.total()
        await pilot.press("enter")
        await until(pilot, lambda: bool(app.screen.query("#columns")), "the question")
        assert {name for name in parsed if name.endswith(".tcss")} == {"app.tcss", *LATER_STYLES}
        assert parsed.total() - seen < 15, "the widgets' own"
        assert max(parsed.values()) == 1


async def test_home_is_styled_as_it_comes_and_not_again(app: PrepApp, monkeypatch: pytest.MonkeyPatch) -> None:
    applied: Counter[str] = Counter()
    apply = Stylesheet.apply

    def counted(self: Stylesheet, node: DOMNode, **named: Any) -> None:
        applied[f"{type(node).__name__}#{node.id}"] += 1
        apply(self, node, **named)

    worked_out: list[str] = []
    colours = ColorSystem.generate

    def noted(self: ColorSystem) -> dict[str, str]:
        worked_out.append("a theme")
        return colours(self)

    monkeypatch.setattr(Stylesheet, "apply", counted)
    monkeypatch.setattr(ColorSystem, "generate", noted)
    async with app.run_test() as pilot:
        await until(pilot, lambda: bool(app.screen.query("#cases")), "home")
        await pilot.pause()
        assert worked_out == [], "the colours were worked out when the program was made"
        widgets = [*app.screen.walk_children()]
        assert len(widgets) < 16
        for name in ("Static#title", "LineButton#new", "LineButton#about", "VerticalScroll#page"):
            assert applied[name] <= 2, name  # as it comes, and for the size of the window
        assert applied["RootScreen#_default"] == 1
