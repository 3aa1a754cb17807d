"""Salvage of a damaged file: the answers that are still whole, wherever they are in it."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from iep_tui.core.case_model import Answer, Answers, Case
from iep_tui.store.interchange_format import clean_value

#: "needs-sleep":{ … the start of what may be an answer.
_START = re.compile(r'"([a-z][a-z0-9-]{0,199})":(?=\{)')
_FIELDS = frozenset(Answer.__struct_fields__)
#: A file that is garbled on purpose may start a great many answers.
_MOST = 5_000


def answers_in(data: bytes) -> list[tuple[str, Answer]]:
    """Every whole answer in these bytes with its question's id, in their order; what is broken is passed over."""
    text = data.decode("utf-8", errors="replace")
    found: list[tuple[str, Answer]] = []
    decoder = json.JSONDecoder()
    for number, start in enumerate(_START.finditer(text)):
        if number >= _MOST:
            break
        try:
            fields, _end = decoder.raw_decode(text, start.end())
            answer = _answer(fields)
        except (ValueError, RecursionError):
            continue
        if answer is not None:
            found.append((start[1], answer))
    return found


def _answer(fields: Any) -> Answer | None:
    """The answer that was written so, or None for another thing in braces."""
    if not set(fields) <= _FIELDS or not set(fields) & {"state", "value", "note"}:
        return None
    return msgspec.convert(clean_value(fields), Answer)


def newer_answers(data: bytes, case: Case) -> Answers:
    """The answers that can be read in a damaged file and are newer than those of `case`, or not in it."""
    found: dict[str, Answer] = {}
    earlier = [answer for meeting in case.meetings for answer in meeting.answers.items()]
    for question_id, answer in answers_in(data):
        known = [one for one_id, one in earlier if one_id == question_id]
        if answer not in known and all(one.at < answer.at for one in known):
            found[question_id] = answer
    return Answers(found)
