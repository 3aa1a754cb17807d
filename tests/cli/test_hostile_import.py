"""What strangers may send: refused in one line, within a second of work and 100 MB, and nothing is made for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from iep_tui.core.case_model import Answer, Answers, Case, Meeting
from iep_tui.store.bundle import encode_bundle
from iep_tui.store.crypto.keyring import KdfCost

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limits and figures are those of Linux")

#: Seconds of work and KB of memory for the whole process; a call that finds nothing wrong takes about 0.2 and 30,000.
MOST_SECONDS, MOST_KB = 1.0, 100_000
#: What is measured on a machine that others use too comes out higher than it is.
BUSY = 2.0

MAYA = Case("k7f3q9x2m4", (Meeting("m1", "2027-01-03", Answers({"child-name": Answer("Maya", "answered")})),))


def bundled(**changes: object) -> bytes:
    """A bundle with a part of its first line changed: what it costs to open, a part of its slot, or of the header."""
    line, token = encode_bundle(MAYA, "correct horse", cost=KdfCost(memory=8, passes=1, lanes=1)).split(b"\n", 1)
    header = json.loads(line)
    slot = header["seal"]["ring"]["slots"][0]
    for name, value in changes.items():
        place = slot["cost"] if name in slot["cost"] else slot if name in slot else header
        place[name] = value
    return json.dumps(header).encode() + b"\n" + token


CASE = b'{"format": "iep-tui/case", "version": 1, "meetings": [{"answers": {"a": {"value": %b}}}]}'
#: Made when its test runs, since they are large.
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "too large": (lambda: b" " * 20_000_001, "larger than 20 MB"),
    "deep": (lambda: b"[" * 19_000_000, "more parts"),
    "a little too deep": (lambda: CASE % (b"[" * 40 + b"]" * 40), "deeper than 32"),
    "many lists": (lambda: b"[" + b"[]," * 6_000_000 + b"[]]", "more parts"),
    "many objects": (lambda: b"[" + b'{"a":0},' * 74_000 + b"0]", "object in braces"),
    "many meetings": (
        lambda: b'{"format": "iep-tui/case", "version": 1, "meetings": [' + b"{}," * 99_000 + b"0]}",
        "parts",
    ),
    "many names": (lambda: b'{"a": {' + b",".join(b'"k%d":0' % one for one in range(140_000)) + b"}}", '"format"'),
    "no end": (lambda: b'{"a": "' + b"x" * 19_000_000, "not JSON"),
    "one long word": (lambda: b'{"a": "' + b"x" * 19_900_000 + b'"}', '"format"'),
    "a name twice": (lambda: b'{"a": {' + b'"k":0,' * 49_000 + b'"k":0}}', "appears twice"),
    "digits": (lambda: CASE % (b"9" * 19_000_000), "too many digits"),
    "no number": (lambda: CASE % b"NaN", "NaN"),
    "UTF-16": (lambda: ("{" * 9_000_000).encode("utf-16"), "iep-tui: "),
    "Latin-1 at the very end": (lambda: b'{"a": "' + b"x" * 19_000_000 + b'\xe9"}', "not UTF-8"),
    "YAML with aliases": (lambda: b"a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "not JSON"),
    "a bundle that asks for 64 GiB": (lambda: bundled(memory=64 * 1024 * 1024), "iep-tui: "),
    "a bundle that asks for a year": (lambda: bundled(passes=2**31), "iep-tui: "),
    "a bundle of a newer version": (
        lambda: bundled(format="iep-tui/bundle").replace(b'"version": 1', b'"version": 9'),
        "newer",
    ),
    "a bundle cut short": (lambda: bundled()[:-20], "not as it was saved"),
    "a bundle with a wrong sum": (lambda: bundled(sha256="0" * 64), "not as it was saved"),
    "a bundle with a longer token": (lambda: bundled(length=2**60), "not as it was saved"),
    "a bundle that is too large": (lambda: bundled() + b"A" * 19_999_999, "larger than"),
    "a bundle of something else": (lambda: bundled(format="iep-tui/other"), "iep-tui: "),
    "a bundle with a salt that is none": (lambda: bundled(salt="?" * 24), "iep-tui: "),
}


#: Runs a call of `iep-tui` within 1 GB of addresses, and leaves its seconds of work and most KB in a file.
MEASURED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from iep_tui.cli.main import main
code = main(sys.argv[2:])
used = resource.getrusage(resource.RUSAGE_SELF)
most = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
with open(sys.argv[1], "w") as file:
    print(used.ru_utime + used.ru_stime, most, file=file)
sys.exit(code)
"""


