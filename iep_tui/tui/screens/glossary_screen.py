"""Glossary screen: special-education terms, filtered while typing."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from iep_tui.core.glossary import Glossary
from iep_tui.i18n import N_, _
from iep_tui.tui.screens.overlay_screen import OverlayScreen
from iep_tui.tui.textual_ext.line_input import LineInput
from iep_tui.tui.themes import plain_content
from iep_tui.tui.widgets.header_footer import CaseHeader
from iep_tui.tui.widgets.line_button import LineButton


class GlossaryScreen(OverlayScreen):
    """The glossary; opens over any screen."""

    TITLE = N_("words")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f7", "close", "Close", show=False, priority=True),
        Binding("down,pagedown", "scroll_page(1)", "Down", show=False),
        Binding("up,pageup", "scroll_page(-1)", "Up", show=False),
    ]

    def __init__(self, glossary: Glossary) -> None:
        super().__init__()
        self.glossary = glossary

    def compose(self) -> ComposeResult:
        yield CaseHeader()
        yield LineInput(id="find", placeholder=_("Find a word"))
        with VerticalScroll(id="page", can_focus=False):
            yield Static(Content(""), id="terms")
        with Horizontal(id="ends"):
            yield LineButton(_("Close (esc)"), id="close")
            yield LineButton(_("What is an IEP?"), id="about")

    def on_mount(self) -> None:
        self.query_one(CaseHeader).heading = _("Words")
        self._show("")
        self.query_one("#find").focus()

    def _show(self, filter_text: str) -> None:
        blocks: list[Content] = []
        for term in self.glossary.search(filter_text):
            also = f" ({'; '.join(term.also)})" if term.also else ""
            blocks.append(
                Content.assemble(
                    plain_content(term.name).stylize("bold $teal"),
                    Content.styled(plain_content(also).plain, "$quiet"),
                    "\n",
                    plain_content(term.meaning),
                )
            )
        words = Content("\n\n").join(blocks) if blocks else Content(_("No word like this. Try a part of it."))
        self.query_one("#terms", Static).update(words)
        self.query_one("#page").scroll_home(animate=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)
