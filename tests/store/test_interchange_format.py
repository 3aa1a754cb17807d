"""The JSON that is handed on: exact both ways, and everything else refused in one clear line."""

from __future__ import annotations

import json
import time
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iep_tui.core.case_model import NO_HISTORIES, Answer, Case
from iep_tui.store.errors import FileRefused
from iep_tui.store.ids import is_id
from iep_tui.store.interchange_format import MAX_INTERCHANGE_BYTES, decode_case, encode_case

from .sample_cases import MAYA, cases

THE_DESIGNS_OWN = b"""{"format": "iep-tui/case", "version": 1, "id": "k7f3", "meetings": [
    {"id": "m1", "started": "2027-01-03", "answers": {
       "child-name": {
         "value": "Maya R.", "state": "answered", "share": "team", "note": "", "at": "2027-01-03T10:00:00Z"},
       "needs-sleep": {"value": "most"}, "services-now": {"value": [{"service": "Speech", "minutes": 30}]}}}]}"""


def file(meetings: object = None, **others: object) -> bytes:
    """A file with these parts changed."""
    if meetings is None:
        meetings = [{"id": "m1", "started": "2027-01-03", "answers": {"x": {"value": "words"}}}]
    return json.dumps({"format": "iep-tui/case", "version": 1, "id": "k7f3", "meetings": meetings, **others}).encode()


def answer(fields: dict[str, Any], question_id: str = "x") -> Answer:
    return decode_case(file([{"id": "m1", "answers": {question_id: fields}}])).latest.answers[question_id]


def test_the_form_that_was_agreed() -> None:
    case = decode_case(THE_DESIGNS_OWN)
    assert (case.id, case.latest.id, case.latest.started) == ("k7f3", "m1", "2027-01-03")
    assert dict(case.latest.answers) == {
        "child-name": Answer("Maya R.", "answered", "team", "", "2027-01-03T10:00:00Z"),
        "needs-sleep": Answer("most", "answered"),
        "services-now": Answer([{"service": "Speech", "minutes": 30}], "answered"),
    }


def test_what_is_handed_on_is_that_form_and_can_be_read() -> None:
    written = encode_case(MAYA)
    assert json.loads(written) == {
        "format": "iep-tui/case",
        "version": 1,
        "id": "k7f3q9x2m4",
        "meetings": [
            {
                "id": "first-2027",
                "started": "2027-01-03",
                "place": "needs-sleep",
                "answers": {
                    "child-name": {
                        "value": "Maya R.",
                        "state": "answered",
                        "share": "team",
                        "at": "2027-01-03T10:00:00Z",
                    },
                    "needs-sleep": {"value": "most", "state": "answered"},
                    "services-now": {"value": [{"service": "Speech", "minutes": 30}], "state": "answered"},
                    "needs-tried": {"value": None, "state": "ask", "share": "family", "note": "Ask Ms. Ortiz first."},
                },
            }
        ],
    }
    assert b'\n "version": 1,\n' in written


@given(cases)
def test_what_is_handed_on_comes_back(case: Case) -> None:
    back = decode_case(encode_case(case, history=True))
    assert back == case
    assert encode_case(back, history=True) == encode_case(case, history=True)


@given(cases)
def test_what_was_said_before_is_handed_on_only_when_asked_for(case: Case) -> None:
    back = decode_case(encode_case(case))
    assert [one.histories for one in back.meetings] == [NO_HISTORIES] * len(case.meetings)
    assert [(one.answers, one.place, one.sets) for one in back.meetings] == [
        (one.answers, one.place, one.sets) for one in case.meetings
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"value": "words"}, Answer("words", "answered")),
        ({"value": False}, Answer(False, "answered")),
        ({"value": ""}, Answer("", "answered")),
        ({"value": None}, Answer()),
        ({"state": "ask"}, Answer(None, "ask")),
        ({"state": "open", "value": "words"}, Answer("words", "open")),
        ({"value": "words", "state": None, "share": None, "note": None, "at": None}, Answer("words", "answered")),
        ({"value": {"other": "words"}, "unheard": "of"}, Answer({"other": "words"}, "answered")),
        ({"value": "a\x1b[31mb\r\nc"}, Answer("a[31mb\nc", "answered")),
        ({"value": ["\u202etfel", {"part": "\ud800"}]}, Answer(["tfel", {"part": "\ufffd"}], "answered")),
        ({"state": "unsure", "note": "a\x00b"}, Answer(None, "unsure", None, "ab")),
    ],
)
def test_what_an_answer_needs(fields: dict[str, Any], expected: Answer) -> None:
    assert answer(fields) == expected


