"""One parent with a keyboard at 80×24, from the first start to a sheet in a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from .conftest import IN_A_TERMINAL, OpenWindow, start_a_child
from .driver import Terminal

pytestmark = IN_A_TERMINAL

#: A set of one's own with a question of every kind, asked right after the first one.
EVERY_KIND = """\
---
set: kinds
version: 1
lang: en
stage: before
order: 15
minutes: 5
---

# Every kind

{#k-line kind=line core=yes}
## What about a line?

{#k-text kind=text core=yes}
## What about a text?

{#k-list kind=list core=yes}
## What about a list?

{#k-one core=yes}
## What about one choice?

- ( ) Fine {fine}
- ( ) Other: ____ {other}

{#k-several core=yes}
## What about several choices?

- [ ] Quiet {quiet}
- [ ] Light {light}
- [ ] Music {music}
- [ ] None of these {none}

{#k-date kind=date core=yes}
## What about a day?

{#k-time kind=time core=yes}
## What about a time?

{#k-number kind=number core=yes}
## What about a number?

{#k-rate kind=rate core=yes}
## What about a place from 1 to 5?

{#k-yesno kind=yesno core=yes}
## What about yes or no?

{#k-table core=yes}
## What about a table?

| Service {service} | Minutes {minutes:number} | Since {since:date} | Enough? {enough:yesno} | We ask for {ask} |
|---|---|---|---|---|

{#k-goals kind=goals core=yes}
## What about goals?
"""

NAME = "Zoë [b]O'Neil[/b] <script>"


#: Before words of the screen: the cursor stands in the line below them.
BELOW = "↓"


class Asked(NamedTuple):
    """A question of the set above: keys with the text that each one brings up, and the resulting value."""

    id: str
    title: str
    steps: tuple[tuple[str, str], ...]
    value: object


ASKED = (
    Asked("k-line", "a line", (("# 1 | [red]`x`[/red] {child}", "{child}"),), "# 1 | [red]`x`[/red] {child}"),
    Asked(
        "k-text",
        "a text",
        (
            ("After recess.", "After recess."),
            ("enter", "After recess."),
            ("enter", "After recess."),
            ("She said: «no» — Zoë", "— Zoë"),
        ),
        "After recess.\n\nShe said: «no» — Zoë",
    ),
    Asked(
        "k-list",
        "a list",
        (("Snails", "1 Snails"), ("enter", "2"), ("- [ ] Maps", "2 - [ ] Maps")),
        ["Snails", "- [ ] Maps"],
    ),
    Asked("k-one", "one choice", (("2", "In your own words"), ("up at four", "up at four")), {"other": "up at four"}),
    Asked(
        "k-several",
        "several choices",
        (("3", "[x] 3 Music"), ("up", "Music"), ("up", "Music"), ("space", "[x] 1 Quiet")),
        ["quiet", "music"],
    ),
    Asked("k-date", "a day", (("march 12, 2027", "Friday 12 March 2027"),), "2027-03-12"),
    Asked("k-time", "a time", (("2:30 pm", "2:30 pm"),), "14:30"),
    Asked("k-number", "a number", (("1,250.5", "1,250.5"),), 1250.5),
    Asked("k-rate", "a place from 1 to 5", (("4", "(•) 4"),), 4),
    Asked("k-yesno", "yes or no", (("down", "No"), ("space", "(•) 2 No")), "no"),
    Asked(
        "k-table",
        "a table",
        (
            ("enter", "Row 1 of 1"),
            ("Speech | OT", "Speech | OT"),
            ("enter", BELOW + "Minutes"),
            ("30", "30"),
            ("enter", BELOW + "Since"),
            ("1/3/2027", "Sunday 3 January 2027"),
            ("enter", "▸ Enough?"),
            ("2", "● No"),
            ("tab", BELOW + "We ask for"),
            ("60 minutes", "60 minutes"),
            ("enter", "1. Speech | OT"),
            ("down", "+ Add a row"),
            ("enter", "Row 2 of 2"),
            ("Reading", "Reading"),
            ("enter", BELOW + "Minutes"),
            ("twenty", "twenty"),
        ),
        [
            {"service": "Speech | OT", "minutes": 30, "since": "2027-01-03", "enough": "no", "ask": "60 minutes"},
            {"service": "Reading", "minutes": "twenty"},
        ],
    ),
    Asked(
        "k-goals",
        "goals",
        (
            ("enter", "Goal 1 of 1"),
            ("Reading", "Reading"),
            ("enter", BELOW + "Where things stand now"),
            ("52 words", "52 words"),
            ("enter", BELOW + "What Zoë will do"),
            ("Read a new page", "Read a new page"),
        ),
        [{"need": "Reading", "baseline": "52 words", "skill": "Read a new page"}],
    ),
)


@pytest.fixture
def _own_set(home: Path) -> None:
    path = home / "questions" / "en" / "kinds.md"
    path.parent.mkdir(parents=True)
    path.write_text(EVERY_KIND, encoding="utf-8")


def program(home: Path, *arguments: str) -> bytes:
    """The output of a command in its own process."""
    return subprocess.run(
        [sys.executable, "-m", "iep_tui", *arguments],
        cwd=home.parent,
        env={**os.environ, "IEP_TUI_HOME": str(home)},
        capture_output=True,
        check=True,
        timeout=30,
    ).stdout


def answer(window: Terminal, asked: Asked) -> None:
    window.wait_for(f"What about {asked.title}?")
    for key, seen in asked.steps:
        window.press(key)
        if seen.startswith(BELOW):
            window.wait_for_cursor_below(seen.removeprefix(BELOW))
        else:
            window.wait_for(seen)


def walk_to(window: Terminal, title: str) -> None:
    """Move on from question to question until this one appears."""
    while not window.shows(f"What about {title}?"):
        here = title_line(window)
        window.press("f4")
        window.wait_until(lambda: title_line(window) not in ("", here), "the next question")  # noqa: B023


def title_line(window: Terminal) -> str:
    return window.screen.splitlines()[4].strip()


@pytest.mark.usefixtures("_own_set")
def test_every_kind_of_answer_from_the_keyboard_to_the_sheet(open_window: OpenWindow, home: Path) -> None:
    window = start_a_child(open_window)
    window.press(NAME)
    window.wait_for(NAME)
    walk_to(window, ASKED[0].title)
    *others, last = ASKED
    for one in others:
        answer(window, one)
        window.press("f4")
    answer(window, last)
    window.press("ctrl+q")
    assert window.ended() == 0

    again = open_window()
    again.wait_for(NAME)
    again.press("enter")
    again.wait_for("What about goals?")
    again.wait_for("1. Reading · Read a new page")
    for one in reversed(others):
        again.press("f3")
        again.wait_for(f"What about {one.title}?")

    [case] = json.loads(program(home, "cases", "--json"))
    assert case["child"] == NAME
    file = json.loads(program(home, "export", case["id"], "--format", "json"))
    answers = file["meetings"][0]["answers"]
    expected = {"child-name": NAME, **{one.id: one.value for one in ASKED}}
    assert {name: answer["value"] for name, answer in answers.items()} == expected, "also after a look at each again"
    assert {answer["state"] for answer in answers.values()} == {"answered"}

    again.press("f9")
    again.wait_for("Save a copy")
    again.press("ctrl+s")
    again.wait_for("Save the sheet as")
    path = home.parent / "sheet.md"
    again.press("ctrl+u", str(path), "enter")
    again.wait_for("Saved as")
    assert path.read_bytes() == program(home, "export", case["id"], "--for", "team")
    again.press("ctrl+q")
    assert again.ended() == 0
