"""A case moved to another computer and back: sealed on the way, merged at home, with no answer dropped."""

from __future__ import annotations

import datetime
import getpass
import io
import json
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from iep_tui.core.case_model import Answer, AnswerHistory, Answers, Case, Histories, Meeting, Revision
from iep_tui.services.rescue_copy import write_rescue_copy
from iep_tui.store import bundle
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.keyring import KdfCost
from iep_tui.store.errors import FileRefused, WrongPassphrase
from iep_tui.store.interchange_format import decode_case, encode_case

from .conftest import Call, assert_one_fault

pytestmark = pytest.mark.slow

CHEAP = KdfCost(memory=8, passes=1, lanes=1)
WORDS = "correct horse battery"


def said(words: str, minute: int = 0) -> Answer:
    return Answer(words, "answered", "team", "", f"2027-01-03T10:{minute:02}:00Z")


def meeting(**answers: Answer) -> Meeting:
    named = {name.replace("_", "-"): answer for name, answer in answers.items()}
    return Meeting("m1", "2027-01-03", Answers(named))


def changed(case: Case, question_id: str, words: str, minute: int) -> Case:
    latest = case.latest
    before = latest.answers.of(question_id)
    past = AnswerHistory((*latest.histories.of(question_id).before, Revision(**msgspec.structs.asdict(before))))
    answers = latest.answers.put(question_id, said(words, minute))
    return case.with_meeting(
        msgspec.structs.replace(latest, answers=answers, histories=latest.histories.put(question_id, past))
    )


MAYA = Case("k7f3q9x2m4", (meeting(child_name=said("Maya"), needs_hardest_time=said("Recess"), own=said("x")),))
OURS = changed(MAYA, "needs-hardest-time", "Recess and the bus", 5)
THEIRS = changed(changed(MAYA, "needs-hardest-time", "Lunch", 7), "child-name", "Maya R.", 8)


@pytest.fixture
def store(home: Path) -> CaseStore:
    store = CaseStore(home)
    store.create(OURS).close()
    return store


@pytest.fixture
def passphrase(tmp_path: Path) -> str:
    path = tmp_path / "passphrase"
    path.write_text(WORDS + "\n", "utf-8")
    return str(path)


def bundled(case: Case, name: str = "case.iep") -> str:
    Path(name).write_bytes(bundle.encode_bundle(case, WORDS, cost=CHEAP))
    return name


# The bundle


