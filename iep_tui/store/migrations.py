"""Migrations of older file versions, one step per version."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from iep_tui.i18n import _
from iep_tui.store import disk
from iep_tui.store.atomic_write import replace_file
from iep_tui.store.errors import CaseDamaged

if TYPE_CHECKING:
    from iep_tui.store.case_file_format import Tables

    #: Converts the tables of one version to the next; may modify its argument.
    Step = Callable[[Tables], Tables]


class Migrations(msgspec.Struct, frozen=True):
    """The migration steps: `steps[0]` converts version 1 to version 2, and so on."""

    steps: tuple[Step, ...] = ()

    @property
    def schema(self) -> int:
        """The version written by this program."""
        return len(self.steps) + 1

    def upgrade(self, tables: Tables, schema: int) -> Tables:
        """Convert tables of version `schema` to the current version. CaseDamaged if a step fails."""
        try:
            for step in self.steps[schema - 1 :]:
                tables = step(tables)
        except (LookupError, TypeError, ValueError, AttributeError):
            raise CaseDamaged(_("The file is damaged: something in it has the wrong shape.")) from None
        return tables


def add_history_table(tables: Tables) -> Tables:
    """Convert version 1 to version 2, which has a table of answer histories: add an empty one."""
    return {**tables, "history": {}}


CURRENT = Migrations((add_history_table,))


def keep_older_version(path: Path, schema: int, data: bytes) -> Path:
    """Keep the file of an older version beside the new one: `<id>.version-1.json`. OSError.

    A file already kept there is not replaced.
    """
    target = path.with_name(f"{path.stem}.version-{schema}{path.suffix}")
    if not target.exists():
        replace_file(target, data, path.with_name(f".{path.stem}.version.tmp"), new=True)
        disk.sync_folder(path.parent)
    return target
