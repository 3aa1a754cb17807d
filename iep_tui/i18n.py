"""Translation: the `_` and `ngettext` functions that every user-facing string goes through (gettext)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

DEFAULT_LANGUAGE = "en"

#: None where the program's own words are said as they stand in the code.
_translations: NullTranslations | None = None
_in_use = DEFAULT_LANGUAGE


def use_language(lang: str, folder: Path | None = None) -> None:
    """Speak `lang` ("en", "es") from now on; English when there is no translation of the program's own words.

    `folder` holds `<lang>/LC_MESSAGES/iep_tui.mo`; by default `locale/` beside this file.
    """
    global _translations, _in_use
    _in_use = lang
    where = folder or Path(__file__).with_name("locale")
    if not where.is_dir():
        _translations = None
        return
    import gettext

    _translations = gettext.translation("iep_tui", where, languages=[lang], fallback=True)


def is_language(text: str) -> bool:
    """Whether this is the code of a language: two or three small letters, and parts such as a country's behind hyphens.

    >>> is_language("pt-BR"), is_language("../es")
    (True, False)
    """
    first, *rest = text.split("-")
    return (
        text.isascii()
        and first.isalpha()
        and first.islower()
        and len(first) in (2, 3)
        and all(part.isalnum() and 2 <= len(part) <= 8 for part in rest)
    )


def language_in_use() -> str:
    """The language that was asked for last: that of the sheets."""
    return _in_use


def _(message: str) -> str:
    """`message` in the language in use."""
    return message if _translations is None else _translations.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many` in the language in use, as `count` asks; the caller fills in the number."""
    if _translations is None:
        return one if count == 1 else many
    return _translations.ngettext(one, many, count)


def N_(message: str) -> str:
    """Mark `message` for translation where it is declared; it is translated where it is shown."""
    return message
