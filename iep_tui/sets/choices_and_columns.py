"""Choices of a list and columns of a table, read from the body of a question."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from iep_tui.core.kinds import column_kinds
from iep_tui.core.question_model import CHILD_PLACEHOLDER, Choice, Column
from iep_tui.i18n import _
from iep_tui.sets.attribute_values import id_message, slug
from iep_tui.sets.markdown_blocks import PlacedText, SourceBlock, check_words, start_of
from iep_tui.sets.problems import Problems, did_you_mean, list_text, quoted

#: The mark at the start of a choice, even if ticked or badly spaced, but not a Markdown link `[x](…)`.
_MARK = re.compile(r"(?:\( {0,3}[xX*]? {0,3}\)|\[ {0,3}[xX*]? {0,3}\])(?!\()")
_BRACED_END = re.compile(r"\{([^{}]*)\}\s*$")
_OWN_WORDS = re.compile(r":\s*_{4,}\s*$")
_ANY_BLANK = re.compile(r"__+")


# Choices: - ( ) Label {value}


def is_choices(block: SourceBlock) -> bool:
    """Return whether this list is meant as a list of choices, valid or not."""
    return any(
        _MARK.match(first.raw) or ((end := _BRACED_END.search(first.raw)) and end[0].strip() != CHILD_PLACEHOLDER)
        for first in map(_first_text, block.items)
        if first is not None
    )


def _first_text(item: tuple[SourceBlock, ...]) -> PlacedText | None:
    return item[0].words if item and item[0].form == "para" else None


def list_mark(block: SourceBlock) -> Literal["( )", "[ ]"]:
    """Return the mark of this list, taken from its first choice that has one."""
    for first in map(_first_text, block.items):
        mark = _MARK.match(first.raw) if first else None
        if mark:
            return "[ ]" if mark[0].startswith("[") else "( )"
    return "( )"


def read_choices(block: SourceBlock, problems: Problems) -> tuple[list[Choice], bool]:
    """Return the choices of a list, and whether all of them are valid."""
    choices: dict[str, Choice] = {}
    before = len(problems)
    mark = list_mark(block)
    if block.ordered:
        message = _("Choices are not numbered. Start each with a hyphen: “- {mark} Label {{value}}”.")
        problems.add(*start_of(block), message.format(mark=mark))
    for item in block.items:
        first = _first_text(item)
        if first is None:
            message = _("An empty choice. Write “- {mark} Label {{value}}” or remove the line.")
            problems.add(*(start_of(item[0]) if item else (block.line, 1)), message.format(mark=mark))
            continue
        for part in item[1:]:
            problems.add(*start_of(part), _("A choice is one line. Put this before or after the list of choices."))
        choice = _read_choice(first, mark, problems)
        if choice is None:
            continue
        if choice.value in choices:
            end = _BRACED_END.search(first.raw)
            message = _("Two choices have the value {value}. Give each its own.")
            problems.add(*first.place(_inside_offset(end)), message.format(value=quoted(choice.value)))
            continue
        choices[choice.value] = choice
    return list(choices.values()), len(problems) == before


def _inside_offset(match: re.Match[str] | None) -> int:
    """Return the offset of the text inside the braces."""
    return match.start(1) if match else 0


def _read_choice(line: PlacedText, mark: str, problems: Problems) -> Choice | None:
    raw = line.raw
    mark_match = _MARK.match(raw)
    if mark_match is None:
        message = _("This choice does not start with {mark}. Write “- {mark} Label {{value}}”.")
        problems.add(*line.place(0), message.format(mark=mark))
        return None
    if mark_match[0] != mark:
        if mark_match[0] in ("( )", "[ ]"):
            message = _("( ) means one choice and [ ] several; this list starts with {mark}. Use it for all of them.")
        else:
            message = _("A choice starts with {mark}, with one space inside and nothing ticked.")
        problems.add(*line.place(0), message.format(mark=mark))
        return None
    braces = _BRACED_END.search(raw)
    if braces is None or braces[0].strip() == CHILD_PLACEHOLDER:
        message = _("This choice has no value. Put one in braces at its end, for example: {example}")
        problems.add(*line.place(len(raw.split("\n")[0])), message.format(example=_suggested_value(line, mark)))
        return None
    label_raw = raw[mark_match.end() : braces.start()]
    if raw[mark_match.end()] != " " or not label_raw.strip():
        message = _("A choice needs a space after {mark} and then its label: “- {mark} Label {{value}}”.")
        problems.add(*line.place(mark_match.end()), message.format(mark=mark))
        return None
    if "\n" in raw:
        problems.add(*line.place(raw.index("\n") + 1), _("A choice is one line. Put all of it on the line above."))
        return None
    if trouble := id_message(braces[1]):
        problems.add(*line.place(braces.start(1)), trouble)
        return None
    label = _label(line, mark, braces[0])
    blank = _OWN_WORDS.search(label_raw)
    if blank is None and (blanks := _ANY_BLANK.search(label_raw)):
        message = _("A choice that takes words ends in a colon and four underscores: “- {mark} Other: ____ {{other}}”.")
        problems.add(*line.place(mark_match.end() + blanks.start()), message.format(mark=mark))
        return None
    inner = msgspec.structs.replace(line, raw=raw[: braces.start()])
    if not check_words(inner, problems):
        return None
    if blank is None:
        return Choice(braces[1], label)
    own_label = _OWN_WORDS.sub("", label).rstrip()
    if not own_label:
        problems.add(*line.place(mark_match.end()), _("This choice has no label before its blank. Write one."))
        return None
    return Choice(braces[1], own_label, True)


def _label(line: PlacedText, mark: str, braced: str) -> str:
    """Return the label of a choice, the text between its mark and its value, without Markdown."""
    return line.text.removeprefix(mark).strip().removesuffix(" ".join(braced.split())).strip()


def _suggested_value(line: PlacedText, mark: str) -> str:
    """Suggest a value in braces for this choice."""
    return f"{{{slug(line.text.removeprefix(mark), 3) or 'value'}}}"


# Tables: | Label {id} | Label {id:kind} |


def read_columns(block: SourceBlock, problems: Problems) -> tuple[list[Column], bool]:
    """Return the columns of a table's header, and whether all are valid. Rows that contain text are errors."""
    columns: dict[str, Column] = {}
    before = len(problems)
    for cell in block.head:
        column = _read_column(cell, problems)
        if column is None:
            continue
        if column.id in columns:
            end = _BRACED_END.search(cell.raw)
            message = _("Two columns have the id {id}. Give each its own.")
            problems.add(*cell.place(_inside_offset(end)), message.format(id=quoted(column.id)))
            continue
        columns[column.id] = column
    is_valid = len(problems) == before
    for cell in (cell for row in block.rows for cell in row):
        if cell.text:
            message = _("The rows of a table are the family's to fill. Remove {found}, or put it in an example.")
            problems.add(*cell.place(0), message.format(found=quoted(cell.text)))
    return list(columns.values()), is_valid


