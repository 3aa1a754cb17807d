"""The benchmarks: every round measures the same work."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from benchmarks.subjects import Subjects
from iep_tui.store.case_store import CaseStore


@pytest.mark.slow
def test_a_round_that_goes_on_leaves_no_trace_for_the_next(tmp_path: Path) -> None:
    """Where a family is, is saved: ten questions further at each round, the third would begin at the last one."""
    subjects = Subjects(tmp_path, quick=True)
    places = []
    for _round in range(2):
        with CaseStore(subjects.fresh_home("one")).open("case-000000") as opened:
            places.append(opened.case.latest.place)
            opened.save(opened.case.with_meeting(msgspec.structs.replace(opened.case.latest, place="further")))
    assert places == ["", ""]
