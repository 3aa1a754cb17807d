"""Paper size, Letter or A4, from the country in the locale."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

Paper: TypeAlias = Literal["letter", "a4"]

#: Countries that use Letter paper (the territories that Unicode CLDR lists under US-Letter).
_LETTER_COUNTRIES = frozenset(["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])
#: Locale variables in order of precedence, as in setlocale(3); the first one set decides.
_VARIABLES = ("LC_ALL", "LC_PAPER", "LANG")
_TERRITORY = re.compile(r"[A-Za-z]{2,3}[_-](?:[A-Za-z]{4}[_-])?(?P<territory>[A-Za-z]{2})(?:[.@]|$)")


def paper_here(environ: Mapping[str, str] | None = None) -> Paper:
    """Return the paper size for this environment; Letter if the locale names no country, as in "C.UTF-8".

    >>> paper_here({"LANG": "es_MX.UTF-8"}), paper_here({"LANG": "de_DE.UTF-8"}), paper_here({})
    ('letter', 'a4', 'letter')
    """
    variables = os.environ if environ is None else environ
    locale = next((variables[name] for name in _VARIABLES if variables.get(name)), "")
    match = _TERRITORY.match(locale)
    return "letter" if match is None or match["territory"].upper() in _LETTER_COUNTRIES else "a4"
