"""Rounds of typing that end badly: start, type, end at a random moment, export, compare.

    python -m tests.torture.rounds FOLDER --rounds 1000 --seed 7

Prints a JSON object. `lost` lists answers that the screen had called saved and that are not on the disk word for word;
it has to be empty. The same seed gives the same words and the same moments (the machine's own speed stays its own).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from pathlib import Path

from iep_tui.cli.main import main as program
from iep_tui.core.case_model import Answer, Answers, Case, Meeting
from iep_tui.store.case_store import CaseStore

from .window import Window

CASE = "torture-case"
QUESTIONS = 6
SET = """\
---
set: torture
version: 1
lang: en
stage: before
order: 15
minutes: 5
---

# Long answers

""" + "\n".join(
    f"{{#long-{number} kind=text core=yes}}\n## What about number {number}?\n" for number in range(1, QUESTIONS + 1)
)
WORD = re.compile(r"\b[a-z]{3}\d{5}\b")
ENDS = ("SIGKILL", "SIGKILL", "SIGKILL", "SIGTERM", "SIGHUP", "window")
#: What may be lost by a signal that can be caught: nothing that stands on the screen.
CAUGHT = ("SIGTERM", "SIGHUP", "window")
SAVED = "✓ Saved"


class Typist:
    """Types into one window, and records the text that the screen called saved.

    `typed` is all that was sent for each question in this round and those before; `saved` how many of its characters
    the screen has called saved.
    """

    def __init__(self, window: Window, chance: random.Random, typed: dict[int, str], saved: dict[int, int]) -> None:
        self.window = window
        self.chance = chance
        self.typed = typed
        self.saved = saved
        self.at = self._question()
        self._before = self._standing()
        self._was_saved = True

    def _question(self) -> int:
        found = re.search(r"What about number (\d)\?", self.window.screen)
        assert found is not None, self.window.screen
        return int(found[1])

    def _standing(self) -> int:
        """The number of typed characters of this question on the screen, to the end of the last word."""
        words = WORD.findall(self.window.screen)
        text = self.typed.get(self.at, "")
        return max((text.find(word) + len(word) for word in words if word in text), default=0)

    def look(self, seconds: float) -> None:
        """Draw for this long, and record newly saved text.

        When the top line turns to saved, all that stood on the screen before is meant by it.
        """
        until = time.monotonic() + seconds
        while True:
            left = until - time.monotonic()
            self.window.draw(max(left, 0))
            is_saved = SAVED in self.window.top
            if is_saved and not self._was_saved:
                self.saved[self.at] = max(self.saved.get(self.at, 0), self._before)
            self._was_saved = is_saved
            self._before = self._standing()
            if left <= 0:
                return

    def type_for(self, seconds: float) -> None:
        """Type words in bursts with pauses of every length, going to other questions now and then."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            turn = self.chance.random()
            if turn < 0.12:
                self._go(left)
                continue
            for _word in range(self.chance.randint(1, 3)):
                word = "".join(self.chance.choices("abcdefghijklmnopqrstuvwxyz", k=3))
                text = f"{word}{self.chance.randint(10000, 99999)}{self.chance.choice((' ', ' ', chr(10)))}"
                self.typed[self.at] = self.typed.get(self.at, "") + text
                self.window.send(text.replace("\n", "\r").encode())
            self.look(min(self.chance.choice((0.01, 0.1, 0.35, 0.6, 0.9, 1.2)), left))

    def type_and_wait_for_the_save(self) -> None:
        """A last word, and the pause after which it is saved, or nearly: the end comes into the middle of that save."""
        self.type_for(0.01)
        self.look(0.3 + self.chance.uniform(0, 0.5))

    def _go(self, seconds: float) -> None:
        """Move to the next or previous question; wait there, or die on the way."""
        wanted = self.at + (1 if (self.at < QUESTIONS and self.chance.random() < 0.6) or self.at == 1 else -1)
        self.window.send(b"\x1bOS" if wanted > self.at else b"\x1bOR")
        until = time.monotonic() + seconds
        while f"What about number {wanted}?" not in self.window.screen:
            if time.monotonic() > until:
                self.at = -1  # on the way: what stands there is nobody's
                return
            self.look(0.02)
        self.at = wanted
        self._before = self._standing()
        self._was_saved = SAVED in self.window.top


def begin_case(home: Path) -> None:
    """A child whose next question is the first long one."""
    folder = home / "questions" / "en"
    folder.mkdir(parents=True)
    (folder / "torture.md").write_text(SET, encoding="utf-8")
    name = Answer("Maya", "answered", "team", at="2027-01-03T10:00:00Z")
    meeting = Meeting("torture-meeting", "2027-01-03", Answers({"child-name": name}), "long-1")
    CaseStore(home).add(Case(CASE, (meeting,)))


