"""Side pane of wide windows: the sets and their progress."""

from __future__ import annotations

from textual.content import Content
from textual.widgets.option_list import Option

from iep_tui.core.interview import Interview
from iep_tui.i18n import _
from iep_tui.tui.textual_ext.marked_option_list import MarkedOptionList
from iep_tui.tui.themes import plain_content


class SetsPane(MarkedOptionList):
    """The sets, each in a line or two such as "✓ Needs   14 of 14". Enter or a click opens a set."""

    WIDTH = 28

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, markup=False)
        self._shown_lines: tuple[tuple[str, str], ...] = ()

    def counts(self, interview: Interview, current_id: str) -> tuple[object, ...]:
        """Return a comparable key of everything `show` would show."""
        return (
            current_id,
            interview.child_name(),
            tuple((each_set.id, interview.progress(each_set.id)) for each_set, _asked in interview.sets),
        )

    def show(self, interview: Interview, current_id: str) -> None:
        """Show the sets of this path; `current_id` is the set of the current question."""
        if not self.display:
            return
        lines: list[tuple[str, str]] = []
        child = interview.child_name() or _("your child")
        for question_set, _questions in interview.sets:
            progress = interview.progress(question_set.id)
            mark = set_mark(progress.seen, progress.total, is_current=current_id == question_set.id)
            count = _("{done} of {total}").format(done=progress.done, total=progress.total)
            title = plain_content(question_set.title.replace("{child}", child))
            # A long name wraps, and the count is at the right of its last line.
            *above, last = title.wrap(self.WIDTH - 2)
            if last.cell_length > self.WIDTH - len(count) - 3:
                above, last = [*above, last], Content("")
            gap = " " * (self.WIDTH - 2 - last.cell_length - len(count))
            words = "\n  ".join([*(line.plain for line in above), f"{last.plain}{gap}{count}"])
            lines.append((question_set.id, f"{mark} {words}"))
        if tuple(lines) != self._shown_lines:
            self._shown_lines = tuple(lines)
            self.set_options([Option(Content(words), id=set_id) for set_id, words in lines])
        self.highlighted = next((place for place, (set_id, _words) in enumerate(lines) if set_id == current_id), None)


def set_mark(seen: int, total: int, *, is_current: bool = False) -> str:
    """Return ✓ for a finished set, ● for the current one or one in progress, ○ for one not begun."""
    if seen == total:
        return "✓"
    return "●" if is_current or seen else "○"
