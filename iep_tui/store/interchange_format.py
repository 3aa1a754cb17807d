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
#: Bytes of one file: a hundred times what a family writes in ten years, and read in a moment anywhere.
MAX_INTERCHANGE_BYTES = 20_000_000
MAX_DEPTH = 32
#: Values, names and marks in one file, so that a small file cannot become a large thing in memory.
MAX_PARTS = 300_000
MAX_MEETINGS = 1_000
#: Whole numbers up to here are the same in every program that reads JSON.
MAX_NUMBER = 2**53
MAX_ID_CHARS = 200

_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_MARKS = b"[]{},:"
_ALL_BUT_MARKS = bytes(byte for byte in range(256) if byte not in _MARKS)

_T = TypeVar("_T")


def decode_case(data: bytes) -> Case:
    """The case in a file from outside. Refused, with one clear line, for anything that is not a whole one.

    An answer needs a `value` or a `state`; a value alone is "answered". Meeting ids that are missing, not ids or
    taken are made anew, and so is the case's. Strings are cleaned of what steers a terminal. Whether a question of
    an id is known, and whether a value fits it, is not asked here: both are kept as they came. Names
    that the format does not have are passed over. Of the earlier answers, as many are taken as a case may keep.
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
    found = file.get("meetings")
    if not isinstance(found, list) or not found:
        raise FileRefused(_('"meetings" has to be a list with at least one meeting.'))
    if len(found) > MAX_MEETINGS:
        raise _too_many()
    meetings: list[Meeting] = []
    taken: set[str] = set()
    for number, item in enumerate(found, 1):
        meeting = _meeting(item, number, taken)
        taken.add(meeting.id)
        meetings.append(meeting)
    case_id = file.get("id")
    return bounded(Case(case_id if isinstance(case_id, str) and is_id(case_id) else new_id(), tuple(meetings)))


def encode_case(case: Case, *, history: bool = False) -> bytes:
    """The case as JSON to hand on or to keep, one part a line: `decode` gives it back.

    What the answers were before is in it with `history` alone: people take words out on purpose.
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
    """Only what is not the default, but the state always: without it a value would count as answered."""
    fields = msgspec.to_builtins(answer)
    return {"value": fields.pop("value", None), "state": answer.state, **fields}


def _history(pasts: Histories) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for question_id, past in pasts.items():
        steps = (("before", past.before), ("after", past.after))
        found[question_id] = {name: [_fields(step) for step in some] for name, some in steps if some}
        if past.given:
            found[question_id]["given"] = past.given
    return found


# The bytes


def _parse(data: bytes) -> object:
    """The JSON in `data`, within bounds that are looked at before anything is built from it."""
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
            text, object_pairs_hook=_pairs, parse_constant=_constant, parse_int=_whole, parse_float=_decimal
        )
    except json.JSONDecodeError as error:
        words = _("The file is not JSON (line {line}, column {column}).")
        raise FileRefused(words.format(line=error.lineno, column=error.colno)) from None
    except RecursionError:
        raise _too_deep() from None


def _check_bounds(data: bytes) -> None:
    if data.count(b'"') > 2 * MAX_PARTS:
        raise _too_many()
    marks = _STRING.sub(b"", data).translate(None, _ALL_BUT_MARKS)
    if len(marks) > MAX_PARTS:
        raise _too_many()
    depth = 0
    for mark in marks:
        if mark in b"[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise _too_deep()
        elif mark in b"]}":
            depth -= 1


def _too_many() -> FileRefused:
    return FileRefused(_("The file holds more parts than a case can have."))


def _too_deep() -> FileRefused:
    return FileRefused(_("The file is nested deeper than {count} levels.").format(count=MAX_DEPTH))


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _value in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise FileRefused(_('The name "{name}" stands twice in one place.').format(name=_shown(twice)))
    for name in found:
        if not _is_name(name):
            raise FileRefused(_('"{name}" cannot be a name in this file.').format(name=_shown(name)))
    return found


