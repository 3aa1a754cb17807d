"""Files and modules: what one case costs has nothing to do with the others, and a verb loads what it needs."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from iep_tui.core.case_model import Answer, Case
from iep_tui.core.question_model import Catalogue
from iep_tui.services.case_list import case_rows
from iep_tui.store import disk
from iep_tui.store.case_file_format import encode_checked, parse_body
from iep_tui.store.case_store import CaseStore
from iep_tui.tui.screens.home_screen import FIRST_ROWS

from .conftest import CHILD, family

OTHERS = 200

#: Opens or lists, seen as the interpreter itself tells of them. The names below the data folder go to stderr.
WATCH = """
import sys
home = sys.argv.pop(1)
def watch(event, arguments):
    if event in ("open", "os.scandir", "os.listdir") and str(arguments[0]).startswith(home):
        print(event, str(arguments[0])[len(home):], file=sys.stderr)
sys.addaudithook(watch)
"""


def make(home: Path, cases: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as quick:
        quick.setattr(disk, "flush", lambda descriptor: None)
        quick.setattr(disk, "sync_folder", lambda folder: None)
        store = CaseStore(home)
        store.add(family("q-2", 30))
        for number in range(cases):
            store.add(family("q-2", 3, f"other-{number}"))


def changed(case: Case, words: str, question_id: str = "q-1") -> Case:
    """The case with other words in one answer."""
    latest = case.latest
    answers = latest.answers.put(question_id, Answer(words, "answered"))
    return case.with_meeting(msgspec.structs.replace(latest, answers=answers))


def run(home: Path, script: str, *arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", WATCH + script, str(home), *arguments],
        env={**os.environ, "IEP_TUI_HOME": str(home)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    return done.stderr.splitlines()


def test_opening_and_saving_a_case_touch_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        "import msgspec; from pathlib import Path; from iep_tui.store.case_store import CaseStore;"
        "from iep_tui.core.case_model import Answer\n"
        f"with CaseStore(Path(home)).open({CHILD!r}) as opened:\n"
        "    latest = opened.case.latest\n"
        "    changed = msgspec.structs.replace(latest, answers=latest.answers.put('q-1', Answer('New', 'answered')))\n"
        "    opened.save(opened.case.with_meeting(changed))\n"
    )
    alone, among = tmp_path / "alone", tmp_path / "among"
    make(alone, 0, monkeypatch)
    make(among, OTHERS, monkeypatch)

    def touched(home: Path) -> Counter[str]:
        # A backup is named for its moment.
        return Counter(line if "backups" not in line else line.split("-")[0] for line in run(home, script))

    seen = touched(among)
    assert not [line for line in seen if "other-" in line]
    assert sum(seen.values()) == sum(touched(alone).values()) < 20


def test_a_save_waits_for_the_disk_twice(store: CaseStore, on_disk: Counter[str]) -> None:
    """For the file and for the folder: each wait may take as long as all the rest."""
    store.add(family("q-2", 60))
    with store.open(CHILD) as opened:
        on_disk.clear()
        opened.save(changed(opened.case, "New"))
        assert on_disk == {"open_new": 1, "flush": 1, "replace": 1, "sync_folder": 1}
        opened.save(opened.case)
        assert on_disk["flush"] == 1, "the same again is not written"


def test_opening_a_case_asks_the_system_for_little(store: CaseStore, on_system: Counter[str]) -> None:
    """One file is read, one is held as the lock; no folder is listed, and no way is walked name by name."""
    store.add(family("q-2", 60))
    store.open(CHILD).close()
    on_system.clear()
    with store.open(CHILD) as opened:
        assert on_system["open"] == 2
        assert on_system["scandir"] == on_system["fchmod"] == on_system["link"] == 0
        assert on_system.total() <= 13, on_system
    assert opened.case.latest.answers
    assert on_system.total() <= 15, on_system


def test_a_save_asks_the_system_for_little(store: CaseStore, on_system: Counter[str]) -> None:
    """The second in a minute, which makes no backup: two files are opened, the new one and the folder to wait for."""
    store.add(family("q-2", 60))
    with store.open(CHILD) as opened:
        for words in ("one", "two", "three"):
            on_system.clear()
            opened.save(changed(opened.case, words))
        assert on_system["open"] == on_system["fsync"] == on_system["close"] == 2
        assert on_system["read"] == on_system["scandir"] == 0, "what we know is not read again"
        assert on_system.total() <= 15, on_system


@pytest.mark.parametrize("answers", [3, 600])
def test_a_save_looks_again_at_what_changed_alone(
    store: CaseStore, monkeypatch: pytest.MonkeyPatch, answers: int
) -> None:
    looked: list[int] = []

    def noted(plain: object) -> bytes:
        looked.append(len(data := encode_checked(plain)))
        return data

    monkeypatch.setattr("iep_tui.store.case_file_format.encode_checked", noted)
    monkeypatch.setattr("iep_tui.store.incremental_encoder.encode_checked", noted)
    parsed: list[int] = []

    def parsing(body: bytes) -> object:
        parsed.append(len(body))
        return parse_body(body)

    monkeypatch.setattr("iep_tui.store.tinydb_storage.parse_body", parsing)
    store.add(family("q-2", answers))
    with store.open(CHILD) as opened:
        opened.save(changed(opened.case, "one"))
        looked.clear()
        parsed.clear()
        opened.save(changed(opened.case, "two"))
    assert (len(looked), parsed) == (1, [])
    assert sum(looked) < 100


def test_a_second_list_reads_the_index_and_no_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "data"
    make(home, OTHERS, monkeypatch)
    script = "from iep_tui.cli.main import main; sys.exit(main(sys.argv[1:]))"
    first, second = (
        [line for line in run(home, script, "cases") if line.startswith("open") and f"cases{os.sep}" in line]
        for _turn in range(2)
    )
    assert len(first) == OTHERS + 1
    assert second == []


def test_a_new_child_beside_many_reads_no_other_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether new ones are to be sealed is known of those that were listed: they were read in clear."""
    home = tmp_path / "data"
    make(home, OTHERS, monkeypatch)
    case_rows(CaseStore(home), Catalogue(()), datetime.date(2027, 3, 3))
    script = (
        "from pathlib import Path; from iep_tui.store.case_store import CaseStore\n"
        "from iep_tui.core.case_model import *\n"
        "CaseStore(Path(home)).create(Case('new-one', (Meeting('first', '2027-01-03', Answers()),))).close()\n"
    )
    seen = run(home, script)
    assert seen
    assert [line for line in seen if "other-" in line] == []


