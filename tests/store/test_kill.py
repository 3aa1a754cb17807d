"""A program that is killed while it saves: every answer it had called saved is there, word for word."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from iep_tui.store.case_store import CaseStore

from .sample_cases import MAYA, names

#: Saves one answer after another until it is killed, and says after each that it is saved. The calls between which a
#: kill could do harm are slowed a little: on a fast disk hardly a kill would fall among them.
SAVING = """
import sys, time
from pathlib import Path
from iep_tui.core.case_model import Answer
from iep_tui.store import disk
from iep_tui.store.case_store import CaseStore
import msgspec

def slowed(name):
    real = getattr(disk, name)
    def call(*given):
        time.sleep(0.0005)
        done = real(*given)
        time.sleep(0.0005)
        return done
    setattr(disk, name, call)

for name in ("write_all", "flush", "link", "replace", "sync_folder"):
    slowed(name)
opened = CaseStore(Path(sys.argv[1])).open(sys.argv[2])
assert not opened.read_only, opened.read_only
assert not opened.notice, opened.notice
number = int(sys.argv[3])
while True:
    latest = opened.case.latest
    answer = Answer(f"answer {number} " + "words " * 300, "answered")
    answers = latest.answers.put(f"q-{number % 40}", answer)
    opened.save(opened.case.with_meeting(msgspec.structs.replace(latest, answers=answers)))
    print(number, flush=True)
    number += 1
"""

ROUNDS = 30


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal of POSIX systems")
def test_what_was_called_saved_is_there_after_kill_9(store: CaseStore, home: Path) -> None:
    store.create(MAYA).close()
    chance = random.Random(7)
    saved: dict[str, int] = {}
    number = broken_off = 0
    for _round in range(ROUNDS):
        command = [sys.executable, "-c", SAVING, str(home), MAYA.id, str(number)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as saving:
            assert saving.stdout is not None
            heard = saving.stdout.readline()  # the first save is done: from here on the kill comes at any moment
            time.sleep(chance.uniform(0, 0.03))
            saving.send_signal(signal.SIGKILL)
            heard += saving.stdout.read()
        last = int(heard.decode().rpartition("\n")[0].split()[-1])
        saved |= {f"q-{one % 40}": one for one in range(number, last + 1)}
        number = last + 1
        broken_off += f".{MAYA.id}.tmp" in names(store.folder)
        answers = CaseStore(home).read(MAYA.id).latest.answers
        for question_id, one in saved.items():
            # The save that the kill broke off may have come through too.
            possible = {one, number} if question_id == f"q-{number % 40}" else {one}
            assert answers[question_id].value in {f"answer {which} " + "words " * 300 for which in possible}
    assert number > ROUNDS
    assert broken_off  # else no kill fell into a save, and nothing was shown
    with CaseStore(home).open(MAYA.id) as opened:
        assert opened.read_only == opened.notice == ""
    assert names(store.folder) == [f".{MAYA.id}.lock", f"{MAYA.id}.json"]
    for backup in store.backups(MAYA.id):
        assert store.read_copy(backup.path).id == MAYA.id
