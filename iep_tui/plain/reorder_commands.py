"""The commands /move and /remove on the lines, rows or goals of an answer."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.i18n import _
from iep_tui.plain.answer_view import AnswerView
from iep_tui.plain.row_operations import moved, number_in, value_of, without
from iep_tui.plain.slash_commands import GivenCommand


def entry_place(view: AnswerView, given: GivenCommand, count: int) -> int | None:
    """Return the index of the entry that a command names first. If there is none, say so and return None."""
    first = given.rest.split()[0] if given.rest else ""
    place = number_in(first, count)
    if place is None:
        view.error(
            _("There is nothing here to {command} yet.").format(command=given.name)
            if not count
            else _("Give a number from 1 to {most}, like /{command} 1").format(most=count, command=given.name)
        )
    return place


def move_or_remove(view: AnswerView, given: GivenCommand, entries: list[Value], place: int) -> None:
    """Run /move or /remove on the entry at `place`."""
    if given.name == "remove":
        message = _("Removed number {number}. Type /undo to bring it back.").format(number=place + 1)
        view.put(value_of(view.question, without(entries, place)), message)
        return
    parts = given.rest.split()
    to = number_in(parts[1], len(entries)) if len(parts) > 1 else None
    if to is None:
        view.error(_("Give two numbers from 1 to {most}, like /move 2 1").format(most=len(entries)))
        return
    message = _("Number {number} is now number {to}.").format(number=place + 1, to=to + 1)
    view.put(value_of(view.question, moved(entries, place, to)), message)
