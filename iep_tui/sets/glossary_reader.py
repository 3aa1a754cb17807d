"""Reader of `glossary.md`: a definition list of terms, their other names and meanings."""

from __future__ import annotations

import re

from iep_tui.core.question_model import Term
from iep_tui.i18n import _
from iep_tui.sets.markdown_blocks import PlacedText, SourceBlock, check_words
from iep_tui.sets.problems import Problems, quoted

_ALSO = re.compile(r"\(([^()]*)\)$")
_MEANING = re.compile(r":\s+(?=\S)")


def read_terms(blocks: list[SourceBlock], problems: Problems) -> tuple[Term, ...]:
    """Read the terms of a glossary: a line with the term, below it a line `: meaning`, then an empty line."""
    return _GlossaryReader(problems).run(blocks)


class _GlossaryReader:
    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.terms: list[Term] = []
        self.lines_by_name: dict[str, int] = {}

    def run(self, blocks: list[SourceBlock]) -> tuple[Term, ...]:
        titled = False
        pending: PlacedText | None = None
        for block in blocks:
            words = block.words
            if block.form == "heading" and block.level == 1 and not titled:
                titled = True
                continue
            if block.form != "para" or words is None:
                self.problems.add(block.line, 1, _("A glossary has one title, terms and their meanings. Remove this."))
                continue
            if not check_words(words, self.problems):
                continue
            rows = _rows(words)
            if pending is not None and rows[0].startswith(":"):
                message = _("There is an empty line between {term} and its meaning. Remove it.")
                self.problems.add(*words.place(0), message.format(term=quoted(pending.text)))
                rows = [pending.text, *rows]
                words, pending = pending, None
            elif pending is not None:
                self._report_missing_meaning(pending)
                pending = None
            if len(rows) == 1 and not rows[0].startswith(":"):
                pending = words
                continue
            self._read(words, rows)
        if pending is not None:
            self._report_missing_meaning(pending)
        if not titled:
            self.problems.add(1, 1, _("The glossary has no title. Start it with a line “# Title”."))
        return tuple(self.terms)

    def _report_missing_meaning(self, words: PlacedText) -> None:
        message = _("{term} has no meaning. Write a line “: its meaning” directly below it.")
        self.problems.add(*words.place(0), message.format(term=quoted(words.text)))

    def _read(self, words: PlacedText, rows: list[str]) -> None:
        """Read one term and its meaning from the lines of a paragraph."""
        if rows[0].startswith(":"):
            self.problems.add(*words.place(0), _("A meaning without its term. Write the term on the line above."))
            return
        if not rows[1].startswith(":"):
            message = _("A term is one line, and the line below it starts with “: ”.")
            self.problems.add(words.line + 1, words.columns[min(1, len(words.columns) - 1)], message)
            return
        meaning: list[str] = []
        for number, row in enumerate(rows[1:], 1):
            next_row = rows[number + 1] if number + 1 < len(rows) else ""
            if number > 1 and next_row.startswith(":") and not row.startswith(":"):
                message = _("Put an empty line before {term}: it would be read as part of the meaning above.")
                self.problems.add(words.line + number, 1, message.format(term=quoted(row)))
                break
            marker = _MEANING.match(row)
            if row.startswith(":") and marker is None:
                message = _("A meaning starts with a colon and a space: “: its meaning”.")
                self.problems.add(words.line + number, words.columns[min(number, len(words.columns) - 1)], message)
            meaning.append(row[marker.end() :] if marker else row.lstrip(":"))
        names = _names(rows[0])
        for name in names:
            first_line = self.lines_by_name.setdefault(name.casefold(), words.line)
            if first_line != words.line or names.count(name) > 1:
                message = _("{term} is in the glossary twice, the first time on line {line}. Keep one of them.")
                at = max(words.raw.split("\n")[0].find(name), 0)
                self.problems.add(*words.place(at), message.format(term=quoted(name), line=first_line))
                if name == names[0]:
                    return
        text = " ".join(" ".join(meaning).split())
        if not names or not text:
            self.problems.add(
                *words.place(0), _("A term needs a name and a meaning: “Term (other name)”, “: meaning”.")
            )
            return
        self.terms.append(Term(names[0], text, tuple(dict.fromkeys(names[1:]))))


def _rows(words: PlacedText) -> list[str]:
    """Return the lines of a paragraph without Markdown."""
    rows = "".join(span.text for span in words.spans).split("\n")
    return [
        " ".join(row.split()) for row in (rows if len(rows) == words.raw.count("\n") + 1 else words.raw.split("\n"))
    ]


def _names(row: str) -> list[str]:
    """Split "IEP (Individualized Education Program; program)" into its names, the term itself first."""
    also = _ALSO.search(row)
    if also is None:
        return [row]
    return [name for name in (row[: also.start()].strip(), *(other.strip() for other in also[1].split(";"))) if name]
