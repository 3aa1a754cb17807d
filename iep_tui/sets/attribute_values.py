"""Validation of values in front matter and attribute lines, and a value with its position."""

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
    """One value and where it stands, both counted from 1."""

    text: str
    line: int
    column: int


def id_message(text: str) -> str:
    """Why `text` cannot be an id, with an id that could be; "" when it can."""
    if ID_PATTERN.fullmatch(text):
        return ""
    mended = slug(text) or slug(f"q {text}")
    hint = _(" For example: {mended}").format(mended=mended) if mended != "q" else ""
    message = _("{found} is not an id: small letters a–z, digits and hyphens, a letter first, no dots or spaces.{hint}")
    return message.format(found=quoted(text), hint=hint)


def slug(text: str, most_words: int = 8) -> str:
    """An id made of the first words of `text`; "" where they make none.

    >>> slug("¿Qué ayuda a {child}?")
    'que-ayuda-a'
    """
    plain = unicodedata.normalize("NFKD", text.replace(CHILD_PLACEHOLDER, "").lower())
    found = re.findall("[a-z0-9]+", "".join(one for one in plain if not unicodedata.combining(one)))
    made = "-".join(found[:most_words])[:60].strip("-")
    return made if ID_PATTERN.fullmatch(made) else ""


def _whole(low: int, example: str) -> Callable[[str], str]:
    def trouble(text: str) -> str:
        if _WHOLE.fullmatch(text) and int(text) >= low:
            return ""
        message = _("{found} is not a whole number of {low} or more. For example: {example}")
        return message.format(found=quoted(text), low=low, example=example)

    return trouble


def _one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def trouble(text: str) -> str:
        if text in allowed:
            return ""
        message = _("{found} is not one of {allowed}.{hint}")
        return message.format(found=quoted(text), allowed=list_text(allowed), hint=did_you_mean(text, allowed))

    return trouble


def _lang_trouble(text: str) -> str:
    if is_language(text):
        return ""
    return _("{found} is not a language code. For example: en, es, pt-BR").format(found=quoted(text))


def _state_trouble(text: str) -> str:
    code = state_code(text)
    if code == text:
        return ""
    if code:
        return _("Write the state {found} as its two letters: {code}").format(found=quoted(text), code=code)
    return _("{found} is not a state. Use its two letters, for example: CA").format(found=quoted(text))


def _checked_trouble(text: str) -> str:
    try:
        right = date.fromisoformat(text).isoformat() == text
    except ValueError:
        right = False
    if right:
        return ""
    message = _("{found} is not a day. Write the day its law was checked as year-month-day, for example: 2027-03-12")
    return message.format(found=quoted(text))


def _when_trouble(text: str) -> str:
    if text[0] in "\"'“":
        return _("A condition in the front matter stands without quotation marks. Take them out.")
    return condition_message(text)


def condition_message(text: str) -> str:
    """Why a condition is not even looked at, "" when it is."""
    if len(text) <= MAX_CONDITION_CHARS:
        return ""
    return _("The condition is longer than {most} characters. Make it shorter.").format(most=MAX_CONDITION_CHARS)


#: What is wrong with a value, by the key of the front matter it stands at; "" when nothing is.
FRONT_MATTER_CHECKS: dict[str, Callable[[str], str]] = {
    "set": id_message,
    "version": _whole(1, "1"),
    "lang": _lang_trouble,
    "stage": _one_of(STAGES),
    "order": _whole(0, "50"),
    "minutes": _whole(1, "10"),
    "when": _when_trouble,
    "state": _state_trouble,
    "checked": _checked_trouble,
}
