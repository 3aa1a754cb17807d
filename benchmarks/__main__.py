"""Run all benchmarks and write the results table: `python -m benchmarks` (`make bench`)."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from benchmarks.figures import figures
from benchmarks.measurement import in_rounds, results, with_second_run
from benchmarks.report import Run, last_run, table, write
from benchmarks.subjects import Subjects


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="number of rounds (5)")
    parser.add_argument(
        "--only", action="append", default=[], metavar="WORDS", help="only figures whose name contains WORDS"
    )
    parser.add_argument("--quick", action="store_true", help="smaller workloads, to check that everything runs")
    parser.add_argument("--again", action="store_true", help="a second run, added to the stored results")
    parser.add_argument("--print", action="store_true", help="print the table and write nothing")
    options = parser.parse_args()
    load = round(os.getloadavg()[0], 1)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="iep-tui-bench-") as folder:
        subjects = Subjects(Path(folder), quick=options.quick)
        selected = [
            figure
            for figure in figures(subjects.max_cases)
            if not options.only or any(words in figure.what for words in options.only)
        ]
        needed = {name for figure in selected for name in (figure.subject, figure.floor) if name}
        chosen = {name: act for name, act in subjects.all().items() if name in needed}
        samples = in_rounds(chosen, options.rounds, lambda words: print(words, file=sys.stderr, flush=True))
    run = Run(
        python=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors",
        load=load,
        seconds=round(time.perf_counter() - began),
        results=results(selected, samples),
    )
    if options.again:
        first = last_run()
        run = msgspec.structs.replace(
            first,
            results=with_second_run(first.results, run.results),
            again=f"load {run.load} before, {run.seconds} seconds",
        )
    print(table(run))
    if not options.print and not options.only and not options.quick:
        write(run)
    return 0


if __name__ == "__main__":
    sys.exit(main())
