"""Conversion between a case and the tables of its file, with every shape validated."""

from __future__ import annotations

from typing import Any

import msgspec

from iep_tui.core.case_model import NO_HISTORIES, Answer, AnswerHistory, Answers, Case, Histories, Meeting
from iep_tui.i18n import _
from iep_tui.store.case_file_format import Tables
from iep_tui.store.errors import CaseDamaged
from iep_tui.store.ids import is_id

#: The names of the tables.
CASE_TABLE = "case"
MEETINGS_TABLE = "meetings"
HISTORY_TABLE = "history"


class CaseRecord(msgspec.Struct, frozen=True):
    """The one document of the table "case". `created` is a moment, UTC."""

    id: str
    created: str = ""


class MeetingRecord(msgspec.Struct, frozen=True):
    """One document of the table "meetings"; their numbers are the order of the meetings."""

    id: str
    started: str
    answers: dict[str, Answer]
    place: str = ""
    sets: dict[str, str] = {}


class HistoryRecord(msgspec.Struct, frozen=True):
    """One document of the table "history": what the answers of one meeting were, by question id."""

    meeting: str
    answers: dict[str, AnswerHistory]


class _Body(msgspec.Struct, frozen=True):
    case: dict[str, CaseRecord]
    meetings: dict[str, MeetingRecord]
    history: dict[str, HistoryRecord] = {}


_BODY = msgspec.json.Decoder(_Body)


def meeting_document(meeting: Meeting) -> dict[str, Any]:
    """The document of this meeting: every field, so that an update leaves nothing of the one before."""
    return {
        "id": meeting.id,
        "started": meeting.started,
        "place": meeting.place,
        "sets": dict(meeting.sets),
        "answers": msgspec.to_builtins(meeting.answers.by_id()),
    }


def history_documents(case: Case) -> dict[str, Any]:
    """The documents of the table "history": one for each meeting whose answers were something else before."""
    return {
        str(number): {
            "meeting": one.id,
            "answers": {name: answer_history_document(past) for name, past in one.histories.items()},
        }
        for number, one in enumerate(case.meetings, 1)
        if one.histories
    }


def answer_history_document(past: AnswerHistory) -> dict[str, Any]:
    """What an answer was, as it stands in a document."""
    steps = (("before", past.before), ("after", past.after))
    found: dict[str, Any] = {name: [msgspec.to_builtins(step) for step in some] for name, some in steps if some}
    return found | ({"given": past.given} if past.given else {})


def tables_of(case: Case, created: str) -> Tables:
    """All tables of a case, documents numbered from 1."""
    return {
        CASE_TABLE: {"1": {"id": case.id, "created": created}},
        MEETINGS_TABLE: {str(number): meeting_document(one) for number, one in enumerate(case.meetings, 1)},
        HISTORY_TABLE: history_documents(case),
    }


def as_known(case: Case, created: str, numbers: dict[str, str]) -> dict[str, Any]:
    """All tables of a case for the encoder: it makes of them what it would of `tables_of`, and no plain values are
    made on the way. `numbers` has the document's number for the id of each meeting."""
    return {
        CASE_TABLE: {"1": {"id": case.id, "created": created}},
        MEETINGS_TABLE: {
            numbers[one.id]: {
                "id": one.id,
                "started": one.started,
                "place": one.place,
                "sets": one.sets,
                "answers": one.answers.by_id(),
            }
            for one in case.meetings
        },
        HISTORY_TABLE: {
            str(number): {"meeting": one.id, "answers": one.histories.by_id()}
            for number, one in enumerate(case.meetings, 1)
            if one.histories
        },
    }


def case_of(tables: Tables) -> Case:
    """The case in these tables. Damaged when anything has not the shape that it was written in."""
    try:
        body = msgspec.convert(tables, _Body)
    except (ValueError, RecursionError):
        raise _wrong_shape() from None
    return _case(body)


def case_in(body: bytes) -> Case:
    """The case in a body of today's version. Damaged when it cannot be read, or has another shape."""
    try:
        found = _BODY.decode(body)
    except msgspec.ValidationError:
        raise _wrong_shape() from None
    except (ValueError, RecursionError):
        raise CaseDamaged(_("The file is damaged: it cannot be read.")) from None
    return _case(found)


def _wrong_shape() -> CaseDamaged:
    return CaseDamaged(_("The file is damaged: something in it has the wrong shape."))


def _case(body: _Body) -> Case:
    try:
        numbered = sorted((int(number), record) for number, record in body.meetings.items())
    except ValueError:
        raise _wrong_shape() from None
    except TypeError:  # two numbers that are the same, such as "1" and "01"
        raise CaseDamaged(_("The file is damaged: a meeting is in it twice.")) from None
    pasts = {record.meeting: Histories(record.answers) for record in body.history.values()}
    meetings = tuple(
        Meeting(
            record.id,
            record.started,
            Answers(record.answers),
            record.place,
            pasts.get(record.id, NO_HISTORIES),
            record.sets,
        )
        for _number, record in numbered
    )
    ids = [one.id for one in meetings]
    if len(body.case) != 1 or not meetings or len(set(ids)) != len(ids) or not pasts.keys() <= set(ids):
        raise _wrong_shape()
    [about] = body.case.values()
    if not all(is_id(one) for one in (about.id, *ids)):
        raise _wrong_shape()
    return Case(about.id, meetings)
