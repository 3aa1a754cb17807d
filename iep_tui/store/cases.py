"""The cases on this computer: list, find, open, save, add, remove."""

from __future__ import annotations

import contextlib
import datetime
import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from tinydb import TinyDB
from tinydb.table import Document

from iep_tui.core.answers import Answer, Answers, Case, Meeting
from iep_tui.core.interview import CHILD_NAME
from iep_tui.language import _
from iep_tui.store.errors import Damaged, Locked, StoreError, from_os
from iep_tui.store.files import replace_file, sweep
from iep_tui.store.interchange import is_storable, new_id
from iep_tui.store.lock import take_lock
from iep_tui.store.places import case_path, cases_folder, is_id, make_folders
from iep_tui.store.storage import SCHEMA, CaseStorage, pack
from iep_tui.store.upgrade import upgraded

if TYPE_CHECKING:
    from filelock import BaseFileLock

__all__ = ["OpenCase", "Store", "Summary", "new_id"]

#: The shortest start of an id that may stand for it.
SHORTEST_START = 3


class _StoredCase(msgspec.Struct):
    id: str
    created: str = ""


class _StoredMeeting(msgspec.Struct):
    id: str
    started: str = ""
    place: str = ""
    answers: dict[str, Answer] = {}


class Summary(msgspec.Struct, frozen=True):
    """One line of the list of cases. `case` is None when its file cannot be read, and `trouble` says why."""

    id: str
    path: Path
    changed: datetime.datetime
    case: Case | None
    trouble: str = ""


class Store:
    """All cases of one data folder. Nothing is made on the disk before there is something to keep."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def summaries(self) -> list[Summary]:
        """Every case, the last changed first. One that cannot be read is listed with its trouble, and left alone."""
        found: list[Summary] = []
        try:
            entries = list(os.scandir(cases_folder(self.home)))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise from_os(error, cases_folder(self.home)) from None
        for entry in entries:
            stem, dot, ending = entry.name.partition(".")
            if (dot, ending) != (".", "json") or not is_id(stem):
                continue
            case: Case | None = None
            trouble = ""
            try:
                changed = datetime.datetime.fromtimestamp(entry.stat().st_mtime, datetime.UTC)
                case = self.read(stem)
            except StoreError as error:
                trouble = str(error)
            except OSError:  # gone since the folder was listed
                continue
            found.append(Summary(stem, Path(entry.path), changed, case, trouble))
        return sorted(found, key=lambda one: one.changed, reverse=True)

    def read(self, case_id: str) -> Case:
        """The case as it is on the disk now. Takes no lock. Raises StoreError."""
        case, _documents = _read(CaseStorage(self._path(case_id)))
        return case

    def find(self, words: str) -> str:
        """The id that `words` stand for: an id, the start of one, or a child's name when it is the only one."""
        if is_id(words) and case_path(self.home, words).exists():
            return words
        summaries = self.summaries()
        starting = [one.id for one in summaries if len(words) >= SHORTEST_START and one.id.startswith(words)]
        if len(starting) == 1:
            return starting[0]
        wanted = " ".join(words.split()).casefold()
        named = [one.id for one in summaries if wanted and wanted in _names(one.case)]
        if len(named) == 1:
            return named[0]
        if starting or named:
            ids = ", ".join(sorted({*starting, *named}))
            raise StoreError(_("More than one case fits {words}. Use an id: {ids}").format(words=words, ids=ids))
        raise StoreError(_("There is no case {words}. iep-tui cases lists them.").format(words=words))

    def create(self, case: Case) -> OpenCase:
        """A file for a new case, open to write."""
        path = self._path(case.id)
        try:
            make_folders(self.home)
        except OSError as error:
            raise from_os(error, path) from None
        lock = take_lock(path)
        try:
            if path.exists():
                raise StoreError(_("There is a case {id} already.").format(id=case.id))
            tables = {
                "case": {"1": {"id": case.id, "created": f"{datetime.datetime.now(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"}},
                "meetings": {str(n): _document(meeting) for n, meeting in enumerate(case.meetings, 1)},
            }
            try:
                replace_file(path, pack(msgspec.json.encode(tables, order="deterministic"), 1))
            except OSError as error:
                raise from_os(error, path) from None
            return OpenCase(path, lock)
        except BaseException:
            lock.release()
            raise

    def open(self, case_id: str) -> OpenCase:
        """The case, to write when it can be, else to read (`OpenCase.read_only` says why). Raises StoreError."""
        path = self._path(case_id)
        if not path.exists():
            raise StoreError(_("There is no case {words}. iep-tui cases lists them.").format(words=case_id))
        try:
            lock = take_lock(path)
        except Locked as error:
            return OpenCase(path, None, str(error))
        except StoreError as error:
            return OpenCase(path, None, _("This case can only be read: {reason}").format(reason=error))
        try:
            if not os.access(path, os.W_OK):
                words = _("This case can only be read: its file may not be written.")
                lock.release()
                return OpenCase(path, None, words)
            sweep(path)
            return OpenCase(path, lock)
        except BaseException:
            lock.release()
            raise

    def add(self, case: Case) -> str:
        """Keep an imported case as one of ours, under another id when its own is taken. Gives its id."""
        if self._path(case.id).exists():
            case = msgspec.structs.replace(case, id=new_id())
        with self.create(case) as added:
            return added.id

    def remove(self, case_id: str) -> None:
        """Remove a case's file. Raises Locked while a window has it open."""
        path = self._path(case_id)
        lock = take_lock(path)
        try:
            path.unlink(missing_ok=True)
            sweep(path)
        except OSError as error:
            raise from_os(error, path) from None
        finally:
            lock.release()
        with contextlib.suppress(OSError):
            path.with_suffix(".lock").unlink()

    def _path(self, case_id: str) -> Path:
        if not is_id(case_id):
            raise StoreError(_("{words} is not an id of a case.").format(words=case_id))
        return case_path(self.home, case_id)


