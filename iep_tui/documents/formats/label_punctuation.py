"""Punctuation after a label."""

from __future__ import annotations


def with_stop(label: str) -> str:
    """Return the nonempty `label` with a colon, unless it ends in punctuation.

    >>> with_stop("Grade"), with_stop("Enough?")
    ('Grade:', 'Enough?')
    """
    return label if label[-1] in ".:?!…" else f"{label}:"