def test_a_bundle_carries_everything_and_nothing_in_clear(
    call: Call, store: CaseStore, passphrase: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = call("bundle", "Maya", "--out", "maya.iep", "--bundle-passphrase-file", passphrase)
    assert (made.code, made.err) == (0, "")
    assert "by another way" in made.out
    assert WORDS not in made.out
    data = Path("maya.iep").read_bytes()
    assert b"Recess" not in data
    assert b"needs-hardest-time" not in data
    if os.name != "nt":
        assert Path("maya.iep").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("IEP_TUI_HOME", str(tmp_path / "another computer"))
    taken = call("import", "maya.iep", "--bundle-passphrase-file", passphrase)
    assert (taken.code, taken.out) == (0, "k7f3q9x2m4\n")
    assert CaseStore(tmp_path / "another computer").read(OURS.id) == OURS, "history and all"


@pytest.mark.parametrize("case", [MAYA, THEIRS])
def test_what_is_bundled_comes_back(case: Case) -> None:
    assert bundle.decode_bundle(bundle.encode_bundle(case, WORDS, cost=CHEAP), WORDS) == case
    with pytest.raises(WrongPassphrase):
        bundle.decode_bundle(bundle.encode_bundle(case, WORDS, cost=CHEAP), WORDS + "!")


def test_a_bundle_of_something_else_inside_is_refused() -> None:
    from iep_tui.store.crypto.envelope import seal_bytes

    with pytest.raises(FileRefused, match="not JSON"):
        bundle.decode_bundle(seal_bytes(b"words", WORDS, format=bundle.BUNDLE_FORMAT, cost=CHEAP), WORDS)


def test_a_wrong_passphrase_is_told_and_nothing_is_made(call: Call, home: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("wrong words here", "utf-8")
    call("where")
    said_of_it = call("import", bundled(MAYA), "--bundle-passphrase-file", str(wrong))
    assert_one_fault(said_of_it)
    assert not (home / "cases").exists()


def test_a_bundle_never_writes_over_a_file(call: Call, store: CaseStore, passphrase: str) -> None:
    Path("maya.iep").write_text("mine", "utf-8")
    assert_one_fault(call("bundle", "Maya", "--out", "maya.iep", "--bundle-passphrase-file", passphrase))
    assert Path("maya.iep").read_text("utf-8") == "mine"
    assert call("bundle", "Maya", "--out", "maya.iep", "--bundle-passphrase-file", passphrase, "--force").code == 0


def test_a_passphrase_that_is_too_short_is_told(call: Call, store: CaseStore, tmp_path: Path) -> None:
    short = tmp_path / "short"
    short.write_text("abc", "utf-8")
    assert_one_fault(call("bundle", "Maya", "--out", "maya.iep", "--bundle-passphrase-file", str(short)))
    assert not Path("maya.iep").exists()


@pytest.mark.parametrize(("content", "words"), [(b"", "first line"), (b"\xff\n", "UTF-8"), (None, "No such file")])
def test_a_passphrase_file_that_is_none_is_told(call: Call, tmp_path: Path, content: bytes | None, words: str) -> None:
    file = tmp_path / "passphrase"
    if content is not None:
        file.write_bytes(content)
    call("where")
    told = call("import", bundled(MAYA), "--bundle-passphrase-file", str(file))
    assert_one_fault(told)
    assert words in told.err


def test_without_a_terminal_there_is_nobody_to_ask(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    call("where")
    told = call("import", bundled(MAYA))
    assert_one_fault(told)
    assert "--bundle-passphrase-file" in told.err


class Terminal(io.StringIO):
    """A standard input that claims to be a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A person at the terminal who types these lines, and these passphrases at each prompt."""

    def sit(*lines: str, passphrases: tuple[str, ...] = ()) -> None:
        left = list(passphrases)
        monkeypatch.setattr("sys.stdin", Terminal("".join(line + "\n" for line in lines)))
        monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
        monkeypatch.setattr(getpass, "getpass", lambda prompt: left.pop(0))

    return sit


def test_a_new_passphrase_is_asked_twice(call: Call, store: CaseStore, somebody: Any) -> None:
    somebody(passphrases=(WORDS, WORDS + "?"))
    told = call("bundle", "Maya", "--out", "maya.iep")
    assert_one_fault(told)
    assert "not the same" in told.err
    assert not Path("maya.iep").exists()
    somebody(passphrases=(WORDS, WORDS))
    assert call("bundle", "Maya", "--out", "maya.iep").code == 0
    assert bundle.decode_bundle(Path("maya.iep").read_bytes(), WORDS) == OURS


# The same case coming back


def answers(home: Path) -> dict[str, object]:
    return {name: one.value for name, one in CaseStore(home).read(OURS.id).latest.answers.items()}


def earlier(home: Path, question_id: str) -> list[object]:
    return [step.value for step in CaseStore(home).read(OURS.id).latest.histories.of(question_id).before]


@pytest.mark.parametrize(
    ("keep", "stands", "other"),
    [("ours", "Recess and the bus", "Lunch"), ("theirs", "Lunch", "Recess and the bus")],
)
def test_a_bundle_that_comes_back_is_merged(
    call: Call, store: CaseStore, home: Path, passphrase: str, keep: str, stands: str, other: str
) -> None:
    told = call("import", bundled(THEIRS), "--keep", keep, "--bundle-passphrase-file", passphrase)
    assert (told.code, told.out) == (0, "k7f3q9x2m4\n")
    assert "1 answer was taken over, 1 answer was changed on both sides." in told.err or keep == "theirs"
    assert answers(home) == {"child-name": "Maya R.", "needs-hardest-time": stands, "own": "x"}
    assert earlier(home, "needs-hardest-time") == ["Recess", other]
    assert store.ids() == [OURS.id]
    [backup] = CaseStore(home).backups(OURS.id)[:1]
    assert CaseStore(home).read_copy(backup.path).id == OURS.id
    assert any(CaseStore(home).read_copy(one.path) == OURS for one in CaseStore(home).backups(OURS.id)), "kept before"


def test_without_a_terminal_ours_stands_and_theirs_is_kept(
    call: Call, store: CaseStore, home: Path, passphrase: str
) -> None:
    told = call("import", bundled(THEIRS), "--bundle-passphrase-file", passphrase)
    assert told.code == 0
    assert "Theirs are among the earlier answers" in told.err
    assert answers(home)["needs-hardest-time"] == "Recess and the bus"
    assert earlier(home, "needs-hardest-time") == ["Recess", "Lunch"]


def test_both_are_shown_side_by_side_to_choose(
    call: Call, store: CaseStore, home: Path, passphrase: str, somebody: Any
) -> None:
    somebody("what?", "2")
    told = call("import", bundled(THEIRS), "--bundle-passphrase-file", passphrase)
    assert told.code == 0
    assert "1. Here: " in told.err
    assert "Recess and the bus" in told.err
    assert "2. In the file: " in told.err
    assert "Lunch" in told.err
    assert told.err.count("Which answer should we keep?") == 2, "asked again after words that are no answer"
    assert answers(home)["needs-hardest-time"] == "Lunch"


def test_a_copy_that_changed_nothing_writes_nothing(call: Call, store: CaseStore, home: Path, passphrase: str) -> None:
    path = store.folder / f"{OURS.id}.json"
    before = path.read_bytes()
    assert call("import", bundled(MAYA), "--bundle-passphrase-file", passphrase).code == 0
    assert path.read_bytes() == before


def test_json_of_a_taken_id_is_a_case_of_its_own_unless_merge_is_said(call: Call, store: CaseStore, home: Path) -> None:
    Path("maya.json").write_bytes(encode_case(THEIRS, history=True))
    assert call("import", "maya.json").out.strip() not in ("", OURS.id)
    assert answers(home)["child-name"] == "Maya"
    assert call("import", "maya.json", "--merge", "--keep", "ours").out == f"{OURS.id}\n"
    assert answers(home)["child-name"] == "Maya R."
    assert len(store.ids()) == 2


def test_a_case_that_is_open_elsewhere_is_not_merged(call: Call, store: CaseStore, home: Path, passphrase: str) -> None:
    with store.open(OURS.id):
        told = call("import", bundled(THEIRS), "--bundle-passphrase-file", passphrase)
    assert_one_fault(told)
    assert "another window" in told.err
    assert CaseStore(home).read(OURS.id) == OURS


def test_export_says_what_was_before_only_when_asked(call: Call, store: CaseStore) -> None:
    bare = json.loads(call("export", "Maya", "--format", "json").out)
    assert "history" not in bare["meetings"][0]
    whole = json.loads(call("export", "Maya", "--format", "json", "--history").out)
    [step] = whole["meetings"][0]["history"]["needs-hardest-time"]["before"]
    assert step["value"] == "Recess"
    assert call("export", "Maya", "--history").code == 2


@pytest.mark.parametrize("reader", ["family", "team", "teachers"])
@pytest.mark.parametrize("format_name", ["md", "txt", "html"])
def test_no_sheet_says_what_was_before(call: Call, home: Path, reader: str, format_name: str) -> None:
    case = changed(changed(OURS, "child-name", "Zebra", 30), "child-name", "Okapi", 31)
    latest = case.latest
    name = msgspec.structs.replace(latest.answers["child-name"], share="teachers")
    shared = msgspec.structs.replace(latest, answers=latest.answers.put("child-name", name))
    CaseStore(home).create(case.with_meeting(shared)).close()
    sheet = call("export", OURS.id, "--for", reader, "--format", format_name).out
    assert "Okapi" in sheet
    assert "Zebra" not in sheet


def test_pasts_are_kept_where_only_the_copy_has_them(call: Call, store: CaseStore, home: Path, passphrase: str) -> None:
    latest = MAYA.latest
    copy = MAYA.with_meeting(
        msgspec.structs.replace(
            latest, histories=Histories({"own": AnswerHistory((Revision("long ago", "answered", at="2026-01-01"),))})
        )
    )
    assert call("import", bundled(copy), "--bundle-passphrase-file", passphrase).code == 0
    assert earlier(home, "own") == ["long ago"]


def test_a_bundle_cut_in_its_first_line_is_told_as_damaged(call: Call, store: CaseStore, tmp_path: Path) -> None:
    file = tmp_path / "cut.bundle"
    file.write_bytes(bundle.encode_bundle(MAYA, WORDS, cost=CHEAP)[:300])
    said = call("import", str(file))
    assert_one_fault(said)
    assert "damaged" in said.err
    assert "JSON" not in said.err


def test_the_file_of_a_case_itself_is_told_from_what_is_carried(call: Call, store: CaseStore, tmp_path: Path) -> None:
    said = call("import", str(store.folder / f"{OURS.id}.json"))
    assert_one_fault(said)
    assert "iep-tui bundle" in said.err


def test_what_is_put_elsewhere_has_the_earlier_answers_too(tmp_path: Path) -> None:
    path = write_rescue_copy(OURS, str(tmp_path), datetime.date(2027, 1, 3))
    assert decode_case(path.read_bytes()) == OURS
