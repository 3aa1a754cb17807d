"""Syntax of conditions: tokenizer, grammar and syntax tree.

condition   = conjunction { "or" conjunction }
conjunction = negation { "and" negation }
negation    = "not" negation | "(" condition ")" | comparison
comparison  = id ( "answered" | operator value | "has" ( value | values ) | [ "not" ] "in" values )
operator    = "=" | "!=" | "<" | "<=" | ">" | ">="
values      = "(" value { "," value } ")"
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Literal, NoReturn, TypeAlias

import msgspec

from iep_tui.core.kinds.operands import Operator
from iep_tui.core.text_sanitizer import clean_line
from iep_tui.i18n import _

KEYWORDS = ("and", "or", "not", "in", "has", "answered")
#: Maximum nesting of brackets and "not"; far more than a person can follow.
MAX_CONDITION_DEPTH = 50

_OPERATORS: dict[str, Operator] = {"=": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_TOKEN = re.compile(
    r"(?P<sign>!=|<=|>=|[=<>(),])"
    r"|(?P<word>-?[0-9]+\.[0-9]+(?![\w.-])|-[0-9]+(?![\w.-])|[A-Za-z0-9][A-Za-z0-9_-]*)"
    r"|(?P<other>\S)"
)
_ID = re.compile(r"[a-z][a-z0-9-]*")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class ConditionError(ValueError):
    """A mistake in a condition.

    `message` continues "This condition cannot be read:" or "This condition cannot work:" for the author of the set;
    `offset` is the 0-based position of the mistake in the source.
    """

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class NameRef(msgspec.Struct, frozen=True):
    """The id of a question or the name of a fact, with its offset in the source."""

    name: str
    offset: int


class LiteralValue(msgspec.Struct, frozen=True):
    """A value as written in the source; its type (choice, number, date) depends on the question it is compared to.

    `number` is its numeric value, if it has one; `dated` is True if it is shaped like a date.
    """

    text: str
    offset: int
    number: int | float | None
    dated: bool


class Comparison(msgspec.Struct, frozen=True):
    """`name operator value`; several values only for `in`, `not in` and `has`."""

    name: NameRef
    operator: Operator
    values: tuple[LiteralValue, ...]


class Answered(msgspec.Struct, frozen=True):
    """`name answered`."""

    name: NameRef


class Not(msgspec.Struct, frozen=True):
    part: Condition


class And(msgspec.Struct, frozen=True):
    parts: tuple[Condition, ...]


class Or(msgspec.Struct, frozen=True):
    parts: tuple[Condition, ...]


Condition: TypeAlias = Comparison | Answered | Not | And | Or


class _Token(msgspec.Struct, frozen=True):
    form: Literal["sign", "word", "end"]
    text: str
    offset: int


def parse_condition(source: str) -> Condition:
    """Parse `source`. Raises ConditionError with the token found and the tokens allowed in its place."""
    return _Parser(source).run()


@functools.lru_cache(maxsize=8192)
def parse_cached(source: str) -> Condition:
    """Like `parse_condition`, but cached: the same conditions are evaluated after every answer."""
    return parse_condition(source)


def referenced_names(condition: Condition) -> tuple[NameRef, ...]:
    """Return every reference to a question or fact, in source order, repeats included."""
    return tuple(comparison.name for comparison in comparisons(condition))


def comparisons(condition: Condition) -> Iterator[Comparison | Answered]:
    """Yield the comparisons that the condition joins, in source order."""
    match condition:
        case Comparison() | Answered():
            yield condition
        case Not(part):
            yield from comparisons(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from comparisons(part)


def quote_literal(word: str, longest: int = 60) -> str:
    """Quote `word` for a message: on one line, truncated to `longest` characters."""
    word = clean_line(word)
    return f"“{word if len(word) <= longest else word[: longest - 1] + '…'}”"


class _Parser:
    """Recursive-descent parser, one method per grammar rule. `depth` guards against Python's recursion limit."""

    def __init__(self, source: str) -> None:
        self.tokens = _tokens(source)
        self.place = 0
        self.depth = 0

    def run(self) -> Condition:
        condition = self._condition()
        if self._now.form != "end":
            self._fail_after_comparison()
        return condition

    @property
    def _now(self) -> _Token:
        return self.tokens[self.place]

    def _take(self) -> _Token:
        token = self.tokens[self.place]
        if token.form != "end":
            self.place += 1
        return token

    def _at(self, text: str) -> bool:
        return self._now.text == text

    def _condition(self) -> Condition:
        parts = [self._conjunction()]
        while self._at("or"):
            self._take()
            parts.append(self._conjunction())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _conjunction(self) -> Condition:
        parts = [self._negation()]
        while self._at("and"):
            self._take()
            parts.append(self._negation())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _negation(self) -> Condition:
        if not (self._at("not") or self._at("(")):
            return self._comparison()
        token = self._take()
        self.depth += 1
        if self.depth > MAX_CONDITION_DEPTH:
            message = _("more than {deepest} brackets and “not” are nested inside each other")
            raise ConditionError(message.format(deepest=MAX_CONDITION_DEPTH), token.offset)
        condition: Condition
        if token.text == "not":
            condition = Not(self._negation())
        else:
            condition = self._condition()
            if not self._at(")"):
                self._fail_after_comparison(bracket=True)
            self._take()
        self.depth -= 1
        return condition

    def _comparison(self) -> Condition:
        name = self._name()
        token = self._now
        negated = token.text == "not"
        if negated:
            self._take()
            if not self._at("in"):
                self._fail(_("“in” (to negate anything else, put “not” before the id)"))
        word = self._take().text
        if word == "answered":
            return Answered(name)
        if word == "in":
            return Comparison(name, "not in" if negated else "in", self._values())
        if word == "has":
            values = self._values() if self._at("(") else (self._value(),)
            return Comparison(name, "has", values)
        if word in _OPERATORS:
            return Comparison(name, _OPERATORS[word], (self._value(),))
        self._fail(_("one of = != < <= > >= in “not in” has answered"), token)

    def _name(self) -> NameRef:
        token = self._take()
        if token.form != "word" or token.text in KEYWORDS:
            self._fail(_("a question’s id, age, stage or state"), token)
        if not _ID.fullmatch(token.text):
            message = _("{found} is no id; an id has small letters, digits and hyphens, like needs-sleep")
            raise ConditionError(message.format(found=quote_literal(token.text)), token.offset)
        return NameRef(token.text, token.offset)

    def _values(self) -> tuple[LiteralValue, ...]:
        if not self._at("("):
            self._fail(_("“(” and a list of values"))
        self._take()
        values = [self._value()]
        while self._at(","):
            self._take()
            values.append(self._value())
        if not self._at(")"):
            self._fail(_("“,” or “)”"))
        self._take()
        return tuple(values)

    def _value(self) -> LiteralValue:
        token = self._now
        if token.form != "word":
            if token.text == "(":
                self._fail(_("one value (lists follow “in”, “not in” and “has”)"))
            self._fail(_("a value"))
        self._take()
        # A choice value may be "in" or "not": a keyword counts as a value where only a value can follow.
        if token.text in KEYWORDS and not (self._now.form == "end" or self._now.text in ("and", "or", ",", ")")):
            self._fail(_("a value"), token)
        return literal_of(token.text, token.offset)

    def _fail_after_comparison(self, *, bracket: bool = False) -> NoReturn:
        token = self._now
        if token.text.lower() in ("and", "or"):
            message = _("{found} is written in small letters: {right}")
            raise ConditionError(
                message.format(found=quote_literal(token.text), right=token.text.lower()), token.offset
            )
        self._fail(_("“)”, “and” or “or”") if bracket else _("“and”, “or” or the end"))

    def _fail(self, expected: str, token: _Token | None = None) -> NoReturn:
        token = token or self._now
        if token.form == "end":
            message = _("it ends where {wanted} should be").format(wanted=expected)
        else:
            message = _("found {found} where {wanted} should be")
            message = message.format(found=quote_literal(token.text), wanted=expected)
        raise ConditionError(message, token.offset)


def literal_of(text: str, offset: int = 0) -> LiteralValue:
    """Classify the text of a value."""
    number: int | float | None = None
    if _NUMBER.fullmatch(text):
        number = float(text) if "." in text else int(text)
    return LiteralValue(text, offset, number, _DATE.fullmatch(text) is not None)


def _tokens(source: str) -> list[_Token]:
    tokens = []
    for match in _TOKEN.finditer(source):
        if match["sign"]:
            tokens.append(_Token("sign", match[0], match.start()))
        elif match["word"]:
            tokens.append(_Token("word", match[0], match.start()))
        else:
            raise ConditionError(_unknown_sign_message(match[0]), match.start())
    return [*tokens, _Token("end", "", len(source.rstrip()))]


def _unknown_sign_message(sign: str) -> str:
    replacement = {"&": "and", "|": "or", "!": "not, !=", "≠": "!=", "≤": "<=", "≥": ">=", "[": "(", "]": ")"}.get(sign)
    if replacement:
        return _("found {found}, which means nothing in a condition; write {instead}").format(
            found=quote_literal(sign), instead=replacement
        )
    return _("found {found}, which means nothing in a condition").format(found=quote_literal(sign))
