"""Case list for the home screen: child, meeting and progress per case."""

from __future__ import annotations

import contextlib
import datetime
import os
from time import monotonic

import msgspec

from iep_tui.core import facts as ids
from iep_tui.core.case_model import Answer, Answers
from iep_tui.core.facts import Facts, facts_of
from iep_tui.core.progress_callback import Cancelled, ProgressCallback, no_progress
from iep_tui.core.question_model import Catalogue
from iep_tui.core.wording import days_left_text, meeting_type_text
from iep_tui.i18n import _
from iep_tui.store.case_index import CaseIndex, IndexLine
from iep_tui.store.case_reader import newest_first
from iep_tui.store.case_store import CaseFileSummary, CaseStore

#: Questions whose answers the list shows, or needs to recompute a case's numbers on another day.
_SHOWN_QUESTIONS = (ids.CHILD_NAME, ids.CHILD_BIRTH_DATE, ids.MEETING_DATE, ids.MEETING_TYPE, ids.STATE)


#: Cases read between two checks of the clock or of the progress callback.
_BATCH_SIZE = 50


class CaseRow(msgspec.Struct, frozen=True):
    """One row of the case list, ready to show: child, meeting and progress.

    `trouble` says why the case cannot be opened. A case whose passphrase was not given yet has no name, only `locked`.
    A `lost` case has no file any more, only backups.
    """

    case_id: str
    name: str
    meeting: str
    progress: str
    trouble: str = ""
    locked: bool = False
    lost: bool = False


class CaseSummary(msgspec.Struct, frozen=True):
    """The parts of a case that a list needs.

    `answers` are a few of its latest meeting's; `done` of `total` questions are answered, counting all questions and
    not the short path only. `changed` is in UTC. If `trouble` is set, the case could not be read and the rest is empty;
    `locked` means that only the passphrase is missing.
    """

    catalogue: Catalogue
    today: datetime.date
    case_id: str
    changed: datetime.datetime
    answers: Answers
    done: int = 0
    total: int = 0
    trouble: str = ""
    locked: bool = False


