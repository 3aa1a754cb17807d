"""Rows of the results table: each compares a subject with a floor and may set a goal."""

from __future__ import annotations

from benchmarks.measurement import Figure


def figures(max_cases: int) -> list[Figure]:
    """Return the rows of the table. `max_cases` is the number of cases in the largest data folder."""
    largest_home = f"home of {max_cases:,}"
    cpu_and_wall = ("cpu", "wall")
    return [
        *(
            figure
            for metric in cpu_and_wall
            for figure in (
                Figure(
                    what="first screen, 1 case / blank app",
                    metric=metric,
                    subject="home of 1",
                    floor="blank app",
                    goal=1.30,
                ),
                Figure(
                    what="first screen, 1,000 cases / 1 case",
                    metric=metric,
                    subject="home of 1,000",
                    floor="home of 1",
                    goal=1.05,
                ),
                Figure(
                    what=f"first screen, {max_cases:,} cases / 1 case",
                    metric=metric,
                    subject=largest_home,
                    floor="home of 1",
                    goal=1.25,
                ),
            )
        ),
        *(
            Figure(
                what="first screen, Enter at once, the question / blank app",
                metric=metric,
                subject="question at once",
                floor="blank app",
            )
            for metric in cpu_and_wall
        ),
        *(
            Figure(
                what="key in a long answer / bare TextArea",
                metric=f"key {metric}",
                subject="question 5",
                floor="bare text area",
                goal=goal,
            )
            for metric, goal in (("cpu", 1.25), ("wall", 1.25), ("bytes", 1.0))
        ),
        Figure(what="bytes a key", metric="key bytes", subject="question 5", unit="bytes", goal=400),
        Figure(what="bytes a key, bare TextArea", metric="key bytes", subject="bare text area", unit="bytes"),
        *(
            Figure(
                what="next question / a key",
                metric=f"next {metric}",
                floor_metric=f"key {metric}",
                subject="question 5",
                floor="question 5",
                goal=2.0,
            )
            for metric in cpu_and_wall
        ),
        Figure(what="bytes for the next question", metric="next bytes", subject="question 5", unit="bytes"),
        *(
            Figure(
                what="next question, at 1,980 of 2,000 / at 5",
                metric=f"next {metric}",
                subject="question 1,980",
                floor="question 5",
                goal=1.1,
            )
            for metric in ("cpu", "bytes")
        ),
        *(
            Figure(
                what=f"sheet of 300 answers, {words} / next question",
                metric=f"{name} {metric}",
                floor_metric=f"next {metric}",
                subject="question 5",
                floor="question 5",
                goal=goal,
            )
            for words, name, goal in (("first lines", "first lines", 2.0), ("all of it", "whole sheet", None))
            for metric in cpu_and_wall
        ),
        Figure(
            what="save, 60 answers / write the same bytes", metric="cpu", subject="save 60", floor="write 60", goal=1.5
        ),
        Figure(
            what="save, 60 answers / write the same bytes", metric="wall", subject="save 60", floor="write 60", goal=1.5
        ),
        Figure(
            what="save, 600 answers / write the same bytes",
            metric="cpu",
            subject="save 600",
            floor="write 600",
            goal=2.0,
        ),
        Figure(
            what="save, 600 answers / write the same bytes",
            metric="wall",
            subject="save 600",
            floor="write 600",
            goal=2.0,
        ),
        Figure(
            what="save beside 1,000 other cases / beside none",
            metric="cpu",
            subject="save 60 of 1,000",
            floor="save 60",
            goal=1.1,
        ),
        Figure(what="open, 60 answers / read the bytes", metric="cpu", subject="open 60", floor="read 60", goal=5.0),
        Figure(
            what="sheet in Markdown, 60 answers / str.join",
            metric="cpu",
            subject="sheet 60",
            floor="join 60",
            goal=10.0,
        ),
        Figure(
            what="sheet in Markdown, 5,000 answers / str.join",
            metric="cpu",
            subject="sheet 5,000",
            floor="join 5,000",
            goal=10.0,
        ),
        Figure(
            what="sheet, 5,000 answers / 60 answers, for each answer",
            metric="cpu",
            subject="sheet 5,000",
            floor="sheet 60",
            scale=60 / 5_000,
            goal=1.1,
        ),
        Figure(
            what="reading the shipped sets / first screen",
            metric="cpu",
            subject="sets",
            floor="home of 1",
            scale=100,
            unit="%",
            goal=5,
        ),
        Figure(
            what="cases / 3 × python -c pass and import tinydb",
            metric="cpu",
            subject="cases",
            floor="headless floor",
            goal=1.0,
        ),
        Figure(
            what="export --format md / 3 × python -c pass and import tinydb",
            metric="cpu",
            subject="export",
            floor="headless floor",
            goal=1.0,
        ),
        Figure(what="cases / python -c pass", metric="cpu", subject="cases", floor="python"),
        Figure(what="export --format md / python -c pass", metric="cpu", subject="export", floor="python"),
        Figure(what="import tinydb / python -c pass", metric="cpu", subject="python, tinydb", floor="python"),
        Figure(what="bytes in five idle seconds", metric="bytes", subject="idle", unit="bytes", goal=0),
        Figure(what="wake-ups a second, idle", metric="wakes", subject="idle", unit="", goal=1),
        Figure(what="wake-ups a second, idle blank app", metric="wakes", subject="idle blank app", unit=""),
        Figure(
            what="memory at a question / bare TextArea app",
            metric="memory",
            subject="question 5",
            floor="bare text area",
            goal=1.35,
        ),
        Figure(
            what="memory at the first screen / blank app",
            metric="memory",
            subject="home of 1",
            floor="blank app",
            goal=1.35,
        ),
    ]
