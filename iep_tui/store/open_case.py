"""A case opened for writing: saved when its content changes, locked until closed."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from types import TracebackType
from typing import Self

from tinydb import TinyDB

from iep_tui.core.case_model import Answers, Case
from iep_tui.i18n import _
from iep_tui.store.backups import Backups
from iep_tui.store.case_lock import CaseLock
from iep_tui.store.case_records import HISTORY_TABLE, MEETINGS_TABLE, history_documents, meeting_document, tables_of
from iep_tui.store.errors import ReadOnlyCase, StoreError
from iep_tui.store.ids import is_id
from iep_tui.store.incremental_encoder import IncrementalEncoder
from iep_tui.store.tinydb_storage import CaseStorage

#: Returns the current time, timezone-aware.
MomentClock = Callable[[], datetime.datetime]


class OpenCase:
    """An open case, returned by `CaseStore.open` or `CaseStore.create`.

    `case` is the state on disk. `read_only` is a sentence that says why nothing can be saved, or "". `saved_at` is when
    the file was last written, in UTC. `notice` tells the parent that the file was damaged and an earlier state is open,
    or ""; `newer` are the answers recovered from the damaged file that are not in the case. Use it in a `with`
    statement, or call `close`.
    """

    def __init__(
        self,
        case: Case,
        clock: MomentClock,
        saved_at: datetime.datetime | None = None,
        *,
        storage: CaseStorage | None = None,
        lock: CaseLock | None = None,
        backups: Backups | None = None,
        is_new: bool = False,
        read_only: str = "",
        notice: str = "",
        newer: Answers | None = None,
    ) -> None:
        self.case = case
        self.notice = notice
        self.newer = newer or Answers()
        self.read_only = read_only
        self.saved_at = saved_at
        self._clock = clock
        self._storage = storage
        self._database = TinyDB(storage=lambda: storage) if storage is not None else None
        self._encoder: IncrementalEncoder | None = None
        self._lock = lock
        self._backups = backups
        self._saved = is_new

    @property
    def id(self) -> str:
        return self.case.id

    def save(self, case: Case) -> None:
        """Write `case` to disk. It is saved only once this returns.

        StoreError with a message to show: the file is intact, `self.case` is still the last saved state, and a later
        save can succeed. ValueError if it is a different case.
        """
        if self.read_only:
            raise ReadOnlyCase(self.read_only)
        if self._database is None or self._storage is None:
            raise StoreError(_("The case is closed."))
        if case.id != self.id:
            raise ValueError("another case than the one that is open")
        if [meeting.id for meeting in case.meetings] != [meeting.id for meeting in self.case.meetings]:
            check_ids(case)
        self._write(self._database, self._storage, case)
        self.case = case
        self._saved = True
        self.saved_at = self._clock().astimezone(datetime.UTC)

    def _write(self, database: TinyDB, storage: CaseStorage, case: Case) -> None:
        """Write the case once: as a newly encoded body if possible, otherwise as changes to the tables.

        An unchanged case is not written, but an unsynced folder is synced.
        """
        if self._encoder is None:
            self._encoder = IncrementalEncoder.of(self.case, storage.read() or {}, storage.body)
        body = self._encoder.body(case) if self._encoder is not None else None
        if self._encoder is not None and body is not None:
            storage.put(body)
            self._encoder.saved(case)
            return
        self._encoder = None
        self._write_tables(database, case)

    def _write_tables(self, database: TinyDB, case: Case) -> None:
        """Update the tables on disk, keeping unknown fields; if several meetings changed, replace them all.

        Reads and writes the storage once: every access through a TinyDB table would read it again.
        """
        tables = database.storage.read() or {}
        numbers = sorted(tables.get(MEETINGS_TABLE, {}), key=int)
        number_of = {tables[MEETINGS_TABLE][number]["id"]: number for number in numbers}
        documents = {meeting.id: meeting_document(meeting) for meeting in case.meetings}
        changed = [
            document
            for meeting_id, document in documents.items()
            if meeting_id not in number_of or tables[MEETINGS_TABLE][number_of[meeting_id]] != document
        ]
        known_ids = list(number_of)
        history = history_documents(case)
        same_history = tables.get(HISTORY_TABLE, {}) == history
        if same_history and list(documents)[: len(known_ids)] == known_ids and len(changed) == 1:
            [changed_document] = changed
            number = number_of.get(changed_document["id"]) or str(max(map(int, numbers), default=0) + 1)
            tables.setdefault(MEETINGS_TABLE, {}).setdefault(number, {}).update(changed_document)
        else:
            if changed or list(documents) != known_ids:
                tables[MEETINGS_TABLE] = tables_of(case, "")[MEETINGS_TABLE]
            tables[HISTORY_TABLE] = history
        database.storage.write(tables)

    def close(self) -> None:
        """Release the case so that another window can open it. Saves nothing, but makes a final backup."""
        if self._database is not None and self._storage is not None:
            if self._saved and self._backups is not None:
                self._backups.keep_final_state(self._storage.path, self._storage.save)
            self._database.close()
            self._database = self._storage = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def check_ids(case: Case) -> None:
    """Raise ValueError for a case that could not be read back: no meetings, invalid ids or duplicate ids."""
    ids = [meeting.id for meeting in case.meetings]
    if not ids or not all(map(is_id, (case.id, *ids))) or len(set(ids)) != len(ids):
        raise ValueError("a case without meetings, or with ids that are not ids")
