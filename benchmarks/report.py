"""Writes the results as a table in README.md, between its markers, and as results.json."""

from __future__ import annotations

from pathlib import Path

import msgspec
import textual

import iep_tui
from benchmarks.measurement import Result

HERE = Path(__file__).resolve().parent
BEGIN, END = "<!-- table -->", "<!-- /table -->"


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One run of all benchmarks, and the machine it ran on.

    `load` is the system load before the run, `seconds` its duration. `again` describes the second run.
    """

    python: str
    system: str
    load: float
    seconds: int
    results: list[Result]
    again: str = ""
    version: str = iep_tui.__version__
    textual: str = textual.__version__


def table(run: Run) -> str:
    """Format the run as Markdown: a line about the machine, and a table with a row per figure."""
    head = [
        f"iep-tui {run.version}, Textual {run.textual}, Python {run.python}, {run.system}; load {run.load} before, "
        f"{run.seconds} seconds."
    ]
    if run.again:
        compared = [result for result in run.results if result.agrees is not None]
        agreed = sum(bool(result.agrees) for result in compared)
        head.append(f"The second run: {run.again}; {agreed} of {len(compared)} figures agree within their spreads.")
    rows = [
        "| What | Number | Median | Lowest to highest | Second run | Agrees | Goal | Met |",
        "|---|---|---:|---:|---:|---|---:|---|",
    ]
    yes_no = {None: "–", True: "yes", False: "**no**"}
    for result in run.results:
        goal = "–" if result.goal is None else f"≤ {_number(result.goal, result.unit)}"
        again = (
            "–"
            if result.again is None
            else _spread(result.again.median, result.again.low, result.again.high, result.unit)
        )
        cells = (
            result.what,
            result.metric,
            _number(result.median, result.unit),
            _spread(None, result.low, result.high, result.unit),
            again,
            yes_no[result.agrees],
            goal,
            yes_no[result.met],
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join([*head, "", *rows])


def _spread(median: float | None, low: float, high: float, unit: str) -> str:
    between = f"{_number(low, '')} to {_number(high, '')}"
    return between if median is None else f"{_number(median, unit)} ({between})"


def _number(number: float, unit: str) -> str:
    shown = f"{number:,.0f}" if unit == "bytes" or number >= 100 else f"{number:.2f}"
    return f"{shown} {unit}".strip()


def last_run() -> Run:
    """Read the stored run.

    Raises:
        OSError: there is no stored run.
        msgspec.ValidationError: its format has changed since.
    """
    return msgspec.json.decode((HERE / "results.json").read_bytes(), type=Run)


def write(run: Run) -> None:
    """Replace the stored run and the table in README.md."""
    path = HERE / "README.md"
    before, _begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _old, _end, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{table(run)}\n{END}{after}", encoding="utf-8")
    (HERE / "results.json").write_bytes(msgspec.json.format(msgspec.json.encode(run), indent=1) + b"\n")
