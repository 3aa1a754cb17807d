"""Encoder of an open case: produces the file's bytes at each save, re-encoding only what changed."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress
from operator import is_not
from typing import Any, Self

import msgspec

from iep_tui.core.case_model import Answers, Case, Meeting
from iep_tui.store.case_file_format import Tables, encoded, encoded_as_known, short_enough
from iep_tui.store.case_records import CASE_TABLE, MEETINGS_TABLE, answer_history_document, as_known

#: What a meeting is looked at against that was never saved.
_NOTHING = Meeting("", "", Answers())


class IncrementalEncoder:
    """What was saved last of a case, and the numbers of its documents.

    JSON cannot hold every value, so what is saved for the first time is decoded again and compared. Answers are never
    changed in place: one that is the same object as in the last save has been looked at, and is only encoded.
    """

    def __init__(self, case: Case, created: str, numbers: dict[str, str]) -> None:
        self._case = case
        self._created = created
        self._numbers = numbers

    @classmethod
    def of(cls, case: Case, tables: Tables, body: bytes) -> Self | None:
        """Of the case that was read from `body`, whose tables are `tables`; None where there is more in the body than
        in the case, such as a field that we do not know: it is to be kept."""
        created = tables.get(CASE_TABLE, {}).get("1", {}).get("created", "")
        numbers = {one["id"]: number for number, one in tables.get(MEETINGS_TABLE, {}).items()}
        known = isinstance(created, str) and all(one.id in numbers for one in case.meetings)
        if not known or encoded_as_known(as_known(case, created, numbers)) != body:
            return None
        return cls(case, created, numbers)

    def body(self, case: Case) -> bytes | None:
        """The body of this later state of the case; None where a meeting is gone or moved to another place.

        StoreError for what JSON cannot hold, and for what is too long.
        """
        numbers = self._numbers_for(case)
        if numbers is None:
            return None
        for before, after in zip(self._case.meetings, case.meetings, strict=False):
            if after is not before:
                _look_at(after, before)
        for added in case.meetings[len(self._numbers) :]:
            _look_at(added, _NOTHING)
        return short_enough(encoded_as_known(as_known(case, self._created, numbers)))

    def saved(self, case: Case) -> None:
        """Take note that this state, of which `body` gave the body, is on the disk."""
        if len(case.meetings) > len(self._numbers):
            self._numbers = self._numbers_for(case) or self._numbers
        self._case = case

    def _numbers_for(self, case: Case) -> dict[str, str] | None:
        """The documents' numbers: a new meeting gets the next one."""
        ids = [one.id for one in case.meetings]
        known = list(self._numbers)
        if ids == known:
            return self._numbers
        if ids[: len(known)] != known:
            return None
        following = max(map(int, self._numbers.values())) + 1
        return self._numbers | {one: str(number) for number, one in enumerate(ids[len(known) :], following)}


def _look_at(after: Meeting, before: Meeting) -> None:
    """StoreError when something that is not in `before` could not be read back as it is."""
    changed: list[object] = []
    if after.answers is not before.answers:
        changed.append(msgspec.to_builtins(_others(after.answers.by_id(), before.answers.by_id())))
    if after.histories is not before.histories:
        pasts = _others(after.histories.by_id(), before.histories.by_id())
        changed.append({name: answer_history_document(past) for name, past in pasts.items()})
    if after.sets is not before.sets:
        changed.append(after.sets)
    if after.place != before.place or after.started != before.started:
        changed += [after.id, after.started, after.place]
    encoded(changed)


def _others(after: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What in `after` is not the same object as in `before`."""
    if list(after) == list(before):  # the rule while answers change one by one: both walks stay in C
        return dict(compress(after.items(), map(is_not, after.values(), before.values())))
    return {name: one for name, one in after.items() if before.get(name) is not one}