def test_ids_nobody_knows_are_kept() -> None:
    assert answer({"value": 1}, "who-knows").value == 1
    assert answer({"value": 1}, "Not ours. At all").value == 1


@pytest.mark.parametrize("given_id", [None, "", "../../up", "Maya", 7, ["m1"], "con"])
def test_ids_that_are_none_are_made(given_id: object) -> None:
    case = decode_case(file([{"id": given_id, "answers": {}}], id=given_id))
    assert is_id(case.id)
    assert is_id(case.latest.id)
    assert case.id != given_id != case.latest.id


def test_a_meeting_needs_nothing_and_two_never_share_an_id() -> None:
    case = decode_case(file([{}, {"id": "m1"}, {"id": "m1", "started": None}]))
    assert len({one.id for one in case.meetings}) == 3
    assert [one.started for one in case.meetings] == ["", "", ""]
    assert case.meetings[1].id == "m1"


def test_a_byte_order_mark_does_no_harm() -> None:
    assert decode_case(b"\xef\xbb\xbf" + encode_case(MAYA)) == MAYA


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"\xff\xfe{\x00}\x00", "not UTF-8"),
        (b'{\n"format": "\xe9"}', r"not UTF-8 text \(line 2\)"),
        (b"Dear team,", r"not JSON \(line 1, column 1\)"),
        (b'{"format": "iep-tui/case"', "not JSON"),
        (b'{"format": "iep-tui/case",}', "not JSON"),
        (file() + b"{}", "not JSON"),
        (b"[]", "The file has to be an object"),
        (b'"iep-tui/case"', "The file has to be an object"),
        (b"{}", "not a case of this program"),
        (file(format="iep-tui/set"), "not a case of this program"),
        (file(version=2), r"newer version .* \(2; here it is 1\)"),
        (file(version=0), '"version"'),
        (file(version="1"), '"version"'),
        (file(version=True), '"version"'),
        (file(version=None), '"version"'),
        (file(meetings={}), '"meetings"'),
        (file(meetings=[]), '"meetings"'),
        (file(meetings=["m1"]), "Meeting 1 has to be an object"),
        (file([{}, {"answers": []}]), "Meeting 2, answers has to be an object"),
        (file([{"started": 2027}]), 'Meeting 1: "started" has to be text'),
        (file([{"place": []}]), 'Meeting 1: "place" has to be text'),
        (file([{"answers": {"x": "words"}}]), "Meeting 1, answer x has to be an object"),
        (file([{"answers": {"x": {}}}]), 'answer x: there has to be a "value" or a "state"'),
        (file([{"answers": {"x": {"note": "n"}}}]), 'there has to be a "value" or a "state"'),
        (file([{"answers": {"x": {"value": 1, "state": "done"}}}]), '"state" has to be one of open, answered'),
        (file([{"answers": {"x": {"value": 1, "share": "all"}}}]), '"share" has to be one of family, team, teachers'),
        (file([{"answers": {"x": {"value": 1, "share": ["team"]}}}]), '"share"'),
        (file([{"answers": {"x": {"value": 1, "note": 1}}}]), '"note" has to be text'),
        (file([{"answers": {"x": {"value": 1, "at": 1}}}]), '"at" has to be text'),
        (file([{"history": []}]), "Meeting 1, history has to be an object"),
        (file([{"history": {"x": []}}]), "Meeting 1, history of x has to be an object"),
        (file([{"history": {"x": {"before": {}}}}]), "history of x has to be a list"),
        (file([{"history": {"x": {"before": [{}]}}}]), 'there has to be a "value" or a "state"'),
        (file([{"history": {"x": {"given": 1}}}]), '"given" has to be text'),
        (file([{"sets": []}]), "Meeting 1, sets has to be an object"),
        (file([{"sets": {"needs": 3}}]), '"sets" has to be text'),
        (file([{"answers": {"x\x1b": {"value": 1}}}]), "cannot be a name"),
        (file([{"answers": {"x" * 201: {"value": 1}}}]), "cannot be a name"),
        (file([{"answers": {"x": {"value": {"\u202e": 1}}}}]), "cannot be a name"),
        (b'{"format": "iep-tui/case", "format": "iep-tui/case"}', '"format" appears twice'),
        (b'{"a": [{"x": {"value": 1}, "x": {"value": 2}}]}', '"x" appears twice'),
        (b'{"a": NaN}', "NaN is not a number"),
        (b'{"a": -Infinity}', "-Infinity is not a number"),
        (b'{"a": 1e999}', "too many digits"),
        (b'{"a": 9007199254740993}', "too many digits"),
        (b'{"a": ' + b"9" * 5000 + b"}", "too many digits: 9{40}…"),
        (b'{"a": 0.' + b"1" * 5000 + b"}", "too many digits"),
    ],
)  # fmt: skip
def test_refused_in_one_clear_line(data: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words) as told:
        decode_case(data)
    assert str(told.value).isprintable()


