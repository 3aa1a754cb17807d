"""Parser of the attribute line of a question: `{#id key=value key="value with spaces"}`."""

from __future__ import annotations

import re

import msgspec

from iep_tui.core.question_model import AUDIENCES, CARRIES, CHILD_PLACEHOLDER
from iep_tui.i18n import _
from iep_tui.sets.attribute_values import PlacedValue, condition_message, id_message
from iep_tui.sets.problems import Problems, did_you_mean, list_text, quoted

ATTRIBUTE_KEYS = ("kind", "share", "core", "when", "was", "sheet", "law", "carry", "max")
WRITTEN_KINDS = ("line", "text", "list", "date", "time", "number", "rate", "yesno", "goals")
#: Kinds that the body of a question shows; saying them as well does no harm, saying another is a mistake.
SHOWN_KINDS = ("one", "several", "table")

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
#: The rest of a value that was meant to be quoted: up to the next key or the end.
_REST = re.compile(r"""=?[^\s}="]*(?:\s+(?![A-Za-z]+=)[^\s}="]+)*""")
_SPACED = re.compile(r"""(?P<key>[A-Za-z]+)(?:\s+=\s*|=\s+)(?:"[^"]*"|[^\s"}=]+(?![^\s}]*=))?""")
_LAST_BRACE = re.compile(r"}\s*$")


class Attributes(msgspec.Struct, frozen=True):
    """What an attribute line says. `good` is False when anything on it is wrong: its question is then not asked."""

    id: PlacedValue | None
    values: dict[str, PlacedValue]
    good: bool

    def text(self, key: str, default: str = "") -> str:
        return self.values[key].text if key in self.values else default


NO_ATTRIBUTES = Attributes(None, {}, False)


def read_attributes(source: str, line: int, column: int, problems: Problems) -> Attributes:
    """Read `source`, which starts with `{` at `line`, `column`; what is wrong with it goes to `problems`."""
    before = len(problems)
    reading = _Reading(source, line, column, problems)
    reading.run()
    if reading.id is None and not reading.id_told:
        message = _("This attribute line has no id. It starts with one: {example}")
        problems.tell(line, column, message.format(example="{#my-question}"))
    return Attributes(reading.id, reading.values, len(problems) == before)


