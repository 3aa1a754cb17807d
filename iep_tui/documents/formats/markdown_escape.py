"""Escaping of text so that Markdown parses it back as the same text.

The words, their line breaks and their paragraphs survive exactly. Spaces at the ends of lines and more than one blank
line in a row do not (`tidy` returns the form that survives). Holds for CommonMark and for GitHub's tables, task boxes,
strikethrough, footnotes and links; GitHub alone still links a bare e-mail address, words unchanged.
"""

from __future__ import annotations

import re

from iep_tui.core.text_sanitizer import clean_text

#: What a backslash in front of would be read as an escape.
_PUNCTUATION = r"""[!-/:-@\[-`{-~]"""

#: Marks that mean something wherever they stand. A `.` and an `@` inside a word would make a link.
_ANYWHERE = re.compile(
    rf"""
      \\(?={_PUNCTUATION}|$)          # would escape what follows, or break the line
    | [`\[]                           # code, links, images, footnotes, task boxes
    | <(?=[A-Za-z/!?])                # HTML and <links>
    | &(?=\#?\w{{1,40}};)             # &amp;
    | \*+ | _+ | ~+                   # stress and strikethrough, see _run
    | (?<=/)/                         # the second slash of a web address
    | (?<![\s.])\.(?=[^\W\d_]{{2}})   # example.org
    | (?<=[Ww]{{3}})\.                # www.
    | (?<=\S)@(?=\S)                  # me@example.org
    """,
    re.VERBOSE,
)

#: In every line that `_ANYWHERE` finds a mark in, and in few others: most lines are looked at once.
_PERHAPS = re.compile(r"[\\`\[<&*_~@]|//|\.\w|[Ww]\.")

#: Marks that mean something only as the first thing on a line; the last group of each is what gets the backslash.
_AT_START = re.compile(
    r"""
      (?P<before>\d{1,9})(?=[.)](?:\s|$))   # 1. and 1)
    | (?=>)                                 # a quote
    | (?=\#{1,6}(?:\s|$))                   # a heading
    | (?=[-+](?:\s|$))                      # a list
    | (?=:\s)                               # a definition
    | (?=[-:|\s]+$)                         # a rule, an underline, the second line of a table
    | (?==+$)                               # an underline
    """,
    re.VERBOSE,
)


_GAP = re.compile(r"\n{3,}")


def tidy(text: str) -> str:
    """`text` as it comes back from Markdown: clean, no spaces at the ends of lines, one blank line between paragraphs.

    >>> tidy("  one \\n\\n\\n two\\n")
    'one\\n\\ntwo'
    """
    if text.isprintable() and text.isascii():  # most words: one line, clean, its only space the plain one
        return text.strip()
    text = clean_text(text)
    lines = "\n".join(line.strip() for line in text.split("\n"))
    return _GAP.sub("\n\n", lines).strip("\n")


def one_line(text: str) -> str:
    """`text` on one line: for headings, labels and the cells of a table."""
    words = tidy(text)
    return " ".join(line for line in words.split("\n") if line) if "\n" in words else words


def escape(text: str, *, at_start: bool = True) -> str:
    """`text` as paragraphs of Markdown, with hard line breaks, that are read back as `tidy(text)`.

    `at_start` is False where something else stands before it on its first line.

    >>> escape("She reads at 2.5 (grade level) - we think.")
    'She reads at 2.5 (grade level) - we think.'
    >>> print(escape("1. *Not* a list"))
    1\\. \\*Not\\* a list
    """
    words = tidy(text)
    if "\n" not in words:
        return _line(words, at_start)
    lines = words.split("\n")
    written: list[str] = []
    for number, line in enumerate(lines):
        safe = _line(line, at_start or number > 0)
        breaks = line and number + 1 < len(lines) and lines[number + 1]
        written.append(f"{safe}\\" if breaks else safe)
    return "\n".join(written)


#: Marks at the end of a heading would be taken for its end.
_LAST_MARKS = re.compile(r"(^|\s)(#+)$")


def escape_line(text: str) -> str:
    """`text` as a piece of one line with something before it: a heading's words, a label."""
    safe = _line(one_line(text), False)
    return _LAST_MARKS.sub(r"\1\\\2", safe) if safe.endswith("#") else safe


def escape_cell(text: str) -> str:
    """`text` as one cell of a table."""
    return _line(one_line(text), False).replace("|", r"\|")


def _line(line: str, at_start: bool) -> str:
    """One line without line breaks or spaces around it."""
    safe = _ANYWHERE.sub(_run, line) if _PERHAPS.search(line) else line
    # No mark of a start is a letter.
    found = _AT_START.match(line) if at_start and not line[:1].isalpha() else None
    if found is None:
        return safe
    before = found["before"] or ""
    return f"{before}\\{safe[len(before) :]}"


def _run(found: re.Match[str]) -> str:
    """One mark, or a run of `*`, `_` or `~`, escaped where it could begin or end something."""
    marks = found[0]
    before = found.string[found.start() - 1 : found.start()] if found.start() else ""
    after = found.string[found.end() : found.end() + 1]
    if marks[0] in "*_~" and before in (" ", "\t") and after in (" ", "\t"):
        return marks
    if marks[0] == "_" and before.isalnum() and after.isalnum():
        return marks
    if marks == "~" and before in ("", " ", "\t") and after.isalnum():
        return marks  # could only open, and nothing ever closes: "~5 minutes"
    return "".join(f"\\{mark}" for mark in marks)
