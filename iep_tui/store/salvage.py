"""Salvage of a damaged file: the answers that are still complete, wherever they are in it."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from iep_tui.core.case_model import Answer, Answers, Case
from iep_tui.store.interchange_format import clean_value

#: Start of a possible answer: "needs-sleep":{ …
_START = re.compile(r'"([a-z][a-z0-9-]{0,199})":(?=\{)')
_FIELDS = frozenset(Answer.__struct_fields__)
#: Limit on candidates, because a maliciously garbled file may have very many.
_MAX_CANDIDATES = 5_000


def answers_in(data: bytes) -> list[tuple[str, Answer]]:
    """Return every complete answer in these bytes with its question id, in order. Broken ones are skipped."""
    text = data.decode("utf-8", errors="replace")
    answers: list[tuple[str, Answer]] = []
    decoder = json.JSONDecoder()
    for number, start in enumerate(_START.finditer(text)):
        if number >= _MAX_CANDIDATES:
            break
        try:
            fields, _end = decoder.raw_decode(text, start.end())
            answer = _answer(fields)
        except (ValueError, RecursionError):
            continue
        if answer is not None:
            answers.append((start[1], answer))
    return answers


def _answer(fields: Any) -> Answer | None:
    """Convert decoded JSON fields to an Answer; return None if they do not belong to an answer."""
    if not set(fields) <= _FIELDS or not set(fields) & {"state", "value", "note"}:
        return None
    return msgspec.convert(clean_value(fields), Answer)


def newer_answers(data: bytes, case: Case) -> Answers:
    """Return the answers in a damaged file that are newer than those of `case`, or missing from it."""
    newer: dict[str, Answer] = {}
    earlier = [answer for meeting in case.meetings for answer in meeting.answers.items()]
    for question_id, answer in answers_in(data):
        known = [known_answer for known_id, known_answer in earlier if known_id == question_id]
        if answer not in known and all(known_answer.at < answer.at for known_answer in known):
            newer[question_id] = answer
    return Answers(newer)
