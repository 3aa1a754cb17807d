"""Each dialog once with a scripted prompter; going back at any prompt leaves the data folder byte for byte."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Coroutine, Generator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from iep_tui.core.case_model import Answer, Answers, Case, Meeting
from iep_tui.core.progress_callback import Cancelled
from iep_tui.core.question_model import Catalogue
from iep_tui.services import passphrases, transfer
from iep_tui.services.flows import bundle_flow, passphrase
from iep_tui.services.flows.case_actions import CASE_ACTIONS, CaseFiles, choose_action
from iep_tui.services.flows.import_flow import bring_in
from iep_tui.services.flows.prompter import Prompter, drive
from iep_tui.services.flows.rescue import save_rescue_copy
from iep_tui.services.flows.take_over import take_over_case
from iep_tui.services.session import CaseSession, open_case
from iep_tui.store import bundle
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.keyring import KdfCost, new_keyring_for
from iep_tui.store.errors import ChangedOnDisk
from iep_tui.store.interchange_format import decode_case, encode_case
from iep_tui.store.settings import Settings

from .scripted_prompter import ScriptedPrompter

CHEAP = KdfCost(memory=8, passes=1, lanes=1)
WORDS, OTHER = "green kettle, seven boats", "four other words together"
NOW = datetime.datetime(2027, 3, 3, 10, 0, tzinfo=datetime.UTC)
CHILD = "maya-r-case"


def said(words: str, minute: int) -> Answer:
    return Answer(words, "answered", at=f"2027-03-01T10:{minute:02}:00Z")


MAYA = Case(CHILD, (Meeting("m1", "2027-01-03", Answers({"child-name": said("Maya R.", 0)})),))


def changed(case: Case, words: str, minute: int) -> Case:
    answers = case.latest.answers.put("needs-progress", said(words, minute))
    return case.with_meeting(msgspec.structs.replace(case.latest, answers=answers))


HERE, THERE = changed(MAYA, "Here", 1), changed(MAYA, "There", 2)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(passphrases, "new_keyring", functools.partial(passphrases.new_keyring, cost=CHEAP))
    monkeypatch.setattr(passphrases, "changed_keyring", functools.partial(passphrases.changed_keyring, cost=CHEAP))
    monkeypatch.setattr(transfer, "make_bundle", functools.partial(bundle.encode_bundle, cost=CHEAP))
    monkeypatch.setattr(bundle_flow, "documents_folder", lambda: tmp_path)


@pytest.fixture
def files(tmp_path: Path) -> CaseFiles:
    """A data folder with one child, whose copy elsewhere was changed too, and an older copy in its backups."""
    store = CaseStore(tmp_path / "data", lambda: NOW)
    store.add(MAYA)
    store.keep_state(CHILD)
    with store.open(CHILD) as opened:
        opened.save(HERE)
    (tmp_path / "from school.json").write_bytes(encode_case(THERE))
    (tmp_path / "there.iep").write_bytes(bundle.encode_bundle(THERE, WORDS, cost=CHEAP))
    return CaseFiles(store, Catalogue(()), lambda: NOW, Settings(store.home))


def seal(files: CaseFiles, *, every: bool = False) -> None:
    ring, key = new_keyring_for(WORDS, cost=CHEAP)
    files.store.keys.learn(ring.id, key)
    if every:
        files.store.sealing.seal_all(ring)
    else:
        files.store.sealing.seal_case(CHILD, ring)
    files.store.keys.forget()


def put_sync_copy(files: CaseFiles) -> None:
    path = files.store.folder / f"{CHILD}.json"
    before = path.read_bytes()
    with files.store.open(CHILD) as opened:
        opened.save(THERE)
    path.rename(files.store.folder / f"{CHILD} (conflicted copy).json")
    path.write_bytes(before)


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


Flow = Callable[[Prompter, CaseFiles, Path], Coroutine[object, None, Any]]


class Script(msgspec.Struct, frozen=True):
    """A dialog, the answers that lead to its end, and how its data folder comes to be."""

    flow: Flow
    answers: tuple[str, ...]
    prepare: Callable[[CaseFiles], None] = lambda _files: None


def action(*answers: str, prepare: Callable[[CaseFiles], None] = lambda _files: None) -> Script:
    return Script(lambda prompter, files, _folder: choose_action(prompter, files, CHILD), answers, prepare)


def incoming(prompter: Prompter, files: CaseFiles, folder: Path) -> Coroutine[object, None, Any]:
    return bring_in(prompter, files.store, files.catalogue, files.clock)


def session_of(files: CaseFiles) -> CaseSession:
    session = open_case(files.store, files.catalogue, files.clock, CHILD)
    session.close()
    return session


def rescue(prompter: Prompter, files: CaseFiles, folder: Path) -> Coroutine[object, None, Any]:
    return save_rescue_copy(prompter, session_of(files), NOW.date())


def take_over(prompter: Prompter, files: CaseFiles, folder: Path) -> Coroutine[object, None, Any]:
    return take_over_case(prompter, files.store, session_of(files))


def sealed_for_all(files: CaseFiles) -> None:
    seal(files, every=True)


#: "{folder}" is the folder of the test.
SCRIPTS = {
    "restore": action("earlier", "copy-1"),
    "restore sealed": action("earlier", WORDS, "copy-1", prepare=seal),
    "bundle": action("hand-on", WORDS, "{folder}/out.iep"),
    "bundle sealed": action("hand-on", WORDS, OTHER, "{folder}/out.iep", prepare=seal),
    "set for one": action("seal", "one", "yes", WORDS, "(key)"),
    "set for all": action("seal", "all", "yes", "short", WORDS, "wrong", "(key)"),
    "change": action("passphrase", "not this", WORDS, OTHER, prepare=seal),
    "remove for one": action("unseal", "one", WORDS, prepare=seal),
    "remove for all": action("unseal", "all", WORDS, prepare=sealed_for_all),
    "lock after": action("lock-after", "after-5", prepare=seal),
    "sync copy merged": action("take-in", "copy-0", "merge", "theirs", prepare=put_sync_copy),
    "sync copy kept": action("take-in", "copy-0", "own", prepare=put_sync_copy),
    "remove": action("remove", "Somebody", "maya r."),
    "bring in and merge": Script(incoming, ("{folder}/nowhere", "{folder}/from school.json", "merge", "theirs")),
    "bring in a bundle": Script(incoming, ("{folder}/there.iep", "not this", WORDS, "own")),
    "bring in sealed": Script(incoming, (WORDS, "{folder}/from school.json", "merge", "ours"), sealed_for_all),
    "rescue": Script(rescue, ("{folder}/rescue.json",)),
    "take over": Script(take_over, ("yes",)),
}


def prepared(files: CaseFiles, script: Script, folder: Path, cancel_at: int = -1) -> ScriptedPrompter:
    script.prepare(files)
    return ScriptedPrompter(*(one.replace("{folder}", str(folder)) for one in script.answers), cancel_at=cancel_at)


@pytest.mark.parametrize("name", SCRIPTS)
def test_each_dialog_comes_to_its_end_without_any_front_end(files: CaseFiles, tmp_path: Path, name: str) -> None:
    script = SCRIPTS[name]
    prompter = prepared(files, script, tmp_path)
    before = content(tmp_path)
    drive(script.flow(prompter, files, tmp_path))
    assert prompter.left == [], prompter.shown
    assert content(tmp_path) != before or name == "take over", "it did something"


@pytest.mark.parametrize("name", SCRIPTS)
def test_going_back_at_any_prompt_leaves_every_file_as_it_was(files: CaseFiles, tmp_path: Path, name: str) -> None:
    script = SCRIPTS[name]
    for cancel_at in range(len(script.answers)):
        if cancel_at:
            files = CaseFiles(CaseStore(files.store.home, lambda: NOW), files.catalogue, files.clock, files.settings)
        prompter = prepared(
            files, script if not cancel_at else Script(script.flow, script.answers), tmp_path, cancel_at
        )
        before = content(tmp_path)
        with pytest.raises(Cancelled):
            drive(script.flow(prompter, files, tmp_path))
        assert content(tmp_path) == before, f"at prompt {cancel_at}"


def test_every_action_of_the_menu_has_a_script() -> None:
    assert {action.name for action in CASE_ACTIONS} <= {script.answers[0] for script in SCRIPTS.values()}


def test_a_merged_sync_copy_is_one_child_with_both_answers(files: CaseFiles, tmp_path: Path) -> None:
    script = SCRIPTS["sync copy merged"]
    drive(script.flow(prepared(files, script, tmp_path), files, tmp_path))
    store = files.store
    assert store.ids() == [CHILD]
    latest = store.read(CHILD).latest
    assert latest.answers.of("needs-progress").value == "There"
    assert "Here" in [revision.value for revision in latest.histories.of("needs-progress").revisions]
    assert not store.copies(CHILD)


def test_a_set_passphrase_seals_and_the_key_is_known(files: CaseFiles, tmp_path: Path) -> None:
    script = SCRIPTS["set for one"]
    drive(script.flow(prepared(files, script, tmp_path), files, tmp_path))
    assert passphrase.is_sealed(files.store, CHILD)
    assert files.store.read(CHILD) == HERE
    assert b"Maya" not in b"".join(content(files.store.home).values())


def test_a_cancelled_passphrase_leaves_no_key_behind(files: CaseFiles, tmp_path: Path) -> None:
    script = SCRIPTS["set for one"]
    with pytest.raises(Cancelled, match="No passphrase was set"):
        drive(script.flow(prepared(files, script, tmp_path, 4), files, tmp_path))
    assert not files.store.keys


def test_a_rescue_copy_holds_everything_and_says_when_no_retry_can_succeed(files: CaseFiles, tmp_path: Path) -> None:
    session = open_case(files.store, files.catalogue, files.clock, CHILD)
    session.trouble, session.is_replaced = str(ChangedOnDisk("Another program changed this case.")), True
    prompter = ScriptedPrompter(str(tmp_path / "rescue.json"))
    drive(save_rescue_copy(prompter, session, NOW.date()))
    session.close()
    assert decode_case((tmp_path / "rescue.json").read_bytes()).latest == HERE.latest
    assert "bring the copy in" in prompter.shown[-1]
    assert "keep trying" not in prompter.shown[-1]


def test_a_flow_that_waits_for_an_event_loop_is_an_error() -> None:
    class Pause:
        def __await__(self) -> Generator[None, None, None]:
            yield None

    async def waits() -> None:
        await Pause()

    with pytest.raises(RuntimeError, match="waited"):
        drive(waits())
