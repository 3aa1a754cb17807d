"""Layout of one answer: a short fact beside its label, or a section of its own."""

from __future__ import annotations

from collections.abc import Iterable

from iep_tui.core.kinds import DisplayValue
from iep_tui.core.question_model import KindName
from iep_tui.documents.formats.markdown_escape import tidy
from iep_tui.documents.outline_model import Bullets, Entries, Fields, Heading, OutlineBlock, Pair, Paragraph, Table
from iep_tui.documents.privacy.visible_answers import VisibleAnswer
from iep_tui.i18n import _

#: Kinds with short answers, placed beside their label and before the longer answers of their set.
_SHORT_KINDS: frozenset[KindName] = frozenset(("line", "one", "date", "time", "number", "rate", "yesno"))

#: Maximum cell width in characters, and maximum number of columns, for a readable table on paper.
MAX_CELL_CHARS = 60
MAX_SHEET_COLUMNS = 6


def is_fact(answer: VisibleAnswer) -> bool:
    """Return True if this answer goes beside its label. An answer with only a note does too."""
    return answer.shown is None or (answer.question.kind in _SHORT_KINDS and answer.shown.form == "line")


def fact(answer: VisibleAnswer) -> Pair:
    """Return a short answer with its label, and the family's note below it."""
    text = answer.shown.summary if answer.shown else ""
    return answer.label, "\n".join(filter(None, (text, note_line(answer))))


def facts(answers: Iterable[VisibleAnswer]) -> list[OutlineBlock]:
    pairs = tuple(fact(answer) for answer in answers)
    return [Fields(pairs)] if pairs else []


def section(answer: VisibleAnswer, level: int, *, heading: bool = True) -> list[OutlineBlock]:
    """Return a longer answer with its label as a heading."""
    blocks: list[OutlineBlock] = [Heading(level, answer.label)] if heading else []
    if answer.shown is not None:
        blocks.extend(body(answer.shown))
    if answer.note:
        blocks.append(Paragraph(answer.note, _("Our note")))
    return blocks


def body(shown: DisplayValue) -> list[OutlineBlock]:
    """Return the blocks of an answer without its label."""
    if shown.form == "list":
        return [Bullets(shown.lines)]
    if shown.form in ("table", "goals"):
        return _rows(shown)
    return [Paragraph("\n".join(shown.lines))]


def compact_text(shown: DisplayValue) -> str:
    """Return an answer's text in as few lines as possible: a list on one line, a table with one line per row."""
    return join_entries(shown, answer_entries(shown))


def answer_entries(shown: DisplayValue) -> tuple[str, ...]:
    """Return an answer's parts: the entries of a list, one line per table row, or a whole text.

    In a row, the first cell needs no column name. The others keep theirs, or what helps could be read as what hurts.
    """
    if shown.rows:
        return tuple(line for row in shown.rows if (line := _row_line(shown.head, row)))
    if shown.form != "list":
        return (tidy("\n".join(shown.lines)),)
    return tuple(" ".join(line.split()) for line in shown.lines)


def join_entries(shown: DisplayValue, chosen: tuple[str, ...]) -> str:
    """Join some entries of an answer in as few lines as possible."""
    if shown.rows or shown.form != "list":
        return "\n".join(chosen)
    sentences = all(entry.rstrip("\"'”’)").endswith((".", "!", "?", "…")) for entry in chosen[:-1])
    return (" " if sentences else " · ").join(chosen)


def _row_line(head: tuple[str, ...], row: tuple[str, ...]) -> str:
    cells = [" ".join(cell.split()) for cell in row]
    named = [_("{part}: {words}").format(part=part, words=cell) for part, cell in zip(head, cells, strict=True) if cell]
    return " · ".join([cells[0], *named[1:]] if cells[0] else named)


def note_line(answer: VisibleAnswer) -> str:
    """Return the family's note with its label, or ""."""
    return _("Our note: {note}").format(note=answer.note) if answer.note else ""


def _rows(shown: DisplayValue) -> list[OutlineBlock]:
    """Return rows as a table if they fit, otherwise as labeled entries. Empty rows and columns are left out."""
    rows = [row for row in shown.rows if any(map(tidy, row))]
    used_columns = [column for column in range(len(shown.head)) if any(tidy(row[column]) for row in rows)]
    if not used_columns:
        return []
    head = tuple(shown.head[column] for column in used_columns)
    cells = [tuple(tidy(row[column]) for column in used_columns) for row in rows]
    if used_columns == [0] and shown.form == "table":
        return [Bullets(tuple(cell for row in cells for cell in row))]
    fits = all("\n" not in cell and len(cell) <= MAX_CELL_CHARS for row in (head, *cells) for cell in row)
    if shown.form == "table" and len(used_columns) <= MAX_SHEET_COLUMNS and fits:
        return [Table(head, tuple(cells))]
    return [Entries(tuple(tuple((part, cell) for part, cell in zip(head, row, strict=True) if cell) for row in cells))]
