"""About screen: one page for newcomers that explains what an IEP is."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from iep_tui.core.question_model import Page
from iep_tui.i18n import N_, _
from iep_tui.tui.screens.overlay_screen import OverlayScreen
from iep_tui.tui.themes import paragraphs, plain_content
from iep_tui.tui.widgets.header_footer import CaseHeader
from iep_tui.tui.widgets.line_button import LineButton


class AboutScreen(OverlayScreen):
    """The page about IEPs; opens over any screen."""

    TITLE = N_("What is an IEP?")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll_lines(1)", "Down", show=False),
        Binding("up", "scroll_lines(-1)", "Up", show=False),
        Binding("pagedown,space", "scroll_page(1)", "Page down", show=False),
        Binding("pageup", "scroll_page(-1)", "Page up", show=False),
    ]

    def __init__(self, page: Page | None) -> None:
        super().__init__()
        self.page = page

    def compose(self) -> ComposeResult:
        yield CaseHeader()
        with VerticalScroll(id="page", can_focus=False):
            yield Static(about_content(self.page), id="terms")
        with Horizontal(id="ends"):
            yield LineButton(_("Close (esc)"), id="close")

    def on_mount(self) -> None:
        self.query_one(CaseHeader).heading = self.page.title if self.page else _("What is an IEP?")
        self.query_one("#close").focus()


def about_content(page: Page | None) -> Content:
    """Return the whole page without its title, which the header shows."""
    if page is None:
        return Content(_("This page is not part of this language yet."))
    child = _("your child")
    blocks = [paragraphs(page.intro, child)]
    for section in page.sections:
        blocks += [plain_content(section.title).stylize("bold $teal"), paragraphs(section.paras, child)]
    return Content("\n\n").join(block for block in blocks if block.plain)
