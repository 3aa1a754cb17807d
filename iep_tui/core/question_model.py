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

#: From the narrowest reader to the widest: what teachers may read the team may read, and the family reads all.
AUDIENCES: tuple[Audience, ...] = ("family", "team", "teachers")
STAGES: tuple[Stage, ...] = ("before", "at", "after")
CARRIES: tuple[Carry, ...] = ("yes", "ask", "no")
COLUMN_KINDS: tuple[ColumnKind, ...] = ("line", "number", "date", "time", "yesno")
UNITS: tuple[Unit, ...] = ("none", "hours", "days", "school days", "months", "years")
ACTORS: tuple[Actor, ...] = ("family", "school", "state")
CONFIDENCES: tuple[Confidence, ...] = ("high", "medium", "low", "habit")

#: The one placeholder of the question language.
CHILD_PLACEHOLDER = "{child}"


def may_read(share: Audience, reader: Audience) -> bool:
    """Whether `reader` gets an answer that is shared with `share`.

    >>> may_read("teachers", "team"), may_read("family", "team"), may_read("family", "family")
    (True, False, True)
    """
    return AUDIENCES.index(share) >= AUDIENCES.index(reader)


class TextSpan(msgspec.Struct, frozen=True):
    """A run of words in a paragraph of a set; `strong` when the set's author stressed it."""

    text: str
    strong: bool = False


class RichParagraph(msgspec.Struct, frozen=True):
    """One paragraph, list item ("item") or numbered step ("step") of a set's own words."""

    spans: tuple[TextSpan, ...]
    form: Literal["para", "item", "step"] = "para"

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


class Choice(msgspec.Struct, frozen=True):
    """One choice: `value` is what is saved, `label` what is read; `words` when it takes the parent's own words."""

    value: str
    label: str
    words: bool = False


class Column(msgspec.Struct, frozen=True):
    """One column of a table question; `id` is what is saved."""

    id: str
    label: str
    kind: ColumnKind = "line"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One question as its set states it.

    `when` is the condition's source (see `core.conditions`), `was` earlier ids of the same question,
    `law` a citation to show, `sheet` its heading on the sheet (the title when empty), `max` the largest
    number of characters, list entries, choices or rows, `line` the 1-based line of the set's file.
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
        """The choice that is saved as `value`, or None."""
        return next((choice for choice in self.choices if choice.value == value), None)


class QuestionSet(msgspec.Struct, frozen=True, kw_only=True):
    """One file of questions. `minutes` is an honest estimate for all of it; `source` names the file in a message."""

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
    """A word parents meet in meetings, other names for it, and what it means."""

    name: str
    meaning: str
    also: tuple[str, ...] = ()


class DeadlineStart(msgspec.Struct, frozen=True):
    """What a deadline is counted from: the answer to a date question, or each day in one column of a table question.

    `unless` and `is_ongoing` are yes-or-no columns of that table: a row that says yes under the first is over, and one
    that says yes under the second is about something that has not ended. `time` is the question that holds the clock
    time of the day.
    """

    question: str
    column: str = ""
    unless: str = ""
    time: str = ""
    is_ongoing: str = ""


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """One rule about a date, as its file states it: `offset` `unit`s from any of `starts`; "none" is not counted.

    `about` says that the number is no exact one. `before` is a date question: the day before its answer counts where
    that is sooner. `usual` is how many days later (or, below 0, sooner) people commonly count than the rule does.
    `when` is the condition's source, `state` the two letters of the state it holds in: such a rule stands in the
    place of one with its id for all states. `rule` is a citation, `checked` the day it was looked up, `ask` what to
    be careful with and what to ask. `confidence` "habit" is no rule at all.

    `varies` says that a state may set a rule of its own instead. `unless` is what can stop, restart or move the
    count, `late` what can still be done once the day has passed; both are sentences.
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
    """A part of a page under its heading."""

    title: str
    paras: tuple[RichParagraph, ...]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page that is there to be read: its title, the words under it, and its sections."""

    title: str
    intro: tuple[RichParagraph, ...] = ()
    sections: tuple[Section, ...] = ()
    checked: str = ""


class Catalogue:
    """All question sets in the order they are asked, with their glossary and the rules about dates; ids are looked up
    here.

    The order is by stage (before, at, after the meeting), then the set's `order`, then its id. Where two
    sets or questions share an id the first one counts; `sets check` says so.
    """

    def __init__(
        self,
        sets: tuple[QuestionSet, ...],
        glossary: tuple[Term, ...] = (),
        deadlines: tuple[Deadline, ...] = (),
    ) -> None:
        self.sets = tuple(sorted(sets, key=lambda one: (STAGES.index(one.stage), one.order, one.id)))
        self.glossary = glossary
        self.deadlines = deadlines
        self._sets = {one.id: one for one in reversed(self.sets)}
        self._questions = {question.id: question for one in reversed(self.sets) for question in one.questions}
        self._earlier = {old: question.id for question in reversed([*self.questions()]) for old in question.was}

    @cached_property
    def digest(self) -> str:
        """A name for these very sets: another as soon as anything in one of them is another."""
        return sha256_hex(msgspec.msgpack.encode(self.sets))

    def questions(self) -> Iterator[Question]:
        """Every question of every set, in order."""
        for one in self.sets:
            yield from one.questions

    def question(self, question_id: str) -> Question | None:
        """The question of this id today, or None."""
        return self._questions.get(question_id)

    def set(self, set_id: str) -> QuestionSet | None:
        return self._sets.get(set_id)

    def current_id(self, question_id: str) -> str:
        """The id that `question_id` has today: itself, or the question that names it in `was`."""
        if question_id in self._questions:
            return question_id
        return self._earlier.get(question_id, question_id)
