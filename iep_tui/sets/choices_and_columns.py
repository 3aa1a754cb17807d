"""Choices of a list and columns of a table, read from the body of a question."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from iep_tui.core.question_model import CHILD_PLACEHOLDER, COLUMN_KINDS, Choice, Column, ColumnKind
from iep_tui.i18n import _
from iep_tui.sets.attribute_values import id_message, slug
from iep_tui.sets.markdown_blocks import PlacedText, SourceBlock, check_words, start_of
from iep_tui.sets.problems import Problems, did_you_mean, list_text, quoted

#: What a choice starts with, ticked or badly spaced too; a Markdown link `[x](…)` is none.
_MARK = re.compile(r"(?:\( {0,3}[xX*]? {0,3}\)|\[ {0,3}[xX*]? {0,3}\])(?!\()")
_BRACED_END = re.compile(r"\{([^{}]*)\}\s*$")
_OWN_WORDS = re.compile(r":\s*_{4,}\s*$")
_ANY_BLANK = re.compile(r"__+")


# Choices: - ( ) Label {value}


def is_choices(block: SourceBlock) -> bool:
    """Whether this list is one of choices, well written or not."""
    return any(
        _MARK.match(first.raw) or ((end := _BRACED_END.search(first.raw)) and end[0].strip() != CHILD_PLACEHOLDER)
        for first in map(_first_words, block.items)
        if first is not None
    )


def _first_words(item: tuple[SourceBlock, ...]) -> PlacedText | None:
    return item[0].words if item and item[0].form == "para" else None


def list_mark(block: SourceBlock) -> Literal["( )", "[ ]"]:
    """What the choices of this list start with, as the first one that has a mark says."""
    for first in map(_first_words, block.items):
        mark = _MARK.match(first.raw) if first else None
        if mark:
            return "[ ]" if mark[0].startswith("[") else "( )"
    return "( )"


def read_choices(block: SourceBlock, problems: Problems) -> tuple[list[Choice], bool]:
    """The choices of a list, and whether all of them are right."""
    choices: dict[str, Choice] = {}
    before = len(problems)
    mark = list_mark(block)
    if block.ordered:
        message = _("Choices are not numbered. Start each with a hyphen: “- {mark} Label {{value}}”.")
        problems.tell(*start_of(block), message.format(mark=mark))
    for item in block.items:
        first = _first_words(item)
        if first is None:
            message = _("An empty choice. Write “- {mark} Label {{value}}” or take the line out.")
            problems.tell(*(start_of(item[0]) if item else (block.line, 1)), message.format(mark=mark))
            continue
        for part in item[1:]:
            problems.tell(*start_of(part), _("A choice is one line. Put this before or after the list of choices."))
        choice = _read_choice(first, mark, problems)
        if choice is None:
            continue
        if choice.value in choices:
            end = _BRACED_END.search(first.raw)
            message = _("Two choices have the value {value}. Give each its own.")
            problems.tell(*first.place(_in_braces(end)), message.format(value=quoted(choice.value)))
            continue
        choices[choice.value] = choice
    return list(choices.values()), len(problems) == before


def _in_braces(found: re.Match[str] | None) -> int:
    """Where the inside of the braces starts."""
    return found.start(1) if found else 0


def _read_choice(line: PlacedText, mark: str, problems: Problems) -> Choice | None:
    raw = line.raw
    start = _MARK.match(raw)
    if start is None:
        message = _("This choice does not start with {mark}. Write “- {mark} Label {{value}}”.")
        problems.tell(*line.place(0), message.format(mark=mark))
        return None
    if start[0] != mark:
        if start[0] in ("( )", "[ ]"):
            message = _("( ) means one choice and [ ] several; this list starts with {mark}. Use it for all of them.")
        else:
            message = _("A choice starts with {mark}, with one space inside and nothing ticked.")
        problems.tell(*line.place(0), message.format(mark=mark))
        return None
    end = _BRACED_END.search(raw)
    if end is None or end[0].strip() == CHILD_PLACEHOLDER:
        message = _("This choice has no value. Put one in braces at its end, for example: {example}")
        problems.tell(*line.place(len(raw.split("\n")[0])), message.format(example=_value_for(line, mark)))
        return None
    label_raw = raw[start.end() : end.start()]
    if raw[start.end()] != " " or not label_raw.strip():
        message = _("A choice needs a space after {mark} and then its label: “- {mark} Label {{value}}”.")
        problems.tell(*line.place(start.end()), message.format(mark=mark))
        return None
    if "\n" in raw:
        problems.tell(*line.place(raw.index("\n") + 1), _("A choice is one line. Put all of it on the line above."))
        return None
    if trouble := id_message(end[1]):
        problems.tell(*line.place(end.start(1)), trouble)
        return None
    label = _label(line, mark, end[0])
    blank = _OWN_WORDS.search(label_raw)
    if blank is None and (blanks := _ANY_BLANK.search(label_raw)):
        message = _("A choice that takes words ends in a colon and four underscores: “- {mark} Other: ____ {{other}}”.")
        problems.tell(*line.place(start.end() + blanks.start()), message.format(mark=mark))
        return None
    inner = msgspec.structs.replace(line, raw=raw[: end.start()])
    if not check_words(inner, problems):
        return None
    if blank is None:
        return Choice(end[1], label)
    own = _OWN_WORDS.sub("", label).rstrip()
    if not own:
        problems.tell(*line.place(start.end()), _("This choice has no label before its blank. Write one."))
        return None
    return Choice(end[1], own, True)


def _label(line: PlacedText, mark: str, braced: str) -> str:
    """The words of a choice between its mark and its value, without Markdown."""
    return line.text.removeprefix(mark).strip().removesuffix(" ".join(braced.split())).strip()


def _value_for(line: PlacedText, mark: str) -> str:
    """A value that would do for this choice, in braces."""
    return f"{{{slug(line.text.removeprefix(mark), 3) or 'value'}}}"


# Tables: | Label {id} | Label {id:kind} |


def read_columns(block: SourceBlock, problems: Problems) -> tuple[list[Column], bool]:
    """The columns of a table's header, and whether all of them are right; its rows are told where they hold words."""
    columns: dict[str, Column] = {}
    before = len(problems)
    for cell in block.head:
        column = _read_column(cell, problems)
        if column is None:
            continue
        if column.id in columns:
            end = _BRACED_END.search(cell.raw)
            message = _("Two columns have the id {id}. Give each its own.")
            problems.tell(*cell.place(_in_braces(end)), message.format(id=quoted(column.id)))
            continue
        columns[column.id] = column
    good = len(problems) == before
    for cell in (cell for row in block.rows for cell in row):
        if cell.text:
            message = _("The rows of a table are the family's to fill. Take {found} out, or put it in an example.")
            problems.tell(*cell.place(0), message.format(found=quoted(cell.text)))
    return list(columns.values()), good


