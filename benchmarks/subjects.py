"""The measured subjects and their floors. Each runs once and returns a sample."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from benchmarks import workloads
from benchmarks.measurement import Sample, Subject
from benchmarks.processes import Window, first_screen, loop, medians, output_of, process

FLOOR_APP = "benchmarks.floor_app"
F4, F9 = b"\x1bOS", b"\x1b[20~"
KEYS, STEPS = 24, 10
LONG = f"{workloads.WORDS}. " * 12


class Subjects:
    """All subjects by name. Their data folders are created once in `folder`; `quick` makes them smaller."""

    def __init__(self, folder: Path, *, quick: bool = False) -> None:
        self.folder = folder
        self.max_cases = 1_000 if quick else 10_000
        self.times = 5 if quick else 30
        self._homes: dict[str, Path] = {}

    def all(self) -> dict[str, Subject]:
        """Return the subjects in running order, with compared subjects next to each other."""
        return {
            "blank app": lambda: first_screen(["-m", FLOOR_APP], self._home("one"), "Ready"),
            "home of 1": lambda: self._start("one"),
            "home of 1,000": lambda: self._start("thousand"),
            f"home of {self.max_cases:,}": lambda: self._start("most"),
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
        if name not in self._homes:
            folder = self.folder / name.replace(" ", "-")
            folder.mkdir()
            early, late = (workloads.question_id(number) for number in (5, 1_980))
            self._homes[name] = {
                "one": lambda: workloads.home(folder),
                "thousand": lambda: workloads.home(folder, cases=1_000),
                "most": lambda: workloads.home(folder, cases=self.max_cases),
                "six hundred": lambda: workloads.home(folder, answers=600),
                "early": lambda: workloads.home(folder, answers=300, place=early, questions=workloads.MANY),
                "late": lambda: workloads.home(folder, answers=300, place=late, questions=workloads.MANY),
            }[name]()
            _fill_caches(self._homes[name])
        return self._homes[name]

    def fresh_home(self, name: str) -> Path:
        """Return a fresh copy of this home, so that a run that saves answers does not affect the next one."""
        copy_folder = self.folder / "again"
        shutil.rmtree(copy_folder, ignore_errors=True)
        shutil.copytree(self._home(name), copy_folder / "home")
        _fill_caches(copy_folder / "home")
        return copy_folder / "home"

    # Programs

    def _process(self, *arguments: str) -> Sample:
        home = self._home("one")
        return medians([process(arguments, home) for _ in range(3)])

    def _headless_floor(self) -> Sample:
        """Three runs of bare Python plus the extra time that importing TinyDB takes."""
        bare, tinydb = self._process("-c", "pass"), self._process("-c", "import tinydb")
        return {metric: 2 * bare[metric] + tinydb[metric] for metric in ("cpu", "wall")}

    def _start(self, name: str) -> Sample:
        return first_screen(["-m", "iep_tui"], self._home(name), "Maya Rivera")

    def _question_at_once(self) -> Sample:
        """Start, press Enter as soon as a name is shown, and measure until the question is shown.

        Work that the first screen postpones must not delay this.
        """
        window = Window(["-m", "iep_tui"], self._home("early"))
        window.wait_for("Maya Rivera")
        window.send(b"\r")
        wall = window.wait_for("of the day?")
        return {**window.end(), "wall": wall}

    def _idle(self, arguments: list[str], words: str) -> Sample:
        """Five idle seconds: bytes written, and wake-ups and CPU seconds per second."""
        window = Window(arguments, self._home("one"))
        window.wait_for(words)
        window.rest(1.5)
        before, wakes, cpu = len(window.written), window.status("voluntary_ctxt_switches"), window.cpu()
        window.rest(5)
        sample = {
            "bytes": float(len(window.written) - before),
            "wakes": (window.status("voluntary_ctxt_switches") - wakes) / 5,
            "cpu": (window.cpu() - cpu) / 5,
        }
        window.end()
        return sample

    def _bare_keys(self) -> Sample:
        """Typing in an app with one TextArea that holds the same text, in a window of the same size."""
        window = Window(["-m", FLOOR_APP, "text", LONG], self._home("one"))
        window.wait_for("She starts well")
        window.rest(0.3)
        sample = {"memory": float(window.status("VmRSS")), **_prefixed("key", _keys(window))}
        window.end()
        return sample

    def _question(self, name: str) -> Sample:
        """Open a question with a long answer, type, go to the next questions, and open the sheet of 300 answers."""
        window = Window(["-m", "iep_tui"], self.fresh_home(name))
        window.wait_for("Maya Rivera")
        window.rest(0.3)
        window.press(b"\r")
        window.wait_for("of the day?")
        window.rest(0.5)
        sample = {"memory": float(window.status("VmRSS"))}
        window.paste(LONG)
        window.rest(1)
        sample |= _prefixed("key", _keys(window))
        window.rest(1)  # autosave runs in this pause
        sample |= _prefixed("next", medians([window.press(F4) for _ in range(STEPS)]))
        window.rest(1)
        first, whole = window.press_for(F9, "Prep sheet")
        sample |= _prefixed("first lines", first) | _prefixed("whole sheet", whole)
        window.end()
        return sample

    # Parts, in this process

    def _sets(self) -> Sample:
        """Load all shipped sets in a separate process, after the full-screen program's imports."""
        script = (
            "import time, iep_tui.tui.app, iep_tui.services.sets_cache\n"
            "from iep_tui.cli.commands.command_helpers import load_library\n"
            "began = time.process_time()\n"
            "load_library('en').catalogue.current_id('')\n"  # forces the sets, which home loads lazily
            "print(time.process_time() - began)"
        )
        home = self._home("one")
        return medians([{"cpu": float(output_of(["-c", script], home))} for _ in range(3)])

    def _look(self, name: str) -> Sample:
        """Scan the names and times of all case files, the minimum for any list of cases."""
        folder = self._home(name) / "cases"

        def look() -> None:
            with os.scandir(folder) as entries:
                for entry in entries:
                    entry.stat()

        return loop(look, self.times)

    def _write(self, answers: int) -> Sample:
        """The minimum of a save: encode, write a temporary file, fsync, rename, fsync the folder."""
        from iep_tui.store.case_records import tables_of

        tables = tables_of(workloads.case(answers), workloads.AT)
        path = self.folder / "floor.json"

        def write() -> None:
            data = msgspec.json.encode(tables)
            temporary = path.with_suffix(".tmp")
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.write(descriptor, data)
            os.fsync(descriptor)
            os.close(descriptor)
            temporary.replace(path)
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


def _fill_caches(home: Path) -> None:
    """Fill the caches, as an earlier start of the program would have done."""
    process(["-m", "iep_tui", "cases"], home)


def _sheet_of(answers: int) -> Callable[[], str]:
    import datetime

    from iep_tui.core.interview import Interview
    from iep_tui.documents.formats.markdown import sheet

    day = datetime.date(2027, 3, 3)
    interview = Interview(workloads.catalogue(answers), workloads.case(answers).latest.answers, day)
    return lambda: sheet(interview, "team", made=day)


def _keys(window: Window) -> Sample:
    """Type letters one by one, each after the last was drawn, with no pause long enough for an autosave."""
    return medians([window.press(b"abcdefgh"[number % 8 : number % 8 + 1]) for number in range(KEYS)])


def _prefixed(name: str, sample: Sample) -> Sample:
    return {f"{name} {metric}": number for metric, number in sample.items()}
