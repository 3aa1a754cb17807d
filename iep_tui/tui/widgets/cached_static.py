"""Static that ignores identical content, and skips the layout when the height stays the same."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class CachedStatic(Static):
    """A Static that hides itself while it is empty."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(Content(""), id=id)
        self._content_shown: Content | None = None

    def say(self, content: Content) -> None:
        """Show `content`."""
        if self._content_shown is not None and self._content_shown.is_same(content):
            return
        self._content_shown = content
        width, height = self.size
        same_height = self.display and bool(content.plain) and width > 0 and content.get_height({}, width) == height
        self.update(content, layout=not same_height)
        self.set_class(not content.plain, "-empty")
