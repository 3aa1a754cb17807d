"""Fallback text for characters that no installed font can draw: the name in brackets, or advice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from iep_tui.i18n import N_, _

_JOINER = "\u200d"
#: What changes the character before it: variants, the keycap, skin tones, the letters of a flag.
_CHANGING = "\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
#: One picture as a person sees it: a flag, or characters held together by joiners (UTS 51, emoji sequences).
_PICTURE = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{2}}|.[{_CHANGING}]*(?:{_JOINER}[^\\s{_JOINER}][{_CHANGING}]*)*", re.DOTALL
)
_SILENT = re.compile("[\ufe00-\ufe0f\u200d\U000e0020-\U000e007f]")

#: The first word of a character's Unicode name → what people call the writing it belongs to.
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
    """The scripts of the letters, marks and digits in `missing`, as people call them, each once. Signs have none."""
    found: dict[str, None] = {}
    for letter in missing:
        if unicodedata.category(letter)[0] in "LMN" and not re.match(f"[{_CHANGING}]", letter):
            first = unicodedata.name(letter, "").partition(" ")[0]
            found[_(_SCRIPTS[first]) if first in _SCRIPTS else first.title() or f"U+{ord(letter):04X}"] = None
    return list(found)


def with_names(text: str, missing: frozenset[str]) -> str:
    """`text`, each picture with a character of `missing` in it told by its name.

    >>> with_names("Good 😀", frozenset("😀"))
    'Good [grinning face]'
    """
    if missing.isdisjoint(text):
        return text
    return _PICTURE.sub(lambda found: found[0] if missing.isdisjoint(found[0]) else f"[{_name(found[0])}]", text)


def _name(picture: str) -> str:
    if "\U0001f1e6" <= picture[0] <= "\U0001f1ff":
        letters = "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in picture if letter >= "\U0001f1e6")
        return _("flag {letters}").format(letters=letters)
    if tags := [chr(ord(letter) - 0xE0000) for letter in picture if "\U000e0020" <= letter < "\U000e007f"]:
        return _("flag {letters}").format(letters="".join(tags).upper())
    if picture.endswith("\u20e3"):
        return _("key {letters}").format(letters=_SILENT.sub("", picture[:-1]))
    return ", ".join(map(_letter_name, _SILENT.sub("", picture) or picture))


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
