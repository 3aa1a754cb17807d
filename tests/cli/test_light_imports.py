"""Modules that short commands do not load, and that later uses still find."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from iep_tui.core.checksums import sha256_hex

SCRIPT = """
import sys
from iep_tui.cli.fast_import import load_msgspec
load_msgspec()
import msgspec
assert "typing_extensions" not in sys.modules and "inspect" not in sys.modules
from typing import Annotated, NotRequired, Required, TypedDict
class Row(TypedDict, total=False):
    name: Required[str]
    minutes: NotRequired[Annotated[int, msgspec.Meta(ge=0)]]
class Table(msgspec.Struct, forbid_unknown_fields=True):
    rows: list[Row]
    share: str | None = None
found = msgspec.json.decode(b'{"rows": [{"name": "Speech", "minutes": 30}]}', type=Table)
assert found.rows == [{"name": "Speech", "minutes": 30}]
for wrong in (b'{"rows": [{"minutes": 30}]}', b'{"rows": [{"name": "x", "minutes": -1}]}', b'{"rows": 1}'):
    try:
        msgspec.json.decode(wrong, type=Table)
    except msgspec.ValidationError:
        continue
    raise SystemExit(f"{wrong!r} was taken")
import typing_extensions
assert typing_extensions.get_type_hints is not None
load_msgspec()
assert sys.modules["typing_extensions"] is typing_extensions
print("good")
"""

SUMS = """
import sys
from iep_tui.core.checksums import sha256_hex
few = sha256_hex(b"few")
assert "hashlib" not in sys.modules
many = sha256_hex(b"m" * 1_000_000)
assert "hashlib" in sys.modules
print(few, many, sha256_hex(b"few"))
"""


def said(script: str) -> str:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_msgspec_checks_the_same_without_what_older_pythons_need() -> None:
    assert said(SCRIPT) == "good"


def test_a_sum_is_the_same_whoever_makes_it() -> None:
    few, many, again = said(SUMS).split()
    assert few == again == hashlib.sha256(b"few").hexdigest()
    assert many == hashlib.sha256(b"m" * 1_000_000).hexdigest()


@pytest.mark.parametrize("data", [b"", b"x", b"\x00" * 100_000])
def test_a_sum_is_hashlibs(data: bytes) -> None:
    assert sha256_hex(data) == hashlib.sha256(data).hexdigest()
