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

#: Commands that only this view takes.
_HOME_COMMANDS = ("remove child", "bring in", "hand on")


class HomeView(StoreView):
    """The children on this computer."""

    def run_home_command(self, given: GivenCommand) -> bool:
        """Run a command of this view; True if the list may have changed."""
        if given.name == "remove child":
            return remove_child(self, self.store, given.rest)
        if given.name == "bring in":
            return bring_in(self, given.rest)
        hand_on(self, given.rest)
        return False

    def visit(self, children: tuple[CaseRow, ...]) -> CaseRow | str:
        """List the children and ask for one.

        Returns the chosen row, "new", "example", or "again" if the list has to be read again. Raises LeaveView to quit.
        """
        self.say("", _("Get ready for a school meeting."))
        if not children:
            self.say(*welcome_lines())
        for number, child in enumerate(children, 1):
            summary = "; ".join(part for part in (child.meeting, child.progress) if part)
            self.say(f"{number}. {child.name}; {summary or _('cannot be opened')}")
        starts = (("new", _("Start for a new child")), ("example", _("Try it with a made-up child")))
        for number, (_name, label) in enumerate(starts, len(children) + 1):
            self.say(f"{number}. {label}")
        most = len(children) + len(starts)
        while True:
            line = self.ask_line(_("Type a number, or a child's name:"), _HOME_COMMANDS)
            if isinstance(line, GivenCommand):
                if self.run_home_command(line):
                    return "again"
                continue
            if line.blank:
                continue
            place = number_in(line.text, most)
            if place is not None and place >= len(children):
                return starts[place - len(children)][0]
            matches = [children[place]] if place is not None else _children_named(children, line.text)
            if len(matches) == 1 and matches[0].lost:
                words = _("The file is gone, and can be brought back: iep-tui backups {id} restore 1")
                self.error(words.format(id=matches[0].case_id))
                continue
            if len(matches) == 1 and not matches[0].trouble:
                return matches[0]
            if len(matches) == 1:
                self.error(matches[0].trouble)
            elif matches:
                self.error(_("More than one child is called so. Type the number."))
            else:
                words = _("There is no {typed} here. Type a number from 1 to {most}. /help lists the commands.")
                self.error(words.format(typed=f"“{line.text.strip()}”", most=most))


def _children_named(children: tuple[CaseRow, ...], words: str) -> list[CaseRow]:
    """Return the children with this name, or else those whose name contains these words."""
    typed = words.strip().casefold()
    exact = [child for child in children if child.name.casefold() == typed]
    return exact or [child for child in children if typed in child.name.casefold()]
