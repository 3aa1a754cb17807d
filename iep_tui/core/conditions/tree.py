"""A condition's source text, read into a tree that keeps where each word stood."""

from __future__ import annotations

import functools
import re
from typing import Literal, TypeAlias

import msgspec

from iep_tui.language import _

#: Deeper than this no person means; it also keeps hostile nesting away from the interpreter's own limit.
DEEPEST = 50

Operator = Literal["=", "!=", "in", "not in", "has", "<", "<=", ">", ">="]

_TOKEN = re.compile(r"\s*(?:(<=|>=|!=|[=<>(),])|([A-Za-z0-9][A-Za-z0-9_.-]*)|(\S))")
_ID = re.compile(r"[a-z][a-z0-9-]*")
_KEYWORDS = frozenset(("and", "or", "not", "in", "has", "answered"))


class ConditionError(ValueError):
    """A mistake in a condition: `message` for its author, `offset` the 0-based character where it stands."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class Name(msgspec.Struct, frozen=True):
    """A question's id or a fact, and where it stands."""

    name: str
    offset: int


class Word(msgspec.Struct, frozen=True):
    """A value to compare with, and where it stands."""

    text: str
    offset: int


class Test(msgspec.Struct, frozen=True, tag=True):
    """One comparison. `in`, `not in` and `has` may have several words."""

    name: Name
    operator: Operator
    words: tuple[Word, ...]


class Answered(msgspec.Struct, frozen=True, tag=True):
    name: Name


class Not(msgspec.Struct, frozen=True, tag=True):
    part: Condition


class Both(msgspec.Struct, frozen=True, tag=True):
    """All parts hold."""

    parts: tuple[Condition, ...]


class Either(msgspec.Struct, frozen=True, tag=True):
    """One part or more holds."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = Test | Answered | Not | Both | Either


class _Token(msgspec.Struct, frozen=True):
    text: str
    offset: int
    is_word: bool


def parse(source: str) -> Condition:
    """The condition that `source` says. Raises ConditionError for the first mistake."""
    return _Parser(source).whole()


@functools.lru_cache(maxsize=8192)
def parsed(source: str) -> Condition:
    """`parse`, once for each source."""
    return parse(source)


def names(condition: Condition) -> tuple[Name, ...]:
    """Every id and fact that the condition uses, in the order they stand."""
    if isinstance(condition, Test | Answered):
        return (condition.name,)
    parts = (condition.part,) if isinstance(condition, Not) else condition.parts
    return tuple(name for part in parts for name in names(part))


class _Parser:
    """Recursive descent: `or` over `and` over `not` over one comparison."""

    def __init__(self, source: str) -> None:
        self._end = len(source.rstrip())
        self._tokens = list(self._split(source))
        self._place = 0
        self._depth = 0

    def _split(self, source: str) -> list[_Token]:
        tokens: list[_Token] = []
        place = 0
        while place < self._end:
            found = _TOKEN.match(source, place)
            assert found is not None  # the last branch takes any character
            if found[3]:
                message = _("found {found}, which means nothing in a condition").format(found=f"“{found[3]}”")
                raise ConditionError(message, found.start(3))
            group = 1 if found[1] else 2
            tokens.append(_Token(found[group], found.start(group), group == 2))
            place = found.end()
        return tokens

    def whole(self) -> Condition:
        condition = self._either()
        if self._place < len(self._tokens):
            raise self._wrong(_("“and”, “or” or the end"))
        return condition

    def _peek(self) -> str:
        return self._tokens[self._place].text if self._place < len(self._tokens) else ""

    def _take(self) -> _Token:
        token = self._tokens[self._place]
        self._place += 1
        return token

    def _wrong(self, wanted: str) -> ConditionError:
        if self._place < len(self._tokens):
            token = self._tokens[self._place]
            words = _("found “{found}” where {wanted} should stand").format(found=token.text, wanted=wanted)
            return ConditionError(words, token.offset)
        return ConditionError(_("it ends where {wanted} should stand").format(wanted=wanted), self._end)

    def _either(self) -> Condition:
        parts = [self._both()]
        while self._peek() == "or":
            self._take()
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self) -> Condition:
        parts = [self._not()]
        while self._peek() == "and":
            self._take()
            parts.append(self._not())
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _not(self) -> Condition:
        if self._peek() not in ("not", "("):
            return self._test()
        self._depth += 1
        if self._depth > DEEPEST:
            raise ConditionError(_("too many brackets and “not” inside each other"), self._tokens[self._place].offset)
        if self._take().text == "not":
            condition: Condition = Not(self._not())
        else:
            condition = self._either()
            if self._peek() != ")":
                raise self._wrong(_("“)”, “and” or “or”"))
            self._take()
        self._depth -= 1
        return condition

    def _test(self) -> Condition:
        name = self._name()
        operator = self._peek()
        if operator == "answered":
            self._take()
            return Answered(name)
        if operator == "not":
            self._take()
            if self._peek() != "in":
                raise self._wrong(_("“in”"))
            self._take()
            return Test(name, "not in", self._list())
        if operator == "in":
            self._take()
            return Test(name, "in", self._list())
        if operator == "has":
            self._take()
            return Test(name, "has", self._list() if self._peek() == "(" else (self._word(),))
        for sign in ("=", "!=", "<", "<=", ">", ">="):
            if operator == sign:
                self._take()
                return Test(name, sign, (self._word(),))
        raise self._wrong(_("one of = != < <= > >= in “not in” has answered"))

    def _name(self) -> Name:
        wanted = _("a question’s id, age, stage or state")
        if self._place >= len(self._tokens):
            raise self._wrong(wanted)
        token = self._tokens[self._place]
        if not token.is_word or token.text in _KEYWORDS or not _ID.fullmatch(token.text):
            raise self._wrong(wanted)
        self._place += 1
        return Name(token.text, token.offset)

    def _word(self) -> Word:
        if self._place >= len(self._tokens) or not self._tokens[self._place].is_word:
            raise self._wrong(_("a value"))
        token = self._take()
        return Word(token.text, token.offset)

    def _list(self) -> tuple[Word, ...]:
        if self._peek() != "(":
            raise self._wrong(_("“(” and a list of values"))
        self._take()
        words = [self._word()]
        while self._peek() == ",":
            self._take()
            words.append(self._word())
        if self._peek() != ")":
            raise self._wrong(_("“,” or “)”"))
        self._take()
        return tuple(words)
