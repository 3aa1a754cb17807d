"""Side pane of wide windows: the sets, their state, and the current one."""

from __future__ import annotations

from textual.content import Content
from textual.widgets.option_list import Option

from iep_tui.core.interview import Interview
from iep_tui.i18n import _
from iep_tui.tui.textual_ext.marked_option_list import MarkedOptionList
from iep_tui.tui.themes import plain_content


class SetsPane(MarkedOptionList):
    """A line or two a set: "✓ Needs   14 of 14". Enter or a click goes there."""

    WIDTH = 28

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, markup=False)
        self._shown: tuple[tuple[str, str], ...] = ()

    def counts(self, interview: Interview, here: str) -> tuple[object, ...]:
        """All that `show` would show, as it can be compared."""
        return (
            here,
            interview.child_name(),
            tuple((one.id, interview.progress(one.id)) for one, _asked in interview.sets),
        )

    def show(self, interview: Interview, here: str) -> None:
        """Show the sets of this path; `here` is the one the question is in."""
        if not self.display:
            return
        lines: list[tuple[str, str]] = []
        child = interview.child_name() or _("your child")
        for one, _questions in interview.sets:
            progress = interview.progress(one.id)
            mark = set_mark(progress.seen, progress.total, here == one.id)
            count = _("{done} of {total}").format(done=progress.done, total=progress.total)
            title = plain_content(one.title.replace("{child}", child))
            # A long name goes on below, the count stands at the right of its last line.
            *above, last = title.wrap(self.WIDTH - 2)
            if last.cell_length > self.WIDTH - len(count) - 3:
                above, last = [*above, last], Content("")
            gap = " " * (self.WIDTH - 2 - last.cell_length - len(count))
            said = "\n  ".join([*(line.plain for line in above), f"{last.plain}{gap}{count}"])
            lines.append((one.id, f"{mark} {said}"))
        if tuple(lines) != self._shown:
            self._shown = tuple(lines)
            self.set_options([Option(Content(words), id=set_id) for set_id, words in lines])
        self.highlighted = next((place for place, (set_id, _words) in enumerate(lines) if set_id == here), None)


def set_mark(seen: int, total: int, here: bool = False) -> str:
    """✓ for a set that is done, ● for the one we are in or have begun, ○ for one not begun."""
    if seen == total:
        return "✓"
    return "●" if here or seen else "○"
