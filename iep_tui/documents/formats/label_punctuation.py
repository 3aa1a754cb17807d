"""Punctuation after a label."""

from __future__ import annotations


def with_stop(label: str) -> str:
    """`label`, which is not empty, with a colon unless it ends in a mark of its own.

    >>> with_stop("Grade"), with_stop("Enough?")
    ('Grade:', 'Enough?')
    """
    return label if label[-1] in ".:?!…" else f"{label}:"