class CaseList:
    """All cases, most recently changed first, read in batches and cached in the store's index.

    `first` returns the newest cases before the folder has been scanned. `look` scans the folder, in parts if the caller
    limits the time; every other method finishes the scan first. Raises StoreError if the folder cannot be read.
    """

    def __init__(self, store: CaseStore, catalogue: Catalogue, today: datetime.date) -> None:
        self._store = store
        self._catalogue = catalogue
        self._today = today
        self._index = CaseIndex(store.home, catalogue.digest)
        self._looks = store.scan()
        self._seen: list[tuple[str, os.stat_result]] = []
        self._files: list[tuple[str, os.stat_result]] | None = None
        self._next = 0

    def __len__(self) -> int:
        """Number of cases, read or not."""
        return len(self._all())

    @property
    def total(self) -> int:
        """Number of cases, as far as the scan or the index of the last scan knows."""
        return len(self._files) if self._files is not None else max(len(self._seen), self._index.total)

    def first(self, most: int) -> tuple[CaseRow, ...]:
        """Return up to `most` cases that the index lists as the newest, each read from its present file.

        Empty if the index knows no more than `most` cases. A case added or changed since the last scan may be missing
        until `look` has found it.
        """
        if self._index.total <= most:
            return ()
        existing = [
            (case_id, about) for case_id in self._index.newest if (about := self._store.look(case_id)) is not None
        ]
        newest = newest_first(existing)[:most]
        return tuple(_row(self._summary(case_id, about, among_newest=True)) for case_id, about in newest)

    def look(self, seconds: float | None = None) -> bool:
        """Scan file names and times, for at most `seconds`; True once all are known. Raises StoreError."""
        stop = None if seconds is None else monotonic() + seconds
        if self._files is None:
            for named_file in self._looks:
                self._seen.append(named_file)
                if stop is not None and not len(self._seen) % _BATCH_SIZE and monotonic() > stop:
                    return False
            self._files = newest_first(_without_sync_copies(self._store, self._seen))
        return True

    def ids(self) -> set[str]:
        return {case_id for case_id, _about in self._all()}

    def summaries_by_id(self, most: int, seconds: float | None = None) -> list[CaseSummary]:
        """Return the next unread cases: at most `most`, stopping after `seconds`; empty after the last one.

        At least one case is read, however short the time.
        """
        files = self._all()
        stop = None if seconds is None else monotonic() + seconds
        summaries: list[CaseSummary] = []
        while (
            self._next < len(files) and len(summaries) < most and (stop is None or not summaries or monotonic() < stop)
        ):
            summaries.append(self._summary(*files[self._next]))
            self._next += 1
        return summaries

    def children(self, most: int, seconds: float | None = None) -> tuple[CaseRow, ...]:
        """Like `summaries_by_id`, as rows ready to show."""
        return tuple(_row(summary) for summary in self.summaries_by_id(most, seconds))

    def all_summaries(self, progress: ProgressCallback = no_progress) -> list[CaseSummary]:
        """Return all cases not read yet. `progress` counts them; if it raises, the rest stay unread."""
        summaries: list[CaseSummary] = []
        while batch := self.summaries_by_id(_BATCH_SIZE):
            summaries += batch
            progress(self._next, len(self))
        return summaries

    def keep(self) -> None:
        """Write newly read cases to the index. Never fails."""
        if self._files:
            self._index.keep(dict(self._files), self._store.look)

    def _all(self) -> list[tuple[str, os.stat_result]]:
        self.look()
        return self._files or []

    def _summary(self, case_id: str, about: os.stat_result, *, among_newest: bool = False) -> CaseSummary:
        changed = datetime.datetime.fromtimestamp(about.st_mtime, datetime.UTC)
        line = self._index.line(case_id, about, among_newest=among_newest)
        if line is not None:
            answers = Answers(line.answers)
            if Facts(*line.facts) == facts_of(answers, self._today):  # type: ignore[arg-type]
                return CaseSummary(self._catalogue, self._today, case_id, changed, answers, line.done, line.total)
        summary = self._store.summary(case_id, about)
        if summary.case is None:
            return CaseSummary(
                self._catalogue,
                self._today,
                case_id,
                changed,
                Answers(),
                trouble=summary.trouble,
                locked=summary.sealed,
            )
        # Imported only here: a case in the index needs no interview.
        from iep_tui.core.interview import Interview, adopt_answers

        answers = adopt_answers(summary.case.latest.answers, self._catalogue)
        interview = Interview(self._catalogue, answers, self._today)
        progress = interview.progress()
        shown = {name: msgspec.structs.replace(answers[name], note="") for name in _SHOWN_QUESTIONS if name in answers}
        if not summary.sealed:
            self._index.put(case_id, self._line(summary, shown, interview.facts, progress.done, progress.total))
        return CaseSummary(
            self._catalogue, self._today, case_id, changed, Answers(shown), progress.done, progress.total
        )

    @staticmethod
    def _line(summary: CaseFileSummary, shown: dict[str, Answer], facts: Facts, done: int, total: int) -> IndexLine:
        about = summary.about
        return IndexLine(
            about.st_size,
            about.st_mtime_ns,
            about.st_ino,
            summary.name,
            shown,
            (facts.age, facts.stage, facts.state),
            done,
            total,
        )


def _without_sync_copies(store: CaseStore, files: list[tuple[str, os.stat_result]]) -> list[tuple[str, os.stat_result]]:
    """Drop sync copies whose names look like ids, such as "maya-conflict.json" beside "maya.json"."""
    ids = {case_id for case_id, _about in files}
    return [file for file in files if "-" not in file[0] or not _is_sync_copy(store, file[0], ids)]


def _is_sync_copy(store: CaseStore, case_id: str, ids: set[str]) -> bool:
    parts = case_id.split("-")
    starts = ("-".join(parts[:count]) for count in range(1, len(parts)))
    path = store.folder / f"{case_id}.json"
    return any(start in ids and path in store.copies(start) for start in starts)


def case_rows(
    store: CaseStore, catalogue: Catalogue, today: datetime.date, progress: ProgressCallback = no_progress
) -> tuple[tuple[CaseRow, ...], int]:
    """Return a row for each case, most recently changed first, and the number of cases.

    An unreadable case has a row too. If `progress` raises Cancelled, the rows read so far are returned.
    """
    listing = CaseList(store, catalogue, today)
    rows: list[CaseRow] = []
    with contextlib.suppress(Cancelled):
        while batch := listing.children(_BATCH_SIZE):
            rows += batch
            progress(len(rows), len(listing))
    listing.keep()
    return tuple(rows), len(listing)


def _row(summary: CaseSummary) -> CaseRow:
    if summary.locked:
        return CaseRow(summary.case_id, _("A child (sealed)"), "", _("opens with its passphrase"), locked=True)
    if summary.trouble:
        return CaseRow(summary.case_id, _("A child (cannot be read)"), "", "", summary.trouble)
    name = summary.answers.of(ids.CHILD_NAME).value
    return CaseRow(
        summary.case_id,
        name if isinstance(name, str) and name.strip() else _("No name yet"),
        " · ".join(part for part in (meeting_type_text(summary), days_left_text(summary)) if part),
        _("{done} of {total} answered").format(done=summary.done, total=summary.total),
    )
