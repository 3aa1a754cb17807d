"""One-line button whose focus shows in its characters."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class LineButton(Widget, can_focus=True):
    """A one-line button. `marked` draws a dot before the label, for a state that is on.

    With the focus it reads "▸ Next →", without it "  Next →".
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "press", "Press", show=False)]

    label: reactive[str] = reactive("", layout=True)
    marked: reactive[bool] = reactive(False, layout=True)

    class Pressed(Message):
        """The button was pressed by key or mouse."""

        def __init__(self, button: LineButton) -> None:
            super().__init__()
            self.button = button

        @property
        def control(self) -> LineButton:
            return self.button

    def __init__(self, label: str, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(LineButton.label, label)

    def render(self) -> Content:
        focus = "▸" if self.has_focus else " "
        mark = "● " if self.marked else ""
        return Content(f"{focus}{mark}{self.label} ")

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return Content(self.label).cell_length + (4 if self.marked else 2)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return (
            1
            if width >= self.get_content_width(container, viewport)
            else super().get_content_height(container, viewport, width)
        )

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.action_press()

    def action_press(self) -> None:
        self.post_message(self.Pressed(self))
