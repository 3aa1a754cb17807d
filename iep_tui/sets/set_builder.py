"""Builder of a set from blocks and attributes, with the position of each part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

import msgspec

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
from iep_tui.sets.attribute_parser import NO_ATTRIBUTES, SHOWN_KINDS, Attributes, read_attributes, was_ids
from iep_tui.sets.attribute_values import PlacedValue, slug
from iep_tui.sets.front_matter import FrontMatter
from iep_tui.sets.markdown_blocks import PlacedText, SourceBlock, check_words
from iep_tui.sets.problems import Problems, quoted
from iep_tui.sets.question_body import read_body, read_intro

#: The kinds whose answer has a length: characters, entries, choices or rows.
_COUNTED = ("line", "text", "list", "several", "table", "goals")
_TRAILING = re.compile(r"(\{(?:#|[^{}]*=)[^{}]*\}?)$")


class PlacedQuestion(msgspec.Struct, frozen=True):
    """A question and the places of its parts. `good` is False when it must not be asked as it stands."""

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
    """The set that these blocks make. None when nothing says which set it is, or whom it is for cannot be read."""
    building = _Building(attributes, front, problems)
    sections = _sections(blocks)
    title, intro = building.read_top(sections[0])
    placed = [one for section in sections[1:] if (one := building.read_question(section)) is not None]
    if len(sections) == 1:
        problems.tell(front.place("set")[0], 1, _("The set has no questions. A question is a line “## Question”."))
    # A set that was for some families only, and whose condition cannot be read, must not be shown to all.
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
            questions=tuple(one.question for one in placed if one.good),
            when=front.text("when"),
            state=front.text("state"),
            checked=front.text("checked"),
            source=path,
        ),
        tuple(placed),
    )


def _sections(blocks: list[SourceBlock]) -> list[list[SourceBlock]]:
    """The blocks before the first question, then those of each question, its heading first."""
    sections: list[list[SourceBlock]] = [[]]
    for block in blocks:
        if block.form == "heading" and block.level == 2:
            sections.append([])
        sections[-1].append(block)
    return sections


class _Building:
    def __init__(self, attributes: Mapping[int, Attributes], front: FrontMatter, problems: Problems) -> None:
        self.attributes = attributes
        self.front = front
        self.problems = problems
        self.lines_by_id: dict[str, int] = {}

    def read_top(self, blocks: list[SourceBlock]) -> tuple[str, tuple[RichParagraph, ...]]:
        """The title of the set and the words under it."""
        title: str | None = None
        rest: list[SourceBlock] = []
        for block in blocks:
            if block.form == "heading":
                if block.level == 1 and title is None and block.words is not None:
                    title = self._title(block.words)
                else:
                    self._tell_heading(block)
            else:
                if title is None and block.form == "para" and block.words is not None:
                    message = _("Words before the title. The line “# Title” comes first, after the front matter.")
                    self.problems.tell(*block.words.place(0), message)
                rest.append(block)
        if title is None:
            line = max(self.front.lines.stop, 1)
            self.problems.tell(line, 1, _("The set has no title. Write “# Title” after the front matter."))
        return title or "", read_intro(rest, self.problems)

    def read_question(self, blocks: list[SourceBlock]) -> PlacedQuestion | None:
        """The question of this section, None when it has no id of its own."""
        heading, under = blocks[0], [block for block in blocks[1:] if block.form != "heading"]
        for block in blocks[1:]:
            if block.form == "heading":
                self._tell_heading(block)
        attributes, title = self._heading(heading)
        kind = attributes.text("kind")
        body = read_body(under, self.problems, by_line=kind == "list")
        if attributes.id is None:
            return None
        good = attributes.good and body.good
        good &= self._fits("kind", attributes, not body.shown, body.shown)
        kind = body.shown or (kind if kind not in SHOWN_KINDS else "") or "text"
        good &= self._fits("max", attributes, kind in _COUNTED, kind)
        question_id = attributes.id.text
        if question_id in self.lines_by_id:
            message = _("The id {id} is already used on line {line}. Give each question its own.")
            message = message.format(id=quoted(question_id), line=self.lines_by_id[question_id])
            self.problems.tell(attributes.id.line, attributes.id.column, message)
            return None
        self.lines_by_id[question_id] = attributes.id.line
        was = tuple(was_ids(attributes.values["was"])) if "was" in attributes.values else ()
        question = Question(
            id=question_id,
            kind=cast(KindName, kind),
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
        return PlacedQuestion(question, attributes.id, attributes.values.get("when"), was, good)

    def _heading(self, heading: SourceBlock) -> tuple[Attributes, str]:
        """The attributes and the title of a question; attributes behind the title are told, then used."""
        words = heading.words
        attributes = self.attributes.get(heading.line)
        if words is None:
            return attributes or NO_ATTRIBUTES, ""
        trailing = _TRAILING.search(words.raw)
        if trailing:
            line, column = words.place(trailing.start(1))
            message = _("Attributes stand on a line of their own, directly before the ##. Move {found} there.")
            self.problems.tell(line, column, message.format(found=quoted(trailing[1])))
            if attributes is None:
                attributes = read_attributes(trailing[1], line, column, self.problems)
            text = words.text.removesuffix(" ".join(trailing[1].split())).rstrip()
            words = msgspec.structs.replace(words, raw=words.raw[: trailing.start()], spans=(TextSpan(text),))
        title = self._title(words)
        if attributes is None:
            message = _("This question has no attribute line. Put one with its id directly before it, like {example}")
            self.problems.tell(heading.line, 1, message.format(example=_example(title, self.front.text("set"))))
        return attributes or NO_ATTRIBUTES, title

    def _title(self, words: PlacedText) -> str:
        if not words.text:
            self.problems.tell(*words.place(0), _("This heading is empty. Write its words after the # signs."))
        check_words(words, self.problems)
        return words.text

    def _tell_heading(self, block: SourceBlock) -> None:
        if block.level == 1:
            message = _("A second title. A file is one set with one “# Title”; a question starts with ##.")
        elif block.level == 2:
            message = _("This question stands where none can. Put it at the start of a line, after an empty line.")
        else:
            message = _("A set has no headings below ##. Make this a paragraph, or a question with ##.")
        self.problems.tell(block.line, 1, message)

    def _fits(self, key: str, attributes: Attributes, right: bool, kind: str) -> bool:
        """Whether `kind` or `max` agrees with what the question turned out to be; told where it does not."""
        entry = attributes.values.get(key)
        if entry is None:
            return True
        if key == "kind":
            if right and entry.text in SHOWN_KINDS:
                message = _("kind={kind} needs {body} under the question. Add it, or choose another kind.")
                message = message.format(kind=entry.text, body=_bodies()[entry.text])
            elif not right and entry.text != kind:
                message = _("kind={kind}, but under the question stands {body}. Take one of the two out.")
                message = message.format(kind=entry.text, body=_bodies()[kind])
            else:
                return True
        elif right:
            return True
        else:
            message = _("max counts characters, entries, choices or rows; the kind {kind} has none. Take max out.")
            message = message.format(kind=quoted(kind))
        self.problems.tell(entry.line, entry.column, message)
        return False


def _bodies() -> dict[str, str]:
    return {
        "one": _("a list of choices with ( )"),
        "several": _("a list of choices with [ ]"),
        "table": _("a table"),
    }


def _example(title: str, set_id: str) -> str:
    """An attribute line that would do for a question of this title."""
    last = " ".join(re.findall(r"\w{3,}", title.replace(CHILD_PLACEHOLDER, ""))[-2:])
    return f"{{#{'-'.join(part for part in (set_id, slug(last)) if part) or 'my-question'}}}"
