"""Fallback text for characters that no installed font can draw: the name in brackets, or advice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from iep_tui.i18n import N_, _

_JOINER = "\u200d"
#: Characters that modify the one before: variation selectors, the keycap, skin tones, flag tags.
_MODIFIERS = "\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
#: One visible emoji: a flag, or characters connected by joiners (UTS 51, emoji sequences).
_EMOJI = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{2}}|.[{_MODIFIERS}]*(?:{_JOINER}[^\\s{_JOINER}][{_MODIFIERS}]*)*", re.DOTALL
)
_INVISIBLE = re.compile("[\ufe00-\ufe0f\u200d\U000e0020-\U000e007f]")

#: First word of a character's Unicode name → the common name of its script.
_SCRIPTS = {
    "CJK": N_("Chinese or Japanese"),
    "KANGXI": N_("Chinese or Japanese"),
    "BOPOMOFO": N_("Chinese"),
    "HIRAGANA": N_("Japanese"),
    "KATAKANA": N_("Japanese"),
    "HANGUL": N_("Korean"),
    "ARABIC": N_("Arabic"),
    "HEBREW": N_("Hebrew"),
    "DEVANAGARI": N_("Hindi (Devanagari)"),
    "GURMUKHI": N_("Punjabi (Gurmukhi)"),
    "BENGALI": N_("Bengali"),
    "ETHIOPIC": N_("Amharic (Ethiopic)"),
    "MYANMAR": N_("Burmese"),
    "NKO": N_("N'Ko"),
}


def scripts_of(missing: Iterable[str]) -> list[str]:
    """Return the common names of the scripts of the letters, marks and digits in `missing`. Symbols have none."""
    scripts: dict[str, None] = {}
    for letter in missing:
        if unicodedata.category(letter)[0] in "LMN" and not re.match(f"[{_MODIFIERS}]", letter):
            first_word = unicodedata.name(letter, "").partition(" ")[0]
            scripts[
                _(_SCRIPTS[first_word]) if first_word in _SCRIPTS else first_word.title() or f"U+{ord(letter):04X}"
            ] = None
    return list(scripts)


def with_names(text: str, missing: frozenset[str]) -> str:
    """Replace each emoji or symbol in `text` that has a character of `missing` by its name in brackets.

    >>> with_names("Good 😀", frozenset("😀"))
    'Good [grinning face]'
    """
    if missing.isdisjoint(text):
        return text
    return _EMOJI.sub(lambda match: match[0] if missing.isdisjoint(match[0]) else f"[{_name(match[0])}]", text)


def _name(emoji: str) -> str:
    if "\U0001f1e6" <= emoji[0] <= "\U0001f1ff":
        letters = "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in emoji if letter >= "\U0001f1e6")
        return _("flag {letters}").format(letters=letters)
    if tags := [chr(ord(letter) - 0xE0000) for letter in emoji if "\U000e0020" <= letter < "\U000e007f"]:
        return _("flag {letters}").format(letters="".join(tags).upper())
    if emoji.endswith("\u20e3"):
        return _("key {letters}").format(letters=_INVISIBLE.sub("", emoji[:-1]))
    return ", ".join(map(_letter_name, _INVISIBLE.sub("", emoji) or emoji))


def _letter_name(letter: str) -> str:
    tones = (
        N_("light skin"),
        N_("medium-light skin"),
        N_("medium skin"),
        N_("medium-dark skin"),
        N_("dark skin"),
    )
    if "\U0001f3fb" <= letter <= "\U0001f3ff":
        return _(tones[ord(letter) - 0x1F3FB])
    return unicodedata.name(letter, "").lower() or f"U+{ord(letter):04X}"
