"""Interchange format: export and strict import of a case as JSON."""

from __future__ import annotations

import functools
import json
import math
import re
from typing import Any, NoReturn, TypeVar, cast

import msgspec

from iep_tui.core.case_model import (
    ANSWER_STATES,
    Answer,
    AnswerHistory,
    Answers,
    AnswerState,
    Case,
    Histories,
    Meeting,
    Revision,
    Value,
)
from iep_tui.core.question_model import AUDIENCES, Audience
from iep_tui.core.text_sanitizer import clean_line, clean_text
from iep_tui.core.undo_history import bounded
from iep_tui.i18n import _
from iep_tui.store.errors import FileRefused
from iep_tui.store.ids import is_id, new_id

INTERCHANGE_FORMAT = "iep-tui/case"
INTERCHANGE_VERSION = 1
#: A hundred times what a family writes in ten years, and still quick to read on any computer.
MAX_INTERCHANGE_BYTES = 20_000_000
MAX_DEPTH = 32
#: Values, names and punctuation marks in one file, so that a small file cannot use a lot of memory.
MAX_PARTS = 300_000
MAX_MEETINGS = 1_000
#: Largest integer that every JSON reader represents exactly.
MAX_NUMBER = 2**53
MAX_ID_CHARS = 200

_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_PUNCTUATION = b"[]{},:"
_NOT_PUNCTUATION = bytes(byte for byte in range(256) if byte not in _PUNCTUATION)

_T = TypeVar("_T")


def decode_case(data: bytes) -> Case:
    """Parse a case file from outside. FileRefused, with a one-line message, for anything invalid.

    An answer needs a `value` or a `state`; a value alone means "answered". Missing, invalid or duplicate meeting ids
    are replaced by new ones, and so is an invalid case id. Terminal control characters are removed from strings.
    Unknown question ids and values that do not fit their question are kept as they are; unknown field names are
    ignored. Answer histories are cut to the length a case may keep.
    """
    file = _mapping(_parse(data), _("The file"))
    if file.get("format") != INTERCHANGE_FORMAT:
        raise FileRefused(
            _('This is not a case of this program: "format" is not "{format}".').format(format=INTERCHANGE_FORMAT)
        )
    version = file.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise FileRefused(_('"version" has to be the number {version}.').format(version=INTERCHANGE_VERSION))
    if version > INTERCHANGE_VERSION:
        raise FileRefused(
            _("A newer version of this program made the file ({found}; here it is {version}).").format(
                found=version, version=INTERCHANGE_VERSION
            )
        )
    items = file.get("meetings")
    if not isinstance(items, list) or not items:
        raise FileRefused(_('"meetings" has to be a list with at least one meeting.'))
    if len(items) > MAX_MEETINGS:
        raise _too_many_parts_error()
    meetings: list[Meeting] = []
    used_ids: set[str] = set()
    for number, item in enumerate(items, 1):
        meeting = _meeting(item, number, used_ids)
        used_ids.add(meeting.id)
        meetings.append(meeting)
    case_id = file.get("id")
    return bounded(Case(case_id if isinstance(case_id, str) and is_id(case_id) else new_id(), tuple(meetings)))


def encode_case(case: Case, *, history: bool = False) -> bytes:
    """Encode the case as JSON for sharing or archiving; `decode_case` reads it back.

    Earlier answers are included only with `history`: people delete words on purpose.
    """
    file = {
        "format": INTERCHANGE_FORMAT,
        "version": INTERCHANGE_VERSION,
        "id": case.id,
        "meetings": [
            {
                "id": meeting.id,
                "started": meeting.started,
                **({"place": meeting.place} if meeting.place else {}),
                **({"sets": meeting.sets} if meeting.sets else {}),
                "answers": {question_id: _fields(answer) for question_id, answer in meeting.answers.items()},
                **({"history": _history(meeting.histories)} if history and meeting.histories else {}),
            }
            for meeting in case.meetings
        ],
    }
    return msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n"


def _fields(answer: Answer) -> dict[str, Any]:
    """Return the fields that differ from the defaults, and always the state: a value alone would count as answered."""
    fields = msgspec.to_builtins(answer)
    return {"value": fields.pop("value", None), "state": answer.state, **fields}


def _history(histories: Histories) -> dict[str, Any]:
    documents: dict[str, Any] = {}
    for question_id, history in histories.items():
        parts = (("before", history.before), ("after", history.after))
        documents[question_id] = {
            name: [_fields(revision) for revision in revisions] for name, revisions in parts if revisions
        }
        if history.given:
            documents[question_id]["given"] = history.given
    return documents


# Parsing


