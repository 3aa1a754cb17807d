"""US states, the District of Columbia and the territories, by their two-letter codes."""

from __future__ import annotations

US_STATES: dict[str, str] = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "AS": "American Samoa", "GU": "Guam", "MP": "Northern Mariana Islands", "PR": "Puerto Rico",
    "VI": "U.S. Virgin Islands",
}  # fmt: skip

#: What people write besides the name and the letters.
_ALSO = {
    "Washington DC": "DC",
    "Northern Marianas": "MP",
    "CNMI": "MP",
    "Virgin Islands": "VI",
    "United States Virgin Islands": "VI",
    "USVI": "VI",
}


def state_code(words: str) -> str | None:
    """The two letters of the state that was written, by name or by letters; None for anything else.

    >>> state_code("Missouri"), state_code(" mo "), state_code("Washington, D.C."), state_code("Mizzou")
    ('MO', 'MO', 'DC', None)
    """
    # Anything can be pasted here, and it is looked up after every answer.
    return _CODES.get(_bare(words)) if len(words) <= 100 else None


def _bare(words: str) -> str:
    return " ".join(words.replace(".", "").replace(",", " ").casefold().split())


_CODES: dict[str, str] = {
    **{_bare(name): code for name, code in _ALSO.items()},
    **{_bare(name): code for code, name in US_STATES.items()},
    **{_bare(code): code for code in US_STATES},
}
