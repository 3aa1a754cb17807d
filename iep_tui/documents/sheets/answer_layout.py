"""Layout of one answer: a short fact beside its label, or a section of its own."""

from __future__ import annotations

from collections.abc import Iterable

from iep_tui.core.kinds import DisplayValue
from iep_tui.core.question_model import KindName
from iep_tui.documents.formats.markdown_escape import tidy
from iep_tui.documents.outline_model import Bullets, Entries, Fields, Heading, OutlineBlock, Pair, Paragraph, Table
from iep_tui.documents.privacy.visible_answers import VisibleAnswer
from iep_tui.i18n import _

#: Kinds whose answer is a few words: they stand beside their label, before the longer answers of their set.
_FACTS: frozenset[KindName] = frozenset(("line", "one", "date", "time", "number", "rate", "yesno"))

#: The widest cell, in characters, and the most columns that still read as a table on paper.
MAX_CELL_CHARS = 60
MAX_SHEET_COLUMNS = 6


def is_fact(said: VisibleAnswer) -> bool:
    """Whether this answer stands beside its label. One with nothing but a note does too."""
    return said.shown is None or (said.question.kind in _FACTS and said.shown.form == "line")


def fact(said: VisibleAnswer) -> Pair:
    """A short answer with its label, and the family's own note under it."""
    words = said.shown.summary if said.shown else ""
    return said.label, "\n".join(filter(None, (words, note_line(said))))


def facts(all_said: Iterable[VisibleAnswer]) -> list[OutlineBlock]:
    pairs = tuple(fact(said) for said in all_said)
    return [Fields(pairs)] if pairs else []


def section(said: VisibleAnswer, level: int, *, heading: bool = True) -> list[OutlineBlock]:
    """A longer answer under its label as a heading."""
    blocks: list[OutlineBlock] = [Heading(level, said.label)] if heading else []
    if said.shown is not None:
        blocks.extend(body(said.shown))
    if said.note:
        blocks.append(Paragraph(said.note, _("Our note")))
    return blocks


def body(shown: DisplayValue) -> list[OutlineBlock]:
    """The words of an answer without its label."""
    if shown.form == "list":
        return [Bullets(shown.lines)]
    if shown.form in ("table", "goals"):
        return _rows(shown)
    return [Paragraph("\n".join(shown.lines))]


def run_in(shown: DisplayValue) -> str:
    """The words of an answer in as few lines as they take: a list on one, a table with a line for each row."""
    return without_blank_lines(shown, entries(shown))


def entries(shown: DisplayValue) -> tuple[str, ...]:
    """What an answer says one by one: the entries of a list, a line for each row of a table, the whole of a text.

    In a row the first part needs no name; the others keep theirs, or what helps could be read as what hurts.
    """
    if shown.rows:
        return tuple(words for row in shown.rows if (words := _row_run_in(shown.head, row)))
    if shown.form != "list":
        return (tidy("\n".join(shown.lines)),)
    return tuple(" ".join(line.split()) for line in shown.lines)


def without_blank_lines(shown: DisplayValue, chosen: tuple[str, ...]) -> str:
    """Some of the entries of an answer in as few lines as they take."""
    if shown.rows or shown.form != "list":
        return "\n".join(chosen)
    sentences = all(entry.rstrip("\"'”’)").endswith((".", "!", "?", "…")) for entry in chosen[:-1])
    return (" " if sentences else " · ").join(chosen)


def _row_run_in(head: tuple[str, ...], row: tuple[str, ...]) -> str:
    words = [" ".join(cell.split()) for cell in row]
    named = [_("{part}: {words}").format(part=part, words=cell) for part, cell in zip(head, words, strict=True) if cell]
    return " · ".join([words[0], *named[1:]] if words[0] else named)


def note_line(said: VisibleAnswer) -> str:
    """The family's own note with its name, "" when there is none."""
    return _("Our note: {note}").format(note=said.note) if said.note else ""


def _rows(shown: DisplayValue) -> list[OutlineBlock]:
    """Rows as a table where they fit one, else each as its labelled parts. What nobody filled in is left away."""
    rows = [row for row in shown.rows if any(map(tidy, row))]
    used = [place for place in range(len(shown.head)) if any(tidy(row[place]) for row in rows)]
    if not used:
        return []
    head = tuple(shown.head[place] for place in used)
    cells = [tuple(tidy(row[place]) for place in used) for row in rows]
    if used == [0] and shown.form == "table":
        return [Bullets(tuple(cell for row in cells for cell in row))]
    fits = all("\n" not in cell and len(cell) <= MAX_CELL_CHARS for row in (head, *cells) for cell in row)
    if shown.form == "table" and len(used) <= MAX_SHEET_COLUMNS and fits:
        return [Table(head, tuple(cells))]
    return [Entries(tuple(tuple((part, cell) for part, cell in zip(head, row, strict=True) if cell) for row in cells))]