def _read_column(cell: PlacedText, problems: Problems) -> Column | None:
    end = _BRACED_END.search(cell.raw)
    if end is None or end[0].strip() == CHILD_PLACEHOLDER:
        message = _("This column has no id. Put one in braces at its end: “Label {id}” or “Label {id:number}”.")
        problems.tell(*cell.place(len(cell.raw)), message)
        return None
    column_id, colon, kind = end[1].partition(":")
    label = cell.text.removesuffix(" ".join(end[0].split())).strip()
    if not label:
        problems.tell(*cell.place(0), _("This column has no label. Write one before its braces."))
        return None
    if trouble := id_message(column_id):
        problems.tell(*cell.place(end.start(1)), trouble)
        return None
    known: dict[str, ColumnKind] = {one: one for one in COLUMN_KINDS}
    if colon and kind not in known:
        message = _("A column cannot have the kind {found}.{hint} It is one of: {kinds}.")
        hint = did_you_mean(kind, COLUMN_KINDS)
        problems.tell(
            *cell.place(end.start(1) + len(column_id) + 1),
            message.format(found=quoted(kind), hint=hint, kinds=list_text(COLUMN_KINDS)),
        )
        return None
    if not check_words(msgspec.structs.replace(cell, raw=cell.raw[: end.start()]), problems):
        return None
    return Column(column_id, label, known[kind] if colon else "line")
