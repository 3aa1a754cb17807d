"""Cases to store: one to read in a test, and random ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st

from iep_tui.core.case_model import ANSWER_STATES, Answer, AnswerHistory, Answers, Case, Histories, Meeting, Revision
from iep_tui.core.question_model import AUDIENCES
from iep_tui.core.text_sanitizer import clean_line, clean_text

MAYA = Case(
    "k7f3q9x2m4",
    (
        Meeting(
            "first-2027",
            "2027-01-03",
            Answers(
                {
                    "child-name": Answer("Maya R.", "answered", "team", "", "2027-01-03T10:00:00Z"),
                    "needs-sleep": Answer("most", "answered"),
                    "services-now": Answer([{"service": "Speech", "minutes": 30}], "answered"),
                    "needs-tried": Answer(None, "ask", "family", "Ask Ms. Ortiz first."),
                }
            ),
            "needs-sleep",
        ),
    ),
)


def said(case: Case, words: str, question_id: str = "needs-hardest-time") -> Case:
    """The case with `words` as one more answer in its latest meeting."""
    latest = case.latest
    answers = latest.answers.put(question_id, Answer(words, "answered"))
    return case.with_meeting(msgspec.structs.replace(latest, answers=answers))


def names(folder: Path) -> list[str]:
    """The names in the folder, sorted."""
    return sorted(one.name for one in folder.iterdir())


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(clean_text)
lines = texts.map(clean_line)
numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(lines, inner, max_size=3),
    max_leaves=8,
)
answers = st.builds(
    Answer,
    value=values,
    state=st.sampled_from(ANSWER_STATES),
    share=st.none() | st.sampled_from(AUDIENCES),
    note=texts,
    at=st.sampled_from(["", "2027-01-03T10:00:00Z"]),
)
steps = st.builds(
    lambda answer, pinned: Revision(**msgspec.structs.asdict(answer), pinned=pinned), answers, st.booleans()
)
pasts = st.builds(
    AnswerHistory,
    before=st.lists(steps, max_size=3).map(tuple),
    after=st.lists(steps, max_size=2).map(tuple),
    given=st.sampled_from(["", "2027-01-02T10:00:00Z"]),
)
question_ids = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True) | lines
meetings = st.builds(
    Meeting,
    id=st.from_regex(r"[a-z0-9][a-z0-9-]{3,12}", fullmatch=True),
    started=st.sampled_from(["", "2027-01-03"]),
    answers=st.dictionaries(question_ids, answers, max_size=5).map(Answers),
    place=st.just("") | st.sampled_from(["needs-sleep"]),
    histories=st.dictionaries(question_ids, pasts, max_size=3).map(Histories),
    sets=st.just({}) | st.just({"needs": "3 1f3a 9c02"}),
)
cases = st.builds(
    Case,
    id=st.just(MAYA.id),
    meetings=st.lists(meetings, min_size=1, max_size=3, unique_by=lambda one: one.id).map(tuple),
)
