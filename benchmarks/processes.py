"""Runners that measure a process, a program in a pseudo-terminal, or a loop in this process."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.measurement import Sample

ROOT = Path(__file__).resolve().parent.parent
#: Seconds to wait for a screen before the run fails.
TIMEOUT = 60.0
#: Seconds without output after which a screen counts as drawn.
QUIET = 0.05


def environment(home: Path) -> dict[str, str]:
    """Return a clean environment for a program under test, with `home` as its data folder."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home.parent),
        "IEP_TUI_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
    }


def process(arguments: Sequence[str], home: Path) -> Sample:
    """Run Python with these arguments; measure CPU and wall time in seconds and peak memory in kB."""
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, *arguments],
        env=environment(home),
        cwd=home.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    _pid, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{arguments} ended with {child.returncode}")
    return {
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": time.perf_counter() - began,
        "memory": float(usage.ru_maxrss),
    }


def output_of(arguments: Sequence[str], home: Path) -> str:
    """Run Python with these arguments and return its standard output."""
    done = subprocess.run(
        [sys.executable, *arguments], env=environment(home), cwd=home.parent, capture_output=True, text=True, check=True
    )
    return done.stdout


def loop(act: Callable[[], object], times: int, prepare: Callable[[], object] = lambda: None) -> Sample:
    """Run `act` `times` times in this process, after one warm-up; the median CPU and wall time of a call."""
    cpu, wall = [], []
    for number in range(times + 1):
        prepare()
        cpu_before, before = time.process_time_ns(), time.perf_counter_ns()
        act()
        if number:
            cpu.append((time.process_time_ns() - cpu_before) / 1e9)
            wall.append((time.perf_counter_ns() - before) / 1e9)
    return {"cpu": statistics.median(cpu), "wall": statistics.median(wall)}


class Window:
    """A program in its own pseudo-terminal, observed through the bytes it writes."""

    def __init__(self, arguments: Sequence[str], home: Path, *, columns: int = 80, lines: int = 24) -> None:
        self.written = b""
        self.began = time.perf_counter()
        self.pid, self._file = pty.fork()
        if not self.pid:
            os.chdir(home.parent)
            os.execve(sys.executable, [sys.executable, *arguments], environment(home))
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def wait_for(self, words: str) -> float:
        """Read until these words have been written; returns the seconds since the start."""
        expected = words.encode()
        deadline = time.perf_counter() + TIMEOUT
        while expected not in self.written:
            if time.perf_counter() > deadline or not self._read(0.5):
                raise RuntimeError(f"{words!r} did not come. The last bytes: {self.written[-600:]!r}")
        return time.perf_counter() - self.began

    def rest(self, quiet: float = QUIET) -> float:
        """Read until there is no output for `quiet` seconds; returns the `perf_counter` time of the last byte."""
        last = time.perf_counter()
        while True:
            before = len(self.written)
            if not self._read(quiet) or len(self.written) == before:
                return last
            last = time.perf_counter()

    def press(self, key: bytes, quiet: float = QUIET) -> Sample:
        """Press one key, wait until its effect is drawn, and measure wall and CPU time and bytes."""
        before, cpu = len(self.written), self.cpu()
        began = time.perf_counter()
        os.write(self._file, key)
        deadline = began + TIMEOUT
        while len(self.written) == before:
            if time.perf_counter() > deadline or not self._read(0.5):
                raise RuntimeError(f"nothing was drawn after {key!r}. The last bytes: {self.written[-600:]!r}")
        wall = self.rest(quiet) - began
        return {"wall": wall, "cpu": self.cpu() - cpu, "bytes": float(len(self.written) - before)}

    def press_for(self, key: bytes, words: str) -> tuple[Sample, Sample]:
        """Press one key; measure the time until `words` are written, and until everything is drawn."""
        written, cpu, began = len(self.written), self.cpu(), time.perf_counter()
        os.write(self._file, key)
        deadline = began + TIMEOUT
        while words.encode() not in self.written[written:]:
            if time.perf_counter() > deadline or not self._read(0.5):
                raise RuntimeError(f"{words!r} was not drawn after {key!r}. The last bytes: {self.written[-600:]!r}")
        first = {"wall": time.perf_counter() - began, "cpu": self.cpu() - cpu}
        return first, {"wall": self.rest(0.15) - began, "cpu": self.cpu() - cpu}

    def send(self, keys: bytes) -> None:
        """Press keys without waiting."""
        os.write(self._file, keys)

    def paste(self, words: str) -> None:
        """Paste text, as a terminal does with bracketed paste."""
        self.send(b"\x1b[200~" + words.encode() + b"\x1b[201~")

    def cpu(self) -> float:
        """CPU seconds so far, summed over the live threads."""
        total = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            with contextlib.suppress(OSError):
                total += int(task.joinpath("schedstat").read_text().split()[0])
        return total / 1e9

    def status(self, name: str) -> int:
        """Read a number from /proc/<pid>/status, summed over threads unless it is the process's memory."""
        if name == "VmRSS":
            return _field(Path(f"/proc/{self.pid}/status"), name)
        total = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            with contextlib.suppress(OSError):
                total += _field(task / "status", name)
        return total

    def end(self) -> Sample:
        """Kill the program; returns its total CPU seconds and peak memory in kB."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        _pid, _status, usage = os.wait4(self.pid, 0)
        os.close(self._file)
        return {"cpu": usage.ru_utime + usage.ru_stime, "memory": float(usage.ru_maxrss)}

    def _read(self, seconds: float) -> bool:
        """Read the output of at most `seconds`; False if the program has closed its terminal."""
        if not select.select([self._file], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._file, 65536)
        except OSError:
            return False
        self.written += data
        return bool(data)


def _field(path: Path, name: str) -> int:
    for line in path.read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1])
    return 0


def first_screen(arguments: Sequence[str], home: Path, words: str) -> Sample:
    """Measure a program from its start until its screen shows `words`, then kill it."""
    window = Window(arguments, home)
    wall = window.wait_for(words)
    return {**window.end(), "wall": wall}


def medians(samples: Sequence[Sample]) -> Sample:
    """Return the median of each metric over these samples."""
    return {name: statistics.median(sample[name] for sample in samples) for name in samples[0]}
