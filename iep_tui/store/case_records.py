"""Conversion between a case and the tables of its file. Reading validates every value's type."""

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
    """The only document of the table "case". `created` is a UTC timestamp."""

    id: str
    created: str = ""


class MeetingRecord(msgspec.Struct, frozen=True):
    """One document of the table "meetings", numbered in the order of the meetings."""

    id: str
    started: str
    answers: dict[str, Answer]
    place: str = ""
    sets: dict[str, str] = {}


class HistoryRecord(msgspec.Struct, frozen=True):
    """One document of the table "history": the answer histories of one meeting, by question id."""

    meeting: str
    answers: dict[str, AnswerHistory]


class _Body(msgspec.Struct, frozen=True):
    case: dict[str, CaseRecord]
    meetings: dict[str, MeetingRecord]
    history: dict[str, HistoryRecord] = {}


_BODY = msgspec.json.Decoder(_Body)


def meeting_document(meeting: Meeting) -> dict[str, Any]:
    """Return the document of this meeting with every field, so that an update leaves no old values behind."""
    return {
        "id": meeting.id,
        "started": meeting.started,
        "place": meeting.place,
        "sets": dict(meeting.sets),
        "answers": msgspec.to_builtins(meeting.answers.by_id()),
    }


def history_documents(case: Case) -> dict[str, Any]:
    """Return the documents of the table "history", one per meeting that has any history."""
    return {
        str(number): {
            "meeting": meeting.id,
            "answers": {name: answer_history_document(history) for name, history in meeting.histories.items()},
        }
        for number, meeting in enumerate(case.meetings, 1)
        if meeting.histories
    }


def answer_history_document(history: AnswerHistory) -> dict[str, Any]:
    """Return the document of one answer's history."""
    parts = (("before", history.before), ("after", history.after))
    document: dict[str, Any] = {
        name: [msgspec.to_builtins(revision) for revision in revisions] for name, revisions in parts if revisions
    }
    return document | ({"given": history.given} if history.given else {})


def tables_of(case: Case, created: str) -> Tables:
    """Return all tables of a case, with documents numbered from 1."""
    return {
        CASE_TABLE: {"1": {"id": case.id, "created": created}},
        MEETINGS_TABLE: {str(number): meeting_document(meeting) for number, meeting in enumerate(case.meetings, 1)},
        HISTORY_TABLE: history_documents(case),
    }


def encodable_tables(case: Case, created: str, numbers: dict[str, str]) -> dict[str, Any]:
    """Return all tables of a case in a form the encoder accepts directly, encoded like those of `tables_of`.

    Skips the conversion to plain values. `numbers` maps each meeting's id to its document number.
    """
    return {
        CASE_TABLE: {"1": {"id": case.id, "created": created}},
        MEETINGS_TABLE: {
            numbers[meeting.id]: {
                "id": meeting.id,
                "started": meeting.started,
                "place": meeting.place,
                "sets": meeting.sets,
                "answers": meeting.answers.by_id(),
            }
            for meeting in case.meetings
        },
        HISTORY_TABLE: {
            str(number): {"meeting": meeting.id, "answers": meeting.histories.by_id()}
            for number, meeting in enumerate(case.meetings, 1)
            if meeting.histories
        },
    }


def case_from_tables(tables: Tables) -> Case:
    """Return the case in these tables. CaseDamaged if a value has the wrong type."""
    try:
        body = msgspec.convert(tables, _Body)
    except (ValueError, RecursionError):
        raise _wrong_shape() from None
    return _case(body)


def case_from_body(body: bytes) -> Case:
    """Return the case in a body of the current version. CaseDamaged if it is unreadable or malformed."""
    try:
        parsed = _BODY.decode(body)
    except msgspec.ValidationError:
        raise _wrong_shape() from None
    except (ValueError, RecursionError):
        raise CaseDamaged(_("The file is damaged: it cannot be read.")) from None
    return _case(parsed)


def _wrong_shape() -> CaseDamaged:
    return CaseDamaged(_("The file is damaged: something in it has the wrong shape."))


def _case(body: _Body) -> Case:
    try:
        numbered = sorted((int(number), record) for number, record in body.meetings.items())
    except ValueError:
        raise _wrong_shape() from None
    except TypeError:  # two spellings of one number, such as "1" and "01"
        raise CaseDamaged(_("The file is damaged: a meeting is in it twice.")) from None
    histories = {record.meeting: Histories(record.answers) for record in body.history.values()}
    meetings = tuple(
        Meeting(
            record.id,
            record.started,
            Answers(record.answers),
            record.place,
            histories.get(record.id, NO_HISTORIES),
            record.sets,
        )
        for _number, record in numbered
    )
    ids = [meeting.id for meeting in meetings]
    if len(body.case) != 1 or not meetings or len(set(ids)) != len(ids) or not histories.keys() <= set(ids):
        raise _wrong_shape()
    [case_record] = body.case.values()
    if not all(is_id(id_) for id_ in (case_record.id, *ids)):
        raise _wrong_shape()
    return Case(case_record.id, meetings)
