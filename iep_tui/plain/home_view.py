"""Home view: the children on this computer, and the choice of one."""

from __future__ import annotations

from iep_tui.core.wording import welcome_lines
from iep_tui.i18n import _
from iep_tui.plain.case_actions import remove_child
from iep_tui.plain.row_operations import number_in
from iep_tui.plain.slash_commands import GivenCommand
from iep_tui.plain.store_view import StoreView
from iep_tui.plain.transfer_actions import bring_in, hand_on
from iep_tui.services.case_list import CaseRow

#: Commands of this room alone.
_HERE = ("remove child", "bring in", "hand on")


class HomeView(StoreView):
    """The children on this computer."""

    def run_home_command(self, order: GivenCommand) -> bool:
        """Do what a command of this room asks; whether the list may be another one now."""
        if order.name == "remove child":
            return remove_child(self, self.store, order.rest)
        if order.name == "bring in":
            return bring_in(self, order.rest)
        hand_on(self, order.rest)
        return False

    def visit(self, found: tuple[CaseRow, ...]) -> CaseRow | str:
        """Say who is here and ask whom it is about: a child, "new" or "example". Leave to quit."""
        self.say("", _("Get ready for a school meeting."))
        if not found:
            self.say(*welcome_lines())
        for number, child in enumerate(found, 1):
            about = "; ".join(part for part in (child.meeting, child.progress) if part)
            self.say(f"{number}. {child.name}; {about or _('cannot be opened')}")
        starts = (("new", _("Start for a new child")), ("example", _("Try it with a made-up child")))
        for number, (_name, label) in enumerate(starts, len(found) + 1):
            self.say(f"{number}. {label}")
        most = len(found) + len(starts)
        while True:
            line = self.ask_line(_("Type a number, or a child's name:"), _HERE)
            if isinstance(line, GivenCommand):
                if self.run_home_command(line):
                    return "again"
                continue
            if line.blank:
                continue
            place = number_in(line.text, most)
            if place is not None and place >= len(found):
                return starts[place - len(found)][0]
            named = [found[place]] if place is not None else _called(found, line.text)
            if len(named) == 1 and named[0].lost:
                words = _("The file is gone, and can be brought back: iep-tui backups {id} restore 1")
                self.error(words.format(id=named[0].case_id))
                continue
            if len(named) == 1 and not named[0].trouble:
                return named[0]
            if len(named) == 1:
                self.error(named[0].trouble)
            elif named:
                self.error(_("More than one child is called so. Type the number."))
            else:
                words = _("There is no {typed} here. Type a number from 1 to {most}. /help lists the commands.")
                self.error(words.format(typed=f"“{line.text.strip()}”", most=most))


def _called(found: tuple[CaseRow, ...], words: str) -> list[CaseRow]:
    """The children whose name holds these words, or is these words when one is."""
    wanted = words.strip().casefold()
    same = [child for child in found if child.name.casefold() == wanted]
    return same or [child for child in found if wanted in child.name.casefold()]
