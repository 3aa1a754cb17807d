"""Repair of a damaged case: the file is set aside and the newest good backup takes its place."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import msgspec

from iep_tui.core.case_model import Answers
from iep_tui.i18n import _, ngettext
from iep_tui.store import disk
from iep_tui.store.atomic_write import put_in_place
from iep_tui.store.backups import Backup, Backups
from iep_tui.store.case_file_format import (
    MAX_CASE_FILE_BYTES,
    close_body,
    open_body,
    pack,
    parse_body,
    serialise,
    unpack,
)
from iep_tui.store.crypto.envelope import KeyStore, Seal
from iep_tui.store.errors import CaseDamaged, CaseMisplaced, CaseMissing, CaseSealed, StoreError, unwritable_error
from iep_tui.store.migrations import Migrations
from iep_tui.store.salvage import newer_answers
from iep_tui.store.saved_state import read_state
from iep_tui.store.tinydb_storage import temporary


class RepairResult(msgspec.Struct, frozen=True):
    """What became of a damaged file. `newer` are answers in it that the backup does not have."""

    aside: Path
    saved: datetime.datetime
    newer: Answers

    @property
    def notice(self) -> str:
        """What happened, in words for the parent."""
        words = _(
            "The file of this case was damaged. It is kept as {name}, and the newest good copy is open, from {moment}."
        ).format(name=self.aside.name, moment=f"{self.saved.astimezone():%Y-%m-%d %H:%M}")
        if not self.newer:
            return words + " " + _("Nothing newer could be read in the damaged file.")
        more = ngettext(
            "In the damaged file {count} answer is newer: {ids}.",
            "In the damaged file {count} answers are newer: {ids}.",
            len(self.newer),
        )
        return words + " " + more.format(count=len(self.newer), ids=", ".join(self.newer))


def repair_case(
    path: Path, aside: Path, case_id: str, backups: list[Backup], history: Migrations, keys: KeyStore, seal: Seal | None
) -> RepairResult | None:
    """Set the damaged file aside and put the newest good backup in its place; None when there is none.

    `seal` is what the case is sealed with as far as its files tell: a backup that is still in clear, because sealing
    was killed half way, is sealed on its way. At every moment there is a file at `path`. The caller holds the lock.
    StoreError; Sealed when a passphrase is needed first: an older backup in clear is not taken instead.
    """
    for backup in backups:
        try:
            header, good, case = read_state(backup.path, history, keys)
        except CaseSealed:
            raise
        except StoreError:
            continue
        if case.id != case_id:
            continue
        if header.seal is None and seal is not None:
            new = keys.new_seal(seal.ring, for_all=seal.for_all)
            body = close_body(unpack(good, history.schema)[1], new, keys)
            good = pack(body, header.schema, header.save, new)
        path = Path(os.path.realpath(path))
        try:
            damaged, _about = disk.read(path, MAX_CASE_FILE_BYTES)
            set_aside(path, aside)
            put_in_place(path, good, temporary(path))
            disk.sync_folder(path.parent)
        except OSError as error:
            raise unwritable_error(error) from error
        return RepairResult(aside, backup.saved, newer_answers(damaged, case))
    return None


def set_aside(path: Path, aside: Path) -> None:
    """Give the whole file the name `aside` too, and wait for the disk. OSError."""
    try:
        disk.link(path, aside)
    except FileExistsError:
        raise
    except OSError:  # a drive without second names
        data, _about = disk.read(path, disk.look(path).st_size)
        put_in_place(aside, data, temporary(aside), new=True)
    disk.sync_folder(aside.parent)


def put_back(
    path: Path,
    aside: Path,
    case_id: str,
    backup: Backup,
    backups: Backups,
    history: Migrations,
    keys: KeyStore,
    known: Seal | None,
) -> None:
    """Make `backup` the file at `path`, as its next save, sealed as the case is now; what is there is kept.

    `known` is what the case is sealed with where its own file cannot say it.

    The caller holds the lock. StoreError when the backup is no good or what is there is not ours to replace; OSError.
    """
    header, data, case = read_state(backup.path, history, keys)
    if case.id != case_id:
        raise CaseMisplaced(_("This file is a copy of another case ({id}).").format(id=case.id))
    save, seal = header.save, header.seal
    if seal is None and known is not None:
        seal = keys.new_seal(known.ring, for_all=known.for_all)
    path = Path(os.path.realpath(path))
    try:
        there = read_state(path, history, keys)[0]
        save, seal = max(save, there.save), there.seal
        backups.keep(path, save)
    except CaseMissing:
        pass
    except CaseDamaged:
        set_aside(path, aside)
    body = open_body(*unpack(data, history.schema), keys)
    body = serialise(history.bring_up(parse_body(body), header.schema))
    put_in_place(path, pack(close_body(body, seal, keys), history.schema, save + 1, seal), temporary(path))
    disk.sync_folder(path.parent)
