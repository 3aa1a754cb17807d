"""A case as one JSON file that other programs can read and write: the exact shape, in both directions."""

from __future__ import annotations

import json
import math
import secrets
from typing import Any, cast

import msgspec

from iep_tui.core.answers import STATES, Answer, Answers, Case, Meeting, State, Value
from iep_tui.core.model import SHARES, Share
from iep_tui.core.text import clean_line, clean_text
from iep_tui.language import _
from iep_tui.store.errors import Refused
from iep_tui.store.places import is_id

FORMAT = "iep-tui/case"
VERSION = 1
MOST_BYTES = 50 * 1024 * 1024
DEEPEST = 32
#: Whole numbers beyond this are no longer the same number in every program.
LARGEST = 2**53

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_id() -> str:
    """A random id for a case or a meeting. It tells nothing about the child."""
    return "".join(secrets.choice(_ALPHABET) for _place in range(12))


def encode(case: Case) -> bytes:
    """The case as interchange JSON, readable by a person too."""
    meetings = [
        {
            "id": meeting.id,
            "started": meeting.started,
            **({"place": meeting.place} if meeting.place else {}),
            "answers": {question_id: msgspec.to_builtins(answer) for question_id, answer in meeting.answers.items()},
        }
        for meeting in case.meetings
    ]
    whole = {"format": FORMAT, "version": VERSION, "id": case.id, "meetings": meetings}
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


def decode(data: bytes) -> Case:
    """The case in interchange JSON. Raises Refused with one line for a person.

    An answer needs only a `value` or a `state`. Question ids and values that we do not know are kept.
    """
    if len(data) > MOST_BYTES:
        most = MOST_BYTES // (1024 * 1024)
        raise Refused(_("The file is too large: {most} MB fit at most.").format(most=most))
    try:
        whole = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_no_twins, parse_constant=_no_constant, parse_int=_small_int
        )
    except UnicodeDecodeError:
        raise Refused(_("The file is not text in UTF-8.")) from None
    except json.JSONDecodeError as error:
        words = _("The file is not JSON: line {line}, column {column}.")
        raise Refused(words.format(line=error.lineno, column=error.colno)) from None
    except RecursionError:
        raise Refused(_("The file is nested too deep to be a case.")) from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise Refused(_("The file is not a case of iep-tui: its format is not {format}.").format(format=FORMAT))
    version = whole.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise Refused(_("The file has no version that we know."))
    if version > VERSION:
        raise Refused(_("The file comes from a newer version of iep-tui. Please update iep-tui to take it."))
    meetings = whole.get("meetings")
    if not isinstance(meetings, list) or not meetings:
        raise Refused(_("The file has no meetings."))
    taken: set[str] = set()
    return Case(_id(whole.get("id")), tuple(_meeting(one, taken) for one in meetings))


def _meeting(raw: object, taken: set[str]) -> Meeting:
    if not isinstance(raw, dict):
        raise Refused(_("A meeting in the file is not an object."))
    answers = raw.get("answers", {})
    if not isinstance(answers, dict):
        raise Refused(_("The answers of a meeting in the file are not an object."))
    meeting_id = _id(raw.get("id"))
    if meeting_id in taken:
        meeting_id = new_id()
    taken.add(meeting_id)
    return Meeting(
        meeting_id,
        clean_line(_string(raw, "started")),
        Answers({clean_line(question_id): _answer(question_id, one) for question_id, one in answers.items()}),
        clean_line(_string(raw, "place")),
    )


def _answer(question_id: str, raw: object) -> Answer:
    if not isinstance(raw, dict) or not ("value" in raw or "state" in raw):
        raise Refused(_("The answer {id} has neither a value nor a state.").format(id=clean_line(question_id)))
    state = raw.get("state", "answered" if raw.get("value") is not None else "open")
    if state not in STATES:
        words = _("The answer {id} has a state we do not know. Known are: {states}.")
        raise Refused(words.format(id=clean_line(question_id), states=", ".join(STATES)))
    share = raw.get("share")
    if share is not None and share not in SHARES:
        words = _("The answer {id} is for a reader we do not know. Known are: {shares}.")
        raise Refused(words.format(id=clean_line(question_id), shares=", ".join(SHARES)))
    return Answer(
        _clean(raw.get("value")),
        cast(State, state),
        cast("Share | None", share),
        clean_text(_string(raw, "note")),
        clean_line(_string(raw, "at")),
    )


def _string(raw: dict[str, Any], name: str) -> str:
    value = raw.get(name, "")
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(_("“{name}” in the file is not text.").format(name=name))
    return value


def _id(raw: object) -> str:
    return raw if isinstance(raw, str) and is_id(raw) else new_id()


def _clean(value: Value, depth: int = 0) -> Value:
    """A value with its words cleaned, its shape as it came."""
    if depth > DEEPEST:
        raise Refused(_("The file is nested too deep to be a case."))
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [_clean(one, depth + 1) for one in value]
    if isinstance(value, dict):
        return {clean_line(key): _clean(one, depth + 1) for key, one in value.items()}
    return value


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Refused(_("The file says something twice in one object."))
    return found


def _no_constant(words: str) -> float:
    raise Refused(_("The file has a number that is none: {words}.").format(words=words))


def _small_int(words: str) -> int:
    if len(words) > 17 or abs(int(words)) > LARGEST:
        raise Refused(_("The file has a number that is too large."))
    return int(words)


def is_storable(value: Value) -> bool:
    """Whether a value can stand in JSON as it is."""
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, list):
        return all(is_storable(one) for one in value)
    if isinstance(value, dict):
        return all(isinstance(key, str) and is_storable(one) for key, one in value.items())
    return value is None or isinstance(value, bool | int | str)
