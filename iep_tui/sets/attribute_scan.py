"""Scanner for attribute lines in the raw text, since Markdown parses them as paragraphs."""

from __future__ import annotations

import re

import msgspec

from iep_tui.core.question_model import CHILD_PLACEHOLDER
from iep_tui.i18n import _
from iep_tui.sets.attribute_parser import Attributes, read_attributes
from iep_tui.sets.problems import Problems

_QUESTION = re.compile(r" {0,3}##(?!#)")
_HEADING = re.compile(r" {0,3}#{1,6}(?:\s|$)")
#: Maximum number of source lines in a split attribute line.
_MAX_ROWS = 6


class AttributeScan(msgspec.Struct, frozen=True):
    """The attributes of each question by the line of its heading, and the lines with attribute lines blanked."""

    attributes: dict[int, Attributes]
    lines: list[str]


def is_question(line: str) -> bool:
    """Return whether this line is meant as the heading of a question."""
    return _QUESTION.match(line) is not None


def scan(lines: list[str], problems: Problems) -> AttributeScan:
    """Bind each attribute line to its heading; report those without a heading."""
    return _Scanner(lines, problems).run()


class _Scanner:
    def __init__(self, lines: list[str], problems: Problems) -> None:
        self.lines = lines
        self.remaining = list(lines)
        self.problems = problems
        self.bound: dict[int, Attributes] = {}

    def run(self) -> AttributeScan:
        number = 1
        while number <= len(self.lines) and not self.problems.full:
            number = self._bind(number) if self._is_attribute_line(number) else number + 1
        return AttributeScan(self.bound, self.remaining)

    def _line(self, number: int) -> str:
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else ""

    def _is_attribute_line(self, number: int) -> bool:
        line = self._line(number).lstrip()
        return line.startswith("{") and not line.startswith(CHILD_PLACEHOLDER)

    def _bind(self, first: int) -> int:
        """Read and bind the attribute line at `first`; return the number of the line after it."""
        last = self._last_row(first)
        for number in range(first, last + 1):
            self.remaining[number - 1] = ""
        heading = self._heading(first, last)
        line = self._line(first)
        column = len(line) - len(line.lstrip()) + 1
        if last > first:
            message = _("This attribute line is split. Put all of it on one line, from { to }.")
            self.problems.add(first, column, message)
            source = " ".join(self._line(number).strip() for number in range(first, last + 1))
            # Columns in the joined line have no source position; other errors show once it is on one line.
            attributes = read_attributes(source, first, column, Problems(self.problems.path))
        else:
            attributes = read_attributes(line.strip(), first, column, self.problems)
        if heading is not None:
            self.bound[heading] = attributes
        return last + 1

    def _last_row(self, first: int) -> int:
        """Return the last line of an attribute line: `first` itself, or a later one if it is split."""
        if "}" in self._line(first):
            return first
        for number in range(first + 1, min(first + _MAX_ROWS, len(self.lines) + 1)):
            line = self._line(number)
            if not line.strip() or _HEADING.match(line) or self._is_attribute_line(number):
                break
            if line.rstrip().endswith("}"):
                return number
        return first

    def _heading(self, first: int, last: int) -> int | None:
        """Return the line of the heading this attribute line belongs to; report it if that is not the next line."""
        line = self._line(first)
        column = len(line) - len(line.lstrip()) + 1
        below = next((n for n in range(last + 1, len(self.lines) + 1) if self._line(n).strip()), None)
        above = next((n for n in range(first - 1, 0, -1) if self._line(n).strip()), None)
        if below == last + 1 and is_question(self._line(below)):
            return below
        is_after_heading = above is not None and is_question(self._line(above)) and above not in self.bound
        if is_after_heading and (above == first - 1 or below is None or not is_question(self._line(below))):
            message = _("This attribute line is after its heading. Move it to the line directly before the ##.")
            self.problems.add(first, column, message)
            return above
        if below is not None and is_question(self._line(below)):
            message = _("This attribute line is not directly before its heading. Remove the empty line between them.")
            self.problems.add(first, column, message)
            return below
        if below is None:
            next_block = _("the end of the file")
        elif self._is_attribute_line(below):
            next_block = _("another attribute line")
        elif _HEADING.match(self._line(below)):
            next_block = _("a heading that is not a question")
        else:
            next_block = _("a paragraph")
        message = _(
            "This attribute line does not belong to a question: it is followed by {found}. "
            "Put it directly before a question’s ## line."
        )
        self.problems.add(first, column, message.format(found=next_block))
        return None
