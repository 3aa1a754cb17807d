"""Repair of a damaged case: the file is set aside and the newest good backup takes its place."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import msgspec

from iep_tui.core.case_model import Answers
from iep_tui.i18n import _, ngettext
from iep_tui.store import disk
from iep_tui.store.atomic_write import replace_file
from iep_tui.store.backups import Backup, Backups
from iep_tui.store.case_file_format import (
    MAX_CASE_FILE_BYTES,
    close_body,
    open_body,
    pack,
    parse_body,
    serialize,
    unpack,
)
from iep_tui.store.crypto.envelope import KeyStore, Seal
from iep_tui.store.errors import CaseDamaged, CaseMisplaced, CaseMissing, CaseSealed, StoreError, unwritable_error
from iep_tui.store.migrations import Migrations
from iep_tui.store.salvage import newer_answers
from iep_tui.store.saved_state import read_state
from iep_tui.store.tinydb_storage import temporary_path


class RepairResult(msgspec.Struct, frozen=True):
    """The outcome of a repair. `newer` are answers recovered from the damaged file that the backup lacks."""

    damaged_path: Path
    saved: datetime.datetime
    newer: Answers

    @property
    def notice(self) -> str:
        """The message to the parent about the repair."""
        message = _(
            "The file of this case was damaged. It is kept as {name}, and the newest good copy is open, from {moment}."
        ).format(name=self.damaged_path.name, moment=f"{self.saved.astimezone():%Y-%m-%d %H:%M}")
        if not self.newer:
            return message + " " + _("Nothing newer could be read in the damaged file.")
        recovered = ngettext(
            "In the damaged file {count} answer is newer: {ids}.",
            "In the damaged file {count} answers are newer: {ids}.",
            len(self.newer),
        )
        return message + " " + recovered.format(count=len(self.newer), ids=", ".join(self.newer))


def repair_case(
    path: Path,
    damaged_path: Path,
    case_id: str,
    backups: list[Backup],
    migrations: Migrations,
    keys: KeyStore,
    seal: Seal | None,
) -> RepairResult | None:
    """Set the damaged file aside and replace it with the newest good backup; None if there is none.

    `seal` is the case's seal as far as its files show: a backup left unencrypted by an interrupted change is sealed on
    the way. A file exists at `path` at every moment. The caller holds the lock. StoreError; CaseSealed if a passphrase
    is needed first, instead of falling back to an older unencrypted backup.
    """
    for backup in backups:
        try:
            header, backup_data, case = read_state(backup.path, migrations, keys)
        except CaseSealed:
            raise
        except StoreError:
            continue
        if case.id != case_id:
            continue
        if header.seal is None and seal is not None:
            new_seal = keys.new_seal(seal.ring, for_all=seal.for_all)
            body = close_body(unpack(backup_data, migrations.schema)[1], new_seal, keys)
            backup_data = pack(body, header.schema, header.save, new_seal)
        path = Path(os.path.realpath(path))
        try:
            damaged_data, _about = disk.read(path, MAX_CASE_FILE_BYTES)
            set_aside(path, damaged_path)
            replace_file(path, backup_data, temporary_path(path))
            disk.sync_folder(path.parent)
        except OSError as error:
            raise unwritable_error(error) from error
        return RepairResult(damaged_path, backup.saved, newer_answers(damaged_data, case))
    return None


def set_aside(path: Path, damaged_path: Path) -> None:
    """Hard-link or copy the file to `damaged_path`, and sync the folder. OSError."""
    try:
        disk.link(path, damaged_path)
    except FileExistsError:
        raise
    except OSError:  # no hard links on this drive
        data, _about = disk.read(path, disk.stat_file(path).st_size)
        replace_file(damaged_path, data, temporary_path(damaged_path), new=True)
    disk.sync_folder(damaged_path.parent)


def restore_backup(
    path: Path,
    damaged_path: Path,
    case_id: str,
    backup: Backup,
    backups: Backups,
    migrations: Migrations,
    keys: KeyStore,
    known_seal: Seal | None,
) -> None:
    """Write `backup` to `path` as the next save, sealed like the current file, which is kept.

    `known` is the case's seal, used if its own file cannot show it. The caller holds the lock. StoreError if the backup
    is unusable or the file at `path` belongs to another case; OSError.
    """
    header, data, case = read_state(backup.path, migrations, keys)
    if case.id != case_id:
        raise CaseMisplaced(_("This file is a copy of another case ({id}).").format(id=case.id))
    save, seal = header.save, header.seal
    if seal is None and known_seal is not None:
        seal = keys.new_seal(known_seal.ring, for_all=known_seal.for_all)
    path = Path(os.path.realpath(path))
    try:
        current_header = read_state(path, migrations, keys)[0]
        save, seal = max(save, current_header.save), current_header.seal
        backups.keep(path, save)
    except CaseMissing:
        pass
    except CaseDamaged:
        set_aside(path, damaged_path)
    body = open_body(*unpack(data, migrations.schema), keys)
    body = serialize(migrations.upgrade(parse_body(body), header.schema))
    replace_file(path, pack(close_body(body, seal, keys), migrations.schema, save + 1, seal), temporary_path(path))
    disk.sync_folder(path.parent)
