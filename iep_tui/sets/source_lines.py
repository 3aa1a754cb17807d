"""Raw lines of a set file: decoding, and rejection of control characters."""

from __future__ import annotations

import re
import unicodedata

from iep_tui.core.text_sanitizer import clean_text
from iep_tui.i18n import _
from iep_tui.sets.problems import Problems

MAX_SET_FILE_BYTES = 1_000_000
#: Maximum number of reported lines with forbidden characters; more would not help the author.
_MAX_REPORTED = 10

_LINE_ENDS = re.compile("\r\n?")


def split_lines(text: str) -> list[str]:
    """Split `text` into lines as Markdown does: at LF, CR LF or CR only."""
    return _LINE_ENDS.sub("\n", text).split("\n")


def decode_source(data: bytes, problems: Problems) -> str | None:
    """Decode a file of at most 1 MB as UTF-8; return None if it is refused."""
    if len(data) > MAX_SET_FILE_BYTES:
        problems.add(1, 1, _("The file is larger than 1 MB, the most a set may have. Split it into several sets."))
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        lines = split_lines(data[: error.start].decode("utf-8", "replace").removeprefix("\ufeff"))
        message = _("This is not UTF-8 text. Save the file as UTF-8 in your editor and check this place.")
        problems.add(len(lines), len(lines[-1]) + 1, message)
        return None


def refuse_control_characters(lines: list[str], problems: Problems) -> bool:
    """Report lines with characters that control a terminal or override the reading direction.

    Returns True if there are any: such a file is refused, never cleaned.
    """
    if clean_text(text := "\n".join(lines)) == text:
        return False
    reported = 0
    for number, line in enumerate(lines, 1):
        clean = clean_text(line)
        if clean == line:
            continue
        column = next((at for at, (ours, theirs) in enumerate(zip(clean, line, strict=False)) if ours != theirs), None)
        column = len(clean) if column is None else column
        message = _("{name} is not allowed in a set: it can hide or reorder words. Remove it or type the line again.")
        problems.add(number, column + 1, message.format(name=_character_name(line[column])))
        reported += 1
        if reported == _MAX_REPORTED:
            break
    return reported > 0


def _character_name(character: str) -> str:
    name = unicodedata.name(character, "")
    code = f"U+{ord(character):04X}"
    if unicodedata.combining(character):
        return _("A stack of more than eight accents ({code})").format(code=code)
    return _("The character {code}").format(code=f"{code} {name}".strip())
