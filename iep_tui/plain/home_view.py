"""Home view: the children on this computer, the choice of one, and the commands on a child's file."""

from __future__ import annotations

from iep_tui.core.glossary import Glossary
from iep_tui.core.wording import welcome_lines
from iep_tui.i18n import _
from iep_tui.plain.base_view import View
from iep_tui.plain.line_io import LineIO
from iep_tui.plain.line_prompter import LinePrompter, run_flow
from iep_tui.plain.row_operations import number_in
from iep_tui.plain.slash_commands import GivenCommand
from iep_tui.services.case_list import CaseRow
from iep_tui.services.flows.case_actions import CASE_ACTIONS, CaseFiles, choose_action
from iep_tui.services.flows.import_flow import bring_in
from iep_tui.services.flows.restore import restore_backup
from iep_tui.services.session import Clock
from iep_tui.sets.library import Library
from iep_tui.store.case_store import CaseStore
from iep_tui.store.errors import StoreError
from iep_tui.store.settings import Settings

#: Commands of this view alone.
HOME_COMMANDS = ("bring in", *dict.fromkeys(action.slash for action in CASE_ACTIONS))


class HomeView(View):
    """The children on this computer."""

    def __init__(self, stream: LineIO, glossary: Glossary, store: CaseStore, library: Library, clock: Clock) -> None:
        super().__init__(stream, glossary, store.folder, library.about)
        self._files = CaseFiles(store, library.catalogue, clock, Settings(store.home))

    def visit(self, rows: tuple[CaseRow, ...]) -> CaseRow | str:
        """List the children and ask for one: a child, "new", "example", or "again" when the list may have changed."""
        self.say("", _("Get ready for a school meeting."))
        if not rows:
            self.say(*welcome_lines())
        for number, child in enumerate(rows, 1):
            about = "; ".join(part for part in (child.meeting, child.progress) if part)
            self.say(f"{number}. {child.name}; {about or _('choose it for details')}")
        starts = (("new", _("Start for a new child")), ("example", _("Try it with a made-up child")))
        for number, (_name, label) in enumerate(starts, len(rows) + 1):
            self.say(f"{number}. {label}")
        last = len(rows) + len(starts)
        while True:
            line = self.ask_line(_("Type a number, or a child's name:"), HOME_COMMANDS)
            if isinstance(line, GivenCommand):
                if self._run_file_command(line, rows):
                    return "again"
                continue
            if line.blank:
                continue
            place = number_in(line.text, last)
            if place is not None and place >= len(rows):
                return starts[place - len(rows)][0]
            matches = [rows[place]] if place is not None else _matching(rows, line.text)
            if len(matches) == 1 and matches[0].lost:
                files = self._files
                flow = restore_backup(LinePrompter(self), files.store, matches[0].case_id, files.clock)
                if run_flow(self, flow):
                    return "again"
            elif len(matches) == 1:  # a damaged one too: opening it goes back to its newest good copy, or says why not
                return matches[0]
            elif matches:
                self.error(_("More than one child is called so. Type the number."))
            else:
                words = _("There is no {typed} here. Type a number from 1 to {most}. /help lists the commands.")
                self.error(words.format(typed=f"“{line.text.strip()}”", most=last))

    def _run_file_command(self, command: GivenCommand, rows: tuple[CaseRow, ...]) -> bool:
        """Run a command on a file; return whether the list may have changed."""
        files = self._files
        if command.name == "bring in":
            prompter = LinePrompter(self, command.rest)
            return run_flow(self, bring_in(prompter, files.store, files.catalogue, files.clock))
        try:
            case_id = "" if command.name == "lock after" else self._find(command.rest, rows)
        except StoreError as error:
            self.error(str(error))
            return False
        return run_flow(self, choose_action(LinePrompter(self), files, case_id, command.name))

    def _find(self, words: str, rows: tuple[CaseRow, ...]) -> str:
        """The id of the child meant by number, name or id; of the only one when no words follow. StoreError."""
        if not words and len(rows) == 1:
            return rows[0].case_id
        place = number_in(words, len(rows)) if words else None
        if place is not None:
            return rows[place].case_id
        return self._files.store.find_or_lost(words)


def _matching(rows: tuple[CaseRow, ...], words: str) -> list[CaseRow]:
    """The children of this name; without one, those whose name contains it."""
    name = words.strip().casefold()
    same = [child for child in rows if child.name.casefold() == name]
    return same or [child for child in rows if name in child.name.casefold()]
