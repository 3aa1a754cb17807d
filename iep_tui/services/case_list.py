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

#: The answers that a list shows, or that its numbers follow from on another day.
_TOLD = (ids.CHILD_NAME, ids.CHILD_BIRTH_DATE, ids.MEETING_DATE, ids.MEETING_TYPE, ids.STATE)


#: Cases between two looks at the clock, or whether the person still waits.
_AT_ONCE = 50


class CaseRow(msgspec.Struct, frozen=True):
    """One line of the list: whose case it is, which meeting, how far; `trouble` says why it cannot be opened.

    A case whose passphrase was not given yet has no name here, only `locked`. Of one that is `lost` there is an earlier
    copy, and no file.
    """

    case_id: str
    name: str
    meeting: str
    progress: str
    trouble: str = ""
    locked: bool = False
    lost: bool = False


class CaseSummary(msgspec.Struct, frozen=True):
    """What a list needs of a case: `answers` are a few of its latest meeting, `done` of `total` are answered on the
    path of all questions. `changed` is UTC. With `trouble` there is nothing but that; `locked` when the trouble is only
    that its passphrase was not given yet."""

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
    """All cases, the last changed first, looked at a few at a time. What was read once is kept in the store's index.

    `first` gives the newest before the folder was looked through; `look` looks through it, in parts for who does not
    wait, and everything else does so first where it was not done. StoreError when the folder cannot be read.
    """

    def __init__(self, store: CaseStore, catalogue: Catalogue, today: datetime.date) -> None:
        self._store = store
        self._catalogue = catalogue
        self._today = today
        self._index = CaseIndex(store.home, catalogue.digest)
        self._looks = store.looks()
        self._seen: list[tuple[str, os.stat_result]] = []
        self._files: list[tuple[str, os.stat_result]] | None = None
        self._next = 0

    def __len__(self) -> int:
        """How many there are, read or not."""
        return len(self._all())

    @property
    def total(self) -> int:
        """How many there are as far as is known: seen already, or at the last look."""
        return len(self._files) if self._files is not None else max(len(self._seen), self._index.total)

    def first(self, most: int) -> tuple[CaseRow, ...]:
        """Those that had changed last at the last look, each as its file is now; none where that was not kept, or where
        there were no more than `most`. Ones that came or changed since may be missing until `look` has found them."""
        if self._index.total <= most:
            return ()
        there = [(case_id, about) for case_id in self._index.newest if (about := self._store.look(case_id)) is not None]
        newest = newest_first(there)[:most]
        return tuple(_child(self._glance(case_id, about, among_newest=True)) for case_id, about in newest)

    def look(self, seconds: float | None = None) -> bool:
        """Look at names and times, for so many seconds at most; whether all are known now. StoreError."""
        stop = None if seconds is None else monotonic() + seconds
        if self._files is None:
            for one in self._looks:
                self._seen.append(one)
                if stop is not None and not len(self._seen) % _AT_ONCE and monotonic() > stop:
                    return False
            self._files = newest_first(_without_sync_copies(self._store, self._seen))
        return True

    def ids(self) -> set[str]:
        """The ids of all."""
        return {case_id for case_id, _about in self._all()}

    def summaries_by_id(self, most: int, seconds: float | None = None) -> list[CaseSummary]:
        """The next cases, at most so many, and no more than take so many seconds; none after the last."""
        files = self._all()
        stop = None if seconds is None else monotonic() + seconds
        found: list[CaseSummary] = []
        while self._next < len(files) and len(found) < most and (stop is None or not found or monotonic() < stop):
            found.append(self._glance(*files[self._next]))
            self._next += 1
        return found

    def children(self, most: int, seconds: float | None = None) -> tuple[CaseRow, ...]:
        """`summaries_by_id` in words."""
        return tuple(_child(one) for one in self.summaries_by_id(most, seconds))

    def all_summaries(self, progress: ProgressCallback = no_progress) -> list[CaseSummary]:
        """All that were not looked at yet. `progress` counts the cases; what it raises leaves the rest for later."""
        found: list[CaseSummary] = []
        while some := self.summaries_by_id(_AT_ONCE):
            found += some
            progress(self._next, len(self))
        return found

    def keep(self) -> None:
        """Keep what had to be read for the next time. Never fails."""
        if self._files:
            self._index.keep(dict(self._files), self._store.look)

    def _all(self) -> list[tuple[str, os.stat_result]]:
        self.look()
        return self._files or []

    def _glance(self, case_id: str, about: os.stat_result, *, among_newest: bool = False) -> CaseSummary:
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
        # Only here: what is in the index needs no way through the questions.
        from iep_tui.core.interview import Interview, adopt_answers

        answers = adopt_answers(summary.case.latest.answers, self._catalogue)
        interview = Interview(self._catalogue, answers, self._today)
        progress = interview.progress()
        told = {name: msgspec.structs.replace(answers[name], note="") for name in _TOLD if name in answers}
        if not summary.sealed:
            self._index.put(case_id, self._line(summary, told, interview.facts, progress.done, progress.total))
        return CaseSummary(self._catalogue, self._today, case_id, changed, Answers(told), progress.done, progress.total)

    @staticmethod
    def _line(summary: CaseFileSummary, told: dict[str, Answer], facts: Facts, done: int, total: int) -> IndexLine:
        about = summary.about
        return IndexLine(
            about.st_size,
            about.st_mtime_ns,
            about.st_ino,
            summary.name,
            told,
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
    """A line for each case, the last changed first, and how many cases there are. One that cannot be read has its line
    too. When `progress` says Stopped, those that were read by then.
    """
    listing = CaseList(store, catalogue, today)
    found: list[CaseRow] = []
    with contextlib.suppress(Cancelled):
        while some := listing.children(_AT_ONCE):
            found += some
            progress(len(found), len(listing))
    listing.keep()
    return tuple(found), len(listing)


def _child(one: CaseSummary) -> CaseRow:
    if one.locked:
        return CaseRow(one.case_id, _("A sealed case"), "", _("opens with its passphrase"), locked=True)
    if one.trouble:
        return CaseRow(one.case_id, _("A case that cannot be read"), "", "", one.trouble)
    name = one.answers.of(ids.CHILD_NAME).value
    return CaseRow(
        one.case_id,
        name if isinstance(name, str) and name.strip() else _("No name yet"),
        " · ".join(part for part in (meeting_type_text(one), days_left_text(one)) if part),
        _("{done} of {total} answered").format(done=one.done, total=one.total),
    )
