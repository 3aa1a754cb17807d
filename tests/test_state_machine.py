"""Any walk of answering, going back, killing, restoring, sealing and merging: what a model says is on the disk, is."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from iep_tui.core import undo_history
from iep_tui.core.case_model import Answer, Answers, Case, Meeting
from iep_tui.core.question_model import Catalogue, Question, QuestionSet
from iep_tui.services.session import CaseSession, open_case
from iep_tui.store.case_store import CaseStore
from iep_tui.store.crypto.envelope import KeyStore
from iep_tui.store.crypto.keyring import KdfCost, new_keyring_for
from iep_tui.store.merge_into_store import merge_in

CASE = Case("k7f3q9x2m4", (Meeting("m1", "2027-01-03", Answers()),))
QUESTIONS = tuple(Question(id=name, kind="line", title=name, set_id="s", line=1) for name in ("a", "b"))
CATALOGUE = Catalogue((QuestionSet(id="s", title="S", questions=QUESTIONS),))
CHEAP = KdfCost(memory=8, passes=1, lanes=1)
WORDS = "correct horse"

questions = st.sampled_from(QUESTIONS)
#: What is said: the value of each question, None where nothing was.
Said = dict[str, object]


class Family(RuleBasedStateMachine):
    """`now` is what the sitting should hold, `saved` what the disk should."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.time = datetime.datetime(2027, 3, 4, 10, 0, tzinfo=datetime.UTC)
        self.store = CaseStore(Path(self._folder.name), lambda: self.time)
        self.number = 0
        self.copy: Case | None = None

    @initialize()
    def begin(self) -> None:
        self.store.create(CASE).close()
        self.session = self._open()
        self.now: Said = {}
        self.saved: Said = {}

    def _open(self) -> CaseSession:
        return open_case(self.store, CATALOGUE, lambda: self.time, CASE.id)

    def _later(self) -> None:
        self.time += datetime.timedelta(minutes=10)

    def _values(self, case: Case) -> Said:
        return {name: one.value for name, one in case.latest.answers.items() if one.value is not None}

    @rule(question=questions)
    def answer(self, question: Question) -> None:
        self._later()
        self.number += 1
        words = f"words {self.number}"
        assert self.session.change(question, Answer(words, "answered"))
        self.now[question.id] = words

    @rule(question=questions)
    def undo_and_redo(self, question: Question) -> None:
        self._later()
        before = self.now.get(question.id)
        if self.session.undo(question):
            assert self.session.redo(question)
        assert self.session.meeting.answers.of(question.id).value == before

    @rule(question=questions)
    def undo(self, question: Question) -> None:
        self._later()
        steps = self.session.meeting.histories.of(question.id).before
        assert self.session.undo(question) == bool(steps)
        if steps:
            self._is(question, steps[-1].value)

    @rule(question=questions)
    def redo(self, question: Question) -> None:
        self._later()
        steps = self.session.meeting.histories.of(question.id).after
        assert self.session.redo(question) == bool(steps)
        if steps:
            self._is(question, steps[0].value)

    def _is(self, question: Question, value: object) -> None:
        self.now.pop(question.id, None)
        if value is not None:
            self.now[question.id] = value

    @rule()
    def save(self) -> None:
        assert self.session.save()
        self.saved = dict(self.now)

    @rule()
    def leave_and_come_back(self) -> None:
        self.save()
        self.session.close()
        self._later()
        self.session = self._open()

    @rule()
    def kill(self) -> None:
        """The process is gone: nothing is closed, and the system lets go of its lock."""
        file = self.session.file
        assert file is not None
        assert file._lock is not None
        file._lock.release()
        self.now = dict(self.saved)
        self.session = self._open()

    @precondition(lambda self: bool(self.store.backups(CASE.id)))
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        self.save()
        self.session.close()
        backup = data.draw(st.sampled_from(self.store.backups(CASE.id)))
        wanted = self._values(self.store.read_copy(backup.path))
        self.store.restore(CASE.id, backup.number)
        self.now, self.saved = dict(wanted), dict(wanted)
        self.session = self._open()

    @rule()
    def seal_or_unseal(self) -> None:
        self.save()
        self.session.close()
        if self.store.sealing.seal_of(CASE.id) is None:
            ring, key = new_keyring_for(WORDS, cost=CHEAP)
            self.store.keys.learn(ring.id, key)
            self.store.sealing.seal_case(CASE.id, ring)
            assert self.store.sealing.seal_of(CASE.id) is not None
            assert b"words" not in (self.store.folder / f"{CASE.id}.json").read_bytes()
            self.store.keys = KeyStore()
            self.store = CaseStore(self.store.home, lambda: self.time)
            self.store.sealing.unlock(WORDS, CASE.id)
        else:
            self.store.sealing.unseal_case(CASE.id)
            assert self.store.sealing.seal_of(CASE.id) is None
        self.session = self._open()

    @rule(question=questions, also_here=st.booleans())
    def hand_a_copy_on(self, question: Question, also_here: bool) -> None:
        """An advocate takes a copy and writes in it; the family may answer the same question meanwhile."""
        self.number += 1
        self._later()
        meeting = self.session.case.latest
        past = undo_history.recorded(meeting.histories.of(question.id), meeting.answers.of(question.id))
        at = f"{self.time:%Y-%m-%dT%H:%M:%SZ}"
        answers = meeting.answers.put(question.id, Answer(f"theirs {self.number}", "answered", "team", "", at))
        self.copy = self.session.case.with_meeting(
            msgspec.structs.replace(meeting, answers=answers, histories=meeting.histories.put(question.id, past))
        )
        if also_here:
            self.number += 1
            assert self.session.change(question, Answer(f"words {self.number}", "answered"))
            self.now[question.id] = f"words {self.number}"

    @precondition(lambda self: self.copy is not None)
    @rule(theirs=st.booleans())
    def merge(self, theirs: bool) -> None:
        self.save()
        self.session.close()
        assert self.copy is not None
        before = self._all(self.store.read(CASE.id)) | self._all(self.copy)
        merged = merge_in(
            self.store,
            self.copy,
            CATALOGUE,
            lambda _ours, found: {one.place: "theirs" if theirs else "ours" for one in found},
        )
        assert self._all(merged.case) >= before, "no merge drops an answer"
        self.now = self._values(merged.case)
        self.saved = dict(self.now)
        self.session = self._open()

    def _all(self, case: Case) -> set[object]:
        latest = case.latest
        now = {one.value for one in latest.answers.values() if isinstance(one.value, str)}
        return now | {
            one.value for past in latest.histories.values() for one in past.revisions if isinstance(one.value, str)
        }

    @invariant()
    def the_sitting_and_the_disk_are_as_the_model(self) -> None:
        if hasattr(self, "now"):
            assert self._values(self.session.case) == self.now
            assert self._values(self.store.read(CASE.id)) == self.saved
            assert not self.session.read_only

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.close()
        self._folder.cleanup()


TestFamily = Family.TestCase
TestFamily.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