class _Reading:
    """One pass over an attribute line."""

    def __init__(self, source: str, line: int, column: int, problems: Problems) -> None:
        self.source = source
        self.line = line
        self.first = column
        self.problems = problems
        self.id: PlacedValue | None = None
        self.id_told = False
        self.values: dict[str, PlacedValue] = {}
        self.seen: set[str] = set()
        #: The key whose value, without quotes, was read last: words after it were meant to belong to it.
        self.bare = ""

    def tell(self, at: int, message: str) -> None:
        self.problems.tell(self.line, self.first + at, message)

    def run(self) -> None:
        at, spaced, source = 1, True, self.source
        while at < len(source) and not self.problems.full:
            token = _TOKEN.match(source, at)
            if token is None:
                at, spaced = self._strange(at), False
                continue
            at = token.end()
            if token["end"]:
                rest = source[at:].strip()
                if rest:
                    message = _("An attribute line stands alone on its line. Take out {found} after it.")
                    self.tell(at + len(source[at:]) - len(source[at:].lstrip()), message.format(found=quoted(rest)))
                return
            if token["space"]:
                spaced = True
                continue
            if not spaced:
                self.tell(token.start(), _("Put a space before {found}.").format(found=quoted(token[0])))
            spaced = False
            if token["id"] is not None:
                self._read_id(token["id"], token.start())
            else:
                self._read_value(token)
        self.tell(len(source.rstrip()), _("This attribute line is not closed. End it with } on the same line."))

    def _read_id(self, text: str, at: int) -> None:
        self.id_told = True
        if self.id is not None:
            self.tell(at, _("A question has one id. Take out {found}.").format(found=quoted("#" + text)))
            return
        if not text:
            self.tell(at, _("# stands without an id. Write {example}.").format(example="{#my-question}"))
            return
        if trouble := id_message(text):
            self.tell(at + 1, trouble)
            return
        self.id = PlacedValue(text, self.line, self.first + at + 1)

    def _read_value(self, token: re.Match[str]) -> None:
        key, at = token["key"], token.start()
        if key not in ATTRIBUTE_KEYS:
            message = _("There is no key {key}.{hint} Keys: {keys}.")
            hint = did_you_mean(key, ATTRIBUTE_KEYS)
            if key == "id":
                self.id_told = True
                hint = _(" An id is written {example}.").format(example="{#my-question}")
            self.tell(at, message.format(key=quoted(key), hint=hint, keys=list_text(ATTRIBUTE_KEYS)))
            return
        if key in self.seen:
            self.tell(at, _("The key {key} is here twice. Keep one of them.").format(key=quoted(key)))
            return
        self.seen.add(key)
        if token["single"]:
            message = _('A value with spaces stands in straight double quotes: {key}="…"')
            self.tell(token.start("single"), message.format(key=key))
            return
        group = "bare" if token["value"] is None else "value"
        text, start = token[group], token.start(group)
        self.bare = key if group == "bare" else ""
        trouble, offset = _trouble(key, text)
        if trouble:
            self.tell(start + offset, trouble)
            return
        self.values[key] = PlacedValue(text, self.line, self.first + start)

    def _strange(self, at: int) -> int:
        """Tell what stands at `at` and is neither id, key nor end; give back where to go on."""
        source = self.source
        word = _WORD.match(source, at)
        found = word[0] if word else source[at]
        key, sign, value = found.partition("=")
        if self.bare and (not key or not sign):
            # The rest of a value with spaces or an equals sign in it, told once.
            end = _REST.match(source, at)
            message = _('The value of {key} goes on with {rest}. Put all of it in double quotes: {key_only}="…"')
            rest = quoted(end[0].strip() if end else found)
            self.tell(at, message.format(key=quoted(self.bare), rest=rest, key_only=self.bare))
            self.values.pop(self.bare, None)
            self.bare = ""
            return max(end.end() if end else 0, at + 1)
        self.bare = ""
        self.seen.add(key)
        if sign and value[:1] in ('"', "'", "“", "‘"):
            last = _LAST_BRACE.search(source)
            message = _('The quotes of {key} are not closed. Put " at the end of its value.')
            self.tell(at + len(key) + 1, message.format(key=quoted(key)))
            return last.start() if last and last.start() > at else len(source)
        if sign and key and value:
            message = _('The value of {key} needs double quotes: {key_only}="…"')
            self.tell(at + len(key) + 1, message.format(key=quoted(key), key_only=key))
            return at + len(found)
        spaced = _SPACED.match(source, at)
        if spaced:
            message = _("A key and its value stand together: {key}=…, with no spaces around the =.")
            self.tell(at, message.format(key=spaced["key"]))
            self.seen.add(spaced["key"])
            return spaced.end()
        if key in ATTRIBUTE_KEYS:
            message = _("{key} needs a value. Write {example}.")
            self.tell(at, message.format(key=quoted(key), example="core=yes" if key == "core" else f"{key}=…"))
        elif found.startswith("."):
            self.tell(
                at,
                _("{found} means nothing here. Keys: {keys}.").format(
                    found=quoted(found), keys=list_text(ATTRIBUTE_KEYS)
                ),
            )
        else:
            message = _("{found} stands without a key. Write key=value; values with spaces need double quotes.{hint}")
            self.tell(at, message.format(found=quoted(found), hint=did_you_mean(found, ATTRIBUTE_KEYS)))
        return at + len(found)


def was_ids(entry: PlacedValue) -> list[PlacedValue]:
    """The ids that a `was` names, each with its place."""
    return [
        PlacedValue(found[0], entry.line, entry.column + found.start()) for found in re.finditer(r"[^\s,]+", entry.text)
    ]


def _trouble(key: str, text: str) -> tuple[str, int]:
    """Why this value cannot stand and how far into it, ("", 0) when it can."""
    if not text.strip():
        return _("{key} is empty. Write a value or take the key out.").format(key=quoted(key)), 0
    if key == "kind" and text not in WRITTEN_KINDS + SHOWN_KINDS:
        message = _("There is no kind {found}.{hint} Kinds: {kinds}.")
        hint = did_you_mean(text, WRITTEN_KINDS)
        return message.format(found=quoted(text), hint=hint, kinds=list_text(WRITTEN_KINDS)), 0
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
            return _("{key} is empty. Write a value or take the key out.").format(key=quoted(key)), 0
    if key == "when" and (trouble := condition_message(text)):
        return trouble, 0
    brace = re.search("[{}]", text.replace(CHILD_PLACEHOLDER, "#child#") if key == "sheet" else text)
    if brace:
        message = _("A brace in a value: {found}. Take it out; only sheet may hold one, as {child}.")
        return message.format(found=quoted(text), child=CHILD_PLACEHOLDER), brace.start()
    return "", 0
