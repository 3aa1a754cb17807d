"""Encoder of an open case that verifies only the parts changed since the last save."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress
from operator import is_not
from typing import Any, Self

import msgspec

from iep_tui.core.case_model import Answers, Case, Meeting
from iep_tui.store.case_file_format import Tables, check_length, encode_checked, encode_unchecked
from iep_tui.store.case_records import CASE_TABLE, MEETINGS_TABLE, answer_history_document, encodable_tables

#: Compared with a meeting that was never saved.
_EMPTY_MEETING = Meeting("", "", Answers())


class IncrementalEncoder:
    """Encodes successive states of a case, given the last saved state and its document numbers.

    JSON cannot hold every value, so values saved for the first time are decoded again and compared. Answers are never
    modified in place: an answer that is the same object as in the last save was already checked and is only encoded.
    """

    def __init__(self, case: Case, created: str, numbers: dict[str, str]) -> None:
        self._case = case
        self._created = created
        self._numbers = numbers

    @classmethod
    def of(cls, case: Case, tables: Tables, body: bytes) -> Self | None:
        """Return an encoder for the case read from `body` and `tables`, or None if the body has more than the case.

        Unknown fields must be kept, and this encoder would drop them.
        """
        created = tables.get(CASE_TABLE, {}).get("1", {}).get("created", "")
        numbers = {document["id"]: number for number, document in tables.get(MEETINGS_TABLE, {}).items()}
        is_complete = isinstance(created, str) and all(meeting.id in numbers for meeting in case.meetings)
        if not is_complete or encode_unchecked(encodable_tables(case, created, numbers)) != body:
            return None
        return cls(case, created, numbers)

    def body(self, case: Case) -> bytes | None:
        """Return the body for a later state of the case, or None if meetings were removed or reordered.

        StoreError for values JSON cannot hold and for a body that is too long.
        """
        numbers = self._numbers_for(case)
        if numbers is None:
            return None
        for before, after in zip(self._case.meetings, case.meetings, strict=False):
            if after is not before:
                _check_changes(after, before)
        for added in case.meetings[len(self._numbers) :]:
            _check_changes(added, _EMPTY_MEETING)
        return check_length(encode_unchecked(encodable_tables(case, self._created, numbers)))

    def saved(self, case: Case) -> None:
        """Record that this state, encoded by `body`, is on disk."""
        if len(case.meetings) > len(self._numbers):
            self._numbers = self._numbers_for(case) or self._numbers
        self._case = case

    def _numbers_for(self, case: Case) -> dict[str, str] | None:
        """Return document numbers, with the next ones for new meetings; None if meetings were removed or reordered."""
        ids = [meeting.id for meeting in case.meetings]
        known = list(self._numbers)
        if ids == known:
            return self._numbers
        if ids[: len(known)] != known:
            return None
        next_number = max(map(int, self._numbers.values())) + 1
        return self._numbers | {
            meeting_id: str(number) for number, meeting_id in enumerate(ids[len(known) :], next_number)
        }


def _check_changes(after: Meeting, before: Meeting) -> None:
    """Raise StoreError if anything new in `after` would not survive encoding unchanged."""
    changed: list[object] = []
    if after.answers is not before.answers:
        changed.append(msgspec.to_builtins(_changed_items(after.answers.by_id(), before.answers.by_id())))
    if after.histories is not before.histories:
        histories = _changed_items(after.histories.by_id(), before.histories.by_id())
        changed.append({name: answer_history_document(history) for name, history in histories.items()})
    if after.sets is not before.sets:
        changed.append(after.sets)
    if after.place != before.place or after.started != before.started:
        changed += [after.id, after.started, after.place]
    encode_checked(changed)


def _changed_items(after: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the items of `after` that are not the same object as in `before`."""
    if list(after) == list(before):  # the usual case, when single answers change: runs in C
        return dict(compress(after.items(), map(is_not, after.values(), before.values())))
    return {name: item for name, item in after.items() if before.get(name) is not item}
