"""Raw lines of a set file: decoding, and rejection of control characters."""

from __future__ import annotations

import re
import unicodedata

from iep_tui.core.text_sanitizer import clean_text
from iep_tui.i18n import _
from iep_tui.sets.problems import Problems

MAX_SET_FILE_BYTES = 1_000_000
#: A file of garbage is refused after so many strange characters; telling each would help nobody.
_MOST_STRANGE = 10

_LINE_ENDS = re.compile("\r\n?")


def split_lines(text: str) -> list[str]:
    """The lines of `text` without their ends, as Markdown counts them: at LF, CR LF or CR and nowhere else."""
    return _LINE_ENDS.sub("\n", text).split("\n")


def decode_source(data: bytes, problems: Problems) -> str | None:
    """The text of a file: UTF-8, at most 1 MB. None when it is refused."""
    if len(data) > MAX_SET_FILE_BYTES:
        problems.tell(1, 1, _("The file is larger than 1 MB, the most a set may have. Split it into several sets."))
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        lines = split_lines(data[: error.start].decode("utf-8", "replace").removeprefix("\ufeff"))
        message = _("This is not UTF-8 text. Save the file as UTF-8 in your editor and check this place.")
        problems.tell(len(lines), len(lines[-1]) + 1, message)
        return None


def refuse_strange(lines: list[str], problems: Problems) -> bool:
    """Tell every line that holds a character which steers a terminal or turns the reading direction over.

    Returns whether there was any: such a set is refused whole, never cleaned.
    """
    if clean_text(whole := "\n".join(lines)) == whole:
        return False
    told = 0
    for number, line in enumerate(lines, 1):
        clean = clean_text(line)
        if clean == line:
            continue
        column = next((at for at, (ours, theirs) in enumerate(zip(clean, line, strict=False)) if ours != theirs), None)
        column = len(clean) if column is None else column
        message = _("{name} is not allowed in a set: it can hide or reorder words. Take it out or type the line again.")
        problems.tell(number, column + 1, message.format(name=_character_name(line[column])))
        told += 1
        if told == _MOST_STRANGE:
            break
    return told > 0


def _character_name(character: str) -> str:
    name = unicodedata.name(character, "")
    code = f"U+{ord(character):04X}"
    if unicodedata.combining(character):
        return _("A stack of more than eight accents ({code})").format(code=code)
    return _("The character {code}").format(code=f"{code} {name}".strip())
