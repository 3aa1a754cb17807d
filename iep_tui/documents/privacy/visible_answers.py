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

#: The child's name, or words for it, inside a sentence and at its start.
ChildName: TypeAlias = tuple[str, str]


class VisibleAnswer(msgspec.Struct, frozen=True):
    """A question and the part of its answer that one reader may see, with all names filled in.

    `label` goes before the answer; `asked` is the question text. `shown` is None without an answer; `open` marks an
    open question for the school. `note` is the family's own note, "" for other readers.
    """

    question: Question
    label: str
    asked: str
    shown: kinds.DisplayValue | None
    open: bool
    note: str


class ReaderView:
    """The answers one reader may see; everything else is filtered out here."""

    def __init__(self, interview: Interview, reader: Audience) -> None:
        self.interview = interview
        self.reader = reader
        self._child = self._child_name(reader)
        self._readable = frozenset(share for share in AUDIENCES if may_read(share, reader))
        self._withheld: list[tuple[Question, Audience]] = []
        answers = interview.answers.by_id()
        self._by_id = {
            question.id: answer
            for question in interview.live
            if question.id in answers and (answer := self._visible_answer(question)) is not None
        }

    @property
    def all(self) -> Iterable[VisibleAnswer]:
        """The answers this reader may see, in question order."""
        return self._by_id.values()

    def of(self, question_id: str) -> VisibleAnswer | None:
        """Return the visible answer to a question, or None."""
        return self._by_id.get(question_id)

    def words(self, question_id: str) -> str:
        """Return an answer on one line; "" if this reader may not see it or the question is still open."""
        answer = self.of(question_id)
        return one_line(answer.shown.summary) if answer and answer.shown and not answer.open else ""

    def fill(self, text: str) -> str:
        """Return `text` of a question set with the child's name filled in, if this reader may know it."""
        return _filled(text, self._child)

    def family_label(self, question: Question) -> str:
        """Return a question's label for the family, used when listing answers that others do not see."""
        return _label(question, self._child_name("family"))

    def left_out(self) -> tuple[LeftOut, ...]:
        """Return the answers this reader does not see, and the hidden ones, which nobody sees."""
        child = self._child_name("family")
        reasons = {"family": _("only for the family")}
        left_out = [
            LeftOut(question.id, _label(question, child), share, reasons.get(share) or _("not for teachers"))
            for question, share in self._withheld
        ]
        for question_id, answer in self.interview.hidden_answers():
            question = self.interview.catalogue.question(question_id)
            if question is None and answer.state != "skipped" and answer.value not in (None, "", [], {}):
                left_out.append(LeftOut(question_id, question_id, answer.share or "family", _("set aside")))
            elif question is not None and is_done(question, answer):
                share = effective_share(question, answer)
                left_out.append(LeftOut(question_id, _label(question, child), share, _("set aside")))
        return tuple(left_out)

    def _child_name(self, reader: Audience) -> ChildName:
        """Return the child's name for the text of question sets, as this reader may see it."""
        question = self.interview.catalogue.question(CHILD_NAME)
        answer = self.interview.answers.of(CHILD_NAME)
        if question is None or not self.interview.is_live(CHILD_NAME) or answer.state != "answered":
            return _("our child"), _("Our child")
        if not may_read(effective_share(question, answer), reader):
            return _("the child"), _("The child")
        name = one_line(self.interview.child_name())
        return (name, name) if name else (_("our child"), _("Our child"))

    def _visible_answer(self, question: Question) -> VisibleAnswer | None:
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
        has_answer = done and (answer.state == "answered" or not kinds.is_empty(question, answer.value))
        shown = shown_filled(question, answer.value, self.fill) if has_answer else None
        return VisibleAnswer(question, label, asked, shown, answer.state in ("unsure", "ask"), note)


def shown_filled(question: Question, value: Value, fill: Callable[[str], str]) -> kinds.DisplayValue:
    """Return a value for display, with the child's name filled into the question set's own text by `fill`."""
    if question.choices or question.columns:
        question = msgspec.structs.replace(
            question,
            choices=tuple(msgspec.structs.replace(choice, label=fill(choice.label)) for choice in question.choices),
            columns=tuple(msgspec.structs.replace(column, label=fill(column.label)) for column in question.columns),
        )
    shown = kinds.display_value(question, value)
    if shown.form == "goals":
        goal_parts, other_columns = shown.head[: len(GOAL_PARTS)], shown.head[len(GOAL_PARTS) :]
        shown = msgspec.structs.replace(shown, head=(*map(fill, goal_parts), *other_columns))
    return shown


def _only_us(text: str) -> str:
    """Mark a label or question on the family's own sheet that nobody else sees."""
    return _("{label} (only us)").format(label=text)


def _label(question: Question, child: ChildName) -> str:
    return one_line(_filled(question.sheet or question.title, child))


def _filled(text: str, child: ChildName) -> str:
    """Fill the child's name into `text`. Only the set's own placeholders count, even if a name looks like one."""
    if CHILD_PLACEHOLDER not in text:
        return text
    start, *rest = text.split(CHILD_PLACEHOLDER)
    mid_sentence, at_start = child
    return start + (at_start if not start else mid_sentence) + mid_sentence.join(rest)
