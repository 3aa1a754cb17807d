"""Model of the question library: sets, questions, choices, columns, terms, deadlines and pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

import msgspec

from iep_tui.core.checksums import sha256_hex

Audience = Literal["family", "team", "teachers"]
Stage = Literal["before", "at", "after"]
Carry = Literal["yes", "ask", "no"]
KindName = Literal[
    "line", "text", "list", "one", "several", "date", "time", "number", "rate", "yesno", "table", "goals"
]
ColumnKind = Literal["line", "number", "date", "time", "yesno"]
Unit = Literal["none", "hours", "days", "school days", "months", "years"]
Actor = Literal["family", "school", "state"]
Confidence = Literal["high", "medium", "low", "habit"]

#: From narrowest to widest: the team may read everything that teachers may, and the family everything.
AUDIENCES: tuple[Audience, ...] = ("family", "team", "teachers")
STAGES: tuple[Stage, ...] = ("before", "at", "after")
CARRIES: tuple[Carry, ...] = ("yes", "ask", "no")
COLUMN_KINDS: tuple[ColumnKind, ...] = ("line", "number", "date", "time", "yesno")
UNITS: tuple[Unit, ...] = ("none", "hours", "days", "school days", "months", "years")
ACTORS: tuple[Actor, ...] = ("family", "school", "state")
CONFIDENCES: tuple[Confidence, ...] = ("high", "medium", "low", "habit")

#: The only placeholder in the question language.
CHILD_PLACEHOLDER = "{child}"


def may_read(share: Audience, reader: Audience) -> bool:
    """Return whether `reader` may read an answer with the audience `share`.

    >>> may_read("teachers", "team"), may_read("family", "team"), may_read("family", "family")
    (True, False, True)
    """
    return AUDIENCES.index(share) >= AUDIENCES.index(reader)


class TextSpan(msgspec.Struct, frozen=True):
    """A run of text in a paragraph; `strong` if the author emphasized it."""

    text: str
    strong: bool = False


class RichParagraph(msgspec.Struct, frozen=True):
    """One paragraph ("para"), list item ("item") or numbered step ("step") of a question file."""

    spans: tuple[TextSpan, ...]
    form: Literal["para", "item", "step"] = "para"

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


class Choice(msgspec.Struct, frozen=True):
    """One choice: the saved `value` and the displayed `label`; `words` if it takes the parent's own text."""

    value: str
    label: str
    words: bool = False


class Column(msgspec.Struct, frozen=True):
    """One column of a table question, saved under its `id`."""

    id: str
    label: str
    kind: ColumnKind = "line"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One question as its set defines it.

    `when` is the source of its condition (see `core.conditions`), `was` lists earlier ids, `law` is a citation to show,
    `sheet` the heading on sheets (the title if empty), `max` the maximum number of characters, list entries, choices or
    rows, and `line` the 1-based line in the set's file.
    """

    id: str
    kind: KindName
    title: str
    set_id: str
    line: int
    help: tuple[RichParagraph, ...] = ()
    examples: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    columns: tuple[Column, ...] = ()
    share: Audience = "team"
    core: bool = False
    when: str = ""
    was: tuple[str, ...] = ()
    sheet: str = ""
    law: str = ""
    carry: Carry = "ask"
    max: int | None = None

    def choice(self, value: str) -> Choice | None:
        """Return the choice with this saved value, or None."""
        return next((choice for choice in self.choices if choice.value == value), None)


class QuestionSet(msgspec.Struct, frozen=True, kw_only=True):
    """One file of questions. `minutes` estimates the time to answer all of it; `source` names the file in messages."""

    id: str
    title: str
    lang: str = "en"
    version: int = 1
    stage: Stage = "before"
    order: int = 0
    minutes: int = 0
    intro: tuple[RichParagraph, ...] = ()
    questions: tuple[Question, ...] = ()
    when: str = ""
    state: str = ""
    checked: str = ""
    source: str = ""


class Term(msgspec.Struct, frozen=True):
    """A glossary term with its other names and its meaning."""

    name: str
    meaning: str
    also: tuple[str, ...] = ()


class DeadlineStart(msgspec.Struct, frozen=True):
    """The start of a deadline: the answer to a date question, or each day in one column of a table question.

    `unless` and `is_ongoing` name yes/no columns of that table. A row with a yes in the first is over and is skipped; a
    row with a yes in the second has not ended. `time` is the question that holds the clock time.
    """

    question: str
    column: str = ""
    unless: str = ""
    time: str = ""
    is_ongoing: str = ""


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """One rule about a date: `offset` `unit`s from any of `starts`. The unit "none" is not counted.

    `about` marks an approximate offset. `before` is a date question: the day before its answer is the limit if that is
    sooner. `usual` is the number of days by which common practice is later (or, below 0, sooner) than the rule.

    `when` is the source of the condition. `state` is the two-letter code of the only state where the rule holds; it
    then replaces the general rule with the same id. `varies` means that a state may set its own rule instead.

    `rule` is a citation, `checked` the day it was looked up, `ask` advice on what to watch for and ask. `confidence`
    "habit" marks good practice, not a rule. `unless` describes what can stop, restart or move the count, and `late`
    what can still be done after the day; both are sentences.
    """

    id: str
    what: str
    acts: Actor
    confidence: Confidence
    line: int
    starts: tuple[DeadlineStart, ...] = ()
    offset: int = 0
    unit: Unit = "none"
    about: bool = False
    before: str = ""
    usual: int = 0
    when: str = ""
    rule: str = ""
    state: str = ""
    checked: str = ""
    ask: str = ""
    varies: bool = False
    unless: str = ""
    late: str = ""


class Section(msgspec.Struct, frozen=True):
    """A section of a page: heading and paragraphs."""

    title: str
    paras: tuple[RichParagraph, ...]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page to read: title, introduction and sections."""

    title: str
    intro: tuple[RichParagraph, ...] = ()
    sections: tuple[Section, ...] = ()
    checked: str = ""


class Catalogue:
    """All question sets in the order they are asked, with glossary and deadlines, and lookup by id.

    Sets are ordered by stage (before, at, after the meeting), then by `order`, then by id. If two sets or questions
    share an id, the first one wins; `sets check` reports it.
    """

    def __init__(
        self,
        sets: tuple[QuestionSet, ...],
        glossary: tuple[Term, ...] = (),
        deadlines: tuple[Deadline, ...] = (),
    ) -> None:
        self.sets = tuple(
            sorted(
                sets, key=lambda question_set: (STAGES.index(question_set.stage), question_set.order, question_set.id)
            )
        )
        self.glossary = glossary
        self.deadlines = deadlines
        self._sets = {question_set.id: question_set for question_set in reversed(self.sets)}
        self._questions = {
            question.id: question for question_set in reversed(self.sets) for question in question_set.questions
        }
        self._earlier = {old: question.id for question in reversed([*self.questions()]) for old in question.was}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all sets; changes when anything in a set changes."""
        return sha256_hex(msgspec.msgpack.encode(self.sets))

    def questions(self) -> Iterator[Question]:
        """Yield every question of every set, in order."""
        for question_set in self.sets:
            yield from question_set.questions

    def question(self, question_id: str) -> Question | None:
        """Return the question with this current id, or None."""
        return self._questions.get(question_id)

    def set(self, set_id: str) -> QuestionSet | None:
        return self._sets.get(set_id)

    def current_id(self, question_id: str) -> str:
        """Return the current id: `question_id` itself, or the id of the question that lists it in `was`."""
        if question_id in self._questions:
            return question_id
        return self._earlier.get(question_id, question_id)
