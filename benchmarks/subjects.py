"""What is measured, and the floors: each gives back what one run of it took."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from benchmarks import workloads
from benchmarks.measurement import Sample, Subject
from benchmarks.processes import Window, first_screen, loop, medians, process, said

FLOOR_APP = "benchmarks.floor_app"
F4, F9 = b"\x1bOS", b"\x1b[20~"
KEYS, STEPS = 24, 10
LONG = f"{workloads.WORDS}. " * 12


class Subjects:
    """All subjects by name, over material that is made once in `folder`."""

    def __init__(self, folder: Path, *, quick: bool = False) -> None:
        self.folder = folder
        self.most_cases = 1_000 if quick else 10_000
        self.times = 5 if quick else 30
        self._made: dict[str, Path] = {}

    def all(self) -> dict[str, Subject]:
        """In this order they are run: what is compared stands together."""
        return {
            "blank app": lambda: first_screen(["-m", FLOOR_APP], self._home("one"), "Ready"),
            "home of 1": lambda: self._start("one"),
            "home of 1,000": lambda: self._start("thousand"),
            f"home of {self.most_cases:,}": lambda: self._start("most"),
            "question at once": self._question_at_once,
            "look at 1": lambda: self._look("one"),
            "look at 1,000": lambda: self._look("thousand"),
            "python": lambda: self._process("-c", "pass"),
            "python, tinydb": lambda: self._process("-c", "import tinydb"),
            "headless floor": self._headless_floor,
            "cases": lambda: self._process("-m", "iep_tui", "cases"),
            "export": lambda: self._process("-m", "iep_tui", "export", "case-000000", "--format", "md"),
            "sets": self._sets,
            "bare text area": self._bare_keys,
            "question 5": lambda: self._question("early"),
            "question 1,980": lambda: self._question("late"),
            "idle blank app": lambda: self._idle(["-m", FLOOR_APP], "Ready"),
            "idle": lambda: self._idle(["-m", "iep_tui"], "Maya"),
            "write 60": lambda: self._write(60),
            "save 60": lambda: self._save(60, "one"),
            "save 60 of 1,000": lambda: self._save(60, "thousand"),
            "write 600": lambda: self._write(600),
            "save 600": lambda: self._save(600, "six hundred"),
            "read 60": self._read,
            "open 60": self._open,
            "join 60": lambda: self._join(60),
            "sheet 60": lambda: self._sheet(60),
            "join 5,000": lambda: self._join(5_000),
            "sheet 5,000": lambda: self._sheet(5_000),
        }

    def _home(self, name: str) -> Path:
        if name not in self._made:
            folder = self.folder / name.replace(" ", "-")
            folder.mkdir()
            early, late = (workloads.question_id(number) for number in (5, 1_980))
            self._made[name] = {
                "one": lambda: workloads.home(folder),
                "thousand": lambda: workloads.home(folder, cases=1_000),
                "most": lambda: workloads.home(folder, cases=self.most_cases),
                "six hundred": lambda: workloads.home(folder, answers=600),
                "early": lambda: workloads.home(folder, answers=300, place=early, questions=workloads.MANY),
                "late": lambda: workloads.home(folder, answers=300, place=late, questions=workloads.MANY),
            }[name]()
            _come_back(self._made[name])
        return self._made[name]

    def fresh_home(self, name: str) -> Path:
        """A copy of this home as it was made: a run that answers and goes on leaves the next one where it began."""
        again = self.folder / "again"
        shutil.rmtree(again, ignore_errors=True)
        shutil.copytree(self._home(name), again / "home")
        _come_back(again / "home")
        return again / "home"

    # Programs

    def _process(self, *arguments: str) -> Sample:
        home = self._home("one")
        return medians([process(arguments, home) for _ in range(3)])

    def _headless_floor(self) -> Sample:
        """Three times Python that does nothing, and what the imports of TinyDB take beside it."""
        bare, tinydb = self._process("-c", "pass"), self._process("-c", "import tinydb")
        return {metric: 2 * bare[metric] + tinydb[metric] for metric in ("cpu", "wall")}

    def _start(self, name: str) -> Sample:
        return first_screen(["-m", "iep_tui"], self._home(name), "Maya Rivera")

    def _question_at_once(self) -> Sample:
        """From the start to the question where the family was, by someone who presses Enter as soon as a name is there:
        what the first screen puts off must not be waited for then."""
        window = Window(["-m", "iep_tui"], self._home("early"))
        window.wait_for("Maya Rivera")
        window.send(b"\r")
        wall = window.wait_for("of the day?")
        return {**window.end(), "wall": wall}

    def _idle(self, arguments: list[str], words: str) -> Sample:
        """Five seconds of nobody at the keys."""
        window = Window(arguments, self._home("one"))
        window.wait_for(words)
        window.rest(1.5)
        before, wakes, cpu = len(window.written), window.status("voluntary_ctxt_switches"), window.cpu()
        window.rest(5)
        took = {
            "bytes": float(len(window.written) - before),
            "wakes": (window.status("voluntary_ctxt_switches") - wakes) / 5,
            "cpu": (window.cpu() - cpu) / 5,
        }
        window.end()
        return took

    def _bare_keys(self) -> Sample:
        """An app with one TextArea and the same words in it, in a window of the same size."""
        window = Window(["-m", FLOOR_APP, "text", LONG], self._home("one"))
        window.wait_for("She starts well")
        window.rest(0.3)
        took = {"memory": float(window.status("VmRSS")), **_prefixed("key", _keys(window))}
        window.end()
        return took

    def _question(self, name: str) -> Sample:
        """From home to a question with a long answer: typing, going on, and the sheet of 300 answers."""
        window = Window(["-m", "iep_tui"], self.fresh_home(name))
        window.wait_for("Maya Rivera")
        window.rest(0.3)
        window.press(b"\r")
        window.wait_for("of the day?")
        window.rest(0.5)
        took = {"memory": float(window.status("VmRSS"))}
        window.paste(LONG)
        window.rest(1)
        took |= _prefixed("key", _keys(window))
        window.rest(1)  # the pause in which the words are saved
        took |= _prefixed("next", medians([window.press(F4) for _ in range(STEPS)]))
        window.rest(1)
        first, whole = window.press_for(F9, "Prep sheet")
        took |= _prefixed("first lines", first) | _prefixed("whole sheet", whole)
        window.end()
        return took

    # Parts, in this process

    def _sets(self) -> Sample:
        """Reading all shipped sets in a process of its own, with all loaded that the program loads for the screen."""
        script = (
            "import time, iep_tui.tui.app, iep_tui.services.sets_cache\n"
            "from iep_tui.cli.commands.command_helpers import load_library\n"
            "began = time.process_time()\n"
            "load_library('en').catalogue.current_id('')\n"  # the sets too, which home does without
            "print(time.process_time() - began)"
        )
        home = self._home("one")
        return medians([{"cpu": float(said(["-c", script], home))} for _ in range(3)])

    def _look(self, name: str) -> Sample:
        """The names and times of all cases, and nothing more: what any list of them needs."""
        folder = self._home(name) / "cases"

        def look() -> None:
            with os.scandir(folder) as entries:
                for entry in entries:
                    entry.stat()

        return loop(look, self.times)

    def _write(self, answers: int) -> Sample:
        """What a save cannot do without: encode, write aside, wait, put in place, wait for the folder."""
        from iep_tui.store.case_records import tables_of

        tables = tables_of(workloads.case(answers), workloads.AT)
        path = self.folder / "floor.json"

        def write() -> None:
            data = msgspec.json.encode(tables)
            aside = path.with_suffix(".tmp")
            descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.write(descriptor, data)
            os.fsync(descriptor)
            os.close(descriptor)
            aside.replace(path)
            folder = os.open(self.folder, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)

        return loop(write, self.times)

    def _save(self, answers: int, name: str) -> Sample:
        from iep_tui.core.case_model import Answer
        from iep_tui.store.case_store import CaseStore

        with CaseStore(self._home(name)).open("case-000000") as opened:
            turn = iter(range(10_000_000))

            def save() -> None:
                latest = opened.case.latest
                words = Answer(f"{workloads.WORDS} {next(turn)}", "answered", at=workloads.AT)
                changed = msgspec.structs.replace(latest, answers=latest.answers.put(workloads.question_id(1), words))
                opened.save(opened.case.with_meeting(changed))

            return loop(save, self.times)

    def _read(self) -> Sample:
        path = self._home("one") / "cases" / "case-000000.json"
        return loop(path.read_bytes, self.times)

    def _open(self) -> Sample:
        from iep_tui.store.case_store import CaseStore

        store = CaseStore(self._home("one"))
        return loop(lambda: store.open("case-000000").close(), self.times)

    def _sheet(self, answers: int) -> Sample:
        return loop(_sheet_of(answers), self.times)

    def _join(self, answers: int) -> Sample:
        lines = _sheet_of(answers)().splitlines()
        return loop(lambda: "\n".join(lines), self.times)


def _come_back(home: Path) -> None:
    """What is kept between two starts is there, as for anyone who comes back."""
    process(["-m", "iep_tui", "cases"], home)


def _sheet_of(answers: int) -> Callable[[], str]:
    import datetime

    from iep_tui.core.interview import Interview
    from iep_tui.documents.formats.markdown import sheet

    day = datetime.date(2027, 3, 3)
    interview = Interview(workloads.catalogue(answers), workloads.case(answers).latest.answers, day)
    return lambda: sheet(interview, "team", made=day)


def _keys(window: Window) -> Sample:
    """Letters typed one after another, each waited for until it is drawn; no pause long enough for a save."""
    return medians([window.press(b"abcdefgh"[number % 8 : number % 8 + 1]) for number in range(KEYS)])


def _prefixed(name: str, sample: Sample) -> Sample:
    return {f"{name} {metric}": number for metric, number in sample.items()}
