"""Answers as text, limited to those that one reader may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

import msgspec

from iep_tui.core import kinds
from iep_tui.core.case_model import Value
from iep_tui.core.interview import CHILD_NAME, Interview, effective_share, is_done
from iep_tui.core.kinds.goals import GOAL_PARTS
from iep_tui.core.question_model import AUDIENCES, CHILD_PLACEHOLDER, Audience, Question, may_read
from iep_tui.documents.formats.markdown_escape import one_line, tidy
from iep_tui.documents.outline_model import LeftOut
from iep_tui.i18n import _

#: What the child is called inside a sentence and at its start.
ChildName: TypeAlias = tuple[str, str]


class VisibleAnswer(msgspec.Struct, frozen=True):
    """One question with what this reader gets of its answer; all names and labels are filled in.

    `label` stands before the words, `asked` is the question itself. `shown` is None where nothing was answered;
    `open` says that it is a question for the school. `note` is the family's own, "" for every other reader.
    """

    question: Question
    label: str
    asked: str
    shown: kinds.DisplayValue | None
    open: bool
    note: str


class ReaderView:
    """An interview in the eyes of one reader. Nothing here gives out what the reader may not have."""

    def __init__(self, interview: Interview, reader: Audience) -> None:
        self.interview = interview
        self.reader = reader
        self._child = self._called(reader)
        self._readable = frozenset(share for share in AUDIENCES if may_read(share, reader))
        self._withheld: list[tuple[Question, Audience]] = []
        given = interview.answers.by_id()
        asked = (one for one in interview.live if one.id in given)  # nothing is said where there is no answer
        self._by_id = {said.question.id: said for one in asked if (said := self._said(one)) is not None}

    @property
    def all(self) -> Iterable[VisibleAnswer]:
        """What was said to every question of which this reader gets something, in their order."""
        return self._by_id.values()

    def of(self, question_id: str) -> VisibleAnswer | None:
        """What was said to a question, None when this reader gets nothing of it."""
        return self._by_id.get(question_id)

    def words(self, question_id: str) -> str:
        """An answer on one line, "" when there is none for this reader or the family is not sure of it."""
        said = self.of(question_id)
        return one_line(said.shown.summary) if said and said.shown and not said.open else ""

    def fill(self, text: str) -> str:
        """`text` of a set with the child's name in it, as this reader may know it."""
        return _filled(text, self._child)

    def family_label(self, question: Question) -> str:
        """What a question is called to the family itself, when it is told what others do not get."""
        return _label(question, self._called("family"))

    def left_out(self) -> tuple[LeftOut, ...]:
        """The answers this reader does not get, and those set aside, which nobody gets."""
        child = self._called("family")
        reasons = {"family": _("only for the family")}
        found = [
            LeftOut(question.id, _label(question, child), share, reasons.get(share) or _("not for teachers"))
            for question, share in self._withheld
        ]
        for question_id, answer in self.interview.hidden_answers():
            known = self.interview.catalogue.question(question_id)
            if known is None and answer.state != "skipped" and answer.value not in (None, "", [], {}):
                found.append(LeftOut(question_id, question_id, answer.share or "family", _("set aside")))
            elif known is not None and is_done(known, answer):
                share = effective_share(known, answer)
                found.append(LeftOut(question_id, _label(known, child), share, _("set aside")))
        return tuple(found)

    def _called(self, reader: Audience) -> ChildName:
        """What the child is called in the words of a set, on a sheet that comes from the family."""
        question = self.interview.catalogue.question(CHILD_NAME)
        answer = self.interview.answers.of(CHILD_NAME)
        if question is None or not self.interview.is_live(CHILD_NAME) or answer.state != "answered":
            return _("our child"), _("Our child")
        if not may_read(effective_share(question, answer), reader):
            return _("the child"), _("The child")
        name = one_line(self.interview.child_name())
        return (name, name) if name else (_("our child"), _("Our child"))

    def _said(self, question: Question) -> VisibleAnswer | None:
        answer = self.interview.answers.of(question.id)
        share = effective_share(question, answer)
        done = is_done(question, answer)
        if share not in self._readable:
            if done:
                self._withheld.append((question, share))
            return None
        note = tidy(answer.note) if answer.note and self.reader == "family" else ""
        if not done and not note:
            return None
        asked = one_line(self.fill(question.title))
        label = one_line(self.fill(question.sheet)) if question.sheet else asked
        if share == "family":
            label, asked = _only_us(label), _only_us(asked)
        says = done and (answer.state == "answered" or not kinds.is_empty(question, answer.value))
        shown = shown_filled(question, answer.value, self.fill) if says else None
        return VisibleAnswer(question, label, asked, shown, answer.state in ("unsure", "ask"), note)


def shown_filled(question: Question, value: Value, fill: Callable[[str], str]) -> kinds.DisplayValue:
    """A value in words, the child named by `fill` where the set's own words have the child's place."""
    if question.choices or question.columns:
        question = msgspec.structs.replace(
            question,
            choices=tuple(msgspec.structs.replace(one, label=fill(one.label)) for one in question.choices),
            columns=tuple(msgspec.structs.replace(one, label=fill(one.label)) for one in question.columns),
        )
    shown = kinds.display_value(question, value)
    if shown.form == "goals":
        ours, theirs = shown.head[: len(GOAL_PARTS)], shown.head[len(GOAL_PARTS) :]
        shown = msgspec.structs.replace(shown, head=(*map(fill, ours), *theirs))
    return shown


def _only_us(text: str) -> str:
    """A label or a question on the family's own sheet that nobody else reads."""
    return _("{label} (only us)").format(label=text)


def _label(question: Question, child: ChildName) -> str:
    return one_line(_filled(question.sheet or question.title, child))


def _filled(text: str, child: ChildName) -> str:
    """`text` of a set with the child named. Only the set's own placeholders count, never a name that looks like one."""
    if CHILD_PLACEHOLDER not in text:
        return text
    first, *others = text.split(CHILD_PLACEHOLDER)
    inside, at_start = child
    return first + (at_start if not first else inside) + inside.join(others)