@functools.lru_cache(maxsize=4_096)
def _is_name(name: str) -> bool:
    return len(name) <= MAX_ID_CHARS and clean_line(name) == name


def _constant(text: str) -> NoReturn:
    raise FileRefused(_("{text} is not a number that a case can hold.").format(text=text))


def _whole(text: str) -> int:
    if len(text) <= 17 and abs(number := int(text)) <= MAX_NUMBER:
        return number
    raise FileRefused(_("A number in the file has too many digits: {text}").format(text=_shown(text)))


def _decimal(text: str) -> float:
    if len(text) <= 400 and math.isfinite(number := float(text)):
        return number
    raise FileRefused(_("A number in the file has too many digits: {text}").format(text=_shown(text)))


def _shown(text: str) -> str:
    """Words of the file in a message of ours: on one line, and not too much of them."""
    text = clean_line(text)
    return text if len(text) <= 40 else text[:40] + "…"


# The shapes


def _mapping(found: object, where: str) -> dict[str, Any]:
    if isinstance(found, dict):
        return found
    raise FileRefused(_("{where} has to be an object in braces.").format(where=where))


def _text(found: object, where: str, name: str) -> str:
    if found is None:
        return ""
    if isinstance(found, str):
        return clean_text(found)
    raise FileRefused(_('{where}: "{name}" has to be text.').format(where=where, name=name))


def _one_of(found: object, choices: tuple[_T, ...], where: str, name: str) -> _T | None:
    if found is None:
        return None
    if isinstance(found, str) and found in choices:
        return found
    raise FileRefused(
        _('{where}: "{name}" has to be one of {choices}.').format(
            where=where, name=name, choices=", ".join(map(str, choices))
        )
    )


def _meeting(found: object, number: int, taken: set[str]) -> Meeting:
    where = _("Meeting {number}").format(number=number)
    fields = _mapping(found, where)
    meeting_id = fields.get("id")
    if not isinstance(meeting_id, str) or not is_id(meeting_id) or meeting_id in taken:
        meeting_id = new_id()
    answers = _mapping({} if fields.get("answers") is None else fields["answers"], f"{where}, answers")
    history = _mapping({} if fields.get("history") is None else fields["history"], f"{where}, history")
    sets = _mapping({} if fields.get("sets") is None else fields["sets"], f"{where}, sets")
    return Meeting(
        meeting_id,
        clean_line(_text(fields.get("started"), where, "started")),
        Answers({question_id: _answer(question_id, answer, where) for question_id, answer in answers.items()}),
        clean_line(_text(fields.get("place"), where, "place")),
        Histories({question_id: _past(question_id, past, where) for question_id, past in history.items()}),
        {set_id: clean_line(_text(mark, where, "sets")) for set_id, mark in sets.items()},
    )


def _past(question_id: str, found: object, where: str) -> AnswerHistory:
    where = _("{where}, history of {id}").format(where=where, id=_shown(question_id))
    fields = _mapping(found, where)
    return AnswerHistory(
        _steps(question_id, fields.get("before"), where),
        _steps(question_id, fields.get("after"), where),
        clean_line(_text(fields.get("given"), where, "given")),
    )


def _steps(question_id: str, found: object, where: str) -> tuple[Revision, ...]:
    if found is not None and not isinstance(found, list):
        raise FileRefused(_("{where} has to be a list.").format(where=where))
    steps: list[Revision] = []
    for item in found or []:
        answer = _answer(question_id, item, where)
        pinned = isinstance(item, dict) and item.get("pinned") is True
        steps.append(Revision(answer.value, answer.state, answer.share, answer.note, answer.at, pinned))
    return tuple(steps)


def _answer(question_id: str, found: object, where: str) -> Answer:
    where = _("{where}, answer {id}").format(where=where, id=_shown(question_id))
    fields = _mapping(found, where)
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
    """The value with every string in it cleaned; its shape is as it came."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [clean_value(item) for item in value]
    if isinstance(value, dict):
        return {name: clean_value(item) for name, item in value.items()}
    return cast("Value", value)