class OpenCase:
    """A case held open: what is on the disk, and the right to change it unless `read_only` says why not."""

    def __init__(self, path: Path, lock: BaseFileLock | None, read_only: str = "") -> None:
        self._lock = lock
        self.read_only = read_only
        self._storage = CaseStorage(path)
        self.case, self._documents = _read(self._storage)
        self.id = path.stem
        self._path = path
        self._kept_older = False

    def __enter__(self) -> OpenCase:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def save(self, case: Case) -> None:
        """Put what changed on the disk; when this returns it outlives a power cut. Raises StoreError.

        Each changed meeting is one write. After a failure the same call may be made again.
        """
        if self.read_only or self._lock is None:
            raise StoreError(self.read_only)
        self._keep_older()
        database = TinyDB(self._path, storage=_Given(self._storage))
        meetings = database.table("meetings")
        for meeting in case.meetings:
            if self.case.meeting(meeting.id) == meeting:
                continue
            document = _document(meeting)
            number = self._documents.get(meeting.id)
            if number is None:
                number = max(self._documents.values(), default=0) + 1
                meetings.insert(Document(document, number))
                self._documents[meeting.id] = number
            else:
                meetings.update(_replacing(document), doc_ids=[number])
            self.case = self.case.with_meeting(meeting)

    def close(self) -> None:
        """Let go of the case."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _keep_older(self) -> None:
        """Before the first write over a file of an older version, keep it as it was."""
        header = self._storage.header
        if self._kept_older or header is None or header.schema >= SCHEMA:
            return
        older = self._path.with_name(f"{self.id}.schema-{header.schema}")
        try:
            replace_file(older, self._path.read_bytes())
        except OSError as error:
            raise from_os(error, older) from None
        self._kept_older = True


class _Given:
    """Hands TinyDB a storage that is there already, where it wants to make one."""

    def __init__(self, storage: CaseStorage) -> None:
        self._storage = storage

    def __call__(self, *_arguments: Any, **_named: Any) -> CaseStorage:
        return self._storage


def _replacing(document: dict[str, Any]) -> Any:
    """An update for TinyDB that puts `document` in the place of the one there; it would merge the two otherwise."""

    def replace(there: dict[str, Any]) -> None:
        there.clear()
        there.update(document)

    return replace


def _document(meeting: Meeting) -> dict[str, Any]:
    """A meeting as it is stored. Raises StoreError before the disk is touched when a value cannot stand in JSON."""
    for question_id, answer in meeting.answers.items():
        if not is_storable(answer.value):
            raise StoreError(_("The answer {id} has a value that cannot be kept.").format(id=question_id))
    stored = _StoredMeeting(meeting.id, meeting.started, meeting.place, dict(meeting.answers))
    document: dict[str, Any] = msgspec.to_builtins(stored)
    return document


def _read(storage: CaseStorage) -> tuple[Case, dict[str, int]]:
    """The case in a storage, and which document each meeting is. Raises StoreError."""
    tables = storage.read()
    if tables is None:
        raise from_os(FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)), storage.path)
    try:
        if storage.header is not None and storage.header.schema < SCHEMA:
            tables = upgraded(tables, storage.header.schema)
        stored = msgspec.convert(next(iter(tables["case"].values())), _StoredCase)
        meetings = {
            int(number): msgspec.convert(document, _StoredMeeting) for number, document in tables["meetings"].items()
        }
    except (KeyError, StopIteration, ValueError, msgspec.ValidationError):
        raise Damaged(_("This file is damaged: it does not hold a case.")) from None
    if not meetings:
        raise Damaged(_("This file is damaged: it does not hold a case."))
    case = Case(
        stored.id,
        tuple(
            Meeting(one.id, one.started, Answers(one.answers), one.place) for _number, one in sorted(meetings.items())
        ),
    )
    return case, {one.id: number for number, one in meetings.items()}


def _names(case: Case | None) -> tuple[str, ...]:
    """What a case may be called by: the child's whole name and its first word."""
    value = case.latest.answers.of(CHILD_NAME).value if case is not None else None
    if not isinstance(value, str) or not value.split():
        return ()
    whole = " ".join(value.split()).casefold()
    return (whole, whole.split()[0])
