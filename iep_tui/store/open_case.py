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

#: Gives the time now, aware of its zone.
MomentClock = Callable[[], datetime.datetime]


class OpenCase:
    """A case that `Store.open` or `Store.create` gave.

    `case` is what is on the disk. `read_only` says in a calm sentence why nothing can be saved, "" when it can.
    `saved_at` is when the file was last written, UTC. `notice` tells the parent that the file was damaged and an
    earlier state is open, "" when all is well; `newer` are the answers that could be read in the damaged file and are
    not in the case. Use it in a `with`, or `close` it.
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
        self._draft: IncrementalEncoder | None = None
        self._lock = lock
        self._backups = backups
        self._saved = is_new

    @property
    def id(self) -> str:
        return self.case.id

    def save(self, case: Case) -> None:
        """Put `case` on the disk. Only after the return is it saved.

        Raises StoreError with a line to show; then the file is whole, `self.case` still says what was saved before,
        and a later save can succeed. ValueError for a case that is not this one.
        """
        if self.read_only:
            raise ReadOnlyCase(self.read_only)
        if self._database is None or self._storage is None:
            raise StoreError(_("The case is closed."))
        if case.id != self.id:
            raise ValueError("another case than the one that is open")
        if [one.id for one in case.meetings] != [one.id for one in self.case.meetings]:
            check_ids(case)
        self._write(self._database, self._storage, case)
        self.case = case
        self._saved = True
        self.saved_at = self._clock().astimezone(datetime.UTC)

    def _write(self, database: TinyDB, storage: CaseStorage, case: Case) -> None:
        """One write: of the body made anew where all of it is known, else of what differs in the tables.

        The same again is not written, but a folder that is behind is waited for.
        """
        if self._draft is None:
            self._draft = IncrementalEncoder.of(self.case, storage.read() or {}, storage.body)
        body = self._draft.body(case) if self._draft is not None else None
        if self._draft is not None and body is not None:
            storage.put(body)
            self._draft.saved(case)
            return
        self._draft = None
        self._write_tables(database, case)

    def _write_tables(self, database: TinyDB, case: Case) -> None:
        """What differs from the disk; with more than one meeting changed, all. What we do not know stays in its place.

        The storage is read once and written once: through a table each look would be a reading of its own.
        """
        tables = database.storage.read() or {}
        numbers = sorted(tables.get(MEETINGS_TABLE, {}), key=int)
        there = {tables[MEETINGS_TABLE][number]["id"]: number for number in numbers}
        wanted = {meeting.id: meeting_document(meeting) for meeting in case.meetings}
        changed = [
            one
            for meeting_id, one in wanted.items()
            if meeting_id not in there or tables[MEETINGS_TABLE][there[meeting_id]] != one
        ]
        known = list(there)
        history = history_documents(case)
        same_history = tables.get(HISTORY_TABLE, {}) == history
        if same_history and list(wanted)[: len(known)] == known and len(changed) == 1:
            [document] = changed
            number = there.get(document["id"]) or str(max(map(int, numbers), default=0) + 1)
            tables.setdefault(MEETINGS_TABLE, {}).setdefault(number, {}).update(document)
        else:
            if changed or list(wanted) != known:
                tables[MEETINGS_TABLE] = tables_of(case, "")[MEETINGS_TABLE]
            tables[HISTORY_TABLE] = history
        database.storage.write(tables)

    def close(self) -> None:
        """Let go of the case, so that another window may write it. Nothing is saved here but a backup."""
        if self._database is not None and self._storage is not None:
            if self._saved and self._backups is not None:
                self._backups.at_rest(self._storage.path, self._storage.save)
            self._database.close()
            self._database = self._storage = None
        if self._lock is not None:
            self._lock.let_go()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def check_ids(case: Case) -> None:
    """ValueError for a case that could not be read back: no meeting, an id of the wrong shape, one id twice."""
    ids = [meeting.id for meeting in case.meetings]
    if not ids or not all(map(is_id, (case.id, *ids))) or len(set(ids)) != len(ids):
        raise ValueError("a case without meetings, or with ids that are not ids")
