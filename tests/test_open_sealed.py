"""The script in the documents: it opens sealed files without the program."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from iep_tui.core.case_model import Answer, Answers, Case, Meeting
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.envelope import seal_bytes
from iep_tui.store.crypto.keyring import KdfCost, new_keyring_for
from iep_tui.store.crypto.recovery_key import new_recovery_key

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).parents[1] / "docs" / "open_sealed.py"
WORDS = "green kettle, seven boats"
RECOVERY = new_recovery_key()
CHEAP = KdfCost(memory=8, passes=1, lanes=1)


def run(path: Path, words: str) -> subprocess.CompletedProcess[bytes]:
    """Run the script as on another computer: without iep_tui and without a terminal."""
    code = f"import sys, runpy; sys.modules['iep_tui'] = None; runpy.run_path({str(SCRIPT)!r}, run_name='__main__')"
    command = [sys.executable, "-W", "ignore", "-c", code, str(path)]
    return subprocess.run(command, input=f"{words}\n".encode(), capture_output=True, start_new_session=True)


@pytest.fixture
def store(tmp_path: Path) -> CaseStore:
    store = CaseStore(tmp_path / "data")
    store.add(Case("k7f3", (Meeting("m4", "", Answers({"child-name": Answer("Maya R.", "answered")})),)))
    ring, key = new_keyring_for(WORDS, RECOVERY, CHEAP)
    store.keys.learn(ring.id, key)
    store.sealing.seal_all(ring)
    return store


@pytest.mark.parametrize("words", [WORDS, RECOVERY, RECOVERY.lower()], ids=["passphrase", "recovery", "lower case"])
def test_it_opens_a_case_and_its_copies(store: CaseStore, words: str) -> None:
    for path in (store.folder / "k7f3.json", store.backups("k7f3")[0].path):
        done = run(path, words)
        assert done.returncode == 0, done.stderr
        body = json.loads(done.stdout)
        assert body["meetings"]["1"]["answers"]["child-name"]["value"] == "Maya R."


def test_it_opens_what_was_sealed_to_be_handed_on(tmp_path: Path) -> None:
    path = tmp_path / "bundle"
    path.write_bytes(seal_bytes(b"any bytes \x00\xff", WORDS, format="iep-tui/bundle", cost=CHEAP))
    assert run(path, WORDS).stdout == b"any bytes \x00\xff"


def test_a_wrong_passphrase_opens_nothing(store: CaseStore) -> None:
    done = run(store.folder / "k7f3.json", "another")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"not the passphrase" in done.stderr
