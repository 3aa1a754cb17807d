"""Help screen: every key, and a short description of the program."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from iep_tui.i18n import N_, _
from iep_tui.tui.keys import COMMANDS, OTHER_KEYS
from iep_tui.tui.screens.overlay_screen import OverlayScreen
from iep_tui.tui.widgets.header_footer import CaseHeader
from iep_tui.tui.widgets.line_button import LineButton


class HelpScreen(OverlayScreen):
    """The help; opens over any screen."""

    TITLE = N_("help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "close", "Close", show=False, priority=True),
        Binding("down,pagedown", "scroll_page(1)", "Down", show=False),
        Binding("up,pageup", "scroll_page(-1)", "Up", show=False),
    ]

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder

    def compose(self) -> ComposeResult:
        yield CaseHeader()
        with VerticalScroll(id="page", can_focus=False):
            yield Static(help_content(self.folder), id="terms")
        with Horizontal(id="ends"):
            yield LineButton(_("Close (esc)"), id="close")
            yield LineButton(_("What is an IEP?"), id="about")

    def on_mount(self) -> None:
        self.query_one(CaseHeader).heading = _("Help")
        self.query_one("#close").focus()


def help_content(folder: str) -> Content:
    """Return the whole help; `folder` is the path of the answers."""
    keys = [(", ".join(command.keys[:2]), _(command.help)) for command in COMMANDS]
    keys += [(_(key), _(words)) for key, words in OTHER_KEYS]
    width = max(len(key) for key, _words in keys) + 2
    blocks = [
        _heading(_("How it works")),
        Content(
            _(
                "Answer what you can, in any order. What you type is saved as you go. “Not sure”, “Ask the school” "
                "and “Skip for now” are always fine answers. If a question no longer applies, its answer is set "
                "aside, not lost."
            )
        ),
        _heading(_("Who may read it")),
        Content(
            _(
                "Each answer is only for you, for the IEP team, or for teachers too. You see the choice below every "
                "answer and can change it. The sheet for others leaves out what is only for you. Notes are always "
                "only for you."
            )
        ),
        _heading(_("Where it is")),
        Content(_("All answers are in this folder on this computer: {folder}").format(folder=folder)),
        _heading(_("Keys")),
        Content("\n").join(
            Content.assemble(Content.styled(key.ljust(width), "bold $key"), words) for key, words in keys
        ),
    ]
    return Content("\n\n").join(blocks)


def _heading(words: str) -> Content:
    return Content.styled(words, "bold $teal")
