"""The results as a table in README.md, between its markers, and as results.json beside it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import textual

import iep_tui
from benchmarks.measuring import Result

HERE = Path(__file__).resolve().parent
BEGIN, END = "<!-- table -->", "<!-- /table -->"


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One run of everything, and the machine it was on. `load` is how busy that was, `seconds` how long it took."""

    python: str
    system: str
    load: float
    seconds: int
    results: list[Result]
    version: str = iep_tui.__version__
    textual: str = textual.__version__


def table(run: Run) -> str:
    """The run in Markdown: a line on the machine, and a row a figure."""
    head = (
        f"iep-tui {run.version}, Textual {run.textual}, Python {run.python}, {run.system}; load {run.load} at the end, "
        f"{run.seconds} seconds."
    )
    rows = ["| What | Number | Median | Lowest to highest | Goal | Met |", "|---|---|---:|---:|---:|---|"]
    for one in run.results:
        goal = "–" if one.goal is None else f"≤ {_number(one.goal, one.unit)}"
        met = {None: "–", True: "yes", False: "**no**"}[one.met]
        spread = f"{_number(one.low, one.unit)} to {_number(one.high, one.unit)}"
        rows.append(f"| {one.what} | {one.metric} | {_number(one.median, one.unit)} | {spread} | {goal} | {met} |")
    return "\n".join([head, "", *rows])


def _number(number: float, unit: str) -> str:
    shown = f"{number:,.0f}" if unit == "bytes" or number >= 100 else f"{number:.2f}"
    return f"{shown} {unit}".strip()


def write(run: Run) -> None:
    """Put the run in the place of the one before."""
    path = HERE / "README.md"
    before, _begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _old, _end, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{table(run)}\n{END}{after}", encoding="utf-8")
    (HERE / "results.json").write_bytes(msgspec.json.format(msgspec.json.encode(run), indent=1) + b"\n")