def test_the_first_screen_of_many_cases_looks_through_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One small file says what the rows are; each is held against its case file, which is not opened."""
    home = tmp_path / "data"
    make(home, OTHERS, monkeypatch)
    script = (
        "import datetime; from pathlib import Path; from iep_tui.store.case_store import CaseStore;"
        "from iep_tui.core.question_model import Catalogue; from iep_tui.sets.library import Library;"
        "from iep_tui.services.case_list import case_rows; from iep_tui.tui.flows.home_flow import home_screen\n"
        "store, day = CaseStore(Path(home)), datetime.date(2027, 3, 3)\n"
        "library = Library(Catalogue(()), (), (), None, None)\n"
        "if sys.argv[1:]: case_rows(store, library.catalogue, day)\n"
        "print('from here', file=sys.stderr)\n"
        "screen = home_screen(store, library, day, '')\n"
        "print(len(screen.children_shown), screen._total, file=sys.stderr)\n"
    )
    lines = run(home, script, "look")
    seen = lines[lines.index("from here") + 1 :]
    assert seen == [f"open {os.sep}cases.recent", f"{FIRST_ROWS} {OTHERS + 1}"]
    (home / "cases.recent").unlink()
    seen = run(home, script)
    assert f"scandir {os.sep}cases" in str(seen), "without it the folder is looked through at once"


@pytest.mark.parametrize("answer", ["child-name", "q-1"])
def test_what_is_kept_of_many_cases_after_a_save_is_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    """The next look at all cases writes the small file again, as long beside 300 cases as beside 100."""
    day = datetime.date(2027, 3, 3)

    def written(others: int) -> list[int]:
        home = tmp_path / f"{others}"
        make(home, others, monkeypatch)
        store = CaseStore(home)
        case_rows(store, Catalogue(()), day)
        with store.open(CHILD) as opened:
            opened.save(changed(opened.case, "New", answer))
        lengths: list[int] = []
        write = disk.write_all

        def noted(descriptor: int, data: bytes) -> None:
            lengths.append(len(data))
            write(descriptor, data)

        with monkeypatch.context() as patch:
            patch.setattr(disk, "write_all", noted)
            case_rows(store, Catalogue(()), day)
        return lengths

    [few], [many] = written(100), written(300)
    assert abs(many - few) < 100
    assert many < 8_000


#: What no reading verb needs: the terminal, the parser, and what costs as much as the work itself.
NOT_NEEDED = {"textual", "rich", "markdown_it", "tinydb", "asyncio", "cryptography", "filelock", "platformdirs"} | {
    "docx",
    "hashlib",
    "inspect",
    "json",
    "random",
    "secrets",
    "shutil",
    "difflib",
}


#: What a list that the index knows does without besides: the way through the questions, what reads and seals a case.
NOT_FOR_A_LIST = {
    "iep_tui.core.conditions",
    "iep_tui.core.interview",
    "iep_tui.services.passphrases",
    "iep_tui.store.case_file_format",
}


@pytest.mark.parametrize("arguments", [("cases",), ("export", CHILD, "--format", "md")], ids=" ".join)
def test_a_verb_loads_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    home = tmp_path / "data"
    make(home, 1, monkeypatch)
    script = (
        "from iep_tui.cli.main import main; main(sys.argv[1:]);"
        "print('loaded', *(name for name in sys.modules if sys.modules[name] is not None), file=sys.stderr)"
    )
    run(home, script, *arguments)
    [loaded] = [line.split()[1:] for line in run(home, script, *arguments) if line.startswith("loaded")]
    assert NOT_NEEDED & set(loaded) == set()
    if arguments == ("cases",):
        assert NOT_FOR_A_LIST & set(loaded) == set()
    assert len({name for name in loaded if name.startswith("iep_tui.cli.commands.")}) == 2, (
        "the verb's, and what all share"
    )
    assert len(loaded) < 215, "each module is a file to find, to read and to run"
