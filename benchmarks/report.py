"""The results as a table in README.md, between its markers, and as results.json beside it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import textual

import iep_tui
from benchmarks.measurement import Result

HERE = Path(__file__).resolve().parent
BEGIN, END = "<!-- table -->", "<!-- /table -->"


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One run of everything, and the machine it was on. `load` is how busy that was before, `seconds` how long it took;
    `again` says the same of the second run."""

    python: str
    system: str
    load: float
    seconds: int
    results: list[Result]
    again: str = ""
    version: str = iep_tui.__version__
    textual: str = textual.__version__


def table(run: Run) -> str:
    """The run in Markdown: a line on the machine, and a row a figure."""
    head = [
        f"iep-tui {run.version}, Textual {run.textual}, Python {run.python}, {run.system}; load {run.load} before, "
        f"{run.seconds} seconds."
    ]
    if run.again:
        compared = [one for one in run.results if one.agrees is not None]
        agreed = sum(bool(one.agrees) for one in compared)
        head.append(f"The second run: {run.again}; {agreed} of {len(compared)} figures agree within their spreads.")
    rows = [
        "| What | Number | Median | Lowest to highest | Second run | Agrees | Goal | Met |",
        "|---|---|---:|---:|---:|---|---:|---|",
    ]
    says = {None: "–", True: "yes", False: "**no**"}
    for one in run.results:
        goal = "–" if one.goal is None else f"≤ {_number(one.goal, one.unit)}"
        again = "–" if one.again is None else _spread(one.again.median, one.again.low, one.again.high, one.unit)
        cells = (
            one.what,
            one.metric,
            _number(one.median, one.unit),
            _spread(None, one.low, one.high, one.unit),
            again,
            says[one.agrees],
            goal,
            says[one.met],
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
    """The run that is written down.

    Raises:
        OSError: there is none.
        msgspec.ValidationError: it is of another shape.
    """
    return msgspec.json.decode((HERE / "results.json").read_bytes(), type=Run)


def write(run: Run) -> None:
    """Put the run in the place of the one before."""
    path = HERE / "README.md"
    before, _begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _old, _end, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{table(run)}\n{END}{after}", encoding="utf-8")
    (HERE / "results.json").write_bytes(msgspec.json.format(msgspec.json.encode(run), indent=1) + b"\n")
