"""Translation: the `_` and `ngettext` functions that every user-facing string goes through (gettext)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

DEFAULT_LANGUAGE = "en"

#: None while messages are shown untranslated, in English.
_translations: NullTranslations | None = None
_in_use = DEFAULT_LANGUAGE


def use_language(lang: str, folder: Path | None = None) -> None:
    """Switch to `lang` ("en", "es"); messages stay English where they have no translation.

    `folder` holds `<lang>/LC_MESSAGES/iep_tui.mo`; by default `locale/` beside this file.
    """
    global _translations, _in_use
    _in_use = lang
    locale_folder = folder or Path(__file__).with_name("locale")
    if not locale_folder.is_dir():
        _translations = None
        return
    import gettext

    _translations = gettext.translation("iep_tui", locale_folder, languages=[lang], fallback=True)


def is_language(text: str) -> bool:
    """Return True for a language code: two or three lowercase letters, then optional subtags after hyphens.

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
    """The language passed to `use_language` last; sheets are written in it."""
    return _in_use


def _(message: str) -> str:
    """Translate `message` into the language in use."""
    return message if _translations is None else _translations.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate the singular or plural form, as `count` requires; the caller fills in the number."""
    if _translations is None:
        return singular if count == 1 else plural
    return _translations.ngettext(singular, plural, count)


def N_(message: str) -> str:
    """Mark `message` for extraction; call `_` on it where it is displayed."""
    return message