def exported(home: Path) -> dict[int, str]:
    """The output of `iep-tui export --format json`, question by question."""
    out = home.parent / f"{home.name}.out.json"
    assert program(["export", CASE, "--format", "json", "--out", str(out), "--force"]) == 0
    answers = json.loads(out.read_bytes())["meetings"][-1]["answers"]
    return {n: answers[f"long-{n}"]["value"] for n in range(1, QUESTIONS + 1) if f"long-{n}" in answers}


def say_saved_too_early() -> None:
    """The control: a store that says saved at once and saves two seconds later."""
    import asyncio

    from iep_tui.store.open_case import OpenCase

    real = OpenCase.save

    def save(file: OpenCase, case: Case) -> None:
        asyncio.get_running_loop().call_later(2, real, file, case)

    type.__setattr__(OpenCase, "save", save)


def one_round(
    home: Path, chance: random.Random, typed: dict[int, str], saved: dict[int, int], options: argparse.Namespace
) -> dict[str, object]:
    """One start, some typing, and one bad end. Returns the lost answers and the way it ended."""
    how = chance.choice(ENDS)
    fresh = chance.random() < options.fresh
    window = Window(home, slow_ms=options.slow_ms, fresh=fresh, begin=say_saved_too_early if options.control else _none)
    try:
        window.wait_for("Maya")
        window.send(b"\r")
        window.wait_for("What about number")
        typist = Typist(window, chance, typed, saved)
        window.send(b"\x1b[1;5F")  # ctrl+end: go on where the words end
        typist.look(0.05)
        typist.type_for(chance.uniform(0.05, options.longest))
        if chance.random() < 0.4 and typist.at > 0:
            typist.type_and_wait_for_the_save()
        drawn, at = typist._standing(), typist.at
        window.end(how)
    finally:
        window.close()
    if how in CAUGHT and at > 0:
        saved[at] = max(saved.get(at, 0), drawn)
    torn = (home / "cases" / f".{CASE}.tmp").exists()
    there, lost = exported(home), []
    for question, text in typed.items():
        value = there.get(question, "")
        if not text.startswith(value) or len(value) < saved.get(question, 0):
            lost.append({"question": question, "saved": text[: saved.get(question, 0)], "there": value, "end": how})
        typed[question] = value  # the next round goes on from what is there
        saved[question] = min(saved.get(question, 0), len(value))
    if list((home / "cases").glob("*damaged*")):
        lost.append({"damaged": True, "end": how})
    return {"lost": lost, "end": how, "torn": torn, "fresh": fresh}


def _none() -> None:
    """A start without preparation."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--slow-ms", type=int, default=125)
    parser.add_argument("--longest", type=float, default=2.5, help="seconds of typing before the end, at most")
    parser.add_argument("--fresh", type=float, default=0.05, help="part of the rounds that start a new interpreter")
    parser.add_argument("--control", action="store_true", help="break the store: something has to be lost")
    options = parser.parse_args()
    import iep_tui.cli.commands.export_commands
    import iep_tui.tui.app  # noqa: F401 - loaded once here, so that a fork starts warm

    home = options.folder / f"seed-{options.seed}"
    import os

    os.environ["IEP_TUI_HOME"] = str(home)
    begin_case(home)
    typed: dict[int, str] = {}
    saved: dict[int, int] = {}
    ends: dict[str, int] = {}
    lost: list[object] = []
    torn = fresh = characters = done = 0
    for number in range(options.rounds):
        chance = random.Random(f"{options.seed} {number}")
        before = dict(saved)
        result = one_round(home, chance, typed, saved, options)
        done += 1
        characters += sum(max(count - before.get(question, 0), 0) for question, count in saved.items())
        ends[str(result["end"])] = ends.get(str(result["end"]), 0) + 1
        torn += bool(result["torn"])
        fresh += bool(result["fresh"])
        assert isinstance(result["lost"], list)
        lost += result["lost"]
        if lost and options.control:
            break
        if sum(map(len, typed.values())) > 4_000:  # a long answer scrolls away from who looks at it
            _begin_meeting_anew(home, typed, saved)
    print(
        json.dumps(
            {
                "seed": options.seed,
                "rounds": done,
                "ends": ends,
                "fresh": fresh,
                "killed_in_a_save": torn,
                "characters_called_saved": characters,
                "lost": lost,
            }
        )
    )
    return 0


def _begin_meeting_anew(home: Path, typed: dict[int, str], saved: dict[int, int]) -> None:
    """Empty answers to go on with; the case stays the same one."""
    with CaseStore(home).open(CASE) as file:
        meeting = file.case.latest
        kept = Answers({"child-name": meeting.answers.of("child-name")})
        file.save(file.case.with_meeting(Meeting(meeting.id, meeting.started, kept, "long-1")))
    typed.clear()
    saved.clear()


if __name__ == "__main__":
    sys.exit(main())
