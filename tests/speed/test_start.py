"""The start: what the first screen loads, and what waits until it stands. Each module is a file to find and run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from iep_tui.store.cases import Store
from iep_tui.tui.readying import NEXT

from .conftest import family

#: The program from its front door to home with one child. There it notes what is loaded; then it loads what comes next
#: (which by itself would begin a moment later), and opens the child's case.
WATCH = """
import gc, json, sys
import iep_tui.cli
from iep_tui.verbs import opening

noted = {}

def note(place):
    noted[place] = {"modules": [name for name in sys.modules if sys.modules[name] is not None], "gc": gc.isenabled()}

async def until(pilot, selector):
    while not pilot.app.screen.query(selector):
        await pilot.pause(0.01)
    await pilot.pause()

async def walk(pilot):
    await until(pilot, "#cases")
    note("home")
    await readying.load(pilot.app)
    note("ready")
    await pilot.press("enter")
    await until(pilot, "#columns")
    note("question")
    pilot.app.exit()

def run(app):
    return run_as_before(app, headless=True, auto_pilot=walk)

opening._is_plain_by_itself = lambda: False
import iep_tui.tui.terminal as terminal, iep_tui.tui.readying as readying
readying.AFTER = 3600
run_as_before, terminal.TerminalApp.run = terminal.TerminalApp.run, run
iep_tui.cli.main([])
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
    "iep_tui.calls",
    "iep_tui.core.conditions",
    "iep_tui.core.interview",
    "iep_tui.handing_out",
    "iep_tui.plain",
    "iep_tui.sets.reader",
    "iep_tui.sheet",
    "iep_tui.sitting",
    "iep_tui.store.lock",
    "iep_tui.store.open_case",
    "iep_tui.store.recovery_key",
    "iep_tui.tui.sheets",
    "iep_tui.tui.visiting",
}


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    home = tmp_path_factory.mktemp("start") / "data"
    Store(home).add(family("q-2", 30))
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
    assert "iep_tui.tui.screens.home" in loaded
    assert LATER & loaded == set()
    assert {name for name in loaded if name.startswith("iep_tui.tui.screens.")} == {
        "iep_tui.tui.screens.base",
        "iep_tui.tui.screens.home",
    }
    ours = [name for name in loaded if name.startswith("iep_tui")]
    assert len(ours) < 70, "each module is a file to find, to read and to run"


def test_what_comes_next_is_loaded_once_it_stands(noted: dict[str, dict[str, Any]]) -> None:
    """So that no key waits for it. A question, too, brings only the widget of its kind."""
    ready, question = set(noted["ready"]["modules"]), set(noted["question"]["modules"])
    assert set(NEXT) <= ready
    late = {name for name in question - ready if not name.startswith("iep_tui.core.kinds")}
    assert len(late) < 12, sorted(late)


def test_nothing_is_tidied_up_while_it_starts(noted: dict[str, dict[str, Any]]) -> None:
    """All that is made then stays; afterwards circles of objects are looked for again."""
    assert [noted[place]["gc"] for place in ("home", "ready", "question")] == [False, True, True]
