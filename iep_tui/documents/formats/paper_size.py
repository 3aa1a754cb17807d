"""Paper size, Letter or A4, from the country in the locale."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

Paper: TypeAlias = Literal["letter", "a4"]

#: Where Letter is the paper in the printer (the territories that Unicode CLDR lists under US-Letter).
_LETTER = frozenset(["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])
#: The names the C library asks in turn; the first that is set decides, as in setlocale(3).
_NAMES = ("LC_ALL", "LC_PAPER", "LANG")
_TERRITORY = re.compile(r"[A-Za-z]{2,3}[_-](?:[A-Za-z]{4}[_-])?(?P<territory>[A-Za-z]{2})(?:[.@]|$)")


def paper_here(environ: Mapping[str, str] | None = None) -> Paper:
    """The paper of a computer whose environment this is. Letter where the country is not told, as in "C.UTF-8".

    >>> paper_here({"LANG": "es_MX.UTF-8"}), paper_here({"LANG": "de_DE.UTF-8"}), paper_here({})
    ('letter', 'a4', 'letter')
    """
    given = os.environ if environ is None else environ
    told = next((given[name] for name in _NAMES if given.get(name)), "")
    found = _TERRITORY.match(told)
    return "letter" if found is None or found["territory"].upper() in _LETTER else "a4"
