"""Validators for values in front matter and attribute lines, and `PlacedValue`, a value with its source position."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

import msgspec

from iep_tui.core.question_model import CHILD_PLACEHOLDER, STAGES
from iep_tui.core.us_states import state_code
from iep_tui.i18n import _, is_language
from iep_tui.sets.problems import did_you_mean, list_text, quoted

ID_PATTERN = re.compile(r"[a-z][a-z0-9-]*")
MAX_CONDITION_CHARS = 1_000
_WHOLE = re.compile(r"[0-9]{1,9}")


class PlacedValue(msgspec.Struct, frozen=True):
    """One value with its 1-based line and column."""

    text: str
    line: int
    column: int


def id_message(text: str) -> str:
    """Return an error message with a suggested id if `text` is not a valid id, else ""."""
    if ID_PATTERN.fullmatch(text):
        return ""
    suggestion = slug(text) or slug(f"q {text}")
    hint = _(" For example: {mended}").format(mended=suggestion) if suggestion != "q" else ""
    message = _("{found} is not an id: small letters a–z, digits and hyphens, a letter first, no dots or spaces.{hint}")
    return message.format(found=quoted(text), hint=hint)


def slug(text: str, max_words: int = 8) -> str:
    """Build an id from the first words of `text`; "" if they yield none.

    >>> slug("¿Qué ayuda a {child}?")
    'que-ayuda-a'
    """
    plain = unicodedata.normalize("NFKD", text.replace(CHILD_PLACEHOLDER, "").lower())
    words = re.findall("[a-z0-9]+", "".join(character for character in plain if not unicodedata.combining(character)))
    candidate = "-".join(words[:max_words])[:60].strip("-")
    return candidate if ID_PATTERN.fullmatch(candidate) else ""


def _whole(low: int, example: str) -> Callable[[str], str]:
    def message_for(text: str) -> str:
        if _WHOLE.fullmatch(text) and int(text) >= low:
            return ""
        message = _("{found} is not a whole number of {low} or more. For example: {example}")
        return message.format(found=quoted(text), low=low, example=example)

    return message_for


def _one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def message_for(text: str) -> str:
        if text in allowed:
            return ""
        message = _("{found} is not one of {allowed}.{hint}")
        return message.format(found=quoted(text), allowed=list_text(allowed), hint=did_you_mean(text, allowed))

    return message_for


def _lang_message(text: str) -> str:
    if is_language(text):
        return ""
    return _("{found} is not a language code. For example: en, es, pt-BR").format(found=quoted(text))


def _state_message(text: str) -> str:
    code = state_code(text)
    if code == text:
        return ""
    if code:
        return _("Write the state {found} as its two letters: {code}").format(found=quoted(text), code=code)
    return _("{found} is not a state. Use its two letters, for example: CA").format(found=quoted(text))


def _checked_message(text: str) -> str:
    try:
        is_valid = date.fromisoformat(text).isoformat() == text
    except ValueError:
        is_valid = False
    if is_valid:
        return ""
    message = _("{found} is not a date. Write the date its law was checked as year-month-day, for example: 2027-03-12")
    return message.format(found=quoted(text))


def _when_message(text: str) -> str:
    if text[0] in "\"'“":
        return _("A condition in the front matter has no quotation marks. Remove them.")
    return condition_message(text)


def condition_message(text: str) -> str:
    """Return an error message if a condition is too long to parse, else ""."""
    if len(text) <= MAX_CONDITION_CHARS:
        return ""
    return _("The condition is longer than {most} characters. Make it shorter.").format(most=MAX_CONDITION_CHARS)


#: Checks by front matter key; each returns an error message, or "" for a valid value.
FRONT_MATTER_CHECKS: dict[str, Callable[[str], str]] = {
    "set": id_message,
    "version": _whole(1, "1"),
    "lang": _lang_message,
    "stage": _one_of(STAGES),
    "order": _whole(0, "50"),
    "minutes": _whole(1, "10"),
    "when": _when_message,
    "state": _state_message,
    "checked": _checked_message,
}
