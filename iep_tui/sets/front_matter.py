"""Parser of front matter: `key: value` lines between two `---` at the top of a set."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec

from iep_tui.i18n import _
from iep_tui.sets.attribute_values import FRONT_MATTER_CHECKS, PlacedValue
from iep_tui.sets.problems import Problems, did_you_mean, list_text, nearest, quoted

FRONT_MATTER_KEYS = ("set", "version", "lang", "stage", "order", "minutes", "when", "state", "checked")
REQUIRED_KEYS = ("set", "version", "stage", "order")
FENCE = "---"
_EXAMPLES = {"set": "my-questions", "version": "1", "stage": "before", "order": "50"}

_PAIR = re.compile(r"\s*([^\s:]+)\s*:(?:\s+(.*))?")


class FrontMatter(msgspec.Struct, frozen=True):
    """The front matter of a file: valid `entries` by key, its 1-based `lines`, and the keys with `broken` values."""

    entries: dict[str, PlacedValue]
    lines: range
    broken: frozenset[str] = frozenset()

    def text(self, key: str, default: str = "") -> str:
        return self.entries[key].text if key in self.entries else default

    def number(self, key: str, default: int) -> int:
        return int(self.entries[key].text) if key in self.entries else default

    def place(self, key: str) -> tuple[int, int]:
        """Return the line and column of a value, or the start of the front matter."""
        entry = self.entries.get(key)
        return (entry.line, entry.column) if entry else (self.lines.start or 1, 1)


def read_front_matter(lines: list[str], problems: Problems, *, required: bool = True) -> FrontMatter:
    """Parse the front matter at the start of `lines`; add errors to `problems`.

    With `required=False` (glossary, deadlines, page) all of it or any key may be missing.
    """
    line_range = _find_lines(lines, problems, required)
    entries: dict[str, PlacedValue] = {}
    seen: set[str] = set()
    for number in line_range:
        line = lines[number - 1]
        if line.rstrip() == FENCE or not line.strip() or problems.full:
            continue
        entry = _read_line(line, number, problems, seen)
        if entry is not None:
            entries[entry[0]] = entry[1]
    if required and line_range:
        for key in REQUIRED_KEYS:
            if key not in seen:
                message = _("The front matter has no {key}. Add a line {example}.")
                example = quoted(f"{key}: {_EXAMPLES[key]}")
                problems.add(line_range.start, 1, message.format(key=quoted(key), example=example))
    return FrontMatter(entries, line_range, frozenset(seen.difference(entries)))


def _find_lines(lines: list[str], problems: Problems, required: bool) -> range:
    """Return the lines of the front matter with both fences, or an empty range."""
    fences = [number for number, line in enumerate(lines, 1) if line.rstrip() == FENCE]
    if fences and fences[0] == 1:
        return _until_fence(lines, fences, problems)
    for start, end in pairwise(fences):
        inside = [line for line in lines[start : end - 1] if line.strip()]
        if any(_has_known_key(line) for line in inside) and all(_PAIR.fullmatch(line) for line in inside):
            message = _("The front matter must start on line 1. Move it there, and remove everything before it.")
            problems.add(start, 1, message)
            return range(start, end + 1)
    first = next((number for number, line in enumerate(lines, 1) if line.strip()), 1)
    if _has_known_key(lines[first - 1]):
        problems.add(first, 1, _("The front matter needs a line --- before it, on line 1, and one after it."))
        after = first
        while after <= len(lines) and _PAIR.fullmatch(lines[after - 1]):
            after += 1
        is_closed = after <= len(lines) and lines[after - 1].rstrip() == FENCE
        return range(first, after + 1 if is_closed else after)
    if required:
        message = _(
            "A set starts with front matter: a line ---, then one “key: value” a line ({keys}), then a line --- again."
        )
        problems.add(1, 1, message.format(keys=list_text(FRONT_MATTER_KEYS)))
    return range(0)


def _until_fence(lines: list[str], fences: list[int], problems: Problems) -> range:
    closing = fences[1] if len(fences) > 1 else None
    heading = next((number for number, line in enumerate(lines, 1) if line.startswith("#")), None)
    if closing is not None and (heading is None or closing < heading):
        return range(1, closing + 1)
    problems.add(1, 1, _("The front matter is not closed. Put a line --- after its last “key: value”."))
    end = 2
    while end <= len(lines) and _PAIR.fullmatch(lines[end - 1]):
        end += 1
    return range(1, end)


def _has_known_key(line: str) -> bool:
    pair = _PAIR.fullmatch(line)
    return pair is not None and pair[1] in FRONT_MATTER_KEYS


def _read_line(line: str, number: int, problems: Problems, seen: set[str]) -> tuple[str, PlacedValue] | None:
    start = len(line) - len(line.lstrip()) + 1
    pair = _PAIR.fullmatch(line)
    if pair is None:
        message = _("{found} is not “key: value”. The front matter has one a line, with a space after the colon.")
        problems.add(number, start, message.format(found=quoted(line)))
        # The key is present but malformed; do not report it as missing too.
        seen.add(re.split(r"[:=\s]", line.strip(), maxsplit=1)[0])
        return None
    key, text = pair[1], (pair[2] or "").rstrip()
    if key not in FRONT_MATTER_KEYS:
        message = _("There is no key {key} in the front matter.{hint} Keys: {keys}.")
        problems.add(
            number,
            start,
            message.format(
                key=quoted(key), hint=did_you_mean(key, FRONT_MATTER_KEYS), keys=list_text(FRONT_MATTER_KEYS)
            ),
        )
        seen.add(nearest(key, FRONT_MATTER_KEYS) or key)
        return None
    if start > 1:
        message = _("Nothing is nested in the front matter. Remove the spaces before {key}.")
        problems.add(number, 1, message.format(key=quoted(key)))
    if key in seen:
        problems.add(number, start, _("The key {key} is here twice. Keep one of them.").format(key=quoted(key)))
        return None
    seen.add(key)
    column = (pair.start(2) if pair[2] else len(line.rstrip())) + 1
    trouble = _value_error(key, text)
    if trouble:
        problems.add(number, column, trouble)
        return None
    return key, PlacedValue(text, number, column)


def _value_error(key: str, text: str) -> str:
    """Return an error message for an invalid value, else ""."""
    if not text:
        return _("The key {key} has no value. Write one after the colon, or remove the line.").format(key=quoted(key))
    if text[0] in "\"'“" and key != "when":
        return _("{found} is in quotation marks. Write the value without them.").format(found=quoted(text))
    return FRONT_MATTER_CHECKS[key](text)
