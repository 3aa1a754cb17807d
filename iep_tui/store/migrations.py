"""Migrations of older file versions, one small step per version."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from iep_tui.i18n import _
from iep_tui.store import disk
from iep_tui.store.atomic_write import put_in_place
from iep_tui.store.errors import CaseDamaged

if TYPE_CHECKING:
    from iep_tui.store.case_file_format import Tables

    #: Takes the tables of one version, gives those of the next; it may change what it was given.
    Step = Callable[[Tables], Tables]


class Migrations(msgspec.Struct, frozen=True):
    """The versions of the body: `steps[0]` makes version 2 from version 1, and so on."""

    steps: tuple[Step, ...] = ()

    @property
    def schema(self) -> int:
        """The version that is written."""
        return len(self.steps) + 1

    def bring_up(self, tables: Tables, schema: int) -> Tables:
        """Tables of version `schema`, as they are in the version that is written. Damaged when a step cannot do it."""
        try:
            for step in self.steps[schema - 1 :]:
                tables = step(tables)
        except (LookupError, TypeError, ValueError, AttributeError):
            raise CaseDamaged(_("The file is damaged: something in it has the wrong shape.")) from None
        return tables


def with_history(tables: Tables) -> Tables:
    """Version 2 has a table of what the answers were before; a case of version 1 begins with an empty one."""
    return {**tables, "history": {}}


CURRENT = Migrations((with_history,))


def keep_older(path: Path, schema: int, data: bytes) -> Path:
    """Keep the file as the older version wrote it, beside the new one: `<id>.version-1.json`. OSError.

    One that was kept before stays: it is the older of the two.
    """
    kept = path.with_name(f"{path.stem}.version-{schema}{path.suffix}")
    if not kept.exists():
        put_in_place(kept, data, path.with_name(f".{path.stem}.version.tmp"), new=True)
        disk.sync_folder(path.parent)
    return kept
