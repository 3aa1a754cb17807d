"""A program that saves on request: a line of words on stdin, "saved" or "failed" on stdout.

python -m tests.torture.saver HOME CASE
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import msgspec

from iep_tui.core.case_model import Answer
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import StoreError


def main() -> None:
    file = CaseStore(Path(sys.argv[1])).open(sys.argv[2])
    print(file.read_only or "writing", flush=True)
    for line in sys.stdin:
        meeting = file.case.latest
        answers = meeting.answers.put("words", Answer(line.strip(), "answered"))
        said = "failed"
        with contextlib.suppress(StoreError):
            file.save(file.case.with_meeting(msgspec.structs.replace(meeting, answers=answers)))
            said = "saved"
        print(said, flush=True)


if __name__ == "__main__":
    main()
