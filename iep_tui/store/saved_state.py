"""Reading one saved state of a case: its file or one of its backups."""

from __future__ import annotations

from pathlib import Path

from iep_tui.core.case_model import Case
from iep_tui.store import disk
from iep_tui.store.case_file_format import MAX_CASE_FILE_BYTES, Header, open_body, parse_body, unpack
from iep_tui.store.case_records import case_from_body, case_from_tables
from iep_tui.store.crypto.envelope import KeyStore
from iep_tui.store.errors import CaseDamaged, NewerVersion, unreadable_error
from iep_tui.store.migrations import Migrations


def read_state(path: Path, migrations: Migrations, keys: KeyStore) -> tuple[Header, bytes, Case]:
    """Return a case file's header, all its bytes, and the case in it. StoreError; CaseSealed without its key."""
    try:
        data, _about = disk.read(path, MAX_CASE_FILE_BYTES)
    except OSError as error:
        raise unreadable_error(error) from error
    header, body = unpack(data, migrations.schema)
    body = open_body(header, body, keys)
    if header.schema == migrations.schema:
        return header, data, case_from_body(body)
    return header, data, case_from_tables(migrations.upgrade(parse_body(body), header.schema))


def read_newer_state(path: Path, newer: NewerVersion, keys: KeyStore) -> Case:
    """Read a file written by a newer version, keeping only the fields this version knows.

    Raise `newer` if it cannot be read.
    """
    try:
        data, _about = disk.read(path, MAX_CASE_FILE_BYTES)
        return case_from_tables(parse_body(open_body(*unpack(data, schema=2**31), keys)))
    except (OSError, CaseDamaged):
        raise newer from None
