"""The header vouches for the body: whatever happened to a file is noticed before a word of it is believed."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iep_tui.store.case_file_format import Tables, pack, parse_body, serialize, unpack
from iep_tui.store.errors import CaseDamaged, NewerVersion, StoreError

TABLES: Tables = {"case": {"1": {"id": "k7f3q9x2m4"}}, "meetings": {"1": {"answers": {"x": {"value": "née Muñoz"}}}}}
WHOLE = pack(serialize(TABLES), 1, 7)


def test_what_is_packed_is_unpacked() -> None:
    header, body = unpack(WHOLE, 1)
    assert (header.format, header.schema, header.save) == ("iep-tui/case", 1, 7)
    assert parse_body(body) == TABLES


def test_both_lines_are_plain_json() -> None:
    first, second = WHOLE.split(b"\n", 1)
    assert json.loads(first)["length"] == len(second)
    assert json.loads(second) == TABLES


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 7))
def test_one_turned_bit_is_noticed(at: int, bit: int) -> None:
    changed = bytearray(WHOLE)
    changed[at] ^= 1 << bit
    try:
        header, body = unpack(bytes(changed), 1)
    except (CaseDamaged, NewerVersion):
        return
    # The count of saves is all that the checksum does not cover.
    assert parse_body(body) == TABLES
    assert header.save != 7


@given(st.integers(0, len(WHOLE) - 1))
def test_a_missing_end_is_noticed(length: int) -> None:
    with pytest.raises(CaseDamaged):
        unpack(WHOLE[:length], 1)


@pytest.mark.parametrize(
    "garble",
    [
        lambda whole: b"",
        lambda whole: b"\n",
        lambda whole: b"\x00" * len(whole),
        lambda whole: b"\xff\xfe" + whole,
        lambda whole: whole + b" ",
        lambda whole: whole + whole,
        lambda whole: whole.split(b"\n", 1)[1],
        lambda whole: whole.replace("ñ".encode(), b"\xf1\xf1"),
        lambda whole: whole.replace(b'"schema":1', b'"schema":0'),
        lambda whole: whole.replace(b'"schema":1', b'"schema":"1"'),
        lambda whole: whole.replace(b"iep-tui/case", b"iep-tui/else"),
        lambda whole: b"[" * 100_000 + b"\n" + whole,
        lambda whole: b"PK\x03\x04 a picture, a Word file \x00\x01\x02\n\n\n",
    ],
)
def test_garbage_is_damage(garble: Callable[[bytes], bytes]) -> None:
    with pytest.raises(CaseDamaged) as told:
        unpack(garble(WHOLE), 1)
    assert "\n" not in str(told.value)


def test_a_newer_file_says_so_whatever_else_is_in_it() -> None:
    for data in (pack(b"?", 2, 1), b'{"format":"iep-tui/case","schema":9,"sealed":true}\nnothing we know'):
        with pytest.raises(NewerVersion, match="newer version"):
            unpack(data, 1)


@pytest.mark.parametrize("depth", [2_000, 100_000])
def test_a_body_nested_too_deep_is_damage(depth: int) -> None:
    with pytest.raises(CaseDamaged):
        parse_body(b'{"case":{"1":' + b"[" * depth + b"]" * depth + b"}}")


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), -float("inf"), "\ud800", 2**64, -(2**63) - 1, {1: "x"}, (1, 2), {1}, b"x"]
)
def test_what_json_cannot_hold_is_said_and_not_written(value: object) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        serialize({"meetings": {"1": {"answers": {"x": {"value": [value]}}}}})
