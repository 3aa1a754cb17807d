"""Static that ignores identical content, and skips the layout when the height stays the same."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class CachedStatic(Static):
    """Words of the screen, gone where there are none."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(Content(""), id=id)
        self._said: Content | None = None

    def say(self, content: Content) -> None:
        """Show `content` in the place of what stood here."""
        if self._said is not None and self._said.is_same(content):
            return
        self._said = content
        width, height = self.size
        stays = self.display and bool(content.plain) and width > 0 and content.get_height({}, width) == height
        self.update(content, layout=not stays)
        self.set_class(not content.plain, "-empty")
