"""A case's body as an older version of the program wrote it, brought to today's shape, one schema at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from iep_tui.store.storage import SCHEMA

Tables = dict[str, dict[str, Any]]
Step = Callable[[Tables], Tables]

#: From a schema to the next: {1: step} makes schema 2 of schema 1. Today there is only the first.
STEPS: Mapping[int, Step] = {}


def upgraded(tables: Tables, schema: int, steps: Mapping[int, Step] = STEPS, to: int = SCHEMA) -> Tables:
    """`tables` of an older `schema` in the shape of schema `to`."""
    for step in range(schema, to):
        tables = steps[step](tables)
    return tables
