"""Escape text so that Markdown parses it back unchanged.

Text, line breaks and paragraphs survive exactly. Spaces at line ends and repeated blank lines do not (`tidy` returns
the form that survives). This holds for CommonMark and for GitHub's tables, task boxes, strikethrough, footnotes and
links. One exception: GitHub still turns a bare e-mail address into a link, but its text is unchanged.
"""

from __future__ import annotations

import re

from iep_tui.core.text_sanitizer import clean_text

#: Characters that a preceding backslash would escape.
_PUNCTUATION = r"""[!-/:-@\[-`{-~]"""

#: Marks with a meaning anywhere in a line. A `.` or `@` inside a word would make a link.
_ANYWHERE = re.compile(
    rf"""
      \\(?={_PUNCTUATION}|$)          # would escape what follows, or break the line
    | [`\[]                           # code, links, images, footnotes, task boxes
    | <(?=[A-Za-z/!?])                # HTML and <links>
    | &(?=\#?\w{{1,40}};)             # &amp;
    | \*+ | _+ | ~+                   # emphasis and strikethrough, see _run
    | (?<=/)/                         # the second slash of a web address
    | (?<![\s.])\.(?=[^\W\d_]{{2}})   # example.org
    | (?<=[Ww]{{3}})\.                # www.
    | (?<=\S)@(?=\S)                  # me@example.org
    """,
    re.VERBOSE,
)

#: Quick test that matches every line with a mark for `_ANYWHERE`, and few others.
_PERHAPS = re.compile(r"[\\`\[<&*_~@]|//|\.\w|[Ww]\.")

#: Marks with a meaning only at the start of a line. The backslash goes after the group `before`, if any.
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
    """Return `text` as it comes back from Markdown: sanitized, stripped lines, one blank line between paragraphs.

    >>> tidy("  one \\n\\n\\n two\\n")
    'one\\n\\ntwo'
    """
    if text.isprintable() and text.isascii():  # fast path for most text: one clean line
        return text.strip()
    text = clean_text(text)
    lines = "\n".join(line.strip() for line in text.split("\n"))
    return _GAP.sub("\n\n", lines).strip("\n")


def one_line(text: str) -> str:
    """Return `text` on one line, for headings, labels and table cells."""
    tidied = tidy(text)
    return " ".join(line for line in tidied.split("\n") if line) if "\n" in tidied else tidied


def escape(text: str, *, at_start: bool = True) -> str:
    """Return `text` as Markdown paragraphs with hard line breaks, which parse back as `tidy(text)`.

    `at_start` is False if something else precedes it on its first line.

    >>> escape("She reads at 2.5 (grade level) - we think.")
    'She reads at 2.5 (grade level) - we think.'
    >>> print(escape("1. *Not* a list"))
    1\\. \\*Not\\* a list
    """
    tidied = tidy(text)
    if "\n" not in tidied:
        return _line(tidied, at_start)
    lines = tidied.split("\n")
    written: list[str] = []
    for number, line in enumerate(lines):
        safe = _line(line, at_start or number > 0)
        breaks = line and number + 1 < len(lines) and lines[number + 1]
        written.append(f"{safe}\\" if breaks else safe)
    return "\n".join(written)


#: A heading's trailing # marks, which Markdown would drop.
_TRAILING_HASHES = re.compile(r"(^|\s)(#+)$")


def escape_line(text: str) -> str:
    """Escape `text` as part of one line after other text: a heading's text, a label."""
    safe = _line(one_line(text), False)
    return _TRAILING_HASHES.sub(r"\1\\\2", safe) if safe.endswith("#") else safe


def escape_cell(text: str) -> str:
    """Escape `text` as one cell of a table."""
    return _line(one_line(text), False).replace("|", r"\|")


def _line(line: str, at_start: bool) -> str:
    """Escape one line without line breaks or surrounding spaces."""
    safe = _ANYWHERE.sub(_run, line) if _PERHAPS.search(line) else line
    # No mark in `_AT_START` is a letter.
    match = _AT_START.match(line) if at_start and not line[:1].isalpha() else None
    if match is None:
        return safe
    before = match["before"] or ""
    return f"{before}\\{safe[len(before) :]}"


def _run(match: re.Match[str]) -> str:
    """Escape one mark, or a run of `*`, `_` or `~` where it could open or close emphasis."""
    marks = match[0]
    before = match.string[match.start() - 1 : match.start()] if match.start() else ""
    after = match.string[match.end() : match.end() + 1]
    if marks[0] in "*_~" and before in (" ", "\t") and after in (" ", "\t"):
        return marks
    if marks[0] == "_" and before.isalnum() and after.isalnum():
        return marks
    if marks == "~" and before in ("", " ", "\t") and after.isalnum():
        return marks  # could only open, and nothing closes it: "~5 minutes"
    return "".join(f"\\{mark}" for mark in marks)