def test_depth_has_a_limit() -> None:
    def nested(levels: int) -> bytes:
        value: object = "words"
        for _ in range(levels):
            value = [value]
        return file([{"answers": {"x": {"value": value}}}])

    decode_case(nested(27))
    with pytest.raises(FileRefused, match="deeper than 32"):
        decode_case(nested(28))


def test_brackets_in_words_are_no_depth() -> None:
    words = '[{"\\' * 500
    assert answer({"value": words}).value == words


@pytest.mark.parametrize(
    "data",
    [
        b" " * (MAX_INTERCHANGE_BYTES + 1),
        b"[" * 19_000_000,
        b'{"a":' * 3_900_000,
        b"[" + b"[]," * 6_000_000 + b"[]]",
        b'["",' * 4_900_000,
        b"[" + b"1," * 9_900_000 + b"1]",
        b'{"a": "' + b"x" * 19_000_000,
        b'"' + b'\\"' * 9_900_000,
        b'{"format": "iep-tui/case", "version": 1, "meetings": [' + b"{}," * 90_000 + b"0]}",
    ],
    ids=[
        "large",
        "deep",
        "deep objects",
        "many lists",
        "many strings",
        "many numbers",
        "no end",
        "escapes",
        "many meetings",
    ],
)
def test_a_hostile_file_costs_little(data: bytes) -> None:
    tracemalloc.start()
    try:
        began = time.process_time()
        with pytest.raises(FileRefused):
            decode_case(data)
        assert time.process_time() - began < 3  # well under one on a calm machine that is not being measured
        assert tracemalloc.get_traced_memory()[1] < 3 * MAX_INTERCHANGE_BYTES
    finally:
        tracemalloc.stop()


def test_a_long_answer_is_taken_whole() -> None:
    words = "She waits, then speaks. " * 40_000
    assert answer({"value": words}).value == words


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_anything_else_is_refused_and_never_worse(data: bytes) -> None:
    with pytest.raises(FileRefused):
        decode_case(data)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["id", "answers", "x", "value", "state"]), inner, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_any_shape_is_taken_or_refused(meetings: object) -> None:
    try:
        case = decode_case(file([meetings]))
    except FileRefused:
        return
    assert decode_case(encode_case(case, history=True)) == case
