"""Parser of the attribute line of a question: `{#id key=value key="value with spaces"}`."""

from __future__ import annotations

import re

import msgspec

from iep_tui.core.kinds import all_kinds, kind_names
from iep_tui.core.question_model import AUDIENCES, CARRIES, CHILD_PLACEHOLDER
from iep_tui.i18n import _
from iep_tui.sets.attribute_values import PlacedValue, condition_message, id_message
from iep_tui.sets.problems import Problems, did_you_mean, list_text, quoted

ATTRIBUTE_KEYS = ("kind", "share", "core", "when", "was", "sheet", "law", "carry", "max")

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    | \#(?P<id>[^\s"'=}]*)
    | (?P<key>[A-Za-z0-9_.:-]+)=(?:
          "(?P<value>[^"]*)"
        | (?P<bare>(?:\{[^{}\s]*}|[^\s"'{}=“”‘’])+)
        | (?P<single>['‘’“”][^'‘’“”]*['‘’“”])
      )
    | (?P<end>})
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"""[^\s}]+|}""")
#: The rest of a value whose quotes are missing, up to the next key or the end.
_REST = re.compile(r"""=?[^\s}="]*(?:\s+(?![A-Za-z]+=)[^\s}="]+)*""")
_SPACED = re.compile(r"""(?P<key>[A-Za-z]+)(?:\s+=\s*|=\s+)(?:"[^"]*"|[^\s"}=]+(?![^\s}]*=))?""")
_LAST_BRACE = re.compile(r"}\s*$")


class Attributes(msgspec.Struct, frozen=True):
    """The contents of an attribute line. `good` is False after any error; its question is then not asked."""

    id: PlacedValue | None
    values: dict[str, PlacedValue]
    good: bool

    def text(self, key: str, default: str = "") -> str:
        return self.values[key].text if key in self.values else default


NO_ATTRIBUTES = Attributes(None, {}, False)


def read_attributes(source: str, line: int, column: int, problems: Problems) -> Attributes:
    """Parse `source`, which starts with `{` at `line`, `column`; add errors to `problems`."""
    before = len(problems)
    reader = _AttributeReader(source, line, column, problems)
    reader.run()
    if reader.id is None and not reader.id_reported:
        message = _("This attribute line has no id. It starts with one: {example}")
        problems.add(line, column, message.format(example="{#my-question}"))
    return Attributes(reader.id, reader.values, len(problems) == before)


class _AttributeReader:
    """Parser for one attribute line."""

    def __init__(self, source: str, line: int, column: int, problems: Problems) -> None:
        self.source = source
        self.line = line
        self.first = column
        self.problems = problems
        self.id: PlacedValue | None = None
        self.id_reported = False
        self.values: dict[str, PlacedValue] = {}
        self.seen: set[str] = set()
        #: Key of the last value if it was unquoted: text after it was probably meant to be part of it.
        self.bare = ""

    def add(self, at: int, message: str) -> None:
        self.problems.add(self.line, self.first + at, message)

    def run(self) -> None:
        at, spaced, source = 1, True, self.source
        while at < len(source) and not self.problems.full:
            token = _TOKEN.match(source, at)
            if token is None:
                at, spaced = self._report_unexpected(at), False
                continue
            at = token.end()
            if token["end"]:
                rest = source[at:].strip()
                if rest:
                    message = _("An attribute line must be alone on its line. Remove {found} after it.")
                    self.add(at + len(source[at:]) - len(source[at:].lstrip()), message.format(found=quoted(rest)))
                return
            if token["space"]:
                spaced = True
                continue
            if not spaced:
                self.add(token.start(), _("Put a space before {found}.").format(found=quoted(token[0])))
            spaced = False
            if token["id"] is not None:
                self._read_id(token["id"], token.start())
            else:
                self._read_value(token)
        self.add(len(source.rstrip()), _("This attribute line is not closed. End it with } on the same line."))

    def _read_id(self, text: str, at: int) -> None:
        self.id_reported = True
        if self.id is not None:
            self.add(at, _("A question has one id. Remove {found}.").format(found=quoted("#" + text)))
            return
        if not text:
            self.add(at, _("There is no id after #. Write {example}.").format(example="{#my-question}"))
            return
        if trouble := id_message(text):
            self.add(at + 1, trouble)
            return
        self.id = PlacedValue(text, self.line, self.first + at + 1)

    def _read_value(self, token: re.Match[str]) -> None:
        key, at = token["key"], token.start()
        if key not in ATTRIBUTE_KEYS:
            message = _("There is no key {key}.{hint} Keys: {keys}.")
            hint = did_you_mean(key, ATTRIBUTE_KEYS)
            if key == "id":
                self.id_reported = True
                hint = _(" An id is written {example}.").format(example="{#my-question}")
            self.add(at, message.format(key=quoted(key), hint=hint, keys=list_text(ATTRIBUTE_KEYS)))
            return
        if key in self.seen:
            self.add(at, _("The key {key} is here twice. Keep one of them.").format(key=quoted(key)))
            return
        self.seen.add(key)
        if token["single"]:
            message = _('A value with spaces needs straight double quotes: {key}="…"')
            self.add(token.start("single"), message.format(key=key))
            return
        group = "bare" if token["value"] is None else "value"
        text, start = token[group], token.start(group)
        self.bare = key if group == "bare" else ""
        trouble, offset = _value_error(key, text)
        if trouble:
            self.add(start + offset, trouble)
            return
        self.values[key] = PlacedValue(text, self.line, self.first + start)

    def _report_unexpected(self, at: int) -> int:
        """Report text at `at` that is not an id, key or end; return the offset to continue from."""
        source = self.source
        word = _WORD.match(source, at)
        unexpected = word[0] if word else source[at]
        key, sign, value = unexpected.partition("=")
        if self.bare and (not key or not sign):
            # The rest of a value with spaces or an equals sign in it; reported once.
            rest_match = _REST.match(source, at)
            message = _('The value of {key} goes on with {rest}. Put all of it in double quotes: {key_only}="…"')
            rest = quoted(rest_match[0].strip() if rest_match else unexpected)
            self.add(at, message.format(key=quoted(self.bare), rest=rest, key_only=self.bare))
            self.values.pop(self.bare, None)
            self.bare = ""
            return max(rest_match.end() if rest_match else 0, at + 1)
        self.bare = ""
        self.seen.add(key)
        if sign and value[:1] in ('"', "'", "“", "‘"):
            last_brace = _LAST_BRACE.search(source)
            message = _('The value of {key} has no closing ". Start and end the value with ".')
            self.add(at + len(key) + 1, message.format(key=quoted(key)))
            return last_brace.start() if last_brace and last_brace.start() > at else len(source)
        if sign and key and value:
            message = _('The value of {key} needs double quotes: {key_only}="…"')
            self.add(at + len(key) + 1, message.format(key=quoted(key), key_only=key))
            return at + len(unexpected)
        spaced_pair = _SPACED.match(source, at)
        if spaced_pair:
            message = _("Write a key and its value together: {key}=…, with no spaces around the =.")
            self.add(at, message.format(key=spaced_pair["key"]))
            self.seen.add(spaced_pair["key"])
            return spaced_pair.end()
        if key in ATTRIBUTE_KEYS:
            message = _("{key} needs a value. Write {example}.")
            self.add(at, message.format(key=quoted(key), example="core=yes" if key == "core" else f"{key}=…"))
        elif unexpected.startswith("."):
            self.add(
                at,
                _("{found} means nothing here. Keys: {keys}.").format(
                    found=quoted(unexpected), keys=list_text(ATTRIBUTE_KEYS)
                ),
            )
        else:
            message = _("{found} has no key. Write key=value; values with spaces need double quotes.{hint}")
            self.add(at, message.format(found=quoted(unexpected), hint=did_you_mean(unexpected, ATTRIBUTE_KEYS)))
        return at + len(unexpected)


def was_ids(entry: PlacedValue) -> list[PlacedValue]:
    """Return the ids in a `was` value, each with its position."""
    return [
        PlacedValue(match[0], entry.line, entry.column + match.start()) for match in re.finditer(r"[^\s,]+", entry.text)
    ]


def _value_error(key: str, text: str) -> tuple[str, int]:
    """Return an error message and its offset in the value, or ("", 0) for a valid value."""
    if not text.strip():
        return _("{key} is empty. Write a value or remove the key.").format(key=quoted(key)), 0
    if key == "kind" and text not in kind_names():
        message = _("There is no kind {found}.{hint} Kinds: {kinds}.")
        # The other kinds follow from the markup under the question and need not be written.
        written = tuple(kind.name for kind in all_kinds() if not kind.body_mark)
        hint = did_you_mean(text, written)
        return message.format(found=quoted(text), hint=hint, kinds=list_text(written)), 0
    allowed = {"share": AUDIENCES, "carry": CARRIES, "core": ("yes", "no")}.get(key)
    if allowed is not None and text not in allowed:
        message = _("{key} cannot be {found}.{hint} It is one of: {allowed}.")
        hint = did_you_mean(text, allowed)
        return message.format(key=quoted(key), found=quoted(text), hint=hint, allowed=list_text(allowed)), 0
    if key == "max" and not re.fullmatch("[1-9][0-9]{0,8}", text):
        return _("{key} is a whole number of 1 or more, not {found}.").format(key=quoted(key), found=quoted(text)), 0
    if key == "was":
        for earlier in was_ids(PlacedValue(text, 0, 0)):
            if trouble := id_message(earlier.text):
                return trouble, earlier.column
        if not re.search(r"[^\s,]", text):
            return _("{key} is empty. Write a value or remove the key.").format(key=quoted(key)), 0
    if key == "when" and (trouble := condition_message(text)):
        return trouble, 0
    brace = re.search("[{}]", text.replace(CHILD_PLACEHOLDER, "#child#") if key == "sheet" else text)
    if brace:
        message = _("{found} contains a brace. Remove it. Only “sheet” may contain braces, and only as {child}.")
        return message.format(found=quoted(text), child=CHILD_PLACEHOLDER), brace.start()
    return "", 0