class Work(NamedTuple):
    code: int
    out: str
    err: str
    seconds: float
    kilobytes: int


def work_of(home: Path, *arguments: str) -> Work:
    measured = home.parent / "measured"
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(measured), *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "IEP_TUI_HOME": str(home)},
        timeout=60,
        check=False,
    )
    seconds, kilobytes = measured.read_text("utf-8").split()
    return Work(done.returncode, done.stdout, done.stderr, float(seconds), int(kilobytes))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.mark.parametrize("name", HOSTILE)
def test_refused_in_one_line_with_little_work(name: str, tmp_path: Path, home: Path) -> None:
    make, words = HOSTILE[name]
    file = tmp_path / "case.json"
    file.write_bytes(make())
    work = work_of(home, "import", str(file))
    assert (work.code, work.out) == (1, "")
    [line] = work.err.splitlines()
    assert line.startswith(f"iep-tui: {file}: ")
    assert words in line
    assert line.isprintable()
    assert not (home / "cases").exists()
    assert work.seconds < MOST_SECONDS * BUSY
    assert work.kilobytes < MOST_KB


def test_a_good_bundle_is_within_the_same_bounds_up_to_its_passphrase(tmp_path: Path, home: Path) -> None:
    """The other way round: what is refused above is refused for what was changed in it."""
    file, words = tmp_path / "case.iep", tmp_path / "words"
    file.write_bytes(bundled())
    words.write_text("correct horse\n", "utf-8")
    work = work_of(home, "import", str(file), "--bundle-passphrase-file", str(words))
    assert (work.code, work.out, work.err) == (0, f"{MAYA.id}\n", "")
    assert work.kilobytes < MOST_KB


@pytest.mark.parametrize("kind", ["fifo", "device", "link to a device", "link to nothing", "circle"])
def test_what_is_no_ordinary_file_is_refused_and_not_waited_for(kind: str, tmp_path: Path, home: Path) -> None:
    file = tmp_path / "case.json"
    if kind == "fifo":
        os.mkfifo(file)
    elif kind == "link to a device":
        file.symlink_to("/dev/zero")
    elif kind == "link to nothing":
        file.symlink_to(tmp_path / "nothing")
    elif kind == "circle":
        file.symlink_to(file)
    path = "/dev/zero" if kind == "device" else str(file)
    work = work_of(home, "import", path)
    assert (work.code, work.out) == (1, "")
    [line] = work.err.splitlines()
    assert line.startswith(f"iep-tui: {path}: ")
    assert work.kilobytes < MOST_KB


def test_a_link_to_a_good_file_is_read_and_stays_a_link(tmp_path: Path, home: Path) -> None:
    good, link = tmp_path / "good.json", tmp_path / "case.json"
    good.write_bytes(CASE % b'"../../x"')
    link.symlink_to(good)
    before = good.read_bytes()
    assert work_of(home, "import", str(link)).code == 0
    assert link.is_symlink()
    assert good.read_bytes() == before


def test_an_id_is_never_a_path(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "case.json"
    file.write_bytes((CASE % b'"x"').replace(b'"version": 1', b'"version": 1, "id": "../../../up"'))
    assert work_of(home, "import", str(file)).code == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == ["case.json", "home", "measured"]
    assert len([*(home / "cases").glob("*.json")]) == 1
