"""Builder of a set from blocks and attributes, with the position of each part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import assert_never, cast

import msgspec

from iep_tui.core.kinds import KINDS, AnswerKind, all_kinds, kind_names
from iep_tui.core.kinds.base import BodyMark
from iep_tui.core.question_model import (
    CHILD_PLACEHOLDER,
    Audience,
    Carry,
    KindName,
    Question,
    QuestionSet,
    RichParagraph,
    Stage,
    TextSpan,
)
from iep_tui.i18n import _
from iep_tui.sets.attribute_parser import NO_ATTRIBUTES, Attributes, read_attributes, was_ids
from iep_tui.sets.attribute_values import PlacedValue, slug
from iep_tui.sets.front_matter import FrontMatter
from iep_tui.sets.markdown_blocks import PlacedText, SourceBlock, check_words
from iep_tui.sets.problems import Problems, quoted
from iep_tui.sets.question_body import read_body, read_intro

_TRAILING_ATTRIBUTES = re.compile(r"(\{(?:#|[^{}]*=)[^{}]*\}?)$")


class PlacedQuestion(msgspec.Struct, frozen=True):
    """A question with the positions of its parts. `good` is False if errors make it unsafe to ask."""

    question: Question
    id: PlacedValue
    when: PlacedValue | None
    was: tuple[PlacedValue, ...]
    good: bool


class BuiltSet(msgspec.Struct, frozen=True):
    set: QuestionSet | None
    placed: tuple[PlacedQuestion, ...]


def build_set(
    blocks: list[SourceBlock],
    attributes: Mapping[int, Attributes],
    front: FrontMatter,
    problems: Problems,
    *,
    path: str,
    lang: str,
) -> BuiltSet:
    """Build the set from its blocks. No set if the front matter has no id, or an invalid condition or state."""
    builder = _SetBuilder(attributes, front, problems)
    sections = _sections(blocks)
    title, intro = builder.read_top(sections[0])
    placed = [question for section in sections[1:] if (question := builder.read_question(section)) is not None]
    if len(sections) == 1:
        problems.add(front.place("set")[0], 1, _("The set has no questions. A question is a line “## Question”."))
    # A set that applies only to some families must not be shown to all because its condition is invalid.
    if "set" not in front.entries or front.broken & {"when", "state"}:
        return BuiltSet(None, tuple(placed))
    return BuiltSet(
        QuestionSet(
            id=front.text("set"),
            title=title or front.text("set"),
            lang=front.text("lang", lang),
            version=front.number("version", 1),
            stage=cast(Stage, front.text("stage", "before")),
            order=front.number("order", 0),
            minutes=front.number("minutes", 0),
            intro=intro,
            questions=tuple(entry.question for entry in placed if entry.good),
            when=front.text("when"),
            state=front.text("state"),
            checked=front.text("checked"),
            source=path,
        ),
        tuple(placed),
    )


def _sections(blocks: list[SourceBlock]) -> list[list[SourceBlock]]:
    """Split into the blocks before the first question and those of each question, heading first."""
    sections: list[list[SourceBlock]] = [[]]
    for block in blocks:
        if block.form == "heading" and block.level == 2:
            sections.append([])
        sections[-1].append(block)
    return sections


class _SetBuilder:
    def __init__(self, attributes: Mapping[int, Attributes], front: FrontMatter, problems: Problems) -> None:
        self.attributes = attributes
        self.front = front
        self.problems = problems
        self.lines_by_id: dict[str, int] = {}

    def read_top(self, blocks: list[SourceBlock]) -> tuple[str, tuple[RichParagraph, ...]]:
        """Read the title of the set and its introduction."""
        title: str | None = None
        rest: list[SourceBlock] = []
        for block in blocks:
            if block.form == "heading":
                if block.level == 1 and title is None and block.words is not None:
                    title = self._title(block.words)
                else:
                    self._report_heading(block)
            else:
                if title is None and block.form == "para" and block.words is not None:
                    message = _("Words before the title. The line “# Title” comes first, after the front matter.")
                    self.problems.add(*block.words.place(0), message)
                rest.append(block)
        if title is None:
            line = max(self.front.lines.stop, 1)
            self.problems.add(line, 1, _("The set has no title. Write “# Title” after the front matter."))
        return title or "", read_intro(rest, self.problems)

    def read_question(self, blocks: list[SourceBlock]) -> PlacedQuestion | None:
        """Read the question of one section; None if it has no unique id."""
        heading, body_blocks = blocks[0], [block for block in blocks[1:] if block.form != "heading"]
        for block in blocks[1:]:
            if block.form == "heading":
                self._report_heading(block)
        attributes, title = self._heading(heading)
        name = attributes.text("kind")
        written = KINDS[name] if name in kind_names() else None
        body = read_body(body_blocks, self.problems, by_line=written is not None and written.input_form == "lines")
        if attributes.id is None:
            return None
        is_good = attributes.good and body.good
        shown = _kind_of_mark(body.mark, written)
        is_good &= self._fits_kind(attributes, shown)
        kind = shown or (written.name if written is not None and not written.body_mark else "text")
        is_good &= self._fits_max(attributes, kind)
        question_id = attributes.id.text
        if question_id in self.lines_by_id:
            message = _("The id {id} is already used on line {line}. Give each question its own.")
            message = message.format(id=quoted(question_id), line=self.lines_by_id[question_id])
            self.problems.add(attributes.id.line, attributes.id.column, message)
            return None
        self.lines_by_id[question_id] = attributes.id.line
        was = tuple(was_ids(attributes.values["was"])) if "was" in attributes.values else ()
        question = Question(
            id=question_id,
            kind=kind,
            title=title,
            set_id=self.front.text("set"),
            line=heading.line,
            help=tuple(body.help),
            examples=tuple(body.examples),
            choices=tuple(body.choices),
            columns=tuple(body.columns),
            share=cast(Audience, attributes.text("share", "team")),
            core=attributes.text("core") == "yes",
            when=attributes.text("when"),
            was=tuple(entry.text for entry in was),
            sheet=attributes.text("sheet"),
            law=attributes.text("law"),
            carry=cast(Carry, attributes.text("carry", "ask")),
            max=int(attributes.text("max")) if "max" in attributes.values else None,
        )
        return PlacedQuestion(question, attributes.id, attributes.values.get("when"), was, is_good)

    def _heading(self, heading: SourceBlock) -> tuple[Attributes, str]:
        """Return the attributes and title of a question. Attributes after the title are reported, then used."""
        words = heading.words
        attributes = self.attributes.get(heading.line)
        if words is None:
            return attributes or NO_ATTRIBUTES, ""
        trailing = _TRAILING_ATTRIBUTES.search(words.raw)
        if trailing:
            line, column = words.place(trailing.start(1))
            message = _("Attributes go on a line of their own, directly before the ##. Move {found} there.")
            self.problems.add(line, column, message.format(found=quoted(trailing[1])))
            if attributes is None:
                attributes = read_attributes(trailing[1], line, column, self.problems)
            text = words.text.removesuffix(" ".join(trailing[1].split())).rstrip()
            words = msgspec.structs.replace(words, raw=words.raw[: trailing.start()], spans=(TextSpan(text),))
        title = self._title(words)
        if attributes is None:
            message = _("This question has no attribute line. Put one with its id directly before it, like {example}")
            self.problems.add(heading.line, 1, message.format(example=_example(title, self.front.text("set"))))
        return attributes or NO_ATTRIBUTES, title

    def _title(self, words: PlacedText) -> str:
        if not words.text:
            self.problems.add(*words.place(0), _("This heading is empty. Write its words after the # signs."))
        check_words(words, self.problems)
        return words.text

    def _report_heading(self, block: SourceBlock) -> None:
        if block.level == 1:
            message = _("A second title. A file is one set with one “# Title”; a question starts with ##.")
        elif block.level == 2:
            message = _("A question cannot be here. Put it at the start of a line, after an empty line.")
        else:
            message = _("A set has no headings below ##. Make this a paragraph, or a question with ##.")
        self.problems.add(block.line, 1, message)

    def _fits_kind(self, attributes: Attributes, shown: str) -> bool:
        """Report a `kind` that disagrees with `shown`, the kind that the markup under the question gives it."""
        entry = attributes.values.get("kind")
        if entry is None or entry.text == shown:
            return True
        if shown:
            message = _("kind={kind}, but the question has {body}. Remove one of the two.")
            mark = KINDS[shown].body_mark
        elif entry.text in kind_names() and (mark := KINDS[entry.text].body_mark):
            message = _("kind={kind} needs {body} under the question. Add it, or choose another kind.")
        else:
            return True
        self.problems.add(entry.line, entry.column, message.format(kind=entry.text, body=_mark_text(mark)))
        return False

    def _fits_max(self, attributes: Attributes, kind: str) -> bool:
        """Report a `max` that limits nothing in an answer of this kind."""
        entry = attributes.values.get("max")
        if entry is None or KINDS[kind].counts_max:
            return True
        message = _("max counts characters, entries, choices or rows; the kind {kind} has none. Remove max.")
        self.problems.add(entry.line, entry.column, message.format(kind=quoted(kind)))
        return False


def _kind_of_mark(mark: BodyMark, written: AnswerKind | None) -> KindName:
    """Return the kind that the markup under a question gives it: the written one if it has this mark; "" without."""
    if not mark:
        return ""
    if written is not None and written.body_mark == mark:
        return written.name
    return next(kind.name for kind in all_kinds() if kind.body_mark == mark)


def _mark_text(mark: BodyMark) -> str:
    match mark:
        case "( )":
            return _("a list of choices with ( )")
        case "[ ]":
            return _("a list of choices with [ ]")
        case "table":
            return _("a table")
        case "":
            return ""
        case _:
            assert_never(mark)


def _example(title: str, set_id: str) -> str:
    """Suggest an attribute line for a question with this title."""
    last = " ".join(re.findall(r"\w{3,}", title.replace(CHILD_PLACEHOLDER, ""))[-2:])
    return f"{{#{'-'.join(part for part in (set_id, slug(last)) if part) or 'my-question'}}}"
