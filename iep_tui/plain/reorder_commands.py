"""The commands /move and /remove on the lines, rows or goals of an answer."""

from __future__ import annotations

from iep_tui.core.case_model import Value
from iep_tui.i18n import _
from iep_tui.plain.answer_view import AnswerView
from iep_tui.plain.row_operations import moved, number_in, value_of, without
from iep_tui.plain.slash_commands import GivenCommand


def entry_place(room: AnswerView, order: GivenCommand, count: int) -> int | None:
    """The place, from 0, of the entry that a command names first; None when there is none, which is said."""
    first = order.rest.split()[0] if order.rest else ""
    place = number_in(first, count)
    if place is None:
        room.error(
            _("There is nothing here to {command} yet.").format(command=order.name)
            if not count
            else _("Give a number from 1 to {most}, like /{command} 1").format(most=count, command=order.name)
        )
    return place


def move_or_remove(room: AnswerView, order: GivenCommand, entries: list[Value], place: int) -> None:
    """Obey /move or /remove for the entry at `place`."""
    if order.name == "remove":
        said = _("Number {number} is removed. /undo brings it back.").format(number=place + 1)
        room.put(value_of(room.question, without(entries, place)), said)
        return
    parts = order.rest.split()
    to = number_in(parts[1], len(entries)) if len(parts) > 1 else None
    if to is None:
        room.error(_("Give two numbers from 1 to {most}, like /move 2 1").format(most=len(entries)))
        return
    said = _("Number {number} is number {to} now.").format(number=place + 1, to=to + 1)
    room.put(value_of(room.question, moved(entries, place, to)), said)
