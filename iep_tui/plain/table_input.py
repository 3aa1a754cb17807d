"""Input of a table or goals: the list of rows, and one row filled in column by column."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.core.kinds import KINDS, kind_of
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


def ask_rows(view: AnswerView) -> None:
    """Ask for the rows of a table or goals until the family goes on. Words that are not a number begin a new row."""
    while True:
        entries = _entries(view)
        line = view.ask_line(_prompt(view, len(entries)), ("add", "change", "move", "remove"))
        if isinstance(line, GivenCommand):
            _run_row_command(view, line)
            continue
        if line.blank:
            return
        place = number_in(line.text, len(entries))
        if place is not None:
            fill_row(view, place)
        elif line.text.strip().isdigit():
            view.error(
                _("There is no number {number} here. Type /add to start a new one.").format(number=line.text.strip())
            )
        else:
            fill_row(view, len(entries), line.text)


def _entries(view: AnswerView) -> list[Value]:
    return entries_of(view.question, view.answer.value)


def _prompt(view: AnswerView, count: int) -> str:
    if kind_of(view.question).input_form == "goals":
        if not count:
            return _("To start a goal, type its first part or /add. Press Enter alone to move on:")
        return _("Type a goal's number to change it, or /add to start another. Press Enter alone to move on:")
    if not count:
        return _("To start a row, type its first part or /add. Press Enter alone to move on:")
    return _("Type a row's number to change it, or /add to start another. Press Enter alone to move on:")


def _run_row_command(view: AnswerView, given: GivenCommand) -> None:
    entries = _entries(view)
    if given.name == "add":
        fill_row(view, len(entries), given.rest)
        return
    place = entry_place(view, given, len(entries))
    if place is None:
        return
    if given.name == "change":
        fill_row(view, place)
    else:
        move_or_remove(view, given, entries, place)


def fill_row(view: AnswerView, place: int, first_words: str = "") -> None:
    """Ask for the cells of the row at `place`. One past the end begins a new row, with `first_words` in its first cell.

    Each cell is saved as it is typed. An empty row is removed.
    """
    entries = _entries(view)
    if place < len(entries) and not isinstance(entries[place], dict):
        view.error(
            _("This came in a form that has no parts. Type /remove {number} to remove it.").format(number=place + 1)
        )
        return
    goals = kind_of(view.question).input_form == "goals"
    heading = _("Goal {number} of {count}.") if goals else _("Row {number} of {count}.")
    view.say(heading.format(number=place + 1, count=max(len(entries), place + 1)))
    try:
        _ask_cells(view, place, first_words)
    finally:
        entries = _entries(view)
        if place < len(entries) and is_row_empty(entries[place]):
            view.put(value_of(view.question, without(entries, place)), _("It was empty, and is not kept."))
    entries = _entries(view)
    if place < len(entries):
        row = entries[place]
        view.say(f"{place + 1}. {row_text(view.question, row, view.child)}")
        if goals and isinstance(row, dict) and (words := goal_prompt(row)):
            view.say(words.replace("{child}", view.child))
        view.say_trouble()


def _row(view: AnswerView, place: int) -> TableRow:
    entries = _entries(view)
    row = entries[place] if place < len(entries) else {}
    return row if isinstance(row, dict) else {}


def _ask_cells(view: AnswerView, place: int, first_words: str) -> None:
    columns = columns_of(view.question)
    at = 0
    if first_words.strip():
        view.say(_cell_name(view, at, columns))
        at += _store_typed_cell(view, place, columns[0], first_words)
    while at < len(columns):
        column = columns[at]
        view.say(*_cell_intro(view, place, at, columns))
        line = view.ask_line(_part_prompt(column, _row(view, place).get(column.id)), _CELL_COMMANDS)
        if isinstance(line, GivenCommand):
            if line.name == "done" or (line.name == "back" and at == 0):
                return
            if line.name == "remove":
                _remove_row(view, place)
                return
            if line.name in ("undo", "keep"):  # the rows may be in other places now
                view.run_command(line)
                return
            if line.name == "clear":
                _store_cell(view, place, column, None, _("This part is empty now."))
            else:
                at += -1 if line.name == "back" else 1
        elif line.blank:
            at += 1
        else:
            at += _store_typed_cell(view, place, column, line.text)


_CELL_COMMANDS = ("back", "next", "clear", "done", "remove", "undo", "keep")


def _cell_name(view: AnswerView, at: int, columns: tuple[Column, ...]) -> str:
    label = columns[at].label.replace("{child}", view.child)
    return _("Part {at} of {total}: {part}.").format(at=at + 1, total=len(columns), part=label)


def _cell_intro(view: AnswerView, place: int, at: int, columns: tuple[Column, ...]) -> list[str]:
    """Return the lines that introduce a cell: its name, a goal's prompt, and the current value."""
    column = columns[at]
    lines = [_cell_name(view, at, columns)]
    if kind_of(view.question).input_form == "goals":
        lines += [_(ask).replace("{child}", view.child) for part, _part_name, ask in GOAL_PARTS if part == column.id]
    if words := cell_text(view.question, column, _row(view, place).get(column.id)):
        lines.append(_("Now: {words}").format(words=words))
    return lines


def _part_prompt(column: Column, cell: Value) -> str:
    prompt = _(KINDS[column.kind].cell_prompt)
    if is_cell_empty(cell):
        return _("Enter leaves it empty. {prompt}").format(prompt=prompt)
    return _("Enter keeps it. {prompt}").format(prompt=prompt)


def _store_typed_cell(view: AnswerView, place: int, column: Column, words: str) -> int:
    """Store a typed cell. Returns 1 to go on to the next cell, 0 to ask for this one again."""
    cell = read_cell(view.question, column, clean_line(words))
    understood = cell_text(view.question, column, cell)
    trouble = cell_message(view.question, column, cell)
    messages = [understood] if KINDS[column.kind].reads_back and not trouble else []
    _store_cell(view, place, column, cell, *messages)
    if view.session.read_only:
        return 0
    view.hint_command(words)
    if trouble:
        view.error(_("{trouble} What you typed is kept. Press Enter alone to move on.").format(trouble=trouble))
    return 0 if trouble else 1


def _store_cell(view: AnswerView, place: int, column: Column, cell: Value, *messages: str) -> None:
    row = with_cell(view.question, _row(view, place), column, cell)
    view.put(value_of(view.question, replaced(_entries(view), place, row)), *messages)


def _remove_row(view: AnswerView, place: int) -> None:
    entries = _entries(view)
    if place < len(entries):
        messages = _("Removed number {number}. Type /undo to bring it back.").format(number=place + 1)
        view.put(value_of(view.question, without(entries, place)), messages)
