"""The one place every word of the program passes through on its way to a person (gettext)."""

from __future__ import annotations

import gettext as _gettext
from pathlib import Path

DEFAULT_LANGUAGE = "en"

_translations: _gettext.NullTranslations = _gettext.NullTranslations()
_in_use = DEFAULT_LANGUAGE


def use_language(lang: str, folder: Path | None = None) -> None:
    """Speak `lang` ("en", "es") from now on; English when there is no translation of the program's own words.

    `folder` holds `<lang>/LC_MESSAGES/iep_tui.mo`; by default `locale/` beside this file.
    """
    global _translations, _in_use
    _in_use = lang
    where = folder or Path(__file__).with_name("locale")
    _translations = _gettext.translation("iep_tui", where, languages=[lang], fallback=True)


def language_in_use() -> str:
    """The language that was asked for last: that of the sheets."""
    return _in_use


def _(message: str) -> str:
    """`message` in the language in use."""
    return _translations.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many` in the language in use, as `count` asks; the caller fills in the number."""
    return _translations.ngettext(one, many, count)


def N_(message: str) -> str:
    """Mark `message` for translation where it is declared; it is translated where it is shown."""
    return message