def _parse(data: bytes) -> object:
    """Parse the JSON in `data`, after checking size and nesting limits before anything is built from it."""
    if len(data) > MAX_INTERCHANGE_BYTES:
        raise FileRefused(_("The file is larger than {count} MB.").format(count=MAX_INTERCHANGE_BYTES // 1_000_000))
    if not data.strip():
        raise FileRefused(_("The file is empty."))
    _check_bounds(data)
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileRefused(_("The file is not UTF-8 text (line {line}).").format(line=line)) from None
    try:
        return json.loads(
            text,
            object_pairs_hook=_unique_names,
            parse_constant=_refuse_constant,
            parse_int=_parse_int,
            parse_float=_parse_float,
        )
    except json.JSONDecodeError as error:
        message = _("The file is not JSON (line {line}, column {column}).")
        raise FileRefused(message.format(line=error.lineno, column=error.colno)) from None
    except RecursionError:
        raise _too_deep_error() from None


def _check_bounds(data: bytes) -> None:
    """Raise FileRefused if the JSON has too many values or is nested too deeply."""
    if data.count(b'"') > 2 * MAX_PARTS:
        raise _too_many_parts_error()
    marks = _STRING.sub(b"", data).translate(None, _NOT_PUNCTUATION)
    if len(marks) > MAX_PARTS:
        raise _too_many_parts_error()
    depth = 0
    for mark in marks:
        if mark in b"[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise _too_deep_error()
        elif mark in b"]}":
            depth -= 1


def _too_many_parts_error() -> FileRefused:
    return FileRefused(_("The file holds more parts than a case can have."))


def _too_deep_error() -> FileRefused:
    return FileRefused(_("The file is nested deeper than {count} levels.").format(count=MAX_DEPTH))


def _unique_names(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Build an object from its pairs. FileRefused for a duplicate or unusable name."""
    fields = dict(pairs)
    if len(fields) != len(pairs):
        seen: set[str] = set()
        duplicate = next(name for name, _value in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise FileRefused(_('The name "{name}" appears twice in one place.').format(name=_excerpt(duplicate)))
    for name in fields:
        if not _is_name(name):
            raise FileRefused(_('"{name}" cannot be a name in this file.').format(name=_excerpt(name)))
    return fields


@functools.lru_cache(maxsize=4_096)
def _is_name(name: str) -> bool:
    return len(name) <= MAX_ID_CHARS and clean_line(name) == name


def _refuse_constant(text: str) -> NoReturn:
    raise FileRefused(_("{text} is not a number that a case can hold.").format(text=text))


def _parse_int(text: str) -> int:
    if len(text) <= 17 and abs(number := int(text)) <= MAX_NUMBER:
        return number
    raise FileRefused(_("A number in the file has too many digits: {text}").format(text=_excerpt(text)))


def _parse_float(text: str) -> float:
    if len(text) <= 400 and math.isfinite(number := float(text)):
        return number
    raise FileRefused(_("A number in the file has too many digits: {text}").format(text=_excerpt(text)))


def _excerpt(text: str) -> str:
    """Shorten text from the file for a message: one line, at most 40 characters."""
    text = clean_line(text)
    return text if len(text) <= 40 else text[:40] + "…"


# Conversion


def _mapping(value: object, where: str) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise FileRefused(_("{where} has to be an object in braces.").format(where=where))


def _text(value: object, where: str, name: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return clean_text(value)
    raise FileRefused(_('{where}: "{name}" has to be text.').format(where=where, name=name))


def _one_of(value: object, choices: tuple[_T, ...], where: str, name: str) -> _T | None:
    if value is None:
        return None
    if isinstance(value, str) and value in choices:
        return value
    raise FileRefused(
        _('{where}: "{name}" has to be one of {choices}.').format(
            where=where, name=name, choices=", ".join(map(str, choices))
        )
    )


def _meeting(item: object, number: int, used_ids: set[str]) -> Meeting:
    where = _("Meeting {number}").format(number=number)
    fields = _mapping(item, where)
    meeting_id = fields.get("id")
    if not isinstance(meeting_id, str) or not is_id(meeting_id) or meeting_id in used_ids:
        meeting_id = new_id()
    answers = _mapping({} if fields.get("answers") is None else fields["answers"], f"{where}, answers")
    history = _mapping({} if fields.get("history") is None else fields["history"], f"{where}, history")
    sets = _mapping({} if fields.get("sets") is None else fields["sets"], f"{where}, sets")
    return Meeting(
        meeting_id,
        clean_line(_text(fields.get("started"), where, "started")),
        Answers({question_id: _answer(question_id, answer, where) for question_id, answer in answers.items()}),
        clean_line(_text(fields.get("place"), where, "place")),
        Histories(
            {question_id: _answer_history(question_id, revisions, where) for question_id, revisions in history.items()}
        ),
        {set_id: clean_line(_text(version, where, "sets")) for set_id, version in sets.items()},
    )


def _answer_history(question_id: str, item: object, where: str) -> AnswerHistory:
    where = _("{where}, history of {id}").format(where=where, id=_excerpt(question_id))
    fields = _mapping(item, where)
    return AnswerHistory(
        _revisions(question_id, fields.get("before"), where),
        _revisions(question_id, fields.get("after"), where),
        clean_line(_text(fields.get("given"), where, "given")),
    )


def _revisions(question_id: str, items: object, where: str) -> tuple[Revision, ...]:
    if items is not None and not isinstance(items, list):
        raise FileRefused(_("{where} has to be a list.").format(where=where))
    revisions: list[Revision] = []
    for item in items or []:
        answer = _answer(question_id, item, where)
        pinned = isinstance(item, dict) and item.get("pinned") is True
        revisions.append(Revision(answer.value, answer.state, answer.share, answer.note, answer.at, pinned))
    return tuple(revisions)


def _answer(question_id: str, item: object, where: str) -> Answer:
    where = _("{where}, answer {id}").format(where=where, id=_excerpt(question_id))
    fields = _mapping(item, where)
    if "value" not in fields and fields.get("state") is None:
        raise FileRefused(_('{where}: there has to be a "value" or a "state".').format(where=where))
    value = clean_value(fields.get("value"))
    state = cast("AnswerState | None", _one_of(fields.get("state"), ANSWER_STATES, where, "state"))
    share = cast("Audience | None", _one_of(fields.get("share"), AUDIENCES, where, "share"))
    return Answer(
        value,
        state or ("open" if value is None else "answered"),
        share,
        _text(fields.get("note"), where, "note"),
        clean_line(_text(fields.get("at"), where, "at")),
    )


def clean_value(value: object) -> Value:
    """Return the value with every string in it cleaned of control characters; its structure is unchanged."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [clean_value(item) for item in value]
    if isinstance(value, dict):
        return {name: clean_value(item) for name, item in value.items()}
    return cast("Value", value)