def _read_column(cell: PlacedText, problems: Problems) -> Column | None:
    braces = _BRACED_END.search(cell.raw)
    if braces is None or braces[0].strip() == CHILD_PLACEHOLDER:
        message = _("This column has no id. Put one in braces at its end: “Label {id}” or “Label {id:number}”.")
        problems.add(*cell.place(len(cell.raw)), message)
        return None
    column_id, colon, kind = braces[1].partition(":")
    label = cell.text.removesuffix(" ".join(braces[0].split())).strip()
    if not label:
        problems.add(*cell.place(0), _("This column has no label. Write one before its braces."))
        return None
    if trouble := id_message(column_id):
        problems.add(*cell.place(braces.start(1)), trouble)
        return None
    kinds = column_kinds()
    if colon and kind not in kinds:
        message = _("A column cannot have the kind {found}.{hint} It is one of: {kinds}.")
        hint = did_you_mean(kind, kinds)
        problems.add(
            *cell.place(braces.start(1) + len(column_id) + 1),
            message.format(found=quoted(kind), hint=hint, kinds=list_text(kinds)),
        )
        return None
    if not check_words(msgspec.structs.replace(cell, raw=cell.raw[: braces.start()]), problems):
        return None
    return Column(column_id, label, kind if colon else "line")
