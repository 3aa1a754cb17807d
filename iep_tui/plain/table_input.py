"""Input of a table or goals: the list of rows, and one row filled in column by column."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds.goals import GOAL_PARTS, goal_prompt
from iep_tui.core.kinds.table import cell_message, cell_text, is_cell_empty, is_row_empty, read_cell
from iep_tui.core.question_model import Column
from iep_tui.core.text_sanitizer import clean_line
from iep_tui.i18n import _
from iep_tui.plain.answer_view import AnswerView
from iep_tui.plain.question_lines import row_text
from iep_tui.plain.reorder_commands import entry_place, move_or_remove
from iep_tui.plain.row_operations import (
    TableRow,
    columns_of,
    entries_of,
    number_in,
    replaced,
    value_of,
    with_cell,
    without,
)
from iep_tui.plain.slash_commands import GivenCommand


def ask_rows(room: AnswerView) -> None:
    """The rows of a table, or goals, until the family goes on. Words that are no number begin a new row."""
    while True:
        entries = _entries(room)
        line = room.ask_line(_prompt(room, len(entries)), ("add", "change", "move", "remove"))
        if isinstance(line, GivenCommand):
            _obey(room, line)
            continue
        if line.blank:
            return
        place = number_in(line.text, len(entries))
        if place is not None:
            fill_row(room, place)
        elif line.text.strip().isdigit():
            room.error(_("There is no number {number} here. /add begins a new one.").format(number=line.text.strip()))
        else:
            fill_row(room, len(entries), line.text)


def _entries(room: AnswerView) -> list[Value]:
    return entries_of(room.question, room.answer.value)


def _prompt(room: AnswerView, count: int) -> str:
    if room.question.kind == "goals":
        if not count:
            return _("/add begins a goal, and so do words. Enter goes on:")
        return _("A goal's number changes it, /add begins another. Enter goes on:")
    if not count:
        return _("/add begins a row, and so do words. Enter goes on:")
    return _("A row's number changes it, /add begins another. Enter goes on:")


def _obey(room: AnswerView, order: GivenCommand) -> None:
    entries = _entries(room)
    if order.name == "add":
        fill_row(room, len(entries), order.rest)
        return
    place = entry_place(room, order, len(entries))
    if place is None:
        return
    if order.name == "change":
        fill_row(room, place)
    else:
        move_or_remove(room, order, entries, place)


def fill_row(room: AnswerView, place: int, first_words: str = "") -> None:
    """Go through the parts of one row; `place` after the last begins a new one, with `first_words` as its first part.

    Each part is saved when it is typed. A row with nothing in it is not kept.
    """
    entries = _entries(room)
    if place < len(entries) and not isinstance(entries[place], dict):
        room.error(_("This came in a form that has no parts. /remove {number} takes it out.").format(number=place + 1))
        return
    goals = room.question.kind == "goals"
    heading = _("Goal {number} of {count}.") if goals else _("Row {number} of {count}.")
    room.say(heading.format(number=place + 1, count=max(len(entries), place + 1)))
    try:
        _go_through(room, place, first_words)
    finally:
        entries = _entries(room)
        if place < len(entries) and is_row_empty(entries[place]):
            room.put(value_of(room.question, without(entries, place)), _("It was empty, and is not kept."))
    entries = _entries(room)
    if place < len(entries):
        row = entries[place]
        room.say(f"{place + 1}. {row_text(room.question, row, room.child)}")
        if goals and isinstance(row, dict) and (words := goal_prompt(row)):
            room.say(words.replace("{child}", room.child))
        room.say_trouble()


def _row(room: AnswerView, place: int) -> TableRow:
    entries = _entries(room)
    row = entries[place] if place < len(entries) else {}
    return row if isinstance(row, dict) else {}


def _go_through(room: AnswerView, place: int, first_words: str) -> None:
    columns = columns_of(room.question)
    at = 0
    if first_words.strip():
        room.say(_name(room, at, columns))
        at += _take(room, place, columns[0], first_words)
    while at < len(columns):
        column = columns[at]
        room.say(*_about_part(room, place, at, columns))
        line = room.ask_line(_part_prompt(column, _row(room, place).get(column.id)), _PART_ORDERS)
        if isinstance(line, GivenCommand):
            if line.name == "done" or (line.name == "back" and at == 0):
                return
            if line.name == "remove":
                _remove(room, place)
                return
            if line.name in ("undo", "keep"):  # other rows may stand in other places now
                room.run_command(line)
                return
            if line.name == "clear":
                _put(room, place, column, None, _("This part is empty now."))
            else:
                at += -1 if line.name == "back" else 1
        elif line.blank:
            at += 1
        else:
            at += _take(room, place, column, line.text)


_PART_ORDERS = ("back", "next", "clear", "done", "remove", "undo", "keep")


def _name(room: AnswerView, at: int, columns: tuple[Column, ...]) -> str:
    label = columns[at].label.replace("{child}", room.child)
    return _("Part {at} of {total}: {part}.").format(at=at + 1, total=len(columns), part=label)


def _about_part(room: AnswerView, place: int, at: int, columns: tuple[Column, ...]) -> list[str]:
    """The name of the part, what it asks in a goal, and what stands in it."""
    column = columns[at]
    lines = [_name(room, at, columns)]
    if room.question.kind == "goals":
        lines += [_(ask).replace("{child}", room.child) for part, _part_name, ask in GOAL_PARTS if part == column.id]
    if words := cell_text(room.question, column, _row(room, place).get(column.id)):
        lines.append(_("Now: {words}").format(words=words))
    return lines


def _part_prompt(column: Column, cell: Value) -> str:
    prompt = {
        "line": _("On one line:"),
        "number": _("A number, in figures:"),
        "date": _("The day, month first, like 3/12/2027:"),
        "time": _("The time, like 2:30 pm:"),
        "yesno": _("Yes or no:"),
    }[column.kind]
    if is_cell_empty(cell):
        return _("Enter leaves it empty. {prompt}").format(prompt=prompt)
    return _("Enter keeps it. {prompt}").format(prompt=prompt)


def _take(room: AnswerView, place: int, column: Column, words: str) -> int:
    """Take what was typed in a part: 1 to go on to the next, 0 to ask for this one again."""
    cell = read_cell(room.question, column, clean_line(words))
    understood = cell_text(room.question, column, cell)
    trouble = cell_message(room.question, column, cell)
    said = [understood] if column.kind in ("date", "time") and not trouble else []
    _put(room, place, column, cell, *said)
    if room.session.read_only:
        return 0
    room.hint_command(words)
    if trouble:
        room.error(_("{trouble} What you typed is kept. Enter goes on.").format(trouble=trouble))
    return 0 if trouble else 1


def _put(room: AnswerView, place: int, column: Column, cell: Value, *said: str) -> None:
    row = with_cell(room.question, _row(room, place), column, cell)
    room.put(value_of(room.question, replaced(_entries(room), place, row)), *said)


def _remove(room: AnswerView, place: int) -> None:
    entries = _entries(room)
    if place < len(entries):
        said = _("Number {number} is removed. /undo brings it back.").format(number=place + 1)
        room.put(value_of(room.question, without(entries, place)), said)
